/** The shell round shifts: what somebody takes, hands over and leaves, kept with its record before anybody is told. */
import { may } from '../core/permissions.ts'
import {
  goOn,
  type Having,
  isNothing,
  isOfferedTo,
  joined,
  offerTo,
  type RunningShift,
  refuseOffer,
} from '../core/shift.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import type { StaffParty } from '../protocol/people.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { CareOfBeds } from './care.ts'
import type { Consults } from './consults.ts'
import type { Departures } from './departures.ts'
import type { Duties } from './duties.ts'
import { findPerson } from './people.ts'
import type { Queue } from './queue.ts'
import type { Requests } from './requests.ts'
import { type Had, hadOf, type KeptShift, keepShift, listShifts } from './shifts-kept.ts'
import { createShiftViews } from './shifts-view.ts'
import type { Db } from './store/store.ts'
import type { Ward } from './ward.ts'

export type ShiftsParts = {
  readonly db: Db
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly care: Pick<CareOfBeds, 'take' | 'ofStaff'>
  readonly duties: Pick<Duties, 'take' | 'ofStaff' | 'nameOf' | 'list'>
  readonly requests: Pick<Requests, 'takenBy' | 'handOver'>
  readonly consults: Pick<Consults, 'withStaff' | 'handOver' | 'tellNews'>
  readonly departures: Pick<Departures, 'leave'>
  readonly sweepMs: number
}

export type Shifts = Awaited<ReturnType<typeof createShifts>>

type Act = {
  readonly action: 'shift-begun' | 'shift-handed-over' | 'shift-ended'
  readonly agent: AuditAgent
  readonly detail: string
  readonly peer?: AuditAgent | null
}

/** Takes up those that went on before a restart. */
export async function createShifts(parts: ShiftsParts) {
  const { db, ward, now, queue, care, duties, requests, consults, departures } = parts
  const kept = new Map((await listShifts(db)).map((one) => [one.shift.staffId, one]))

  function runningOf(staffId: string): RunningShift | null {
    const one = kept.get(staffId)
    return one?.goesOn && one.shift.untilMs > now() ? one.shift : null
  }

  function hasNow(staffId: string): Having {
    const languages = runningOf(staffId)?.languages ?? []
    return { bedIds: [...care.ofStaff(staffId)], dutyIds: [...duties.ofStaff(staffId)], languages }
  }

  async function keep(one: KeptShift, act: Act): Promise<void> {
    await db.transaction().execute(async (step) => {
      await keepShift(step, one)
      await recordAct(step, now(), { ...act, entity: { type: 'staff', id: one.shift.staffId } })
    })
    kept.set(one.shift.staffId, one)
  }

  /** Screens of those whom it concerns ask anew. */
  function tell(...staffIds: readonly (string | undefined)[]): void {
    consults.tellNews(new Set(staffIds.filter((one) => one !== undefined)))
  }

  function named(having: Having): Had {
    return hadOf(having, (bedId) => ward.beds.get(bedId)?.party.label ?? null, duties.nameOf)
  }

  /** [SHIFT-1] Naming nothing that is there ends it. */
  async function take(party: StaffParty, having: Having): Promise<void> {
    const { staffId } = party
    const had = named(having)
    if (had.beds.length + had.duties.length + had.languages.length === 0) return await end(party, 'let-go')
    const before = runningOf(staffId)
    const shift = goOn(before, staffId, had.languages, now())
    const detail = [before ? 'goes on' : 'begun', ...had.languages].join(' ').slice(0, 200)
    await keep({ shift, had, goesOn: true }, { action: 'shift-begun', agent: agentOfParty(party), detail })
    await care.take(
      party,
      had.beds.map(({ id }) => id),
    )
    await duties.take(
      party,
      had.duties.map(({ id }) => id),
    )
    tell(staffId, before?.offer?.toId)
  }

  /** [SHIFT-6] What was taken is opened first: whatever breaks off then, nobody is waited for who has left (HZ-4). */
  async function end(party: StaffParty, detail: string): Promise<void> {
    await departures.leave(party.staffId)
    await care.take(party, [])
    await duties.take(party, [])
    await close(party.staffId, { action: 'shift-ended', agent: agentOfParty(party), detail })
  }

  async function close(staffId: string, act: Act): Promise<void> {
    const one = kept.get(staffId)
    if (!one?.goesOn) return
    const { offer } = one.shift
    const shift = { ...one.shift, untilMs: Math.min(one.shift.untilMs, now()), offer: null }
    await keep({ ...one, shift, goesOn: false }, act)
    tell(staffId, offer?.toId)
  }

  async function endAllOf(staffId: string): Promise<void> {
    const party = ward.staff.get(staffId)
    await departures.leave(staffId)
    if (party) await care.take(party, [])
    await close(staffId, { action: 'shift-ended', agent: { type: 'server' }, detail: 'not-allowed' })
  }

  /** Its time is over: beds and duties end by themselves. */
  async function lapse(): Promise<void> {
    const over = [...kept.values()].filter(({ shift, goesOn }) => goesOn && shift.untilMs <= now())
    for (const { shift } of over) {
      await departures.leave(shift.staffId)
      await close(shift.staffId, { action: 'shift-ended', agent: { type: 'server' }, detail: 'shift-over' })
    }
  }

  /** `not-found`: nobody who may have beds here. `conflict`: there is no shift that goes on. */
  async function offer(party: StaffParty, toId: string | null): Promise<'done' | 'not-found' | 'conflict'> {
    const one = kept.get(party.staffId)
    const running = runningOf(party.staffId)
    if (!one || !running) return 'conflict'
    const to = toId === null ? null : await findPerson(db, toId, now())
    const mayTake = to && toId !== party.staffId && may(to.actor, 'care.take', ward.wardId, now())
    if (toId !== null && !mayTake) return 'not-found'
    const shift = offerTo(running, toId)
    const act = { action: 'shift-handed-over', agent: agentOfParty(party) } as const
    const peer = to && agentOfParty(to.staff)
    await keep({ ...one, shift }, { ...act, peer, detail: toId === null ? 'taken back' : 'offered' })
    tell(party.staffId, toId ?? undefined, running.offer?.toId)
    return 'done'
  }

  async function refuse(party: StaffParty, from: KeptShift): Promise<void> {
    const shift = refuseOffer(from.shift, party.staffId)
    const peer = peerOf(shift.staffId)
    await keep(
      { ...from, shift },
      { action: 'shift-handed-over', agent: agentOfParty(party), peer, detail: 'refused' },
    )
    tell(party.staffId, shift.staffId)
  }

  /**
   * [SHIFT-4] [SHIFT-5] The receiver has everything before the giver has nothing: where it breaks off, the offer stands, and
   * taking it again does the rest.
   */
  async function takeOver(party: StaffParty, { shift: { staffId } }: KeptShift): Promise<void> {
    const both = joined(hasNow(party.staffId), hasNow(staffId))
    if (!isNothing(both)) await take(party, both)
    await requests.handOver(staffId, party)
    await consults.handOver(staffId, party)
    const giver = ward.staff.get(staffId)
    if (giver) await care.take(giver, [])
    if (giver) await duties.take(giver, [])
    const agent = agentOfParty(party)
    await close(staffId, { action: 'shift-handed-over', agent, peer: peerOf(staffId), detail: 'taken over' })
    tell(party.staffId)
  }

  function peerOf(staffId: string): AuditAgent | null {
    const peer = ward.staff.get(staffId)
    return peer ? agentOfParty(peer) : null
  }

  async function answer(
    party: StaffParty,
    fromId: string,
    said: 'take' | 'no',
  ): Promise<'done' | 'conflict'> {
    const from = kept.get(fromId)
    if (!from?.goesOn || !ward.staff.has(fromId) || !isOfferedTo(from.shift, party.staffId, now()))
      return 'conflict'
    await (said === 'take' ? takeOver(party, from) : refuse(party, from))
    return 'done'
  }

  const sweeper = setInterval(() => queue.run(lapse), parts.sweepMs)

  return {
    /** [SHIFT-7] Who interprets which language for their shift. */
    interpreting(): Map<string, string[]> {
      const running = [...ward.staff.keys()].flatMap((staffId) => runningOf(staffId) ?? [])
      const pairs = running.flatMap(({ staffId, languages }) =>
        languages.map((one) => [one, staffId] as const),
      )
      const groups = Map.groupBy(pairs, ([language]) => language)
      return new Map([...groups].map(([language, group]) => [language, group.map(([, staffId]) => staffId)]))
    },

    viewFor: createShiftViews({ ...parts, kept, runningOf, hasNow, named }),

    /** Another part of what one has; the rest goes on. Run it in the queue. */
    change: (party: StaffParty, part: Partial<Having>) => take(party, { ...hasNow(party.staffId), ...part }),

    /** Whoever may be here no more. Run it in the queue. */
    endAllOf,

    /** Whoever may care for no bed any more; an interpreter's shift goes on. Run it in the queue. */
    async endCareOf(staffId: string): Promise<void> {
      if (care.ofStaff(staffId).size + requests.takenBy(staffId).length > 0) await endAllOf(staffId)
    },

    take: (party: StaffParty, having: Having) => queue.ask(() => take(party, having)),
    end: (party: StaffParty) => queue.ask(() => end(party, 'let-go')),
    offer: (party: StaffParty, toId: string | null) => queue.ask(() => offer(party, toId)),
    answer: (party: StaffParty, fromId: string, said: 'take' | 'no') =>
      queue.ask(() => answer(party, fromId, said)),
    stop: () => clearInterval(sweeper),
  }
}
