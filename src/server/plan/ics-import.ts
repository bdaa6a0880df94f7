/** Books what a calendar file asks for, for whoever brings it: looked at first, then done, and never twice. */
import { hash, randomUUIDv7 } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createBook, type PlanReader } from '../../core/plan/book.ts'
import { judge } from '../../core/plan/decide.ts'
import type { PlanAct, PlanRefusal } from '../../protocol/plan.ts'
import {
  type ImportAnswer,
  type ImportItem,
  type ImportSkip,
  mostImported,
} from '../../protocol/plan-share.ts'
import type { Found } from './ics-found.ts'
import { readIcs } from './ics-read.ts'
import type { PlanPort } from './port.ts'

/** How many acts are done in one transaction, so that others have their turn in between. */
const batch = 50

type Booking = Extract<PlanAct, { type: 'appointment.book' }>
/** `act` null: it is left out. */
type Wish = { readonly item: ImportItem; readonly act: Booking | null }

export type ImportAsk = {
  readonly plan: PlanPort
  readonly staffId: string
  readonly text: string
  readonly nowMs: number
}

/** What `importIcs` would do now. */
export async function previewIcs(ask: ImportAsk): Promise<ImportAnswer> {
  const wishes = await wishesOf(ask)
  if ('type' in wishes) return wishes
  const { book } = ask.plan
  const booked = createBook()
  const plan = over(book, booked)
  const author = { staffId: ask.staffId, atMs: ask.nowMs }
  const items: ImportItem[] = []
  for (const { item, act } of wishes) {
    // Others have their turn in between.
    if (items.length % batch === batch - 1) await nextTurn()
    const decision = act && judge(plan, act, author, () => [])
    if (decision?.type === 'done') for (const row of decision.rows) booked.put(row)
    items.push(decision?.type === 'refused' ? { ...item, why: skipOf(decision.trouble.why) } : item)
  }
  return { type: 'read', items, booked: 0 }
}

/** Books all that can be; what is refused is only said, since whoever imports sees it at once. */
export async function importIcs(ask: ImportAsk): Promise<ImportAnswer> {
  const wishes = await wishesOf(ask)
  if ('type' in wishes) return wishes
  const outcomes = new Map<string, ImportSkip | null>()
  const acts = wishes.flatMap(({ act }) => act ?? [])
  for (let first = 0; first < acts.length; first += batch) {
    const some = acts.slice(first, first + batch)
    const named = some.map((act) => ({ actId: randomUUIDv7(), act }))
    const answers = await ask.plan.perform({ type: 'staff', staffId: ask.staffId }, named, 'told')
    for (const [index, answer] of answers.entries())
      outcomes.set(some[index]?.id ?? '', answer.type === 'refused' ? skipOf(answer.why) : null)
  }
  const items = wishes.map(({ item, act }) => (act ? { ...item, why: outcomes.get(act.id) ?? null } : item))
  return { type: 'read', items, booked: [...outcomes.values()].filter((why) => why === null).length }
}

async function wishesOf({
  plan,
  staffId,
  text,
  nowMs,
}: ImportAsk): Promise<Wish[] | Extract<ImportAnswer, { type: 'refused' }>> {
  const row = plan.book.get('plan', 'plan')
  const zone = row?.zone ?? 'UTC'
  const answer = await readIcs({ text, zone, nowMs, horizonMs: row?.horizonMs ?? nowMs })
  if (answer.type === 'refused') return { ...answer }
  let left = mostImported
  const taken = new Set<string>()
  return answer.found.map((found): Wish => {
    const { line, title, startMs, endMs } = found
    const item = { line, title, startMs, endMs, why: found.why }
    if (found.why !== null || startMs === null || endMs === null) return { item, act: null }
    const id = idOf(staffId, found.key)
    if (taken.has(id) || plan.book.get('appointment', id))
      return { item: { ...item, why: 'known' }, act: null }
    taken.add(id)
    if (left-- <= 0) return { item: { ...item, why: 'too-many' }, act: null }
    return { item, act: actOf(id, staffId, found, startMs, endMs) }
  })
}

/** The same event of the same calendar is the same appointment of the same person, however often it comes. */
export function idOf(staffId: string, key: string): string {
  return `ics_${hash('sha256', JSON.stringify([staffId, key]), 'base64url')}`
}

/** It takes the time of whoever imports it, and the room. Its description stays out: nobody knows what is in there. */
function actOf(id: string, staffId: string, found: Found, startMs: number, endMs: number): Booking {
  const { title, place, isTentative } = found
  return {
    type: 'appointment.book',
    id,
    kind: 'visit',
    fields: {
      title,
      note: '',
      place,
      staff: [staffId],
      roles: [],
      stops: [],
      outpatient: null,
      before: 0,
      after: 0,
      language: null,
      interpreter: false,
      outsideHours: false,
      when: { type: 'at', startMs, endMs },
      status: isTentative ? 'pending' : 'booked',
      cancelReason: null,
    },
  }
}

function skipOf(why: PlanRefusal): ImportSkip {
  switch (why) {
    case 'taken':
    case 'outside-hours':
    case 'away':
    case 'forbidden':
    case 'senseless':
      return why
    case 'out-of-order':
      return 'known'
    default:
      return 'refused'
  }
}

/** The plan as it would be with these rows too; the rows are new, so nothing is hidden by them. */
function over(plan: PlanReader, rows: PlanReader): PlanReader {
  return {
    get: (type, id) => rows.get(type, id) ?? plan.get(type, id),
    *all(type) {
      yield* plan.all(type)
      yield* rows.all(type)
    },
    bookings: (resource, startMs, endMs) =>
      [...plan.bookings(resource, startMs, endMs), ...rows.bookings(resource, startMs, endMs)].sort(
        (one, other) => one.startMs - other.startMs,
      ),
  }
}
