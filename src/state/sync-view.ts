/** What a screen sees of the plan: what the server confirmed, with what was written here laid over it at once. */
import { batch, signal } from '@preact/signals'
import * as v from 'valibot'
import { type Book, createBook } from '../core/plan/book.ts'
import { type Decision, decide, type Trouble } from '../core/plan/decide.ts'
import { type Replay, replay } from '../core/plan/replay.ts'
import { type KeptAct, keptAct, planVersion } from '../protocol/plan.ts'
import type { OutboxAct } from '../protocol/sync.ts'
import type { NewAct } from './plan-ports.ts'

/** Whether this version of the program can read the act, whichever wrote it. */
export function isReadable({ version, act }: Pick<OutboxAct, 'version' | 'act'>): boolean {
  return version === planVersion && v.is(keptAct, act)
}

export type SyncView = ReturnType<typeof createSyncView>

/** `shelf`: what is kept, which may change between two calls. */
export function createSyncView(
  shelf: { confirmed(): Book; acts(): readonly OutboxAct[]; isWiped(): boolean },
  staffId: string,
) {
  const view = signal<Book>(createBook())
  const unconfirmed = signal<ReadonlyMap<string, string>>(new Map())
  const saving = signal<ReadonlySet<string>>(new Set())
  const known = new Map<string, boolean>()
  /** Drawn, and not kept yet; in the order they were asked in. */
  let drawn: readonly NewAct[] = []
  let laid: Replay = replay(createBook(), [], staffId)

  /** Another version of the program wrote it: it is sent, for the server to say, and shown by nobody. */
  function understood({ actId, version, act }: OutboxAct): boolean {
    const isKnown = known.get(actId) ?? isReadable({ version, act })
    known.set(actId, isKnown)
    return isKnown
  }

  function show(): void {
    batch(() => {
      // Another object each time, so that whoever watches it hears.
      view.value = { ...laid.draft }
      unconfirmed.value = new Map(laid.touched)
      showSaving()
    })
  }

  function showSaving(): void {
    if (drawn.length !== saving.value.size) saving.value = new Set(drawn.map(({ actId }) => actId))
  }

  function forget({ actId }: Pick<NewAct, 'actId'>): void {
    drawn = drawn.filter((one) => one.actId !== actId)
  }

  function layAnew(): void {
    const kept = shelf.acts()
    if (shelf.isWiped()) drawn = []
    for (const act of kept) forget(act)
    laid = replay(shelf.confirmed(), [...kept.filter(understood), ...drawn], staffId)
    show()
  }

  return {
    view,
    unconfirmed,
    saving,
    /** [SYNC-17] Before it is kept: it reads as being saved, and nothing is promised yet. */
    draw(act: NewAct): void {
      drawn = [...drawn, act]
      laid.add(act)
      show()
    },
    /** It could not be kept, so it never was. */
    erase(act: NewAct): void {
      forget(act)
      layAnew()
    },
    /** One more is kept; one that was drawn stands there already. */
    added(act: OutboxAct): void {
      const isDrawn = drawn.some(({ actId }) => actId === act.actId)
      forget(act)
      laid.add(act)
      if (isDrawn) showSaving()
      else show()
    },
    layAnew,
    troubleOf: (actId: string): Trouble | null => laid.troubles.get(actId)?.[0] ?? null,
    decide: (act: KeptAct, atMs: number): Decision => decide(laid.draft, act, { staffId, atMs }),
  }
}
