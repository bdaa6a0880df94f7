/** Furnishes a ward: its name and its beds, by an administrator. A demo ward comes furnished. */
import { randomUUIDv7 } from 'node:crypto'
import * as v from 'valibot'
import type { AuditAgent } from '../protocol/audit.ts'
import { dropDutyRequest, dutyRequest, dutyUpRequest } from '../protocol/duty.ts'
import { dropInterpretingRequest, type Interpreting, interpretingRequest } from '../protocol/interpreting.ts'
import { mostBeds } from '../protocol/primitives.ts'
import {
  areaRequest,
  bedsRequest,
  overridesRequest,
  renameRequest,
  roomRequest,
  type WardPlan,
} from '../protocol/ward.ts'
import { recordAct } from './audit/record.ts'
import type { BoardNews } from './board-news.ts'
import type { Duties } from './duties.ts'
import { callableStaff, createInterpreting } from './interpreting.ts'
import type { Plan } from './plan/plan.ts'
import type { Queue } from './queue.ts'
import type { RouteBook } from './routes.ts'
import type { Store } from './store/store.ts'
import type { Switching } from './switching.ts'
import { loadBeds, type Ward } from './ward.ts'

export type FurnishingParts = {
  readonly store: Store
  readonly ward: Ward
  readonly queue: Queue
  readonly switching: Switching
  readonly news: BoardNews
  readonly plan: Pick<Plan, 'mirror'>
  readonly duties: Pick<Duties, 'list' | 'set' | 'drop' | 'raise'>
}

export function addFurnishing({ route }: RouteBook, parts: FurnishingParts): void {
  const needs = 'ward.change'
  const interpreters = createInterpreting(parts)
  const furnishing = createFurnishing(parts, interpreters.list)

  route('GET', '/ward', { needs, takes: v.strictObject({}) }, async () => ({
    answer: await furnishing.plan(),
  }))

  route('POST', '/ward/beds', { needs, takes: bedsRequest }, async ({ body, agent, nowMs }) => {
    const isDone = await furnishing.addBeds(body.labels, agent, nowMs)
    return isDone ? { answer: await furnishing.plan() } : { refusal: 'conflict' }
  })

  route('POST', '/ward/name', { needs, takes: renameRequest }, async ({ body, agent, nowMs }) => {
    const isDone = await furnishing.rename(body.name.trim(), agent, nowMs)
    return isDone ? { answer: await furnishing.plan() } : { refusal: 'conflict' }
  })

  route('POST', '/ward/room', { needs, takes: roomRequest }, async ({ body, agent, nowMs }) => {
    const isDone = await furnishing.setPlace(body.labels, 'room', body.room?.trim() || null, agent, nowMs)
    return isDone ? { answer: await furnishing.plan() } : { refusal: 'not-found' }
  })

  route('POST', '/ward/area', { needs, takes: areaRequest }, async ({ body, agent, nowMs }) => {
    const isDone = await furnishing.setPlace(body.labels, 'area', body.area?.trim() || null, agent, nowMs)
    return isDone ? { answer: await furnishing.plan() } : { refusal: 'not-found' }
  })

  route('POST', '/ward/overrides', { needs, takes: overridesRequest }, async ({ body, agent, nowMs }) => {
    await furnishing.setOverrides(body.overrides, agent, nowMs)
    return { answer: await furnishing.plan() }
  })

  route(
    'POST',
    '/ward/interpreting',
    { needs, takes: interpretingRequest },
    async ({ body, agent, nowMs }) => {
      const outcome = await interpreters.set(body, agent, nowMs)
      if (outcome === 'done') return { answer: await furnishing.plan() }
      return { refusal: outcome === 'full' ? 'conflict' : 'not-found' }
    },
  )

  route(
    'POST',
    '/ward/interpreting/drop',
    { needs, takes: dropInterpretingRequest },
    async ({ body, agent, nowMs }) => {
      const isDone = await interpreters.drop(body.language, agent, nowMs)
      return isDone ? { answer: await furnishing.plan() } : { refusal: 'not-found' }
    },
  )

  addDutyRoutes(route, parts.duties, furnishing.plan)
}

/** What the ward calls by its duty and not by a name. */
function addDutyRoutes(
  route: RouteBook['route'],
  duties: FurnishingParts['duties'],
  plan: () => Promise<WardPlan>,
): void {
  const needs = 'ward.change'

  route('POST', '/ward/duty', { needs, takes: dutyRequest }, async ({ body, agent }) => {
    const outcome = await duties.set(body, agent)
    if (outcome === 'done') return { answer: await plan() }
    return { refusal: outcome === 'full' ? 'conflict' : 'not-found' }
  })

  route('POST', '/ward/duty/up', { needs, takes: dutyUpRequest }, async ({ body, agent }) => {
    const isDone = await duties.raise(body.dutyId, agent)
    return isDone ? { answer: await plan() } : { refusal: 'not-found' }
  })

  route('POST', '/ward/duty/drop', { needs, takes: dropDutyRequest }, async ({ body, agent }) => {
    const isDone = await duties.drop(body.dutyId, agent)
    return isDone ? { answer: await plan() } : { refusal: 'not-found' }
  })
}

function createFurnishing(
  { store, ward, queue, switching, news, plan, duties }: FurnishingParts,
  listInterpreting: () => Promise<Interpreting[]>,
) {
  const { db } = store
  const { wardId } = ward
  const entity = { type: 'ward', id: wardId } as const

  async function mayRename(): Promise<boolean> {
    const signed = await db
      .selectFrom('certificates')
      .select('serial')
      .where('kind', 'in', ['bed', 'station'])
      .executeTakeFirst()
    const bound = await db.selectFrom('devices').select('device_id').executeTakeFirst()
    return !signed && !bound
  }

  /** Reads the beds anew and lets every board know those that were not there. */
  async function takeUp(nowMs: number): Promise<void> {
    const beds = await loadBeds(db, ward.name, nowMs)
    for (const [bedId, bed] of beds) {
      const before = ward.beds.get(bedId)
      // Whoever comes to the board after this sees the new one in its place, others at the end: a bed never moves under a finger.
      ward.beds.delete(bedId)
      ward.beds.set(bedId, before ?? bed)
      if (!before) news.tellBed(bed, switching.board())
    }
    await plan.mirror()
  }

  return {
    async plan(): Promise<WardPlan> {
      const beds = [...ward.beds.values()].map(({ party: { bedId, label }, room, area }) => ({
        bedId,
        label,
        room,
        area,
      }))
      return {
        name: ward.name,
        beds,
        mayRename: await mayRename(),
        overrides: ward.overrides,
        interpreting: await listInterpreting(),
        people: callableStaff(ward),
        duties: [...duties.list()],
      }
    },

    /** All of them or none. False: one is there already, or they are too many. */
    async addBeds(labels: readonly string[], agent: AuditAgent, nowMs: number): Promise<boolean> {
      const taken = new Set([...ward.beds.values()].map(({ party }) => party.label))
      const isTaken = labels.some((label) => taken.has(label)) || new Set(labels).size < labels.length
      if (isTaken || taken.size + labels.length > mostBeds) return false
      const rows = labels.map((label, index) => ({
        bed_id: randomUUIDv7(),
        ward_id: wardId,
        label,
        position: taken.size + index + 1,
        offline_since_ms: nowMs,
        stay_epoch: 0,
      }))
      await db.transaction().execute(async (step) => {
        await step.insertInto('beds').values(rows).execute()
        for (const { label, bed_id } of rows) {
          const bed = { type: 'bed', id: bed_id } as const
          await recordAct(step, nowMs, { action: 'ward-changed', agent, entity: bed, detail: `bed ${label}` })
        }
      })
      queue.run(() => takeUp(nowMs))
      await queue.settled()
      return true
    },

    /** All of them or none; false: one is not there. Every board knows at once who shares a room (HZ-15). */
    async setPlace(
      labels: readonly string[],
      kind: 'room' | 'area',
      place: string | null,
      agent: AuditAgent,
      nowMs: number,
    ): Promise<boolean> {
      const beds = [...ward.beds.values()].filter(({ party }) => labels.includes(party.label))
      if (beds.length < new Set(labels).size) return false
      const changed = beds.filter((bed) => bed[kind] !== place)
      await db.transaction().execute(async (step) => {
        for (const { party } of changed) {
          const bed = { type: 'bed', id: party.bedId } as const
          await step
            .updateTable('beds')
            .set({ [kind]: place })
            .where('bed_id', '=', party.bedId)
            .execute()
          const detail = place === null ? `no ${kind}` : `${kind} ${place}`
          await recordAct(step, nowMs, { action: 'ward-changed', agent, entity: bed, detail })
        }
      })
      queue.run(() => {
        for (const bed of changed) {
          bed[kind] = place
          news.tellBed(bed, switching.board())
        }
      })
      await queue.settled()
      return true
    },

    /** Whether staff may override a drawn curtain; every station is told at once. */
    async setOverrides(overrides: Ward['overrides'], agent: AuditAgent, nowMs: number): Promise<void> {
      if (overrides === ward.overrides) return
      await db.transaction().execute(async (step) => {
        const set = { overrides: overrides === 'on' ? 1 : 0 } as const
        await step.updateTable('wards').set(set).where('ward_id', '=', wardId).execute()
        const detail = `overrides ${overrides}`
        await recordAct(step, nowMs, { action: 'ward-changed', agent, entity, detail })
      })
      ward.overrides = overrides
      queue.run(async () => {
        for (const bed of ward.beds.values()) news.tellBed(bed, switching.board())
      })
      await queue.settled()
    },

    /** False: its name stands in certificates already. */
    async rename(name: string, agent: AuditAgent, nowMs: number): Promise<boolean> {
      if (name === '' || !(await mayRename())) return false
      await db.transaction().execute(async (step) => {
        await step.updateTable('wards').set({ name }).where('ward_id', '=', wardId).execute()
        await recordAct(step, nowMs, { action: 'ward-changed', agent, entity, detail: 'name' })
      })
      ward.name = name
      for (const bed of ward.beds.values()) bed.party = { ...bed.party, ward: name }
      return true
    },
  }
}
