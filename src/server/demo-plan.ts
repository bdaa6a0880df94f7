/** A believable plan for the demo ward, from today on, made by its people as they would at their screens. */
import { randomUUIDv7 } from 'node:crypto'
import type { PlanReader } from '../core/plan/book.ts'
import { localToMs } from '../core/plan/recurrence.ts'
import type { AppointmentFields, AppointmentKind, KeptAct, Pattern, Stop } from '../protocol/plan.ts'
import type { Plan } from './plan/plan.ts'

const minuteMs = 60_000

/** Does nothing to a plan in which there is something. */
export async function prepareDemoPlan(plan: Plan, zone: string, nowMs: number): Promise<void> {
  const { book } = plan
  if ([...book.all('appointment')].length > 0 || [...book.all('series')].length > 0) return
  const doctor = personOf(book, 'Maria Oja')
  const nurse = personOf(book, 'Anna Laine')
  if (!doctor || !nurse) return
  const day = daysFrom(nowMs, zone)
  const named = (act: KeptAct) => ({ actId: randomUUIDv7(), act })
  const ofDoctor = [...rounds(book, day, zone, doctor), ...doctorsCalls(book, day, doctor)]
  const ofNurse = nursesDay(book, day, zone, nurse)
  await plan.perform({ type: 'staff', staffId: doctor }, ofDoctor.map(named), 'told')
  await plan.perform({ type: 'staff', staffId: nurse }, ofNurse.map(named), 'told')
}

function personOf(book: PlanReader, name: string): string | undefined {
  return [...book.all('person')].find((person) => person.name === name)?.id
}

type DayOf = (after: number) => {
  readonly date: string
  readonly at: (clock: string, minutes: number) => Extract<AppointmentFields['when'], { type: 'at' }>
}

/** Today and the days after it, by the clocks of the ward. */
function daysFrom(nowMs: number, zone: string): DayOf {
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs))
    .toZonedDateTimeISO(zone)
    .toPlainDate()
  return (after) => {
    const date = today.add({ days: after }).toString()
    return {
      date,
      at(clock, minutes) {
        const { startMs } = localToMs(`${date}T${clock}`, zone)
        return { type: 'at', startMs, endMs: startMs + minutes * minuteMs }
      },
    }
  }
}

const plain = {
  note: '',
  place: null,
  staff: [],
  roles: [],
  stops: [],
  outpatient: null,
  before: 0,
  after: 0,
  language: null,
  interpreter: false,
  outsideHours: false,
} satisfies Partial<Pattern>

type Wish = Partial<AppointmentFields> & Pick<AppointmentFields, 'title' | 'when'>

function book(kind: AppointmentKind, wish: Wish): KeptAct {
  const fields = { ...plain, status: 'booked', cancelReason: null, ...wish } as const
  return { type: 'appointment.book', id: randomUUIDv7(), kind, fields }
}

function bedOf(plan: PlanReader, label: string, minutes: number): Stop[] {
  return [...plan.all('bed')]
    .filter((bed) => bed.label === label)
    .map(({ id, stay }) => ({ bedId: id, admissionId: stay?.admissionId ?? null, minutes, state: 'open' }))
}

function rounds(plan: PlanReader, day: DayOf, zone: string, doctor: string): KeptAct[] {
  const beds = [...plan.all('bed')].toSorted((one, other) => one.position - other.position)
  const stops = beds.map(({ id }): Stop => ({ bedId: id, admissionId: null, minutes: 6, state: 'open' }))
  const minutes = Math.max(1, stops.length * 6)
  const pattern: Pattern = { ...plain, kind: 'round', title: 'Ward round', staff: [doctor], stops, minutes }
  const rule = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU'
  const id = randomUUIDv7()
  return [
    { type: 'series.make', id, rule, start: `${day(0).date}T09:00`, zone, pattern: { ...pattern, minutes } },
  ]
}

function doctorsCalls(plan: PlanReader, day: DayOf, doctor: string): KeptAct[] {
  const staff = [doctor]
  return [
    book('bed-call', {
      title: 'Talk about going home',
      when: day(0).at('11:00', 30),
      staff,
      stops: bedOf(plan, '1', 30),
    }),
    book('bed-call', {
      title: 'Results of the scan',
      when: day(0).at('15:30', 20),
      staff,
      stops: bedOf(plan, '3', 20),
      note: 'With the family, by video.',
    }),
    book('bed-call', {
      title: 'Before the operation',
      when: day(1).at('11:00', 30),
      staff,
      stops: bedOf(plan, '8', 30),
      language: 'ar',
      interpreter: true,
    }),
    book('visit', {
      title: 'Follow-up after surgery',
      when: day(1).at('13:30', 30),
      staff,
      place: 'Room 2',
      outpatient: { name: 'Ilona Demo', born: '1975-04-18', email: null, phone: null },
      before: 5,
    }),
    book('visit', { title: 'New referral', when: day(2).at('14:00', 45), staff, place: 'Room 2' }),
  ]
}

function nursesDay(plan: PlanReader, day: DayOf, zone: string, nurse: string): KeptAct[] {
  const staff = [nurse]
  const pattern: Pattern = { ...plain, kind: 'note', title: 'Handover', place: 'Ward office', minutes: 20 }
  const { startMs } = day(1).at('08:00', 1)
  const { endMs } = day(6).at('17:00', 1)
  return [
    book('bed-call', {
      title: 'How to give the injections',
      when: day(0).at('13:00', 20),
      staff,
      stops: bedOf(plan, '2', 20),
    }),
    book('bed-call', {
      title: 'Diet and sugar',
      when: day(1).at('14:00', 20),
      staff,
      stops: bedOf(plan, '5', 20),
    }),
    book('note', { title: 'Family of bed 6 arrives', when: day(0).at('16:00', 15) }),
    book('bed-call', {
      title: 'Breathing exercises, when there is time',
      when: { type: 'waiting', minutes: 20, notBeforeMs: startMs, notAfterMs: endMs },
      status: 'waitlist',
      staff,
      stops: bedOf(plan, '4', 20),
    }),
    {
      type: 'series.make',
      id: randomUUIDv7(),
      rule: 'FREQ=DAILY',
      start: `${day(0).date}T14:30`,
      zone,
      pattern,
    },
  ]
}
