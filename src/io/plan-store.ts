/** The plan of one person in IndexedDB: every change is one transaction, and everything is sealed before it begins. */
import type {
  Batch,
  Fold,
  KeepFailure,
  KeptPlan,
  NewAct,
  OutboxEntry,
  PlanStore,
} from '../state/plan-ports.ts'
import type { Result } from '../state/ports.ts'
import { firstOf } from '../state/sync-batch.ts'
import { createActs } from './plan-acts.ts'
import {
  failureOf,
  isSent,
  type KeptAct,
  type KeptFold,
  type KeptMeta,
  onDatabaseLost,
  type PlanDatabase,
  planDatabase,
  rangeOf,
} from './plan-database.ts'
import { mostDeltas, openFolds, sealFold } from './plan-folds.ts'
import { roomHere } from './plan-room.ts'
import { breakSeal, openSeal, type Seal } from './plan-seal.ts'
import {
  add,
  clearPerson,
  emptyMeta,
  expired,
  ignore,
  renew,
  sealedBytes,
  settle,
} from './plan-store-steps.ts'

type OutboxAct = OutboxEntry['outboxAct']

const lost = { ok: false, failure: 'lost' } as const
const moved = { ok: false, failure: 'moved' } as const

/** The key may be another one after the browser lost the first; journal and store then use the same new one. */
export type SealInUse = { seal: Seal }

export function createPlanStore(staffId: string, using: SealInUse): PlanStore {
  /** The store that was read last. */
  let known: string | null = null
  const mine = rangeOf(staffId)
  const words = createActs(staffId, using)

  /** Fails in words; a database that was closed meanwhile is opened once more. */
  async function trying<T, F>(
    work: (db: PlanDatabase) => Promise<Result<T, F | KeepFailure>>,
  ): Promise<Result<T, F | KeepFailure>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(await planDatabase())
      } catch (error) {
        const isClosed = error instanceof DOMException && error.name === 'InvalidStateError'
        if (!isClosed || attempt > 1) return { ok: false, failure: failureOf(error) }
      }
    }
  }

  /** Whether this is still the store that was read; who would write into another one writes nothing. */
  function isKnown(meta: KeptMeta | undefined): meta is KeptMeta {
    return meta !== undefined && meta.deviceId === known && meta.keyId === using.seal.keyId
  }

  async function begin(db: PlanDatabase, deviceId: string): Promise<Result<KeptMeta, KeepFailure>> {
    const writing = db.transaction(['meta', 'wiped'], 'readwrite', { durability: 'strict' })
    writing.done.catch(ignore)
    const metas = writing.objectStore('meta')
    const isWiped = known !== null && (await writing.objectStore('wiped').get(known)) !== undefined
    const there = await metas.get(staffId)
    if (!there && !isWiped) await metas.put(emptyMeta(deviceId, using.seal.keyId), staffId)
    await writing.done
    if (isWiped) return { ok: false, failure: 'wiped' }
    if (there && there.keyId !== using.seal.keyId) return await beginAnew(db, there.keyId, deviceId)
    return { ok: true, value: there ?? emptyMeta(deviceId, using.seal.keyId) }
  }

  /** Sealed by another key than this tab's: another tab made it, or it is gone and nothing here can be read again. */
  async function beginAnew(
    db: PlanDatabase,
    keyId: string,
    deviceId: string,
  ): Promise<Result<KeptMeta, KeepFailure>> {
    using.seal = await openSeal(staffId)
    if (using.seal.keyId !== keyId) await clearPerson(staffId, 'lost')
    return await begin(db, deviceId)
  }

  /** All at once: on a slow device each question after another's answer is a frame. */
  function readKept(db: PlanDatabase, folds: IDBKeyRange) {
    const reading = db.transaction(['meta', 'outbox', 'settled', 'folds'])
    return Promise.all([
      reading.objectStore('meta').get(staffId),
      reading.objectStore('outbox').getAll(mine),
      reading.objectStore('settled').getAllKeys(mine),
      reading.objectStore('folds').getAll(folds),
    ])
  }

  async function readAll(after: number | null, newDeviceId: string): Promise<Result<KeptPlan, KeepFailure>> {
    return await trying(async (db): Promise<Result<KeptPlan, KeepFailure>> => {
      const isMore = (meta?: KeptMeta) =>
        after !== null && meta?.deviceId === known && after >= (meta?.baseSeq ?? 0)
      let kept = known === null ? await readKept(db, mine) : null
      // At each start there is nothing to write, nearly always.
      if (kept?.[0]?.keyId !== using.seal.keyId) {
        const begun = await begin(db, newDeviceId)
        if (!begun.ok) return begun
        const later = after === null ? mine : IDBKeyRange.bound([staffId, after + 1], [staffId, []])
        kept = await readKept(db, later)
        if (after !== null && !isMore(kept[0])) kept = await readKept(db, mine)
      }
      const [meta, acts, settled, folds] = kept
      if (!meta) return lost
      const reset = !isMore(meta)
      known = meta.deviceId
      const [changed, opened] = await Promise.all([openFolds(using.seal, folds), words.open(acts)])
      const sent = new Set(acts.filter((act) => isSent(act, meta)).map(({ actId }) => actId))
      const outbox = opened.map((outboxAct) => ({ outboxAct, isSent: sent.has(outboxAct.actId) }))
      const settledIds = new Set(settled.map(([, actId]) => actId))
      if (!changed) return { ok: true, value: await unreadable(meta, outbox, settledIds) }
      const { rows, removed } = changed
      return { ok: true, value: { meta, reset, rows, removed, outbox, settled: settledIds } }
    })
  }

  /** Rows that cannot be opened are worth nothing; the server has them. */
  async function unreadable(
    meta: KeptMeta,
    outbox: readonly OutboxEntry[],
    settled: ReadonlySet<string>,
  ): Promise<KeptPlan> {
    await expire()
    const gone = expired(meta)
    return { meta: gone, reset: true, rows: [], removed: [], outbox, settled }
  }

  async function append(acts: readonly NewAct[]): Promise<Result<readonly OutboxAct[], KeepFailure>> {
    const closed = await Promise.all(acts.map(words.close))
    return await trying(async (db) => {
      const writing = db.transaction(['meta', 'outbox', 'settled'], 'readwrite', { durability: 'strict' })
      writing.done.catch(ignore)
      const meta = await writing.objectStore('meta').get(staffId)
      if (!isKnown(meta)) return lost
      const added = await add(writing, meta, staffId, closed)
      await writing.done
      for (const act of acts) if (added.has(act.actId)) words.note(act)
      const value = acts.flatMap(({ actId, version, madeMs, act }) => {
        const n = added.get(actId)
        return n === undefined ? [] : [{ actId, n, version, madeMs, act }]
      })
      return { ok: true, value }
    })
  }

  async function take(batch: Batch): Promise<Result<readonly OutboxAct[], KeepFailure>> {
    return await trying(async (db) => {
      const reading = db.transaction(['meta', 'outbox'])
      const meta = await reading.objectStore('meta').get(staffId)
      const first = await reading.objectStore('outbox').getAll(mine, batch.acts)
      if (!isKnown(meta)) return lost
      const some = firstOf(first, sealedBytes, batch)
      const taken = some.every((act) => isSent(act, meta)) ? some : await mark(db, batch)
      return taken ? { ok: true, value: await words.open(taken) } : lost
    })
  }

  /** Durable before the first byte leaves: what may have been heard is never said to be taken back. */
  async function mark(db: PlanDatabase, batch: Batch): Promise<KeptAct[] | null> {
    const writing = db.transaction(['meta', 'outbox'], 'readwrite', { durability: 'strict' })
    writing.done.catch(ignore)
    const meta = await writing.objectStore('meta').get(staffId)
    const first = await writing.objectStore('outbox').getAll(mine, batch.acts)
    if (!isKnown(meta)) return null
    const some = firstOf(first, sealedBytes, batch)
    const sentN = Math.max(meta.sentN ?? 0, ...some.map(({ n }) => n))
    await writing.objectStore('meta').put({ ...meta, sentN }, staffId)
    await writing.done
    return some
  }

  async function takeBack(actId: string): Promise<boolean> {
    const done = await trying<boolean, never>(async (db) => {
      const writing = db.transaction(['meta', 'outbox', 'settled'], 'readwrite', { durability: 'strict' })
      writing.done.catch(ignore)
      const outbox = writing.objectStore('outbox')
      const meta = await writing.objectStore('meta').get(staffId)
      const key = await outbox.index('act').getKey([staffId, actId])
      const act = key && (await outbox.get(key))
      if (!isKnown(meta) || !act || isSent(act, meta)) return { ok: true, value: false }
      await outbox.delete([staffId, act.n])
      const atMs = meta.asOfMs ?? 0
      await writing.objectStore('settled').put({ staffId, actId, n: act.n, atMs, again: null })
      await writing.done
      return { ok: true, value: true }
    })
    return done.ok && done.value
  }

  async function fold(given: Fold): Promise<Result<null, KeepFailure | 'moved'>> {
    const seq = given.seq + 1
    const hasChange = given.reset || given.rows.length + given.removed.length > 0
    const records = hasChange ? await sealFold(using.seal, staffId, seq, given) : []
    const done = await trying<KeptMeta, 'moved'>(async (db) => {
      const durability = given.settled.length > 0 ? 'strict' : 'default'
      const writing = db.transaction(['meta', 'outbox', 'settled', 'folds'], 'readwrite', { durability })
      writing.done.catch(ignore)
      const meta = await writing.objectStore('meta').get(staffId)
      if (!isKnown(meta) || meta.deviceId !== given.deviceId) return lost
      if (meta.seq !== given.seq) return moved
      const folds = writing.objectStore('folds')
      if (given.reset) await folds.delete(mine)
      for (const record of records) await folds.put(record)
      const { epoch, cursor, asOfMs, contactMs } = given
      const baseSeq = given.reset ? seq : meta.baseSeq
      const deltas = given.reset ? 0 : meta.deltas + records.length
      let next: KeptMeta = { ...meta, seq, baseSeq, deltas, epoch, cursor, asOfMs, contactMs }
      await settle(writing, staffId, given)
      if (given.renewed !== null) next = { ...next, ...(await renew(writing, staffId, given.renewed)) }
      await writing.objectStore('meta').put(next, staffId)
      await writing.done
      return { ok: true, value: next }
    })
    if (!done.ok) return done
    for (const { actId } of given.settled) words.drop(actId)
    if (done.value.deltas > mostDeltas) await merge(done.value)
    return { ok: true, value: null }
  }

  /** Many records become few; whoever folded meanwhile did not wait for it, and it is left. */
  async function merge(meta: KeptMeta): Promise<void> {
    await trying<null, never>(async (db) => {
      const folds: KeptFold[] = await db.getAll('folds', mine)
      const changed = await openFolds(using.seal, folds)
      if (!changed) return lost
      const records = await sealFold(using.seal, staffId, meta.seq, { rows: changed.rows, removed: [] })
      const writing = db.transaction(['meta', 'folds'], 'readwrite')
      writing.done.catch(ignore)
      const now = await writing.objectStore('meta').get(staffId)
      if (!isKnown(now) || now.seq !== meta.seq) return lost
      await writing.objectStore('folds').delete(mine)
      for (const record of records) await writing.objectStore('folds').put(record)
      await writing.objectStore('meta').put({ ...now, baseSeq: meta.seq, deltas: 0 }, staffId)
      await writing.done
      return { ok: true, value: null }
    })
  }

  async function expire(): Promise<void> {
    await trying<null, never>(async (db) => {
      const writing = db.transaction(['meta', 'folds'], 'readwrite', { durability: 'strict' })
      writing.done.catch(ignore)
      const meta = await writing.objectStore('meta').get(staffId)
      if (!meta) return lost
      await writing.objectStore('folds').delete(mine)
      await writing.objectStore('meta').put(expired(meta), staffId)
      await writing.done
      return { ok: true, value: null }
    })
  }

  return {
    read: readAll,
    append,
    take,
    takeBack,
    fold,
    expire,
    async wipe() {
      words.dropAll()
      await breakSeal(staffId)
      await clearPerson(staffId, 'wiped')
    },
    room: roomHere,
    isDurable: () => true,
    onLost: (hear) => void onDatabaseLost(hear),
    close: words.dropAll,
  }
}
