/** The durable side of visits: each change and its row of the audit in one transaction; links are kept as hashes, the newest sealed as well. */
import * as v from 'valibot'
import { type Appointment, appointment } from '../../protocol/plan.ts'
import { type Chain, chain } from '../../protocol/proof.ts'
import {
  type DeviceTest,
  deviceTest,
  type VisitEnd,
  type VisitNote,
  visitEnd,
  visitNote,
} from '../../protocol/visit-messages.ts'
import { type NewAct, recordAct } from '../audit/record.ts'
import type { Db } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

/** A station's word for the bound key, and by which sign-in it was given. */
export type Vouched = { readonly chain: Chain; readonly by: string }

/** `linkHash`: of the newest link. */
export type Visit = {
  readonly visitId: string
  readonly appointmentId: string
  /** The appointment that calendars know it by: the first, where its series was moved since. */
  readonly entryId: string
  readonly name: string
  readonly tokenSealed: string
  readonly linkHash: string
  /** The patient's own; null: the hospital's. */
  readonly zone: string | null
  /** Where the newest link was mailed to; null: nowhere. */
  readonly mailedTo: string | null
  /** Which telephone was sent it as well; null: none. */
  readonly textedTo: string | null
  readonly madeMs: number
  readonly tries: number
  readonly publicKey: string | null
  /** When a browser was last bound to it; stays when the visit is over. */
  readonly boundMs: number | null
  readonly otherKey: string | null
  /** Of devices that staff did not let in. */
  readonly refusedKeys: readonly string[]
  readonly vouched: Vouched | null
  readonly test: DeviceTest | null
  readonly notes: readonly VisitNote[]
  /** Since when they are here, which is their place in the queue; null: nobody came, or they left. */
  readonly cameMs: number | null
  readonly waitedMs: number | null
  readonly lastCallMs: number | null
  /** When one of them hung up last; null: no call was through, or the last one was cut off. */
  readonly throughMs: number | null
  readonly closed: { readonly atMs: number; readonly why: VisitEnd } | null
  readonly identifiedMs: number | null
  readonly wishesNewMs: number | null
  /** The appointment as it was when it left the plan; null: it is there. */
  readonly goneRow: Appointment | null
  readonly isRated: boolean
  /** How often, and when last, the newest link was sent to whoever had an old one. */
  readonly renewals: number
  readonly renewedMs: number | null
}

/** What a link begins with, and what a new one takes back. */
export const nobodyYet = {
  tries: 0,
  publicKey: null,
  otherKey: null,
  refusedKeys: [],
  vouched: null,
  test: null,
  cameMs: null,
  waitedMs: null,
  identifiedMs: null,
} as const satisfies Partial<Visit>

/** As it now is, with the acts that made it so. `beside`: what else belongs into the transaction. */
export async function keepVisit(
  db: Db,
  visit: Visit,
  acts: readonly NewAct[],
  nowMs: number,
  beside: (step: Db) => Promise<void> = async () => {},
): Promise<void> {
  const row = rowOf(visit)
  await db.transaction().execute(async (step) => {
    await step
      .insertInto('visits')
      .values(row)
      .onConflict((same) => same.column('visit_id').doUpdateSet(row))
      .execute()
    await step
      .insertInto('visit_links')
      .values({ token_hash: visit.linkHash, visit_id: visit.visitId, made_ms: nowMs })
      .onConflict((same) => same.column('token_hash').doNothing())
      .execute()
    for (const act of acts)
      await recordAct(step, nowMs, { ...act, entity: { type: 'visit', id: visit.visitId } })
    await beside(step)
  })
}

const dayMs = 24 * 60 * 60_000
/** So long staff are shown that somebody wished for another time, and that a visit ended by the clock alone. */
const wishMs = 7 * dayMs
const undecidedMs = dayMs

/** What is not over, or about which a person may still have to decide. */
export function isCurrent(
  { closed, wishesNewMs }: Pick<Visit, 'closed' | 'wishesNewMs'>,
  nowMs: number,
): boolean {
  if (closed === null || (wishesNewMs ?? 0) > nowMs - wishMs) return true
  return closed.why === 'expired' && closed.atMs > nowMs - undecidedMs
}

export async function listCurrent(db: Db, nowMs: number): Promise<Visit[]> {
  const rows = await db
    .selectFrom('visits')
    .selectAll()
    .where(({ eb, or }) =>
      or([
        eb('closed_ms', 'is', null),
        eb('closed_ms', '>', nowMs - undecidedMs),
        eb('wishes_new_ms', '>', nowMs - wishMs),
      ]),
    )
    .execute()
  return rows.map(visitOf).filter((visit) => isCurrent(visit, nowMs))
}

export async function findVisit(db: Db, visitId: string): Promise<Visit | null> {
  const row = await db.selectFrom('visits').selectAll().where('visit_id', '=', visitId).executeTakeFirst()
  return row ? visitOf(row) : null
}

export async function findByAppointment(db: Db, appointmentId: string): Promise<Visit | null> {
  const found = db.selectFrom('visits').selectAll().where('appointment_id', '=', appointmentId)
  const row = await found.executeTakeFirst()
  return row ? visitOf(row) : null
}

/** So many at a time as the database takes in one question. */
const atOnce = 500

/** The same of many at once, those that there are. */
export async function findByAppointments(db: Db, ids: readonly string[]): Promise<Map<string, Visit>> {
  const found: Visit[] = []
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = ids.slice(from, from + atOnce)
    const rows = await db.selectFrom('visits').selectAll().where('appointment_id', 'in', some).execute()
    found.push(...rows.map(visitOf))
  }
  return new Map(found.map((visit) => [visit.appointmentId, visit]))
}

/** Whose link it is, or ever was; null: nobody's. */
export async function findByLink(db: Db, linkHash: string): Promise<string | null> {
  const found = db.selectFrom('visit_links').select('visit_id').where('token_hash', '=', linkHash)
  return (await found.executeTakeFirst())?.visit_id ?? null
}

/** Counts, of nobody in particular. `day`: ISO 8601. */
export async function countRating(db: Db, day: string, stars: number): Promise<void> {
  await db
    .insertInto('visit_ratings')
    .values({ day, stars, many: 1 })
    .onConflict((same) =>
      same.columns(['day', 'stars']).doUpdateSet(({ eb }) => ({ many: eb('visit_ratings.many', '+', 1) })),
    )
    .execute()
}

/** One star first, from that day on. */
export async function readRatings(db: Db, fromDay: string): Promise<number[]> {
  const rows = await db
    .selectFrom('visit_ratings')
    .select(({ fn }) => ['stars', fn.sum<number>('many').as('many')])
    .where('day', '>=', fromDay)
    .groupBy('stars')
    .execute()
  return [1, 2, 3, 4, 5].map((stars) => rows.find((row) => row.stars === stars)?.many ?? 0)
}

function rowOf(visit: Visit): Tables['visits'] {
  return {
    visit_id: visit.visitId,
    appointment_id: visit.appointmentId,
    entry_id: visit.entryId,
    name: visit.name,
    token_sealed: visit.tokenSealed,
    token_hash: visit.linkHash,
    zone: visit.zone,
    mailed_to: visit.mailedTo,
    texted_to: visit.textedTo,
    gone_row: visit.goneRow && JSON.stringify(visit.goneRow),
    made_ms: visit.madeMs,
    tries: visit.tries,
    public_key: visit.publicKey,
    bound_ms: visit.boundMs,
    other_key: visit.otherKey,
    refused_keys: JSON.stringify(visit.refusedKeys),
    chain: visit.vouched && JSON.stringify(visit.vouched.chain),
    vouched_by: visit.vouched?.by ?? null,
    test: visit.test && JSON.stringify(visit.test),
    notes: JSON.stringify(visit.notes),
    came_ms: visit.cameMs,
    waited_ms: visit.waitedMs,
    last_call_ms: visit.lastCallMs,
    through_ms: visit.throughMs,
    closed_ms: visit.closed?.atMs ?? null,
    closed_why: visit.closed?.why ?? null,
    identified_ms: visit.identifiedMs,
    wishes_new_ms: visit.wishesNewMs,
    rated: visit.isRated ? 1 : 0,
    renewals: visit.renewals,
    renewed_ms: visit.renewedMs,
  }
}

function visitOf(row: Tables['visits']): Visit {
  const { chain: certificates, vouched_by: by, closed_ms: atMs } = row
  return {
    visitId: row.visit_id,
    appointmentId: row.appointment_id,
    entryId: row.entry_id,
    name: row.name,
    tokenSealed: row.token_sealed,
    linkHash: row.token_hash,
    zone: row.zone,
    mailedTo: row.mailed_to,
    textedTo: row.texted_to,
    goneRow: row.gone_row === null ? null : v.parse(appointment, JSON.parse(row.gone_row)),
    madeMs: row.made_ms,
    tries: row.tries,
    publicKey: row.public_key,
    boundMs: row.bound_ms,
    otherKey: row.other_key,
    refusedKeys: v.parse(v.array(v.string()), JSON.parse(row.refused_keys)),
    vouched: certificates && by ? { chain: v.parse(chain, JSON.parse(certificates)), by } : null,
    test: row.test === null ? null : v.parse(deviceTest, JSON.parse(row.test)),
    notes: v.parse(v.array(visitNote), JSON.parse(row.notes)),
    cameMs: row.came_ms,
    waitedMs: row.waited_ms,
    lastCallMs: row.last_call_ms,
    throughMs: row.through_ms,
    closed: atMs === null ? null : { atMs, why: v.parse(visitEnd, row.closed_why) },
    identifiedMs: row.identified_ms,
    wishesNewMs: row.wishes_new_ms,
    isRated: row.rated === 1,
    renewals: row.renewals,
    renewedMs: row.renewed_ms,
  }
}
