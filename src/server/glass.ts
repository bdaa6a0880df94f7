/** Broken glass: who is in a ward that is not theirs, until when, and telling everyone whom it concerns. */
import { randomUUIDv7 } from 'node:crypto'
import * as v from 'valibot'
import { accessOf, isOwnWard, withBroken } from '../core/access.ts'
import { glassMs } from '../core/permissions.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import type { Visitor } from '../protocol/glass.ts'
import { type StaffParty, staffParty } from '../protocol/people.ts'
import type { ServerMessage } from '../protocol/wire.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { BoardNews } from './board-news.ts'
import { findPerson, type SignIn } from './people.ts'
import type { Queue } from './queue.ts'
import { type Session, type Sessions, tell } from './session.ts'
import type { Db, Store } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Ward } from './ward.ts'

export type GlassParts = {
  readonly store: Store
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
  readonly sweepMs: number
}

/** `refused`: `not-found` is another server's ward; `conflict`: it is broken already, or one's own, or not broken. */
export type GlassOutcome =
  | { readonly type: 'done'; readonly untilMs: number }
  | { readonly type: 'refused'; readonly refusal: 'not-found' | 'conflict' }

type Visit = { readonly glassId: string; readonly staff: StaffParty; readonly untilMs: number }

export type Glass = Awaited<ReturnType<typeof createGlass>>

/** Takes up the visits that a restart interrupted: the hour goes on, for better and for worse. */
export async function createGlass(parts: GlassParts) {
  const { store, ward, now, queue, sessions, switching, news } = parts
  const { wardId } = ward
  const visits = new Map((await listVisits(store.db, wardId, now())).map((visit) => [visit.glassId, visit]))

  function visitOf(staffId: string): Visit | undefined {
    return [...visits.values()].find(({ staff, untilMs }) => staff.staffId === staffId && untilMs > now())
  }

  async function begin({ staff, actor }: SignIn, reason: string): Promise<GlassOutcome> {
    if (isOwnWard(actor, wardId) || visitOf(staff.staffId)) return { type: 'refused', refusal: 'conflict' }
    const [glassId, brokenMs] = [randomUUIDv7(), now()]
    const untilMs = brokenMs + glassMs
    await store.db.transaction().execute(async (db) => {
      const { staffId } = staff
      await db
        .insertInto('broken_glass')
        .values({
          glass_id: glassId,
          staff_id: staffId,
          ward_id: wardId,
          reason,
          broken_ms: brokenMs,
          until_ms: untilMs,
          reviewed_ms: null,
          reviewed_by: null,
          review_note: null,
          ended_ms: null,
        })
        .execute()
      const agent = agentOfParty(staff)
      const entity = { type: 'ward', id: wardId } as const
      await recordAct(db, brokenMs, { action: 'glass-broken', agent, entity, detail: 'begun', reason })
    })
    const visit: Visit = { glassId, staff, untilMs }
    visits.set(glassId, visit)
    tellPerson(visit)
    tellWard(visit, untilMs)
    return { type: 'done', untilMs }
  }

  async function end({ staff }: SignIn): Promise<GlassOutcome> {
    const visit = visitOf(staff.staffId)
    if (!visit) return { type: 'refused', refusal: 'conflict' }
    const untilMs = now()
    await recordEnd(visit, untilMs, agentOfParty(staff), 'left')
    close({ ...visit, untilMs })
    return { type: 'done', untilMs }
  }

  /** Nobody left, but it is over: the hour is, or the person may not be here any more. */
  async function lapse(visit: Visit, detail: string): Promise<void> {
    if (!visits.has(visit.glassId)) return
    if (detail === 'disabled' && (await findPerson(store.db, visit.staff.staffId, now()))) return
    const untilMs = Math.min(visit.untilMs, now())
    await recordEnd(visit, untilMs, { type: 'server' }, detail)
    close({ ...visit, untilMs })
  }

  /** Once for each, over restarts too. Of the server's own ends it says whose glass it was. */
  async function recordEnd(
    { glassId, staff }: Visit,
    untilMs: number,
    agent: AuditAgent,
    detail: string,
  ): Promise<void> {
    const { staffId } = staff
    const entity =
      agent.type === 'server'
        ? ({ type: 'staff', id: staffId } as const)
        : ({ type: 'ward', id: wardId } as const)
    await store.db.transaction().execute(async (db) => {
      const { numUpdatedRows } = await db
        .updateTable('broken_glass')
        .set({ until_ms: untilMs, ended_ms: now() })
        .where('glass_id', '=', glassId)
        .where('ended_ms', 'is', null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows > 0n) await recordAct(db, now(), { action: 'glass-ended', agent, entity, detail })
    })
  }

  /** The visit is over; a call that it began goes on, for nothing in a call asks how it became allowed. */
  function close(visit: Visit): void {
    if (!visits.delete(visit.glassId)) return
    tellPerson(visit)
    tellWard(visit, null)
  }

  /** A visit that ends late must not take away one that began meanwhile. */
  function latestOf({ staff, untilMs }: Visit): number {
    const others = [...visits.values()].filter((visit) => visit.staff.staffId === staff.staffId)
    return Math.max(untilMs, ...others.map((visit) => visit.untilMs))
  }

  function tellPerson(visit: Visit): void {
    const { staff } = visit
    const untilMs = latestOf(visit)
    for (const session of sessions.values()) {
      if (session.party.type !== 'staff' || session.party.staffId !== staff.staffId) continue
      session.actor = withBroken(session.actor, wardId, untilMs)
      tell(session, accessFor(session))
      news.tellBeside(session)
      // What of the plan is theirs to read is another now: asking brings it, or takes it away.
      tell(session, { type: 'plan.news' })
    }
  }

  function accessFor(session: Session): ServerMessage {
    return {
      type: 'access.changed',
      access: accessOf(session.actor, wardId, now()),
      beds: news.bedsFor(session, switching.board()),
    }
  }

  function tellWard(visit: Visit, untilMs: number | null): void {
    for (const session of sessions.values()) tellOne(session, visit, untilMs)
  }

  /** Those whose own ward it is; not the tablets, and not whoever came in the same way. */
  function tellOne(session: Session, { glassId, staff }: Visit, untilMs: number | null): void {
    if (session.party.type !== 'staff' || accessOf(session.actor, wardId, now()).type !== 'own') return
    const visitor: Visitor = { glassId, name: staff.name, role: staff.role, untilMs }
    tell(session, { type: 'ward.visited', visitor })
  }

  const sweeper = setInterval(() => {
    for (const visit of visits.values()) {
      const why = ward.staff.has(visit.staff.staffId) ? 'hour-over' : 'disabled'
      if (why === 'disabled' || visit.untilMs <= now()) queue.run(() => lapse(visit, why))
    }
  }, parts.sweepMs)

  /** One after the other, so that two taps break the glass once. What fails is the asker's to hear. */
  function inTurn(act: () => Promise<GlassOutcome>): Promise<GlassOutcome> {
    return new Promise((resolve, reject) => queue.run(() => act().then(resolve, reject)))
  }

  return {
    /** Breaks the ward's glass for this person. */
    begin: (signIn: SignIn, reason: string) => inTurn(() => begin(signIn, reason)),
    /** Leaves before the hour is over. */
    end: (signIn: SignIn) => inTurn(() => end(signIn)),
    /** Tells a screen that has just come who is in. */
    tellVisits(session: Session): void {
      for (const visit of visits.values()) if (visit.untilMs > now()) tellOne(session, visit, visit.untilMs)
    },
    stop: () => clearInterval(sweeper),
  }
}

/** Those that go on, and those whose end nobody has written down yet. */
async function listVisits(db: Db, wardId: string, nowMs: number): Promise<Visit[]> {
  const rows = await db
    .selectFrom('broken_glass')
    .innerJoin('staff', 'staff.staff_id', 'broken_glass.staff_id')
    .select(['glass_id', 'until_ms', 'staff.staff_id', 'name', 'role'])
    .where('ward_id', '=', wardId)
    .where((row) => row.or([row('ended_ms', 'is', null), row('until_ms', '>', nowMs)]))
    .execute()
  return rows.map(({ glass_id, until_ms, staff_id, name, role }) => ({
    glassId: glass_id,
    staff: v.parse(staffParty, { type: 'staff', staffId: staff_id, name, role }),
    untilMs: until_ms,
  }))
}
