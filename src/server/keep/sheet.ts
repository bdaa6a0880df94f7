/** Gathers what a ward needs on paper: who lies where, what is asked for, who is on duty, and the plan of two days. */
import type { Language } from '../../core/languages.ts'
import type { PatientRequest } from '../../core/requests-state.ts'
import type { Appointment, AppointmentKind } from '../../protocol/plan.ts'
import type { Duties } from '../duties.ts'
import type { Plan } from '../plan/plan.ts'
import { listOpenRequests } from '../requests-kept.ts'
import type { Db } from '../store/store.ts'
import type { Ward } from '../ward.ts'
import { sheetPage } from './sheet-page.ts'

export type SheetPatient = { readonly name: string; readonly born: string; readonly number: string }

export type SheetAppointment = {
  readonly startMs: number
  readonly endMs: number
  readonly kind: AppointmentKind
  readonly title: string
  readonly beds: readonly string[]
  readonly place: string | null
  readonly outpatient: string | null
  /** People, and whoever has that duty then. */
  readonly who: readonly string[]
  readonly isCertain: boolean
}

export type Sheet = {
  readonly ward: string
  readonly madeMs: number
  readonly zone: string
  readonly beds: readonly {
    readonly label: string
    readonly patient: SheetPatient | null
    readonly carers: readonly string[]
  }[]
  readonly requests: readonly {
    readonly bed: string
    readonly reason: PatientRequest['reason']
    readonly madeMs: number
    /** Who has seen it; null: nobody has. */
    readonly seenBy: string | null
  }[]
  readonly duties: readonly { readonly name: string; readonly holders: readonly string[] }[]
  /** Today and tomorrow, by the ward's clocks; `day`: any moment of it. */
  readonly days: readonly { readonly dayMs: number; readonly appointments: readonly SheetAppointment[] }[]
}

export type SheetSource = {
  readonly db: Db
  readonly ward: Ward
  readonly plan: Pick<Plan, 'book'>
  readonly duties: Pick<Duties, 'list' | 'holders'>
  readonly zone: string
}

export function createSheetWriter(source: SheetSource & { readonly language: Language }) {
  return async (nowMs: number): Promise<string> =>
    sheetPage(await gatherSheet(source, nowMs), source.language)
}

async function gatherSheet({ db, ward, plan, duties, zone }: SheetSource, nowMs: number): Promise<Sheet> {
  const label = (bedId: string) => ward.beds.get(bedId)?.party.label ?? '?'
  const requests = await listOpenRequests(db, nowMs)
  const appointments = [...plan.book.all('appointment')]
    .filter(isOn)
    .flatMap((row) => lineOf(row, plan, label))
  const today = keyOfDay(nowMs, zone)
  const tomorrow = dayAfter(today)
  return {
    ...{ ward: ward.name, madeMs: nowMs, zone },
    beds: [...ward.beds.values()].map(({ party, patient, carers }) => ({
      ...{ label: party.label, patient, carers: carers.map(({ name }) => name) },
    })),
    requests: requests.map(({ bedId, reason, madeMs, progress }) => ({
      ...{ bed: label(bedId), reason, madeMs, seenBy: 'by' in progress ? progress.by.name : null },
    })),
    duties: duties.list().map(({ dutyId, name }) => ({
      ...{ name, holders: duties.holders(dutyId).map((one) => one.name) },
    })),
    days: [today, tomorrow].map((day) => ({
      dayMs: Date.parse(`${day}T12:00:00Z`),
      appointments: appointments
        .filter((one) => isOnDay(one, day, zone) || (day === today && isStillOn(one, nowMs)))
        .toSorted((one, other) => one.startMs - other.startMs),
    })),
  }
}

const over: readonly Appointment['status'][] = ['cancelled', 'entered-in-error', 'noshow', 'fulfilled']

function isOn({ status }: Appointment): boolean {
  return !over.includes(status)
}

/** What waits for a time has none to be printed. */
function lineOf(
  { when, kind, title, stops, place, outpatient, staff, roles, status }: Appointment,
  plan: SheetSource['plan'],
  label: (bedId: string) => string,
): SheetAppointment[] {
  if (when.type !== 'at') return []
  const people = staff.map((id) => plan.book.get('person', id)?.name ?? '?')
  return [
    {
      ...{ startMs: when.startMs, endMs: when.endMs, kind, title, place },
      beds: stops.filter(({ state }) => state === 'open').map(({ bedId }) => label(bedId)),
      outpatient: outpatient?.name ?? null,
      who: [...people, ...roles],
      isCertain: status !== 'proposed' && status !== 'pending' && status !== 'waitlist',
    },
  ]
}

/** YYYY-MM-DD by the clocks of the zone. */
function keyOfDay(atMs: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(atMs)
}

/** By the calendar: a day is not always 24 hours. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

const isOnDay = ({ startMs }: SheetAppointment, day: string, zone: string) => keyOfDay(startMs, zone) === day

/** Begun yesterday, and not over. */
const isStillOn = ({ startMs, endMs }: SheetAppointment, nowMs: number) => startMs < nowMs && endMs > nowMs
