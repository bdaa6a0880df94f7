/** Copies as they are kept: rows in, rows out. */
import * as v from 'valibot'
import { type CopyEnd, type CopyLife, type CopyPeople, copyTimes } from '../../core/scan/copies.ts'
import type { Addressee } from '../../protocol/duty.ts'
import { type StaffParty, staffParty } from '../../protocol/people.ts'
import { counter } from '../../protocol/primitives.ts'
import { type CopyEnvelope, copyEnvelope } from '../../protocol/scan-copies.ts'
import type { Db } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

export type CopyReader = { readonly who: StaffParty; readonly openedMs: number | null }

export type Copy = CopyLife &
  Pick<CopyPeople, 'senderId' | 'to'> & {
    readonly copyId: string
    readonly sender: StaffParty
    /** As whom it is for was called when it was sent. */
    readonly name: string
    readonly patientNumber: string
    readonly admissionId: string | null
    readonly madeMs: number
    /** Null once it has ended. */
    readonly envelope: CopyEnvelope | null
    readonly files: readonly number[]
    readonly bytes: number
    readonly saidMs: number
    readonly endedMs: number | null
    readonly readers: readonly CopyReader[]
  }

export const peopleOf = ({ senderId, to, readers }: Copy): CopyPeople => ({
  ...{ senderId, to },
  readerIds: readers.map(({ who }) => who.staffId),
})

export const addressText = (to: Addressee): string =>
  to.type === 'staff' ? `staff:${to.staffId}` : `duty:${to.dutyId}`

function addresseeOf(text: string): Addressee {
  const [type, id = ''] = text.split(':')
  return type === 'duty' ? { type, dutyId: id } : { type: 'staff', staffId: id }
}

const ended = v.nullable(v.picklist(['withdrawn', 'expired']))

async function copyOf(db: Db, row: Tables['copies']): Promise<Copy> {
  const readers = await db
    .selectFrom('copy_readers')
    .select(['reader', 'opened_ms'])
    .where('copy_id', '=', row.copy_id)
    .execute()
  return {
    copyId: row.copy_id,
    senderId: row.sender_id,
    sender: v.parse(staffParty, JSON.parse(row.sender)),
    to: addresseeOf(row.address),
    name: row.name,
    patientNumber: row.patient_number,
    admissionId: row.admission_id,
    madeMs: row.made_ms,
    expiresMs: row.expires_ms,
    envelope: row.envelope === null ? null : v.parse(copyEnvelope, JSON.parse(row.envelope)),
    files: v.parse(v.array(counter), JSON.parse(row.files)),
    bytes: row.bytes,
    saidMs: row.said_ms,
    wholeMs: row.whole_ms,
    endedMs: row.ended_ms,
    ended: v.parse(ended, row.ended),
    readers: readers
      .map(({ reader, opened_ms }) => ({ who: v.parse(staffParty, JSON.parse(reader)), openedMs: opened_ms }))
      .toSorted((one, other) => one.who.name.localeCompare(other.who.name)),
  }
}

async function copiesOf(db: Db, rows: readonly Tables['copies'][]): Promise<Copy[]> {
  return await Promise.all(rows.map((row) => copyOf(db, row)))
}

export async function findCopy(db: Db, copyId: string): Promise<Copy | null> {
  const row = await db.selectFrom('copies').selectAll().where('copy_id', '=', copyId).executeTakeFirst()
  return row ? await copyOf(db, row) : null
}

export async function copiesBy(db: Db, senderId: string, most: number): Promise<Copy[]> {
  const rows = await db
    .selectFrom('copies')
    .selectAll()
    .where('sender_id', '=', senderId)
    .orderBy('made_ms', 'desc')
    .limit(most)
    .execute()
  return await copiesOf(db, rows)
}

/** Those that are whole, or were: which this person has, or which are for them by their address. */
export async function copiesFor(
  db: Db,
  staffId: string,
  addresses: readonly string[],
  most: number,
): Promise<Copy[]> {
  const had = db.selectFrom('copy_readers').select('copy_id').where('staff_id', '=', staffId)
  const rows = await db
    .selectFrom('copies')
    .selectAll()
    .where('whole_ms', 'is not', null)
    .where('sender_id', '!=', staffId)
    .where((row) => row.or([row('copy_id', 'in', had), row('address', 'in', addresses)]))
    .orderBy('made_ms', 'desc')
    .limit(most)
    .execute()
  return await copiesOf(db, rows)
}

/** Everything that has not ended, for whoever looks after it. */
export async function listOpenCopies(db: Db): Promise<Copy[]> {
  return await copiesOf(db, await db.selectFrom('copies').selectAll().where('ended', 'is', null).execute())
}

/** What those that have not ended take, and may yet take: of one sender, or of all. */
export async function bytesTaken(db: Db, senderId: string | null): Promise<{ bytes: number; count: number }> {
  const open = db.selectFrom('copies').where('ended', 'is', null)
  const { bytes, count } = await (senderId === null ? open : open.where('sender_id', '=', senderId))
    .select(({ fn }) => [fn.sum<number | null>('bytes').as('bytes'), fn.countAll<number>().as('count')])
    .executeTakeFirstOrThrow()
  return { bytes: bytes ?? 0, count }
}

export async function insertCopy(
  db: Db,
  copy: Omit<Copy, 'ended' | 'endedMs' | 'wholeMs'> & { readonly envelope: CopyEnvelope },
): Promise<void> {
  await db
    .insertInto('copies')
    .values({
      ...{ copy_id: copy.copyId, sender_id: copy.senderId, sender: JSON.stringify(copy.sender) },
      ...{ address: addressText(copy.to), name: copy.name, patient_number: copy.patientNumber },
      ...{ admission_id: copy.admissionId, made_ms: copy.madeMs, expires_ms: copy.expiresMs },
      ...{ envelope: JSON.stringify(copy.envelope), files: JSON.stringify(copy.files), bytes: copy.bytes },
      ...{ said_ms: copy.saidMs, whole_ms: null, ended_ms: null, ended: null },
    })
    .execute()
  await addReaders(
    db,
    copy.copyId,
    copy.readers.map(({ who }) => who),
  )
}

/** Whoever has it already keeps when they opened it. */
export async function addReaders(db: Db, copyId: string, readers: readonly StaffParty[]): Promise<void> {
  for (const who of readers)
    await db
      .insertInto('copy_readers')
      .values({ copy_id: copyId, staff_id: who.staffId, reader: JSON.stringify(who), opened_ms: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

export async function updateCopy(
  db: Db,
  copyId: string,
  set: Partial<Pick<Tables['copies'], 'said_ms' | 'whole_ms' | 'envelope' | 'expires_ms'>>,
): Promise<void> {
  await db.updateTable('copies').set(set).where('copy_id', '=', copyId).execute()
}

/** What it was sealed with goes at once. False: it had ended already. */
export async function endCopy(db: Db, copyId: string, as: CopyEnd, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('copies')
    .set({ ended: as, ended_ms: nowMs, envelope: null })
    .where('copy_id', '=', copyId)
    .where('ended', 'is', null)
    .executeTakeFirst()
  await db.deleteFrom('copy_asks').where('copy_id', '=', copyId).execute()
  return numUpdatedRows > 0n
}

export async function dropCopy(db: Db, copyId: string): Promise<void> {
  for (const table of ['copy_asks', 'copy_readers', 'copies'] as const)
    await db.deleteFrom(table).where('copy_id', '=', copyId).execute()
}

/** Those that ended longer ago than a list names them. */
export async function listForgotten(db: Db, nowMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom('copies')
    .select('copy_id')
    .where('ended_ms', '<=', nowMs - copyTimes.listedMs)
    .execute()
  return rows.map(({ copy_id }) => copy_id)
}

/** Of whoever lies here now and has this number, or did not long ago; null: nobody. */
export async function admissionOf(db: Db, number: string, nowMs: number): Promise<string | null> {
  const row = await db
    .selectFrom('admissions')
    .select('admission_id')
    .where('number', '=', number)
    .where((one) => one.or([one('ended_ms', 'is', null), one('ended_ms', '>', nowMs - copyTimes.recentMs)]))
    .orderBy((one) => one.fn.coalesce('ended_ms', one.val(Number.MAX_SAFE_INTEGER)), 'desc')
    .executeTakeFirst()
  return row?.admission_id ?? null
}

export async function listAsks(
  db: Db,
  copyId: string,
): Promise<readonly { readonly staffId: string; readonly signer: string }[]> {
  const rows = await db
    .selectFrom('copy_asks')
    .select(['staff_id', 'signer'])
    .where('copy_id', '=', copyId)
    .orderBy('asked_ms')
    .execute()
  return rows.map(({ staff_id, signer }) => ({ staffId: staff_id, signer }))
}

export async function addAsk(
  db: Db,
  copyId: string,
  { staffId, signer }: { readonly staffId: string; readonly signer: string },
  nowMs: number,
): Promise<void> {
  await db
    .insertInto('copy_asks')
    .values({ copy_id: copyId, staff_id: staffId, signer, asked_ms: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** They have what they asked for. */
export async function dropAsk(
  db: Db,
  copyId: string,
  { staffId, signer }: { readonly staffId: string; readonly signer: string },
): Promise<void> {
  await db
    .deleteFrom('copy_asks')
    .where('copy_id', '=', copyId)
    .where('staff_id', '=', staffId)
    .where('signer', '=', signer)
    .execute()
}

/** When this person first opened it. False: it is not the first time. */
export async function noteOpened(db: Db, copyId: string, staffId: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('copy_readers')
    .set({ opened_ms: nowMs })
    .where('copy_id', '=', copyId)
    .where('staff_id', '=', staffId)
    .where('opened_ms', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
