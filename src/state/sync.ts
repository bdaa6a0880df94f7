/** The ward's plan on this device: what the server confirmed, with what was written here and waits laid over it. */
import { batch, type Signal, signal } from '@preact/signals'
import type { Book } from '../core/plan/book.ts'
import type { Trouble } from '../core/plan/decide.ts'
import { type KeptAct, planVersion } from '../protocol/plan.ts'
import type { OutboxAct } from '../protocol/sync.ts'
import type { KeepFailure, Meeting, NewAct, SyncPorts, TabWord } from './plan-ports.ts'
import type { Result } from './ports.ts'
import { createRound } from './sync-round.ts'
import { createShelf, type ShelfNews } from './sync-shelf.ts'
import { createTurns, type Turns } from './sync-turns.ts'
import { createSyncView } from './sync-view.ts'

/** `sinceMs`: when the server last said that this is all (milliseconds since 1970, server's clock). HZ-7. */
export type Freshness =
  | { readonly type: 'never' }
  | { readonly type: 'live'; readonly sinceMs: number }
  | { readonly type: 'offline'; readonly sinceMs: number }

/** Why what is written here is not sent now, though there may be a network. Nothing is lost by any of them. */
export type Held = 'signed-out' | 'locked' | 'outdated' | 'another-person'

/** An act that the server has not answered. `trouble`: what this device expects the server to say against it. */
export type PendingAct = {
  readonly outboxAct: OutboxAct
  readonly state: 'here' | 'sending' | 'held'
  readonly trouble: Trouble | null
}

/** `crash-safe`: a killed browser loses nothing. `full`: nothing more can be written until something is sent. */
export type Keeping = {
  readonly safety: 'crash-safe' | 'tab-safe' | 'memory-only'
  readonly persisted: boolean
  readonly room: 'plenty' | 'scarce' | 'full'
}

export type DoFailure = 'not-kept' | 'full' | 'nobody'

export type Sync = {
  /** A draft over the confirmed rows; a new one at each change, to be read and never written. */
  readonly view: Signal<Book>
  /** Rows that are not yet as the server has them, by `type/id`: which act touched them last. */
  readonly unconfirmed: Signal<ReadonlyMap<string, string>>
  /** Acts that are drawn and not kept yet, by their ids: nothing is promised of them (SYNC-17). */
  readonly saving: Signal<ReadonlySet<string>>
  readonly pending: Signal<readonly PendingAct[]>
  readonly freshness: Signal<Freshness>
  readonly held: Signal<Held | null>
  readonly keeping: Signal<Keeping>
  /** How far this device's clock is ahead of the server's, in milliseconds; null before the first answer. */
  readonly clockAheadMs: Signal<number | null>
  /** Resolves with the act's id once it is kept on this device: only then may a screen say so. */
  perform(act: KeptAct): Promise<Result<string, DoFailure>>
  /** What this device expects the server to say; null: nothing stands against it, or nothing is known here. */
  expect(act: KeptAct): Trouble | null
  /** Takes back what was not sent yet. False: it is on its way. */
  takeBack(actId: string): Promise<boolean>
  /** Asks the server now. */
  refresh(): void
}

/** A sync that somebody began, and ends. */
export type RunningSync = Sync & {
  /** Resolves when what is kept here is in the view. */
  readonly ready: Promise<void>
  /** The server said that there is news. */
  poke(): void
  /** How many acts are unsent, whichever tab wrote them. */
  count(): Promise<number>
  /** Nothing more is asked or shown; what is kept stays kept. */
  stop(): void
  /** Deletes everything of this person here, what was not sent as well. */
  wipe(): Promise<void>
  /** This person may see nothing here any more, but what they wrote waits for them: their rows go. */
  withdraw(): Promise<void>
}

/** How often the room that is left is looked at, at most. */
const roomMs = 60_000
const scarce = 0.8
/** How far off a clock is does not change by less. */
const wayMs = 1_000

/** Begins at once; `staffId`: whose store this is, and who is signed in. */
export function createSync(ports: SyncPorts, staffId: string): RunningSync {
  const { clock, tabs } = ports
  const pending = signal<readonly PendingAct[]>([])
  const freshness = signal<Freshness>({ type: 'never' })
  const held = signal<Held | null>(null)
  const keeping = signal<Keeping>({ safety: 'tab-safe', persisted: false, room: 'plenty' })
  const clockAheadMs = signal<number | null>(null)
  let lookedUpMs = Number.NEGATIVE_INFINITY
  let fullUpMs = Number.NEGATIVE_INFINITY
  let isStopped = false

  const shelf = createShelf(ports, show)
  const shown = createSyncView(shelf, staffId)
  const round = createRound(ports, shelf, staffId, { sendingChanged: showPending, notKept: refuse })
  const turns: Turns = createTurns(ports, { meet: round.meet, met, look, late: () => age('offline') })

  function show(news: ShelfNews): void {
    batch(() => {
      if (news.type === 'added') shown.added(news.act)
      else shown.layAnew()
      if (shelf.meta()?.asOfMs === null || shelf.isWiped()) showFreshness({ type: 'never' })
      else if (freshness.value.type === 'never') age('offline')
      showPending()
    })
  }

  function showPending(): void {
    const sending = round.sending()
    const next = shelf.acts().map(
      (outboxAct): PendingAct => ({
        outboxAct,
        state: held.value !== null ? 'held' : sending.has(outboxAct.actId) ? 'sending' : 'here',
        trouble: knowsNothing() ? null : shown.troubleOf(outboxAct.actId),
      }),
    )
    // Each round comes by here several times, and whoever watches draws anew.
    if (!isSame(next, pending.value)) pending.value = next
  }

  /** [SYNC-7] Over no rows everything would be refused as unknown, and good writes be dropped for it. */
  function knowsNothing(): boolean {
    return freshness.value.type === 'never'
  }

  function age(type: 'live' | 'offline'): void {
    const sinceMs = shelf.meta()?.asOfMs ?? null
    showFreshness(sinceMs === null ? { type: 'never' } : { type, sinceMs })
  }

  function showFreshness(next: Freshness): void {
    const { value } = freshness
    const isKnown =
      next.type === value.type &&
      (next.type === 'never' || value.type === 'never' || next.sinceMs === value.sinceMs)
    if (!isKnown) freshness.value = next
  }

  /** How a request ended, here or in the tab that leads. */
  function met({ failure, clockAheadMs: ahead }: Meeting): void {
    batch(() => {
      held.value = failure === null || failure === 'unreachable' || failure === 'too-many' ? null : failure
      if (ahead !== null && isOtherClock(ahead)) clockAheadMs.value = ahead
      age(failure === null ? 'live' : 'offline')
      showPending()
    })
  }

  /** An answer's way takes longer or shorter each time: that is no other clock. */
  function isOtherClock(ahead: number): boolean {
    return clockAheadMs.value === null || Math.abs(ahead - clockAheadMs.value) >= wayMs
  }

  /** From time to time: whether the rows may still be here, and whether there is room for more. */
  async function look(): Promise<void> {
    if (freshness.value.type !== 'live') await shelf.expire()
    showSafety()
    // A browser may first ask the person, who takes their time: nothing waits for that.
    void lookAtRoom().catch(() => {})
  }

  async function lookAtRoom(): Promise<void> {
    if (clock.upMs() - lookedUpMs < roomMs) return
    lookedUpMs = clock.upMs()
    const { persisted, used } = await ports.store.room()
    if (!isStopped) showRoom(persisted, roomOf(used))
  }

  /** What a write has just been refused for is true, whatever the browser reckons. */
  function roomOf(used: number): Keeping['room'] {
    if (clock.upMs() - fullUpMs < roomMs) return 'full'
    return used >= scarce ? 'scarce' : 'plenty'
  }

  function showRoom(persisted: boolean, room: Keeping['room']): void {
    const [safety, before] = [safetyNow(), keeping.value]
    if (safety !== before.safety || persisted !== before.persisted || room !== before.room)
      keeping.value = { safety, persisted, room }
  }

  function safetyNow(): Keeping['safety'] {
    return ports.store.isDurable() ? shelf.safety() : 'memory-only'
  }

  /** It may end with any write: what is promised from then on is less. */
  function showSafety(): void {
    const safety = safetyNow()
    if (safety !== keeping.value.safety) keeping.value = { ...keeping.value, safety }
  }

  function hear(word: TabWord): void {
    if (isStopped) return
    if (word.type === 'wiped') shelf.forget()
    if (word.type === 'changed') void shelf.read()
    if (word.type === 'met') void shelf.read().then(({ ok }) => turns.heard(ok ? word.meeting : unread(word)))
    if (word.type === 'ask' && tabs.isLeader()) turns.hurry()
  }

  /** What the tab that leads has kept is not here: all that is here is old (HZ-7). */
  function unread({ meeting }: Extract<TabWord, { type: 'met' }>): Meeting {
    return { ...meeting, failure: meeting.failure ?? 'unreachable' }
  }

  async function perform(act: KeptAct): Promise<Result<string, DoFailure>> {
    if (isStopped) return { ok: false, failure: 'nobody' }
    const actId = 'actId' in act ? act.actId : ports.newId()
    const made: NewAct = { actId, version: planVersion, madeMs: Math.max(0, Math.round(clock.nowMs())), act }
    shown.draw(made)
    const kept = await shelf.write(made).catch(() => ({ ok: false, failure: 'failed' }) as const)
    showSafety()
    if (!kept.ok) {
      shown.erase(made)
      return { ok: false, failure: refuse(kept.failure) }
    }
    tabs.tell({ type: 'changed' })
    turns.soon()
    return { ok: true, value: actId }
  }

  function refuse(failure: KeepFailure): DoFailure {
    if (failure === 'full') {
      fullUpMs = clock.upMs()
      keeping.value = { ...keeping.value, room: 'full' }
    }
    return failure === 'full' ? 'full' : failure === 'wiped' ? 'nobody' : 'not-kept'
  }

  function stop(): void {
    isStopped = true
    turns.stop()
    tabs.close()
    ports.journal.close()
    ports.store.close()
  }

  tabs.listen(hear)
  tabs.onAwake(() => turns.hurry())
  ports.store.onLost(() => void shelf.read())
  const ready = shelf
    .read()
    .then(look)
    .then(() => {
      if (!isStopped) turns.begin()
    })

  return {
    view: shown.view,
    unconfirmed: shown.unconfirmed,
    saving: shown.saving,
    pending,
    freshness,
    held,
    keeping,
    clockAheadMs,
    ready,
    perform,
    expect(act) {
      if (knowsNothing()) return null
      const decision = shown.decide(act, clock.nowMs() - (clockAheadMs.value ?? 0))
      return decision.type === 'refused' ? decision.trouble : (decision.troubles[0] ?? null)
    },
    async takeBack(actId) {
      const isBack = !isStopped && (await shelf.takeBack(actId))
      if (isBack) tabs.tell({ type: 'changed' })
      return isBack
    },
    refresh: () => turns.hurry(),
    poke: () => turns.poke(),
    count: () => shelf.count(),
    stop,
    async wipe() {
      turns.stop()
      tabs.tell({ type: 'wiped' })
      await shelf.wipe()
      stop()
    },
    async withdraw() {
      turns.stop()
      await shelf.withdraw()
      tabs.tell({ type: 'changed' })
      stop()
    },
  }
}

function isSame(some: readonly PendingAct[], others: readonly PendingAct[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ outboxAct, state, trouble }, index) => {
      const other = others[index]
      const isOne = outboxAct.actId === other?.outboxAct.actId && outboxAct.n === other.outboxAct.n
      return isOne && state === other.state && trouble === other.trouble
    })
  )
}
