/** A ward's day to look at and to test with: eight beds, five people, what stands in their plan. */

import type { StaffParty } from '../../src/protocol/people.ts'
import type {
  Appointment,
  AppointmentFields,
  BedRow,
  PersonRow,
  Row,
  Series,
  Stop,
} from '../../src/protocol/plan.ts'

export const helsinki = 'Europe/Helsinki'

/** A wall clock in Helsinki as milliseconds. */
export function at(local: string, zone = helsinki): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds
}

export const annaLaine: StaffParty = { type: 'staff', staffId: 'anna', name: 'Anna Laine', role: 'nurse' }
export const drOja: StaffParty = { type: 'staff', staffId: 'oja', name: 'Dr Mikko Oja', role: 'doctor' }

function person(id: string, name: string, role: PersonRow['role']): PersonRow {
  return { type: 'person', id, rev: 1, name, role, active: true }
}

const patients = [
  ['Matti Virtanen', '1944-03-02'],
  ['Kaisa Laine', '1951-11-20'],
  ['Aino Korhonen', '1938-07-14'],
  ['Olavi Mäkinen', '1962-01-30'],
  ['Fatima Hassan', '1979-05-08'],
  ['Pekka Nieminen', '1947-09-17'],
  ['Elsa Heikkinen', '1933-12-05'],
] as const

function bed(number: number): BedRow {
  const one = patients[number - 1]
  const [id, label] = [`bed-${number}`, String(number)]
  const stay = one
    ? {
        admissionId: `stay-${number}`,
        patient: { name: one[0], born: one[1], number: `4B-${1000 + number}` },
      }
    : null
  return { type: 'bed', id, rev: 1, label, position: number, epoch: 1, stay }
}

export function stopAt(number: number, minutes = 10, state: Stop['state'] = 'open'): Stop {
  return { bedId: `bed-${number}`, admissionId: `stay-${number}`, minutes, state }
}

export const plainFields: AppointmentFields = {
  title: 'Talk',
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
  when: { type: 'at', startMs: 0, endMs: 1 },
  status: 'booked',
  cancelReason: null,
}

export function appointmentAt(
  id: string,
  kind: Appointment['kind'],
  start: string,
  minutes: number,
  fields: Partial<AppointmentFields>,
): Appointment {
  const startMs = at(start)
  const when = { type: 'at', startMs, endMs: startMs + minutes * 60_000 } as const
  const made = { rev: 1, occasion: null, by: 'oja', changedBy: 'oja', changedMs: 0 }
  return { type: 'appointment', id, kind, ...plainFields, when, ...fields, ...made }
}

export const wardRows: readonly Row[] = [
  { type: 'plan', id: 'plan', rev: 1, horizonMs: at('2027-01-22T00:00'), zone: helsinki },
  person('anna', 'Anna Laine', 'nurse'),
  person('ben', 'Ben Aalto', 'nurse'),
  person('oja', 'Dr Mikko Oja', 'doctor'),
  person('sofia', 'Sofia Lind', 'doctor'),
  person('amina', 'Amina Yusuf', 'interpreter'),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(bed),
]

const morningRound: Series = {
  type: 'series',
  id: 'round',
  rev: 1,
  rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  start: '2026-11-02T09:00',
  zone: helsinki,
  except: [],
  until: null,
  pattern: {
    kind: 'round',
    ...plainFields,
    title: 'Morning round',
    staff: ['oja', 'anna'],
    stops: [1, 2, 3, 4, 5, 6, 7].map((number) => stopAt(number)),
    minutes: 70,
  },
  by: 'oja',
  changedBy: 'oja',
  changedMs: 0,
}

function roundOn(date: string): Appointment {
  const stops = [1, 2, 3, 4, 5, 6, 7].map((number) => stopAt(number, 10, number < 3 ? 'done' : 'open'))
  const row = appointmentAt(`round_${date}`, 'round', `${date}T09:00`, 70, {
    title: 'Morning round',
    staff: ['oja', 'anna'],
    stops,
  })
  const occasion = { seriesId: 'round', at: `${date}T09:00`, detached: false, shifted: false }
  return { ...row, occasion }
}

/** Monday 23 November 2026 in Helsinki. */
export const demoDay = '2026-11-23'

export const demoRows: readonly Row[] = [
  ...wardRows,
  morningRound,
  ...['23', '24', '25', '26', '27'].map((day) => roundOn(`2026-11-${day}`)),
  appointmentAt('blood', 'bed-call', `${demoDay}T08:00`, 15, {
    title: 'Blood pressure',
    staff: ['anna'],
    stops: [stopAt(3, 15)],
    status: 'fulfilled',
  }),
  appointmentAt('somali', 'bed-call', `${demoDay}T11:00`, 30, {
    title: 'Discharge talk',
    staff: ['oja', 'amina', 'anna'],
    stops: [stopAt(5, 30)],
    language: 'so',
    interpreter: true,
  }),
  appointmentAt('visit', 'visit', `${demoDay}T10:30`, 30, {
    title: 'Follow-up after surgery',
    staff: ['sofia'],
    place: 'Room 2',
    outpatient: { name: 'Kaarina Lahti', born: null, email: null, phone: null },
  }),
  appointmentAt('physio', 'bed-call', `${demoDay}T12:30`, 45, {
    title: 'Physiotherapy',
    staff: ['anna'],
    roles: ['physiotherapist on duty'],
    stops: [stopAt(2, 45)],
  }),
  appointmentAt('wound', 'bed-call', `${demoDay}T14:00`, 20, {
    title: 'Wound care',
    staff: ['anna'],
    stops: [stopAt(6, 20)],
  }),
  appointmentAt('family', 'bed-call', `${demoDay}T15:00`, 30, {
    title: 'Family meeting',
    staff: ['ben'],
    stops: [stopAt(7, 30)],
    status: 'cancelled',
    cancelReason: 'The family comes tomorrow',
  }),
  appointmentAt('note', 'note', `${demoDay}T13:30`, 15, { title: 'Pharmacy delivers' }),
  {
    ...appointmentAt('waits', 'bed-call', `${demoDay}T00:00`, 20, {
      title: 'Dietitian',
      staff: ['ben'],
      stops: [stopAt(4, 20)],
      status: 'waitlist',
    }),
    when: {
      type: 'waiting',
      minutes: 20,
      notBeforeMs: at(`${demoDay}T00:00`),
      notAfterMs: at('2026-11-26T00:00'),
    },
  },
]
