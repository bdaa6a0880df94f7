/** Whether those who are connected still may be: what changes about a person reaches their open screens at once. */
import { type Actor, may } from '../../core/permissions.ts'
import type { Party } from '../../protocol/people.ts'
import type { Attendance } from '../attendance.ts'
import type { BoardNews } from '../board-news.ts'
import type { Consults } from '../consults.ts'
import type { Departures } from '../departures.ts'
import type { Duties } from '../duties.ts'
import { findPerson } from '../people.ts'
import type { Plan } from '../plan/plan.ts'
import type { Queue } from '../queue.ts'
import { type Session, type Sessions, tell } from '../session.ts'
import type { Shifts } from '../shifts.ts'
import type { Db } from '../store/store.ts'
import type { Switching } from '../switching.ts'
import type { Ward } from '../ward.ts'

export type StandingParts = {
  readonly db: Db
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly switching: Switching
  readonly attendance: Attendance
  readonly news: BoardNews
  readonly plan: Pick<Plan, 'mirror'>
  readonly duties: Pick<Duties, 'endAllOf'>
  readonly consults: Pick<Consults, 'leave'>
  readonly departures: Pick<Departures, 'review'>
  readonly shifts: Pick<Shifts, 'endAllOf' | 'endCareOf'>
}

export type Standing = ReturnType<typeof createStanding>

export function createStanding(parts: StandingParts) {
  const { db, ward, now, queue, sessions, switching, attendance, news, plan } = parts
  const { duties, consults, departures, shifts } = parts

  /** Everyone as of the last look at all of them. */
  let reviewed: ReadonlyMap<string, string> = new Map()

  function sessionsOf(fits: (session: Session) => boolean): Session[] {
    return [...sessions.values()].filter(fits)
  }

  /** Ends the person's calls even where no socket is left that could be closed: the bed must be free of them. */
  async function expelPerson(staffId: string): Promise<void> {
    for (const session of sessionsOf(({ party }) => isStaff(party, staffId))) await attendance.expel(session)
    for (const call of switching.board().calls.values()) {
      for (const endpoint of [call.callerEndpoint, call.calleeEndpoint ?? ''])
        if (endpoint.startsWith(`tab:${staffId}:`)) await switching.dispatch({ type: 'removed', endpoint })
    }
  }

  /** Compares what the person is now with what their screens were told. */
  async function review(staffId: string): Promise<void> {
    const person = await findPerson(db, staffId, now())
    if (!person) {
      await shifts.endAllOf(staffId)
      await duties.endAllOf(staffId)
      ward.staff.delete(staffId)
      await consults.leave(staffId)
      return await expelPerson(staffId)
    }
    ward.staff.set(staffId, person.staff)
    if (!may(person.actor, 'care.take', ward.wardId, now())) await shifts.endCareOf(staffId)
    if (!may(person.actor, 'duty.take', ward.wardId, now())) await duties.endAllOf(staffId)
    for (const session of sessionsOf(({ party }) => isStaff(party, staffId))) {
      const isTold = session.party.type === 'staff' && session.party.role === person.staff.role
      const isSame = isTold && sameReach(session.actor, person.actor, now())
      session.actor = person.actor
      if (!isSame) await attendance.restart(session)
    }
  }

  /** What each person may, as text: two questions for a whole hospital, and only who differs is looked at closer. */
  async function fingerprints(): Promise<Map<string, string>> {
    const people = await db.selectFrom('staff').select(['staff_id', 'role', 'wards', 'disabled_ms']).execute()
    const glass = await db
      .selectFrom('broken_glass')
      .select(['staff_id', 'ward_id'])
      .where('until_ms', '>', now())
      .orderBy('ward_id')
      .execute()
    const prints = new Map(people.map(({ staff_id, ...rest }) => [staff_id, JSON.stringify(rest)]))
    for (const { staff_id, ward_id } of glass) prints.set(staff_id, `${prints.get(staff_id)} ${ward_id}`)
    return prints
  }

  /** Whatever was changed without a word to this server: a row taken away, another server on the same data. */
  async function reviewAll(): Promise<void> {
    const live = new Set((await db.selectFrom('sign_ins').select('token_hash').execute()).map(hashOf))
    for (const session of sessions.values()) {
      // One whose time is over may finish its call: the sweep sees to that.
      const isGone = session.tokenHash !== null && !live.has(session.tokenHash) && session.expiresMs > now()
      if (isGone) await attendance.expel(session)
    }
    const prints = await fingerprints()
    const changed = [...prints].filter(([staffId, print]) => reviewed.get(staffId) !== print)
    for (const [staffId] of changed) await review(staffId)
    if (changed.length > 0) await plan.mirror()
    await departures.review()
    reviewed = prints
  }

  return {
    /** Sends away every tab of these sign-ins, out of their calls too. Resolves when that is done. */
    async end(tokenHashes: readonly string[]): Promise<void> {
      queue.run(async () => {
        const fits = ({ tokenHash }: Session) => tokenHash !== null && tokenHashes.includes(tokenHash)
        for (const session of sessionsOf(fits)) await attendance.expel(session)
        await departures.review()
      })
      await queue.settled()
    },

    /** Something about this person changed: role, wards, glass they broke, or that they may be here at all. */
    async review(staffId: string): Promise<void> {
      queue.run(async () => {
        await review(staffId)
        await plan.mirror()
      })
      await queue.settled()
    },

    async reviewAll(): Promise<void> {
      queue.run(reviewAll)
      await queue.settled()
    },

    /** Tells every tab of this browser that its screen is locked, or open again. */
    async setLocked(tokenHash: string, lock: 'locked' | 'open'): Promise<void> {
      queue.run(() => {
        for (const session of sessionsOf((one) => one.tokenHash === tokenHash)) {
          session.isLocked = lock === 'locked'
          // A screen opens when its names are there, and is locked before they go.
          if (lock === 'open') news.tellAll(session, switching.board())
          tell(session, { type: 'lock.changed', locked: session.isLocked })
          if (lock === 'locked') news.tellAll(session, switching.board())
        }
      })
      await queue.settled()
    },

    /** The sign-ins that have a tab open now. */
    live(): ReadonlySet<string> {
      return new Set([...sessions.values()].flatMap(({ tokenHash }) => tokenHash ?? []))
    },
  }
}

function hashOf({ token_hash }: { token_hash: string }): string {
  return token_hash
}

function isStaff(party: Party, staffId: string): boolean {
  return party.type === 'staff' && party.staffId === staffId
}

/** Glass that is broken later or longer opens nothing by being compared: only the wards it opens now count. */
function sameReach(a: Actor, b: Actor, nowMs: number): boolean {
  return a.role === b.role && reachOf(a, nowMs) === reachOf(b, nowMs)
}

function reachOf({ wards, broken }: Actor, nowMs: number): string {
  const open = [...broken].flatMap(([wardId, untilMs]) => (untilMs > nowMs ? [wardId] : []))
  return JSON.stringify([wards, open.toSorted()])
}
