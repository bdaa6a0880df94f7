/** A plan in memory, made of the same rules, for what stands on it. */
import { type Book, createBook } from '../../src/core/plan/book.ts'
import { decide } from '../../src/core/plan/decide.ts'
import type { Appointment, KeptAct, PlanAct, Row } from '../../src/protocol/plan.ts'
import type { Outcome } from '../../src/protocol/sync.ts'
import type { IcsMemory, Remembered } from '../../src/server/plan/ics-memory.ts'
import type { PlanPort } from '../../src/server/plan/port.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
/** Thursday, 14 January 2027, 08:00 UTC. */
export const nowMs = Date.UTC(2027, 0, 14, 8)

const nobody = { name: 'Nobody', role: 'nurse', active: true } as const

export const rows: readonly Row[] = [
  { type: 'plan', id: 'plan', rev: 1, horizonMs: nowMs + 60 * dayMs, zone: 'Europe/Madrid' },
  { type: 'person', id: 'anna', rev: 1, ...nobody, name: 'Anna Laine' },
  { type: 'person', id: 'ben', rev: 1, ...nobody, name: 'Ben Okoro', role: 'doctor' },
  { type: 'bed', id: 'bed-1', rev: 1, label: '1', position: 1, epoch: 0, stay: null },
  {
    type: 'bed',
    id: 'bed-2',
    rev: 1,
    label: '2',
    position: 2,
    epoch: 1,
    stay: {
      admissionId: 'stay-2',
      patient: { name: 'Maria Virtanen', born: '1950-01-01', number: 'DEMO-2' },
    },
  },
]

export function appointment(changes: Partial<Appointment> = {}): Appointment {
  return {
    type: 'appointment',
    id: 'one',
    rev: 1,
    kind: 'visit',
    title: 'Diabetes: new insulin',
    note: 'HbA1c 91, afraid of needles',
    place: 'Room 4',
    staff: ['anna'],
    roles: [],
    stops: [],
    outpatient: { name: 'Juan García', born: null, email: 'juan@example.org', phone: null },
    before: 0,
    after: 0,
    language: null,
    interpreter: false,
    outsideHours: false,
    when: { type: 'at', startMs: nowMs + hourMs, endMs: nowMs + 2 * hourMs },
    status: 'booked',
    cancelReason: null,
    occasion: null,
    by: 'anna',
    changedBy: 'anna',
    changedMs: nowMs - hourMs,
    ...changes,
  }
}

export type FakePlan = PlanPort & { readonly book: Book; readonly asked: readonly KeptAct[] }

export function fakePlan(more: readonly Row[] = []): FakePlan {
  const book = createBook([...rows, ...more])
  const asked: KeptAct[] = []
  return {
    book,
    asked,
    async perform(author, acts) {
      const staffId = author.type === 'staff' ? author.staffId : 'server'
      return acts.map(({ act }): Outcome => {
        asked.push(act)
        if (!isPlanAct(act)) throw new Error(`${act.type} is no act of this fake`)
        const decision = decide(book, act, { staffId, atMs: nowMs })
        if (decision.type === 'refused') {
          const { why, blocking, free } = decision.trouble
          return { type: 'refused', why, detail: null, blocking: [...blocking], free: [...free] }
        }
        for (const row of decision.rows) book.put(row)
        return decision.troubles.length === 0
          ? { type: 'applied' }
          : { type: 'merged', clashes: decision.troubles.flatMap(({ clashes }) => clashes) }
      })
    },
  }
}

function isPlanAct(act: KeptAct): act is PlanAct {
  return !act.type.startsWith('admission.')
}

export function fakeMemory(): IcsMemory {
  const known = new Map<string, Remembered>()
  return {
    read: async (uids) => new Map([...known].filter(([, { uid }]) => uids.has(uid))),
    async write(some) {
      for (const one of some) known.set(one.id, one)
    },
  }
}
