/** The rows of letters: what waits, what is sent, and what staff are told of it. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { VisitMail } from '../../protocol/visit.ts'
import type { Db } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import type { LetterKind } from '../visits/post.ts'
import { isReminder, kindInstead, letterKinds, reminders } from './kinds.ts'
import { patienceMs } from './patience.ts'

export type Way = 'mail' | 'sms'

/** What a row is of; a withdrawal is to an address that the visit does not have any more. */
export const withdrawal = 'withdrawal'
export type RowKind = LetterKind | typeof withdrawal

export type WaitingLetter = {
  readonly letterId: string
  readonly visitId: string
  readonly kind: RowKind
  readonly tries: number
  /** When it was tried for the first time; null: it was not yet. */
  readonly triedMs: number | null
}

type NewLetter = { readonly visitId: string; readonly kind: LetterKind; readonly dueMs: number }

const kindOf = (text: string) => v.parse(v.picklist(letterKinds), text)
const rowKindOf = (text: string) => v.parse(v.picklist([...letterKinds, withdrawal]), text)

/** In place of those that wait and say the same, or what is no longer so. `inHand`: that one is just being sent. */
export async function keepLetter(
  db: Db,
  way: Way,
  letter: NewLetter,
  { nowMs, inHand }: { readonly nowMs: number; readonly inHand: string | null },
): Promise<void> {
  const { visitId, kind, dueMs } = letter
  const replaced = await dropWaiting(db, { visitId, kinds: replacedBy(kind), way, inHand, nowMs })
  const row = { visit_id: visitId, way, kind: kindInstead(kind, replaced), due_ms: dueMs, next_ms: dueMs }
  await insert(db, { ...blank, ...row, queued_ms: nowMs })
}

/** What a letter begins with. */
export const blank = {
  state: 'waiting',
  ...{ tries: 0, tried_ms: null, ended_ms: null, to_address: null, problem: null },
  ...{ sequence: null, start_ms: null, end_ms: null, entry_id: null, language: null, dealt_ms: null },
} as const

export async function insert(db: Db, row: Omit<Tables['letters'], 'letter_id'>): Promise<void> {
  await db
    .insertInto('letters')
    .values({ ...row, letter_id: randomUUID() })
    .execute()
}

function replacedBy(kind: LetterKind): readonly LetterKind[] {
  if (isReminder(kind)) return [kind]
  return kind === 'cancellation' ? letterKinds : letterKinds.filter((one) => !isReminder(one))
}

type Dropped = {
  readonly visitId: string
  readonly kinds: readonly LetterKind[]
  readonly way?: Way
  readonly inHand: string | null
  readonly nowMs: number
}

async function dropWaiting(db: Db, { visitId, kinds, way, inHand, nowMs }: Dropped): Promise<LetterKind[]> {
  const rows = await db
    .updateTable('letters')
    .set({ state: 'dropped', ended_ms: nowMs })
    .where('visit_id', '=', visitId)
    .where('state', '=', 'waiting')
    .where('kind', 'in', kinds)
    .$if(way !== undefined, (query) => query.where('way', '=', way ?? 'mail'))
    .$if(inHand !== null, (query) => query.where('letter_id', '!=', inHand))
    .returning('kind')
    .execute()
  return rows.map(({ kind }) => kindOf(kind))
}

export async function dropReminders(db: Db, visitId: string, nowMs: number): Promise<void> {
  await dropWaiting(db, { visitId, kinds: reminders, inHand: null, nowMs })
}

/** Whatever it is, it does not leave any more. */
export async function dropLetters(db: Db, visitId: string, nowMs: number): Promise<void> {
  await dropWaiting(db, { visitId, kinds: letterKinds, inHand: null, nowMs })
}

export async function nextDue(db: Db, way: Way, nowMs: number): Promise<WaitingLetter | null> {
  const row = await db
    .selectFrom('letters')
    .select(['letter_id', 'visit_id', 'kind', 'tries', 'tried_ms'])
    .where('state', '=', 'waiting')
    .where('way', '=', way)
    .where('next_ms', '<=', nowMs)
    .orderBy('next_ms')
    .orderBy('queued_ms')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const { letter_id, visit_id, kind, tries, tried_ms } = row
  return { letterId: letter_id, visitId: visit_id, kind: rowKindOf(kind), tries, triedMs: tried_ms }
}

/** When the next one is due; `Infinity`: none waits. */
export async function earliestDue(db: Db): Promise<number> {
  const query = db.selectFrom('letters').where('state', '=', 'waiting')
  const row = await query.select(({ fn }) => fn.min<number | null>('next_ms').as('next')).executeTakeFirst()
  return row?.next ?? Number.POSITIVE_INFINITY
}

export type Time = { readonly startMs: number; readonly endMs: number }

/** What calendars and people know of this visit beside this letter: the highest number, and the last time that reached them. */
export async function whatWasTold(
  db: Db,
  { visitId, letterId }: Pick<WaitingLetter, 'visitId' | 'letterId'>,
): Promise<{ readonly sequence: number; readonly time: Time | null }> {
  const tried = await db
    .selectFrom('letters')
    .select(['kind', 'state', 'sequence', 'start_ms', 'end_ms'])
    .where('visit_id', '=', visitId)
    .where('letter_id', '!=', letterId)
    .where('sequence', 'is not', null)
    .orderBy('ended_ms')
    .execute()
  const last = tried.findLast(({ kind, state }) => state === 'sent' && kind !== withdrawal)
  const isTimed = last && last.start_ms !== null && last.end_ms !== null
  return {
    sequence: Math.max(0, ...tried.map(({ sequence }) => sequence ?? 0)),
    time: isTimed ? { startMs: last.start_ms ?? 0, endMs: last.end_ms ?? 0 } : null,
  }
}

/** Before it leaves: whatever happens then, it is known that it was tried. */
export async function beginTry(
  db: Db,
  { letterId, tries, triedMs }: WaitingLetter,
  said: Time & { readonly to: string; readonly sequence: number },
  nowMs: number,
): Promise<void> {
  const { to, sequence, startMs, endMs } = said
  await db
    .updateTable('letters')
    .set({ tries: tries + 1, tried_ms: triedMs ?? nowMs, to_address: to })
    .set({ sequence, start_ms: startMs, end_ms: endMs })
    .where('letter_id', '=', letterId)
    .execute()
}

/** It has left, and that is so even if it was dropped meanwhile. */
export async function markSent(db: Db, letterId: string, nowMs: number): Promise<void> {
  await db
    .updateTable('letters')
    .set({ state: 'sent', ended_ms: nowMs, problem: null })
    .where('letter_id', '=', letterId)
    .execute()
}

export async function markEnded(
  db: Db,
  letterId: string,
  as: { readonly state: 'failed' | 'dropped'; readonly problem: string | null; readonly nowMs: number },
): Promise<void> {
  await db
    .updateTable('letters')
    .set({ state: as.state, ended_ms: as.nowMs, problem: as.problem })
    .where('letter_id', '=', letterId)
    .where('state', '=', 'waiting')
    .execute()
}

export async function putOff(
  db: Db,
  letterId: string,
  nextMs: number,
  problem: string | null,
): Promise<void> {
  await db
    .updateTable('letters')
    .set({ next_ms: nextMs, problem })
    .where('letter_id', '=', letterId)
    .where('state', '=', 'waiting')
    .execute()
}

/** Addresses are kept no longer than somebody may ask what became of a letter. */
export async function forgetLetters(db: Db, beforeMs: number): Promise<void> {
  await db.deleteFrom('letters').where('ended_ms', '<', beforeMs).execute()
}

/** What staff are told: the newest letter that was sent, failed or waits, and not reminders that only wait for their time. */
export async function mailOf(
  db: Db,
  visitIds: readonly string[],
  nowMs: number,
): Promise<Map<string, VisitMail>> {
  if (visitIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('letters')
    .select(['visit_id', 'way', 'kind', 'state', 'to_address', 'due_ms', 'ended_ms', 'queued_ms', 'problem'])
    .select('dealt_ms')
    .where('visit_id', 'in', visitIds)
    .where('state', '!=', 'dropped')
    .where('kind', '!=', withdrawal)
    .where((row) => row.or([row('state', '!=', 'waiting'), row('kind', 'not in', reminders)]))
    .execute()
  const told = Map.groupBy(
    rows.toSorted((a, b) => atMsOf(a) - atMsOf(b)),
    ({ visit_id }) => visit_id,
  )
  return new Map(
    [...told].flatMap(([visitId, some]) => viewOf(some, nowMs).map((view) => [visitId, view] as const)),
  )
}

/** Of the letter that staff are told of, as long as it is that one. */
export async function dealWith(
  db: Db,
  { visitId, atMs }: { readonly visitId: string; readonly atMs: number | null },
  nowMs: number,
): Promise<boolean> {
  const stands = (await mailOf(db, [visitId], nowMs)).get(visitId)
  if (stands?.state !== 'failed' || stands.atMs !== atMs) return false
  await db
    .updateTable('letters')
    .set({ dealt_ms: nowMs })
    .where('visit_id', '=', visitId)
    .where('way', '=', 'mail')
    .where('dealt_ms', 'is', null)
    .where((row) => row.or([row('state', '=', 'failed'), row('state', '=', 'waiting')]))
    .where((row) => row.or([row('state', '!=', 'waiting'), row('kind', 'not in', reminders)]))
    .execute()
  return true
}

type Told = {
  readonly way: Way
  readonly state: 'waiting' | 'sent' | 'failed' | 'dropped'
  readonly to_address: string | null
  readonly due_ms: number
  readonly ended_ms: number | null
  readonly queued_ms: number
  readonly problem: string | null
  readonly dealt_ms: number | null
}

const atMsOf = ({ ended_ms, queued_ms }: Told) => ended_ms ?? queued_ms

/** It is tried on, and may go yet; a person need not wait for that. */
function isOverdue({ state, due_ms, problem }: Told, nowMs: number): boolean {
  return state === 'waiting' && problem !== null && nowMs - due_ms >= patienceMs
}

/** A text message that failed is said beside a letter that was sent. */
function viewOf(some: readonly Told[], nowMs: number): VisitMail[] {
  const mail = some.findLast(({ way }) => way === 'mail')
  const sms = some.findLast(({ way }) => way === 'sms')
  if (!mail || mail.state === 'dropped') return []
  const { to_address: to, ended_ms: atMs } = mail
  const state = isOverdue(mail, nowMs) ? 'failed' : mail.state
  const smsProblem = sms?.state === 'failed' ? `SMS: ${sms.problem}`.slice(0, 200) : null
  return [{ state, to, atMs, problem: mail.problem ?? smsProblem, isDealt: mail.dealt_ms !== null }]
}
