/** A plan without network or store: acts are decided at once, or wait until a test lets the server have them. */
import { signal } from '@preact/signals'
import { type Book, createBook } from '../../src/core/plan/book.ts'
import { decide, type Trouble } from '../../src/core/plan/decide.ts'
import type { Attention, KeptAct, Row } from '../../src/protocol/plan.ts'
import { planVersion } from '../../src/protocol/plan.ts'
import type { Held, Keeping, PendingAct, Sync } from '../../src/state/sync.ts'

type World = { readonly staffId: string; nowMs(): number; readonly online?: boolean }

export type MemorySync = Sync & {
  readonly confirmed: Book
  /** Every act that was asked, in order. */
  readonly asked: KeptAct[]
  /** Cuts the network, or brings it back and lets the server answer everything that waited. */
  setOnline(online: boolean): void
  hold(why: Held | null): void
  keep(keeping: Partial<Keeping>): void
  /** What another one's change, confirmed by the server, does to this device. */
  put(...rows: Row[]): void
  /** Acts go out and are not answered until `answer`. */
  stall(): void
  answer(): void
  fail(failure: 'not-kept' | 'full' | null): void
  /** The lease is over: every row is gone, and no act. */
  forget(): void
}

export function memorySync(rows: readonly Row[], { staffId, nowMs, online = true }: World): MemorySync {
  let confirmed = createBook(rows)
  const asked: KeptAct[] = []
  let n = 0
  let way: 'online' | 'offline' | 'stalled' = online ? 'online' : 'offline'
  let failure: 'not-kept' | 'full' | null = null
  const view = signal<Book>(confirmed.draft())
  const unconfirmed = signal<ReadonlyMap<string, string>>(new Map())
  const pending = signal<readonly PendingAct[]>([])
  const freshness = signal<Sync['freshness']['value']>({
    type: online ? 'live' : 'offline',
    sinceMs: nowMs(),
  })
  const held = signal<Held | null>(null)
  const keeping = signal<Keeping>({ safety: 'crash-safe', persisted: true, room: 'plenty' })

  const knowsNothing = () => freshness.peek().type === 'never'
  const author = () => ({ staffId, atMs: nowMs() })

  function redraw(): void {
    const draft = confirmed.draft()
    const touched = new Map<string, string>()
    pending.value = pending.peek().map((one) => {
      const said = decide(draft, one.outboxAct.act, author())
      if (said.type === 'done') {
        for (const row of said.rows) {
          draft.put(row)
          touched.set(`${row.type}/${row.id}`, one.outboxAct.actId)
        }
        for (const { type, id } of said.removed) draft.remove(type, id)
      }
      const trouble = said.type === 'refused' ? said.trouble : (said.troubles[0] ?? null)
      return {
        ...one,
        trouble: knowsNothing() ? null : trouble,
        state: held.peek() ? 'held' : way === 'stalled' ? 'sending' : 'here',
      }
    })
    unconfirmed.value = touched
    view.value = draft
  }

  function attentionOf(actId: string, act: KeptAct, trouble: Trouble): Attention {
    const { why, blocking, free, clashes, startMs, also } = trouble
    return {
      type: 'attention',
      id: actId,
      rev: 1,
      by: staffId,
      also: [...also],
      asked: act,
      why,
      blocking: [...blocking],
      free: [...free],
      clashes: [...clashes],
      startMs,
      atMs: nowMs(),
      escalated: false,
      resolved: null,
    }
  }

  function take({ outboxAct: { actId, act } }: PendingAct): void {
    const said = decide(confirmed, act, author())
    if (said.type === 'done') for (const row of said.rows) confirmed.put(row)
    if (said.type === 'done') for (const { type, id } of said.removed) confirmed.remove(type, id)
    const troubles = said.type === 'refused' ? [said.trouble] : said.troubles
    for (const one of troubles) confirmed.put(attentionOf(actId, act, one))
  }

  function deliver(): void {
    if (way !== 'online' || held.peek()) return
    for (const one of pending.peek()) take(one)
    pending.value = []
    freshness.value = { type: 'live', sinceMs: nowMs() }
  }

  function settle(): void {
    deliver()
    redraw()
  }

  return {
    view,
    unconfirmed,
    saving: signal(new Set<string>()),
    pending,
    freshness,
    held,
    keeping,
    clockAheadMs: signal(0),
    get confirmed() {
      return confirmed
    },
    asked,
    async perform(act) {
      if (failure) return { ok: false, failure }
      n += 1
      asked.push(act)
      const outboxAct = { actId: `act-${n}`, n, version: planVersion, madeMs: nowMs(), act }
      pending.value = [...pending.peek(), { outboxAct, state: 'here', trouble: null }]
      settle()
      return { ok: true, value: outboxAct.actId }
    },
    expect(act) {
      if (knowsNothing()) return null
      const said = decide(view.peek(), act, author())
      return said.type === 'refused' ? said.trouble : (said.troubles[0] ?? null)
    },
    async takeBack(actId) {
      const kept = pending.peek().filter(({ outboxAct }) => outboxAct.actId !== actId)
      const isHere = kept.length < pending.peek().length && way !== 'stalled'
      if (isHere) pending.value = kept
      redraw()
      return isHere
    },
    refresh: settle,
    setOnline(next) {
      way = next ? 'online' : 'offline'
      freshness.value = { type: next ? 'live' : 'offline', sinceMs: nowMs() }
      settle()
    },
    hold(why) {
      held.value = why
      settle()
    },
    keep(next) {
      keeping.value = { ...keeping.peek(), ...next }
    },
    put(...changed) {
      for (const row of changed) confirmed.put(row)
      redraw()
    },
    stall() {
      way = 'stalled'
    },
    answer() {
      way = 'online'
      settle()
    },
    fail(why) {
      failure = why
    },
    forget() {
      confirmed = createBook()
      freshness.value = { type: 'never' }
      redraw()
    },
  }
}
