/** In which order those who have a visit stand on the screen, and what of each of them waits for a person. */
import { inOrder, rejoinMs } from '../core/visit.ts'
import type { VisitView } from './visits.ts'

/** `waiting`: the queue, then whoever was cut off. `deciding`: who waits for a person's word. `others`: who is not there yet, or in a call. */
export type VisitRows = {
  readonly waiting: readonly VisitView[]
  readonly deciding: readonly VisitView[]
  readonly others: readonly VisitView[]
}

export type Today = {
  readonly nowMs: number
  /** Of the clock on the ward's wall; null: this device's own. */
  readonly zone: string | null
  /** Those who have not come and are waited for all the same. */
  readonly awaited: ReadonlySet<string>
}

/** What of a visit a person has to decide, in the order in which it is asked. */
export type Question = 'device' | 'blocked' | 'missing' | 'mail' | 'wishes'

export function questionsOf(visit: VisitView, awaited: ReadonlySet<string>): Question[] {
  const isOpen: Record<Question, boolean> = {
    device: visit.device === 'asks',
    blocked: visit.isBlocked,
    missing: visit.isMissing && !awaited.has(visit.visitId),
    mail: isUntold(visit),
    wishes: visit.wishesNew,
  }
  return questions.filter((question) => isOpen[question])
}
const questions: readonly Question[] = ['device', 'blocked', 'missing', 'mail', 'wishes']

/** What they were to be told did not reach them, and nothing shows that they know; whoever is missing is asked about as that. */
function isUntold({ mail, state, isMissing }: VisitView): boolean {
  return mail.state === 'failed' && !mail.isDealt && !isMissing && (state === 'invited' || state === 'away')
}

/** [VISIT-1] Until then a link can be sent or printed; after it only another time helps. */
export function mayInvite({ endMs }: VisitView, nowMs: number): boolean {
  return nowMs <= endMs + rejoinMs
}

export function waitersOf(visits: readonly VisitView[]): VisitView[] {
  return inOrder(visits.filter(({ state }) => state === 'waiting'))
}

export function rowsOf(visits: readonly VisitView[], today: Today): VisitRows {
  const waiting = [...waitersOf(visits), ...inOrder(visits.filter(({ state }) => state === 'again'))]
  const rest = inOrder(visits.filter((visit) => !waiting.includes(visit)))
  const deciding = rest.filter((visit) => questionsOf(visit, today.awaited).length > 0)
  const others = rest.filter((visit) => !deciding.includes(visit) && isOfToday(visit, today))
  return { waiting, deciding, others }
}

/** Whoever is here is shown, whenever their time is; who tried their device days before is not expected for that. */
function isOfToday({ state, startMs }: VisitView, { nowMs, zone }: Today): boolean {
  const isHere = state !== 'invited' && state !== 'away'
  return isHere || isToday(startMs, { nowMs, zone })
}

/** Which is said where it is another than today. */
export function isToday(startMs: number, { nowMs, zone }: Pick<Today, 'nowMs' | 'zone'>): boolean {
  return dayOf(startMs, zone) === dayOf(nowMs, zone)
}

function dayOf(ms: number, zone: string | null): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone ?? undefined }).format(ms)
}
