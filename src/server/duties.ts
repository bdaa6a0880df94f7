/** The ward's duties and who has them: kept with their audit, told to every station. */

import type { Holdings } from '../core/consult.ts'
import {
  behind,
  type Duty,
  holdersOf,
  mayPassTo,
  type OnDuty,
  takeDuties,
  withoutDuty,
} from '../core/duty.ts'
import type { RungDuty } from '../core/switchboard-state.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import { mostDuties } from '../protocol/duty.ts'
import type { StaffParty } from '../protocol/people.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import { roleOf } from './people.ts'
import type { Queue } from './queue.ts'
import type { Db } from './store/store.ts'
import type { Ward } from './ward.ts'

export type DutiesParts = {
  readonly db: Db
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly sweepMs: number
}

export type Duties = Awaited<ReturnType<typeof createDuties>>

/** More than have one duty at once; so many ring at most. */
const mostRung = 12

/** Takes up what was taken before a restart. */
export async function createDuties({ db, ward, now, queue, sweepMs }: DutiesParts) {
  let duties: readonly Duty[] = await loadDuties(db)
  let held: readonly OnDuty[] = await loadHeld(db)
  let changed: () => Promise<void> = async () => {}

  /** Whoever left the ward, or may not be here any more, has nothing. */
  function holders(dutyId: string): StaffParty[] {
    return holdersOf(held, dutyId, now())
      .map((staffId) => ward.staff.get(staffId))
      .filter((one) => one !== undefined)
  }

  function ofStaff(staffId: string): Set<string> {
    const mine = held.filter((one) => one.staffId === staffId && one.untilMs > now())
    return new Set(mine.map(({ dutyId }) => dutyId))
  }

  async function take(party: StaffParty, dutyIds: readonly string[]): Promise<void> {
    const { staffId } = party
    await lapse()
    const before = ofStaff(staffId)
    const known = new Set(duties.map(({ dutyId }) => dutyId))
    const after = takeDuties(held, staffId, dutyIds, known, now())
    const mine = after.filter((one) => one.staffId === staffId)
    await db.transaction().execute(async (step) => {
      await step.deleteFrom('on_duty').where('staff_id', '=', staffId).execute()
      if (mine.length > 0) await step.insertInto('on_duty').values(mine.map(heldRow)).execute()
      const agent = agentOfParty(party)
      for (const { dutyId } of mine.filter(({ dutyId }) => !before.has(dutyId)))
        await recordAct(step, now(), { action: 'duty-begun', agent, entity: entityOf(dutyId) })
      for (const dutyId of [...before].filter((dutyId) => !mine.some((one) => one.dutyId === dutyId)))
        await recordAct(step, now(), {
          action: 'duty-ended',
          agent,
          entity: entityOf(dutyId),
          detail: 'let-go',
        })
    })
    held = after
    // Whoever goes on with what they have is no news.
    const isSame = mine.length === before.size && mine.every(({ dutyId }) => before.has(dutyId))
    if (!isSame) await changed()
  }

  /** What is over by itself is written down once, and nobody's from then on. */
  async function lapse(): Promise<void> {
    const over = held.filter(({ untilMs }) => untilMs <= now())
    if (over.length === 0) return
    await db.transaction().execute(async (step) => {
      for (const one of over) {
        await dropHeld(step, one)
        await recordAct(step, now(), { ...(await endOf(step, one)), detail: 'shift-over' })
      }
    })
    held = held.filter((one) => !over.includes(one))
    await changed()
  }

  /** Whoever may have none any more has none. Run it in the queue. */
  async function endAllOf(staffId: string): Promise<void> {
    const gone = held.filter((one) => one.staffId === staffId)
    if (gone.length === 0) return
    await db.transaction().execute(async (step) => {
      for (const one of gone) {
        await dropHeld(step, one)
        await recordAct(step, now(), { ...(await endOf(step, one)), detail: 'not-allowed' })
      }
    })
    held = held.filter((one) => !gone.includes(one))
    await changed()
  }

  /** As an administrator has it: all rows anew, in their order, with what happened. */
  async function keep(
    next: readonly Duty[],
    agent: AuditAgent,
    dutyId: string,
    detail: string,
  ): Promise<void> {
    const gone = held.filter((one) => !next.some((duty) => duty.dutyId === one.dutyId))
    await db.transaction().execute(async (step) => {
      for (const one of gone) {
        await dropHeld(step, one)
        await recordAct(step, now(), { ...(await endOf(step, one)), detail: 'duty-removed' })
      }
      const ids = next.map((duty) => duty.dutyId)
      await step.deleteFrom('duties').where('duty_id', 'not in', ids).execute()
      for (const row of next.map(dutyRow))
        await step
          .insertInto('duties')
          .values(row)
          .onConflict((same) => same.column('duty_id').doUpdateSet(row))
          .execute()
      await recordAct(step, now(), { action: 'ward-changed', agent, entity: entityOf(dutyId), detail })
    })
    duties = next
    held = held.filter((one) => !gone.includes(one))
    await changed()
  }

  /** `unknown`: it would pass on to a duty that is not there, or come round to itself. `full`: no ward keeps more. */
  async function set(said: Duty, agent: AuditAgent): Promise<'done' | 'unknown' | 'full'> {
    const { dutyId } = said
    const duty = { ...said, name: said.name.trim() }
    if (duty.name === '' || !mayPassTo(duties, dutyId, said.nextId)) return 'unknown'
    const isKnown = duties.some((one) => one.dutyId === dutyId)
    if (!isKnown && duties.length >= mostDuties) return 'full'
    const next = isKnown ? duties.map((one) => (one.dutyId === dutyId ? duty : one)) : [...duties, duty]
    await keep(next, agent, dutyId, isKnown ? 'duty changed' : 'duty added')
    return 'done'
  }

  /** False: it is not there. */
  async function drop(dutyId: string, agent: AuditAgent): Promise<boolean> {
    if (!duties.some((one) => one.dutyId === dutyId)) return false
    await keep(withoutDuty(duties, dutyId), agent, dutyId, 'duty removed')
    return true
  }

  /** One place higher. False: it is not there, or at the top. */
  async function raise(dutyId: string, agent: AuditAgent): Promise<boolean> {
    const at = duties.findIndex((one) => one.dutyId === dutyId)
    const [above, duty] = [duties[at - 1], duties[at]]
    if (!above || !duty) return false
    await keep(duties.with(at - 1, duty).with(at, above), agent, dutyId, 'duty raised')
    return true
  }

  const sweeper = setInterval(() => queue.run(lapse), sweepMs)

  const book: Holdings = {
    holders: (dutyId) => holders(dutyId).map(({ staffId }) => staffId),
    behind: (dutyId) => behind(duties, dutyId).map((duty) => duty.dutyId),
  }

  return {
    book,
    holders,
    list: () => duties,
    nameOf: (dutyId: string) => duties.find((duty) => duty.dutyId === dutyId)?.name ?? null,
    /** Run it in the queue. */
    take,
    ofStaff,
    endAllOf,
    set: (duty: Duty, agent: AuditAgent) => queue.ask(() => set(duty, agent)),
    drop: (dutyId: string, agent: AuditAgent) => queue.ask(() => drop(dutyId, agent)),
    raise: (dutyId: string, agent: AuditAgent) => queue.ask(() => raise(dutyId, agent)),
    /** Whom a call to it rings; undefined: there is no such duty. */
    rung(dutyId: string): RungDuty | undefined {
      const duty = duties.find((one) => one.dutyId === dutyId)
      return duty && { dutyId, name: duty.name, holders: holders(dutyId).slice(0, mostRung) }
    },
    /** `tell` runs in the queue after every change. */
    onChange(tell: () => Promise<void>): void {
      changed = tell
    },
    stop: () => clearInterval(sweeper),
  }
}

function entityOf(dutyId: string) {
  return { type: 'duty', id: dutyId } as const
}

/** That somebody's duty ended, and not by themselves: theirs, even when they may be here no more. */
async function endOf(db: Db, { staffId, dutyId }: OnDuty) {
  const role = await roleOf(db, staffId)
  const peer: AuditAgent | null = role && { type: 'staff', staffId, role }
  return { action: 'duty-ended', agent: { type: 'server' }, peer, entity: entityOf(dutyId) } as const
}

async function dropHeld(db: Db, { staffId, dutyId }: OnDuty): Promise<void> {
  await db.deleteFrom('on_duty').where('staff_id', '=', staffId).where('duty_id', '=', dutyId).execute()
}

async function loadDuties(db: Db): Promise<Duty[]> {
  const rows = await db.selectFrom('duties').selectAll().orderBy('position').execute()
  return rows.map(({ duty_id, name, next_id }) => ({ dutyId: duty_id, name, nextId: next_id }))
}

async function loadHeld(db: Db): Promise<OnDuty[]> {
  const rows = await db.selectFrom('on_duty').selectAll().execute()
  return rows.map((row) => ({
    staffId: row.staff_id,
    dutyId: row.duty_id,
    sinceMs: row.since_ms,
    untilMs: row.until_ms,
  }))
}

function heldRow({ staffId, dutyId, sinceMs, untilMs }: OnDuty) {
  return { staff_id: staffId, duty_id: dutyId, since_ms: sinceMs, until_ms: untilMs }
}

function dutyRow({ dutyId, name, nextId }: Duty, index: number) {
  return { duty_id: dutyId, name, next_id: nextId, position: index + 1 }
}
