/** The plan in a test: a person's device that syncs over real HTTP, and the appointments it writes. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import {
  type Appointment,
  type AppointmentFields,
  type KeptAct,
  planVersion,
  type Row,
  type RowOf,
  type RowType,
} from '../../src/protocol/plan.ts'
import { type OutboxAct, type Outcome, type SyncAnswer, syncAnswer } from '../../src/protocol/sync.ts'
import { post } from './client.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** One person's store on one browser. It keeps no more than a real one: rows, cursor, epoch, its own count. */
export function newDevice(origin: string, cookie: string, deviceId: string = randomUUID()) {
  const rows = new Map<string, Row>()
  const place: { epoch: string | null; cursor: string | null } = { epoch: null, cursor: null }
  let address = origin
  let n = 0

  function named(act: KeptAct, actId: string = randomUUID()): OutboxAct {
    n += 1
    return { actId, n, version: planVersion, madeMs: 0, act }
  }

  async function ask(acts: readonly unknown[] = [], more: Record<string, unknown> = {}): Promise<Response> {
    const body = { deviceId, version: planVersion, ...place, acts, ...more }
    return await post(address, '/api/sync', body, { cookie })
  }

  function fold(answer: SyncAnswer): void {
    if (answer.reset) rows.clear()
    for (const row of answer.rows) rows.set(`${row.type}/${row.id}`, row)
    for (const { type, id } of answer.removed) rows.delete(`${type}/${id}`)
    place.epoch = answer.epoch
    place.cursor = answer.cursor
  }

  /** One request; what it answers is taken in. */
  async function sync(...acts: readonly unknown[]): Promise<SyncAnswer> {
    const answer = await ask(acts)
    if (!answer.ok) throw new Error(`the sync answered ${answer.status}`)
    const read = v.parse(syncAnswer, await answer.json())
    fold(read)
    return read
  }

  return {
    deviceId,
    place,
    rows,
    named,
    /** The same store, at a server that was started again. */
    goTo(other: string): void {
      address = other
    },
    ask,
    sync,
    /** Asks until there is no more. */
    async syncAll(): Promise<SyncAnswer> {
      for (;;) {
        const answer = await sync()
        if (!answer.more) return answer
      }
    },
    /** Does these one after the other in one request; the outcomes in their order. */
    async does(...acts: readonly KeptAct[]): Promise<Outcome[]> {
      return (await sync(...acts.map((act) => named(act)))).outcomes.map(({ outcome }) => outcome)
    },
    row<T extends RowType>(type: T, id: string): RowOf<T> | undefined {
      const row = rows.get(`${type}/${id}`)
      return row?.type === type ? (row as RowOf<T>) : undefined
    },
    all<T extends RowType>(type: T): RowOf<T>[] {
      return [...rows.values()].filter((row) => row.type === type) as RowOf<T>[]
    },
  }
}

export type Device = ReturnType<typeof newDevice>

const plain: AppointmentFields = {
  title: 'Visit',
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
  when: { type: 'at', startMs: 0, endMs: hourMs },
  status: 'booked',
  cancelReason: null,
}

export type Booking = Extract<KeptAct, { type: 'appointment.book' }>

/** From `startMs` for half an hour, if it is not said otherwise. */
export function bookAt(
  startMs: number,
  fields: Partial<AppointmentFields> = {},
  kind: Appointment['kind'] = 'visit',
): Booking {
  const when = { type: 'at', startMs, endMs: startMs + 30 * minuteMs } as const
  return { type: 'appointment.book', id: randomUUID(), kind, fields: { ...plain, when, ...fields } }
}

/** Changes fields of an appointment from what this device sees. */
export function edit(
  { id, ...row }: Appointment,
  to: Partial<AppointmentFields>,
): Extract<KeptAct, { type: 'appointment.edit' }> {
  const before: Record<string, unknown> = row
  const changes = Object.fromEntries(
    Object.entries(to).map(([field, value]) => [field, { from: before[field], to: value }]),
  )
  return { type: 'appointment.edit', id, changes }
}

/** A full hour of tomorrow: far enough that nothing escalates while a test runs. */
export function tomorrow(hour = 9): number {
  return Math.floor(Date.now() / dayMs) * dayMs + dayMs + hour * hourMs
}

/** Daily series, none in another's way: each is sixty rows, and so costly that a request of fifty takes a second. */
export function costlyActs(many: number): Extract<KeptAct, { type: 'series.make' }>[] {
  const day = new Date(tomorrow()).toISOString().slice(0, 10)
  const { when: _when, status: _status, cancelReason: _reason, ...fields } = plain
  return Array.from({ length: many }, (_, index) => ({
    type: 'series.make',
    id: randomUUID(),
    rule: 'FREQ=DAILY',
    start: `${day}T09:00`,
    zone: 'UTC',
    pattern: { ...fields, kind: 'visit', minutes: 30, place: `Room ${index}` },
  }))
}
