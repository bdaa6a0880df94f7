/** Who cares for which beds: kept with its audit, told to every board and to the tablet beside each bed. */
import { type Care, carersOf, takeBeds } from '../core/care.ts'
import { bedEndpoint } from '../core/switchboard-parties.ts'
import { type Carer, mostCarers } from '../protocol/care.ts'
import type { StaffParty } from '../protocol/people.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { BoardNews } from './board-news.ts'
import type { Queue } from './queue.ts'
import { type Sessions, tell } from './session.ts'
import type { Db } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Bed, Ward } from './ward.ts'

export type CareParts = {
  readonly db: Db
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
  readonly sweepMs: number
}

export type CareOfBeds = Awaited<ReturnType<typeof createCare>>

/** Takes up what was taken before a restart. */
export async function createCare(parts: CareParts) {
  const { db, ward, now, queue, sessions, switching, news } = parts
  let care = await load(db)
  follow()

  /** Does what a station asks. Run it in the queue. */
  async function take(party: StaffParty, bedIds: readonly string[]): Promise<void> {
    const { staffId } = party
    const before = bedsOf(staffId)
    const after = takeBeds(care, staffId, bedIds, new Set(ward.beds.keys()), now())
    await db.transaction().execute(async (step) => {
      await step.deleteFrom('care').where('staff_id', '=', staffId).execute()
      const mine = after.filter((one) => one.staffId === staffId)
      if (mine.length > 0) await step.insertInto('care').values(mine.map(rowOf)).execute()
      const agent = agentOfParty(party)
      for (const { bedId } of mine.filter(({ bedId }) => !before.has(bedId)))
        await recordAct(step, now(), { action: 'care-begun', agent, ...about(bedId) })
      for (const bedId of [...before].filter((bedId) => !mine.some((one) => one.bedId === bedId)))
        await recordAct(step, now(), { action: 'care-ended', agent, ...about(bedId), detail: 'let-go' })
    })
    care = after
    follow()
  }

  function bedsOf(staffId: string): Set<string> {
    const mine = care.filter((one) => one.staffId === staffId && one.untilMs > now())
    return new Set(mine.map(({ bedId }) => bedId))
  }

  function about(bedId: string) {
    return {
      patient: ward.beds.get(bedId)?.stay.admissionId ?? null,
      entity: { type: 'bed', id: bedId } as const,
    }
  }

  /** What is over by itself is written down once, and nobody's from then on. */
  async function lapse(): Promise<void> {
    const over = care.filter(({ untilMs }) => untilMs <= now())
    if (over.length === 0) return
    await db.transaction().execute(async (step) => {
      for (const { staffId, bedId } of over) {
        await step.deleteFrom('care').where('staff_id', '=', staffId).where('bed_id', '=', bedId).execute()
        const peer = ward.staff.get(staffId)
        await recordAct(step, now(), {
          action: 'care-ended',
          agent: { type: 'server' },
          peer: peer ? agentOfParty(peer) : null,
          ...about(bedId),
          detail: 'shift-over',
        })
      }
    })
    care = care.filter((one) => !over.includes(one))
  }

  /** Memory follows what is kept; who is told of it is whoever it changes something for. */
  function follow(): void {
    for (const bed of ward.beds.values()) {
      const carers = namesFor(bed)
      if (JSON.stringify(bed.carers) === JSON.stringify(carers)) continue
      bed.carers = carers
      news.tellBed(bed, switching.board())
      const tablet = sessions.get(bedEndpoint(bed.party.bedId))
      if (tablet) tell(tablet, { type: 'care.changed', carers: [...carers] })
    }
  }

  /** Whoever left the ward, or may not be here any more, cares for nobody. */
  function namesFor({ party }: Bed): readonly Carer[] {
    return carersOf(care, party.bedId, now())
      .flatMap(({ staffId, untilMs }) => {
        const person = ward.staff.get(staffId)
        return person ? [{ ...person, untilMs }] : []
      })
      .slice(0, mostCarers)
  }

  const sweeper = setInterval(() => {
    queue.run(async () => {
      await lapse()
      follow()
    })
  }, parts.sweepMs)

  return { take, ofStaff: bedsOf, stop: () => clearInterval(sweeper) }
}

async function load(db: Db): Promise<Care[]> {
  const rows = await db.selectFrom('care').selectAll().execute()
  return rows.map((row) => ({
    staffId: row.staff_id,
    bedId: row.bed_id,
    sinceMs: row.since_ms,
    untilMs: row.until_ms,
  }))
}

function rowOf({ staffId, bedId, sinceMs, untilMs }: Care) {
  return { staff_id: staffId, bed_id: bedId, since_ms: sinceMs, until_ms: untilMs }
}
