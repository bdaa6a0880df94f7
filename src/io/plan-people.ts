/** Who keeps a plan in this browser: their names sealed, and for how long they may be read without the server. */
import type { Resident } from '../state/plan-ports.ts'
import { leaseMs } from '../state/sync-shelf.ts'
import { planDatabase, rangeOf } from './plan-database.ts'
import { openSeal, openSealAhead } from './plan-seal.ts'

const placeOf = (staffId: string) => `people|${staffId}`

/** The last who was welcomed, if they had contact within the lease; a clock that was set back does not stretch it. */
export async function readResident(): Promise<Resident | null> {
  const db = await planDatabase()
  const reading = db.transaction(['people', 'meta'])
  const metas = reading.objectStore('meta')
  const [people, owners, numbers] = await Promise.all([
    reading.objectStore('people').getAll(),
    metas.getAllKeys(),
    metas.getAll(),
  ])
  const last = people.sort((one, other) => other.seenMs - one.seenMs)[0]
  if (!last) return null
  const contactMs = numbers[owners.indexOf(last.staffId)]?.contactMs ?? null
  const isOver = contactMs === null || Math.abs(Date.now() - contactMs) > leaseMs
  if (isOver) return null
  const seal = await openSealAhead(last.staffId)
  const opened = await seal.open(placeOf(last.staffId), last.sealed)
  // Sealed here, by `keepResident`.
  return (opened as Resident | undefined) ?? null
}

/** From now on this is who a start without a network belongs to. */
export async function keepResident(resident: Resident): Promise<void> {
  const { staffId } = resident.me
  const seal = await openSeal(staffId)
  const sealed = await seal.close(placeOf(staffId), resident)
  await dismissAll(staffId)
  const db = await planDatabase()
  await db.put('people', { staffId, seenMs: Date.now(), sealed })
}

/** Everybody but `stays` keeps here only what they wrote and was not sent. */
export async function dismissAll(stays: string | null = null): Promise<void> {
  const db = await planDatabase()
  const writing = db.transaction(['people', 'folds', 'meta'], 'readwrite', { durability: 'strict' })
  const [people, metas] = [writing.objectStore('people'), writing.objectStore('meta')]
  for (const other of await metas.getAllKeys()) {
    if (other === stays) continue
    await people.delete(other)
    await writing.objectStore('folds').delete(rangeOf(other))
    const meta = await metas.get(other)
    if (meta) await metas.put({ ...meta, ...goneOf(meta.seq + 1) }, other)
  }
  await writing.done
}

function goneOf(seq: number) {
  return { seq, baseSeq: seq, deltas: 0, cursor: null, asOfMs: null, contactMs: null }
}

export async function othersWaiting(staffId: string): Promise<number> {
  const db = await planDatabase()
  const [all, own] = await Promise.all([db.count('outbox'), db.count('outbox', rangeOf(staffId))])
  return all - own
}
