/** The steps that a change of the plan's store is made of, each within the transaction that it is given. */
import type { Fold } from '../state/plan-ports.ts'
import { type KeptMeta, type PlanDatabase, planDatabase, rangeOf } from './plan-database.ts'

/** Settled acts are remembered this long: by then no journal speaks of them, and no copy of a server is older. */
const rememberMs = 7 * 24 * 60 * 60_000

/** They are many, so they are not looked through at each fold. */
const pruneEvery = 50

/** Whoever awaits the change hears of it; the same promise must not be nobody's. */
export function ignore(): void {}

type Writing = ReturnType<typeof writingOf>
function writingOf(db: PlanDatabase) {
  return db.transaction(['meta', 'outbox', 'settled', 'folds'], 'readwrite', { durability: 'strict' })
}

/** Acts that have their outcome leave the outbox; old ones are forgotten. */
export async function settle(
  writing: Writing,
  staffId: string,
  { settled, asOfMs, seq }: Fold,
): Promise<void> {
  const [outbox, kept] = [writing.objectStore('outbox'), writing.objectStore('settled')]
  if (settled.length === 0) return
  for (const { actId, took } of settled) {
    const key = await outbox.index('act').getKey([staffId, actId])
    const act = key && (await outbox.get(key))
    if (!act) continue
    await outbox.delete([staffId, act.n])
    await kept.put({ staffId, actId, n: act.n, atMs: asOfMs, again: took === 'yes' ? act : null })
  }
  if (seq % pruneEvery !== 0) return
  for (const { actId, atMs } of await kept.getAll(rangeOf(staffId)))
    if (atMs < asOfMs - rememberMs) await kept.delete([staffId, actId])
}

/** The server forgot: everything it took before is said once more, in its order, before what waits. */
export async function renew(
  writing: Writing,
  staffId: string,
  deviceId: string,
): Promise<Pick<KeptMeta, 'deviceId' | 'lastN'>> {
  const [outbox, kept] = [writing.objectStore('outbox'), writing.objectStore('settled')]
  const waiting = await outbox.getAll(rangeOf(staffId))
  const again = (await kept.getAll(rangeOf(staffId))).flatMap((one) => (one.again ? [one.again] : []))
  const acts = [...again, ...waiting].sort((one, other) => one.n - other.n)
  await outbox.delete(rangeOf(staffId))
  for (const [index, act] of acts.entries()) await outbox.put({ ...act, n: index + 1, isSent: true })
  for (const { actId } of again) await kept.delete([staffId, actId])
  return { deviceId, lastN: acts.length }
}

/** Leaves nothing of this person but, when it is gone on purpose, the name of the store. */
export async function clearPerson(staffId: string, why: 'wiped' | 'lost'): Promise<void> {
  const db = await planDatabase()
  const stores = ['meta', 'outbox', 'settled', 'folds', 'wiped', 'people'] as const
  const writing = db.transaction(stores, 'readwrite', { durability: 'strict' })
  writing.done.catch(ignore)
  const meta = await writing.objectStore('meta').get(staffId)
  if (meta && why === 'wiped') await writing.objectStore('wiped').put({ deviceId: meta.deviceId })
  for (const store of ['outbox', 'settled', 'folds'] as const)
    await writing.objectStore(store).delete(rangeOf(staffId))
  await writing.objectStore('meta').delete(staffId)
  await writing.objectStore('people').delete(staffId)
  await writing.done
}

export function emptyMeta(deviceId: string, keyId: string): KeptMeta {
  const nothing = { epoch: null, cursor: null, asOfMs: null, contactMs: null }
  return { deviceId, keyId, seq: 0, baseSeq: 0, deltas: 0, lastN: 0, ...nothing }
}

export function expired(meta: KeptMeta): KeptMeta {
  const seq = meta.seq + 1
  return { ...meta, seq, baseSeq: seq, deltas: 0, cursor: null, asOfMs: null, contactMs: null }
}
