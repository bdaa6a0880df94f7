/** What people do to a plan they see: little room, so that they meet often. */
import type { PlanReader } from '../../../src/core/plan/book.ts'
import type { Appointment, AppointmentFields, KeptAct } from '../../../src/protocol/plan.ts'
import { unspoken } from '../../../src/protocol/wishes.ts'
import { between, type Chance, pick, pickWeighted } from '../prng.ts'

const minuteMs = 60_000
const slotMs = 30 * minuteMs

export type Making = {
  readonly chance: Chance
  readonly startMs: number
  readonly people: readonly string[]
  readonly beds: readonly string[]
  newId(): string
}
/** What they see: a plan with what waits laid over it. */
type Seen = { readonly view: { readonly value: PlanReader } }

/** One thing a person does: most often one act, sometimes two that belong together. */
export function thinkOf(making: Making, sync: Seen, staffId: string): KeptAct[] {
  const { chance } = making
  const how = pickWeighted(chance, {
    book: 8,
    note: 1,
    edit: 5,
    move: 4,
    cancel: 2,
    rebook: 2,
    stay: 2,
    resolve: 2,
    series: 0.3,
    hours: 0.5,
  })
  const rows = [...sync.view.value.all('appointment')]
  switch (how) {
    case 'book':
      return [book(making, sync, 'visit')]
    case 'note':
      return [book(making, sync, 'note')]
    case 'series':
      return [series(making)]
    case 'hours':
      return [hours(sync, staffId)]
    case 'stay':
      return stay(making, sync)
    case 'resolve': {
      const open = [...sync.view.value.all('attention')].filter(({ resolved }) => resolved === null)
      return open.length === 0 ? [] : [{ type: 'attention.resolve', id: pick(chance, open).id, how: 'seen' }]
    }
    default:
      return rows.length === 0 ? [] : change(making, sync, pick(chance, rows), how)
  }
}

function change(
  making: Making,
  sync: Seen,
  row: Appointment,
  how: 'edit' | 'move' | 'cancel' | 'rebook',
): KeptAct[] {
  const { chance } = making
  const edit = (changes: Extract<KeptAct, { type: 'appointment.edit' }>['changes']): KeptAct => ({
    type: 'appointment.edit',
    id: row.id,
    changes,
  })
  const cancel = edit({
    status: { from: row.status, to: 'cancelled' },
    cancelReason: { from: row.cancelReason, to: 'not needed' },
  })
  switch (how) {
    case 'move':
      return [edit({ when: { from: row.when, to: someTime(making) } })]
    case 'cancel':
      return [cancel]
    case 'rebook': {
      const again = book(making, sync, 'visit')
      const { status: _status, cancelReason: _reason, ...same } = fieldsOf(row)
      return again.type === 'appointment.book'
        ? [cancel, { ...again, fields: { ...again.fields, ...same } }]
        : [cancel]
    }
    case 'edit':
      return chance() < 0.5
        ? [edit({ title: { from: row.title, to: `Title ${between(chance, 1, 9)}` } })]
        : [edit({ note: { from: row.note, to: `Note ${between(chance, 1, 9)}` } })]
  }
}

function fieldsOf(row: Appointment): AppointmentFields {
  const {
    type: _t,
    id: _i,
    rev: _r,
    kind: _k,
    occasion: _o,
    by: _b,
    changedBy: _c,
    changedMs: _m,
    ...fields
  } = row
  return fields
}

function someTime({ chance, startMs }: Making): AppointmentFields['when'] {
  const at = startMs + between(chance, 4, 16) * slotMs
  return { type: 'at', startMs: at, endMs: at + slotMs * between(chance, 1, 2) }
}

function book(making: Making, sync: Seen, kind: 'visit' | 'note'): KeptAct {
  const { chance, people, beds } = making
  const bedId = pick(chance, beds)
  const stay = sync.view.value.get('bed', bedId)?.stay
  const isAtBed = kind === 'visit' && stay && chance() < 0.4
  return {
    type: 'appointment.book',
    id: making.newId(),
    kind: isAtBed ? 'bed-call' : kind,
    fields: {
      ...plain,
      title: 'Ward round',
      when: someTime(making),
      staff: kind === 'note' ? [] : [pick(chance, people)],
      place: kind === 'note' || isAtBed || chance() < 0.6 ? null : pick(chance, ['Room A', 'Room B']),
      stops: isAtBed ? [{ bedId, admissionId: stay.admissionId, minutes: 30, state: 'open' }] : [],
    },
  }
}

const plain = {
  note: '',
  status: 'booked',
  cancelReason: null,
  roles: [],
  outpatient: null,
  before: 0,
  after: 0,
  language: null,
  interpreter: false,
  outsideHours: false,
} as const satisfies Partial<AppointmentFields>

function series(making: Making): KeptAct {
  const { chance, startMs, people } = making
  const day = new Date(startMs + between(chance, 1, 3) * 24 * 60 * minuteMs).toISOString().slice(0, 10)
  const { status: _status, cancelReason: _reason, ...rest } = plain
  const pattern = {
    ...rest,
    kind: 'visit',
    title: 'Daily',
    staff: [pick(chance, people)],
    place: null,
    stops: [],
  }
  return {
    type: 'series.make',
    id: making.newId(),
    rule: 'FREQ=DAILY;COUNT=3',
    start: `${day}T1${between(chance, 0, 9)}:00`,
    zone: 'Europe/Helsinki',
    pattern: { ...pattern, kind: 'visit', minutes: 30 },
  }
}

function hours(sync: Seen, staffId: string): KeptAct {
  const before = sync.view.value.get('hours', staffId)
  const from = before ? { zone: before.zone, weekly: before.weekly, away: before.away } : null
  return { type: 'hours.set', id: staffId, from, to: { zone: 'Europe/Helsinki', weekly: [], away: [] } }
}

function stay({ chance, beds, newId }: Making, sync: Seen): KeptAct[] {
  const bed = sync.view.value.get('bed', pick(chance, beds))
  if (!bed) return []
  if (!bed.stay) {
    const patient = { name: 'Maria Example', born: '1950-01-02', number: `N${between(chance, 1, 5)}` }
    return [
      {
        type: 'admission.admit',
        actId: newId(),
        admissionId: newId(),
        bedId: bed.id,
        patient,
        wishes: unspoken,
      },
    ]
  }
  const { admissionId, patient } = bed.stay
  if (chance() < 0.5)
    return [{ type: 'admission.move', actId: newId(), admissionId, bedId: pick(chance, beds) }]
  const { born, number } = patient
  return [{ type: 'admission.discharge', actId: newId(), admissionId, born, number }]
}
