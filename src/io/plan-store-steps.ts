/** The steps that a change of the plan's store is made of, each within the transaction that it is given. */
import type { Fold } from '../state/plan-ports.ts'
import { type KeptAct, type KeptMeta, type PlanDatabase, planDatabase, rangeOf } from './plan-database.ts'

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

type AddingTo = ReturnType<typeof addingOf>
function addingOf(db: PlanDatabase) {
  return db.transaction(['meta', 'outbox', 'settled'], 'readwrite', { durability: 'strict' })
}

/**
 * Puts what neither waits nor is settled behind what waits; answers the numbers it was given. All is asked at once:
 * each answer that is waited for by itself costs more than what it asks.
 */
export async function add(
  writing: AddingTo,
  meta: KeptMeta,
  staffId: string,
  acts: readonly Omit<KeptAct, 'n'>[],
): Promise<ReadonlyMap<string, number>> {
  const [outbox, settled] = [writing.objectStore('outbox'), writing.objectStore('settled')]
  const fresh = await Promise.all(
    acts.map(async ({ actId }) => {
      const key: [string, string] = [staffId, actId]
      const found = await Promise.all([outbox.index('act').getKey(key), settled.getKey(key)])
      return found.every((one) => one === undefined)
    }),
  )
  const added = new Map<string, number>()
  const puts: Promise<unknown>[] = []
  for (const [index, act] of acts.entries()) {
    if (!fresh[index] || added.has(act.actId)) continue
    const n = meta.lastN + added.size + 1
    added.set(act.actId, n)
    puts.push(outbox.put({ ...act, n }))
  }
  const lastN = meta.lastN + added.size
  await Promise.all([...puts, writing.objectStore('meta').put({ ...meta, lastN }, staffId)])
  return added
}

/** Sealed it is longer by 28 bytes, and without the name that it is sent under. */
export const sealedBytes = ({ sealed }: KeptAct) => sealed.byteLength

/** Acts that have their outcome leave the outbox; old ones are forgotten. */
export async function settle(
  writing: Writing,
  staffId: string,
  { settled, asOfMs, seq }: Fold,
): Promise<void> {
  const [outbox, kept] = [writing.objectStore('outbox'), writing.objectStore('settled')]
  if (settled.length === 0) return
  const acts = await Promise.all(settled.map(({ actId }) => outbox.index('act').get([staffId, actId])))
  await Promise.all(
    settled.flatMap(({ actId, took }, index) => {
      const act = acts[index]
      if (!act) return []
      const again = took === 'yes' ? act : null
      return [outbox.delete([staffId, act.n]), kept.put({ staffId, actId, n: act.n, atMs: asOfMs, again })]
    }),
  )
  if (seq % pruneEvery !== 0) return
  const old = (await kept.getAll(rangeOf(staffId))).filter(({ atMs }) => atMs < asOfMs - rememberMs)
  await Promise.all(old.map(({ actId }) => kept.delete([staffId, actId])))
}

/** The server forgot: everything it took before is said once more, in its order, before what waits. */
export async function renew(
  writing: Writing,
  staffId: string,
  deviceId: string,
): Promise<Pick<KeptMeta, 'deviceId' | 'lastN' | 'sentN'>> {
  const [outbox, kept] = [writing.objectStore('outbox'), writing.objectStore('settled')]
  const waiting = await outbox.getAll(rangeOf(staffId))
  const again = (await kept.getAll(rangeOf(staffId))).flatMap((one) => (one.again ? [one.again] : []))
  const acts = [...again, ...waiting].sort((one, other) => one.n - other.n)
  await outbox.delete(rangeOf(staffId))
  await Promise.all([
    ...acts.map((act, index) => outbox.put({ ...act, n: index + 1 })),
    ...again.map(({ actId }) => kept.delete([staffId, actId])),
  ])
  return { deviceId, lastN: acts.length, sentN: acts.length }
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
