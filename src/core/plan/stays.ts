/**
 * Who lies where, as rows of the plan, and what that makes of appointments: they follow a patient to the next bed and
 * end with the stay, so that nobody is visited, and no bed is held, for the last patient (HZ-1, HZ-6).
 */
import type { AdmissionAct } from '../../protocol/admission.ts'
import type { Appointment, BedRow, Row, Series, Stop } from '../../protocol/plan.ts'
import { type Admission, applyAdmission } from '../admission.ts'
import { draftOver, type PlanReader } from './book.ts'
import {
  type Asking,
  type Author,
  type Decided,
  type Decision,
  type Offer,
  refused,
  type Trouble,
} from './decision.ts'
import { timeAgainst } from './placing.ts'
import { isClosed } from './status.ts'

/** Why an appointment was cancelled whose patient has left; the screens' words know it. */
export const leftReason = 'discharged'

/** [PLAN-13] What `core/admission.ts` says of the stays, and what follows for the plan. */
export function changeStay({ plan, author, offer }: Asking, act: AdmissionAct): Decision {
  const rows = new Map([...plan.all('bed')].map((bed) => [bed.id, bed]))
  const admissions = new Map<string, Admission>()
  for (const { id, stay } of rows.values())
    if (stay) admissions.set(stay.admissionId, { ...stay, bedId: id, isAway: false })
  const beds = new Map(
    [...rows.values()].map(({ id, epoch, stay }) => [id, { epoch, admissionId: stay?.admissionId ?? null }]),
  )
  const outcome = applyAdmission({ beds, admissions }, act)
  if (outcome.type === 'refused') return refused(act.admissionId, 'admission', { detail: outcome.why })
  const draft = draftOver(plan)
  const changed = outcome.touched.flatMap((bedId): BedRow[] => {
    const row = rows.get(bedId)
    const stay = outcome.stays.beds.get(bedId)
    if (!row || !stay) return []
    const patient = outcome.stays.admissions.get(stay.admissionId ?? '')?.patient
    const lies = stay.admissionId !== null && patient ? { admissionId: stay.admissionId, patient } : null
    return [{ ...row, rev: row.rev + 1, epoch: stay.epoch, stay: lies }]
  })
  for (const row of changed) draft.put(row)
  const followed = followStays(draft, author, offer)
  return { ...followed, rows: [...changed, ...followed.rows] }
}

/**
 * [PLAN-13] To be asked when beds have changed. Stops that are still open, of appointments that are not over, go to the
 * bed where their patient lies now; with the patient gone a round leaves them out, and what was for nobody else is
 * cancelled. What was written for whoever lies there (`admissionId` null) stays.
 */
export function followStays(plan: PlanReader, author: Author, offer: Offer): Decided {
  const draft = draftOver(plan)
  const bedOf = new Map<string, string>()
  for (const { id, stay } of plan.all('bed')) if (stay) bedOf.set(stay.admissionId, id)
  const rows: Row[] = []
  const astray: { readonly against: Trouble; readonly moved: Appointment; readonly next: Appointment }[] = []
  const stamp = { changedBy: author.staffId, changedMs: author.atMs }
  for (const row of plan.all('appointment')) {
    if (isClosed(row.status) || isPast(row, author) || !row.stops.some((stop) => isAstray(stop, bedOf)))
      continue
    const moved: Appointment = { ...withStops(row, bedOf), rev: row.rev + 1, ...stamp }
    const against = timeAgainst(draft, moved, author, row)
    const next = against?.why === 'taken' ? { ...moved, stops: leaveOut(row.stops, bedOf) } : moved
    if (against?.why === 'taken') astray.push({ against, moved, next })
    draft.put(next)
    rows.push(next)
  }
  for (const one of plan.all('series')) {
    const isOver = one.until !== null && one.until <= one.start
    if (isOver || !one.pattern.stops.some((stop) => isAstray(stop, bedOf))) continue
    rows.push({ ...followedSeries(one, bedOf), rev: one.rev + 1, ...stamp })
  }
  // Where all of the others lie by now is known only here.
  const troubles = astray.map(({ against, moved, next }) =>
    elsewhere(against, moved, next, offer(draft, moved)),
  )
  return { type: 'done', rows, removed: [], troubles }
}

/** Its bed is taken at its time: at another one its stop is open again, where its patient lies now. */
function elsewhere(
  against: Trouble,
  moved: Appointment,
  { id, stops }: Appointment,
  free: readonly number[],
): Trouble {
  const changes = { stops: { from: stops, to: moved.stops } }
  return { ...against, free, asked: { type: 'appointment.edit', id, changes } }
}

function isPast({ when }: Appointment, { atMs }: Author): boolean {
  return when.type === 'at' ? when.endMs <= atMs : when.notAfterMs <= atMs
}

type BedOf = ReadonlyMap<string, string>

function isAstray({ bedId, admissionId, state }: Stop, bedOf: BedOf): boolean {
  return state === 'open' && admissionId !== null && bedOf.get(admissionId) !== bedId
}

/** What has begun is not cancelled behind the back of whoever is in it. */
function withStops(row: Appointment, bedOf: BedOf): Appointment {
  const stops = followedStops(row.stops, bedOf)
  const hasBegun = row.status === 'arrived' || row.status === 'checked-in'
  if (hasBegun || stops.some(({ state }) => state !== 'skipped')) return { ...row, stops }
  return { ...row, stops, status: 'cancelled', cancelReason: leftReason }
}

/** A bed that is among the stops already is not visited twice. */
function followedStops(stops: readonly Stop[], bedOf: BedOf): Stop[] {
  const taken = new Set(stops.map(({ bedId }) => bedId))
  return stops.map((stop) => {
    if (!isAstray(stop, bedOf)) return stop
    const bedId = bedOf.get(stop.admissionId ?? '')
    if (bedId === undefined || taken.has(bedId)) return { ...stop, state: 'skipped' }
    taken.add(bedId)
    return { ...stop, bedId }
  })
}

function leaveOut(stops: readonly Stop[], bedOf: BedOf): Stop[] {
  return stops.map((stop) => (isAstray(stop, bedOf) ? { ...stop, state: 'skipped' } : stop))
}

/** A pattern leaves nobody out but drops them; with nobody left the series is over. */
function followedSeries(one: Series, bedOf: BedOf): Series {
  const stops = followedStops(one.pattern.stops, bedOf).filter(({ state }) => state !== 'skipped')
  if (stops.length === 0) return { ...one, until: one.start }
  return { ...one, pattern: { ...one.pattern, stops } }
}
