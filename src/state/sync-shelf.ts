/** What this tab knows of what the browser keeps: rows, outbox, numbers; one thing at a time, the store always first. */
import { type Book, createBook } from '../core/plan/book.ts'
import type { Row, RowName } from '../protocol/plan.ts'
import type { OutboxAct } from '../protocol/sync.ts'
import { missingActs } from './journal-lines.ts'
import type {
  Batch,
  Fold,
  JournalEntry,
  KeepFailure,
  KeptPlan,
  NewAct,
  OutboxEntry,
  PlanMeta,
  SyncPorts,
} from './plan-ports.ts'
import type { Result } from './ports.ts'
import { bytesOf, firstOf } from './sync-batch.ts'

/** Appointments that ended so long before the server's last answer are of no use on a device. */
const oldMs = 7 * 24 * 60 * 60_000
/** Whoever had no contact for so long may not see the ward's rows any more. */
export const leaseMs = 12 * 60 * 60_000

export type Shelf = ReturnType<typeof createShelf>

/** What changed: an act was added at the end, or anything may have. */
export type ShelfNews = { readonly type: 'added'; readonly act: OutboxAct } | { readonly type: 'anything' }

export function createShelf(
  { store, journal, clock, newId }: Pick<SyncPorts, 'store' | 'journal' | 'clock' | 'newId'>,
  changed: (news: ShelfNews) => void,
) {
  let confirmed: Book = createBook()
  let meta: PlanMeta | null = null
  let outbox: readonly OutboxEntry[] = []
  let isWiped = false
  /** Acts of the journal that the store had no room for: the journal keeps them until it has. */
  let owed: readonly NewAct[] = []
  /** Acts that were sent though the store could not note it. */
  const unmarked = new Set<string>()
  /** Something that was promised here stands in the store alone. */
  let hasGap = false
  /** Numbers begin anew with a store; what the journal orders by them must not. */
  let floor = 0
  let last: Promise<unknown> = Promise.resolve()
  let reading: Promise<Result<null, KeepFailure>> | null = null

  /** One after the other, so that memory follows the store in its own order. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }

  async function read(): Promise<Result<null, KeepFailure>> {
    const known = meta
    let kept = await store.read(known?.seq ?? null, newId())
    // Another store than before: nothing that is known of the old one helps to read it.
    if (kept.ok && known && kept.value.meta.deviceId !== known.deviceId)
      kept = await store.read(null, newId())
    if (!kept.ok) return failed(kept.failure)
    const isNew = kept.value.meta.deviceId !== known?.deviceId
    const before = { outbox, kept: kept.value }
    const held = isNew ? outbox.map(({ outboxAct }) => outboxAct) : []
    take(kept.value)
    const restored = isNew ? await restore(kept.value.settled, held) : { ok: true as const, value: null }
    if (isNew || isOther(before)) changed({ type: 'anything' })
    return restored
  }

  function isOther(before: { readonly outbox: readonly OutboxEntry[]; readonly kept: KeptPlan }): boolean {
    const { reset, rows, removed } = before.kept
    const ids = (entries: readonly OutboxEntry[]) => entries.map(({ outboxAct }) => outboxAct.actId).join()
    return reset || rows.length > 0 || removed.length > 0 || ids(before.outbox) !== ids(outbox)
  }

  function failed(failure: KeepFailure): Result<null, KeepFailure> {
    if (failure === 'wiped') forget()
    return { ok: false, failure }
  }

  function take(kept: KeptPlan): void {
    meta = kept.meta
    outbox = kept.outbox
    if (kept.reset) confirmed = createBook()
    put(kept.rows, kept.removed)
  }

  function put(rows: readonly Row[], removed: readonly RowName[]): void {
    for (const { type, id } of removed) confirmed.remove(type, id)
    for (const row of rows)
      if (isOld(row)) confirmed.remove(row.type, row.id)
      else confirmed.put(row)
  }

  /** By the server's clock: a device's must never make its store another than the server believes it to be. */
  function isOld(row: Row): boolean {
    if (row.type !== 'appointment' || row.when.type !== 'at') return false
    return row.when.endMs < (meta?.asOfMs ?? 0) - oldMs
  }

  /** What was journalled, or is only remembered here, and is missing in a store that is new or was emptied. */
  async function restore(
    settled: ReadonlySet<string>,
    held: readonly OutboxAct[],
  ): Promise<Result<null, KeepFailure>> {
    const entries = await journal.read()
    floor = Math.max(floor, ...entries.map((entry) => (entry.type === 'act' ? entry.after + 1 : 0)))
    owed = missingActs(entries, held, (actId) => settled.has(actId) || isKept(actId))
    return await payOwed()
  }

  async function payOwed(): Promise<Result<null, KeepFailure>> {
    if (owed.length === 0) return { ok: true, value: null }
    const added = await store.append(owed)
    if (!added.ok) return failed(added.failure)
    owed = []
    outbox = [...outbox, ...added.value.filter(({ actId }) => !isKept(actId)).map(entryOf)]
    const lastN = added.value.at(-1)?.n
    if (meta && lastN !== undefined) meta = { ...meta, lastN }
    changed({ type: 'anything' })
    return { ok: true, value: null }
  }

  function isKept(actId: string): boolean {
    return outbox.some(({ outboxAct }) => outboxAct.actId === actId)
  }

  /** Does `work` again, once, when the store turns out to be another one than was read. */
  async function surely<T>(work: () => Promise<Result<T, KeepFailure>>): Promise<Result<T, KeepFailure>> {
    if (isWiped) return { ok: false, failure: 'wiped' }
    if (!meta) await read()
    const first = await work()
    if (first.ok || first.failure !== 'lost') return first
    const again = await read()
    return again.ok ? await work() : again
  }

  /** A store with no room left can still be emptied: what it could not mark is sent all the same. */
  async function takeFirst(batch: Batch): Promise<Result<readonly OutboxAct[], KeepFailure>> {
    await payOwed()
    const taken = await surely(() => store.take(batch))
    if (taken.ok || taken.failure !== 'full') return taken
    const waiting = outbox.map(({ outboxAct }) => outboxAct)
    const value = firstOf(waiting, bytesOf, batch)
    for (const { actId } of value) unmarked.add(actId)
    return { ok: true, value }
  }

  function forget(): void {
    isWiped = true
    confirmed = createBook()
    outbox = []
    owed = []
    meta = null
    changed({ type: 'anything' })
  }

  async function write(act: NewAct): Promise<Result<null, KeepFailure>> {
    if (isWiped) return { ok: false, failure: 'wiped' }
    const entry: JournalEntry = { type: 'act', after: floor + (meta?.lastN ?? 0), act }
    const journalled = await journal.append(entry)
    if (!journalled.ok && journalled.failure === 'full') return journalled
    // What was written before comes before.
    const paid = await surely(payOwed)
    const kept = paid.ok ? await surely(() => store.append([act])) : paid
    if (!kept.ok) {
      // It is not promised, so it must not come back by itself.
      await journal.append({ type: 'forgotten', actId: act.actId })
      return kept
    }
    if (!journalled.ok) hasGap = true
    for (const one of kept.value) add(one)
    return { ok: true, value: null }
  }

  function add(act: OutboxAct): void {
    if (isKept(act.actId)) return
    outbox = [...outbox, entryOf(act)]
    if (meta) meta = { ...meta, lastN: act.n }
    changed({ type: 'added', act })
  }

  async function fold(given: Fold): Promise<Result<null, KeepFailure | 'moved'>> {
    const old = [...confirmed.all('appointment')].filter(isOld)
    const removed = [...given.removed, ...old.map(({ type, id }) => ({ type, id }))]
    const done = await store.fold({ ...given, removed })
    if (!done.ok) {
      if (done.failure === 'moved' || done.failure === 'lost') {
        const there = await read()
        if (!there.ok) return there
      }
      if (done.failure === 'wiped') forget()
      return done
    }
    const { seq, deviceId, epoch, cursor, asOfMs, contactMs } = given
    if (given.renewed !== null) {
      meta = null
      await read()
      return done
    }
    meta = { deviceId, seq: seq + 1, epoch, cursor, asOfMs, contactMs, lastN: meta?.lastN ?? 0 }
    if (given.reset) confirmed = createBook()
    put(given.rows, removed)
    const settled = new Set(given.settled.map(({ actId }) => actId))
    outbox = outbox.filter(({ outboxAct }) => !settled.has(outboxAct.actId))
    if (given.reset || given.rows.length + removed.length + settled.size > 0) changed({ type: 'anything' })
    return done
  }

  /** Only after what was settled is settled in the store, durably: until then the journal is the last to know it. */
  async function compact(): Promise<void> {
    // Of a store that could not be read nothing is known, least of all that it has everything.
    if (!meta) return
    const waiting = [...outbox.map(({ outboxAct }) => outboxAct), ...owed]
    await journal.compact(new Set(waiting.map(({ actId }) => actId)))
  }

  return {
    confirmed: () => confirmed,
    meta: () => meta,
    acts: () => outbox.map(({ outboxAct }) => outboxAct),
    isWiped: () => isWiped,
    /** What holds for all that was promised here, not for the next act alone. */
    safety: () => (hasGap ? 'tab-safe' : journal.safety()),
    isKept,
    /** Reads what other tabs changed, or everything at the beginning; one that has not begun yet serves all who ask. */
    read() {
      reading ??= inTurn(async () => {
        reading = null
        return isWiped ? failed('wiped') : await read()
      })
      return reading
    },
    write: (act: NewAct) => inTurn(() => write(act)),
    take: (batch: Batch) => inTurn(() => takeFirst(batch)),
    fold: (given: Fold) => inTurn(() => fold(given)),
    compact: () => inTurn(compact),
    takeBack: (actId: string) =>
      inTurn(async () => {
        if (unmarked.has(actId) || !(await store.takeBack(actId))) return false
        await journal.append({ type: 'forgotten', actId })
        outbox = outbox.filter(({ outboxAct }) => outboxAct.actId !== actId)
        changed({ type: 'anything' })
        return true
      }),
    /** True: the lease is over and the rows are gone. A clock that was set back does not stretch it without end. */
    expire: () =>
      inTurn(async () => {
        const contactMs = meta?.contactMs ?? null
        if (contactMs === null || Math.abs(clock.nowMs() - contactMs) <= leaseMs) return false
        await store.expire()
        await read()
        return true
      }),
    wipe: () =>
      inTurn(async () => {
        forget()
        await store.wipe()
        await journal.wipe()
      }),
    /**
     * The rows go; what was written and not sent waits, sealed, for the same person. Nothing is deleted because this tab
     * knows of nothing: another one may have written.
     */
    withdraw: () =>
      inTurn(async () => {
        if (!isWiped) await read()
        await compact()
        forget()
        await store.expire()
      }),
    /** How many acts wait, whichever tab wrote them. */
    count: () =>
      inTurn(async () => {
        if (!isWiped) await read()
        return outbox.length + owed.length
      }),
    forget,
  }
}

function entryOf(outboxAct: OutboxAct): OutboxEntry {
  return { outboxAct, isSent: false }
}
