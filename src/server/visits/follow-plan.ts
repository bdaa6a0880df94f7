/** What the plan says of a visit's appointment, its visit follows: cancelled, moved, done, of another name or address. */
import { heirsOf } from '../../core/visit-heirs.ts'
import type { StaffParty } from '../../protocol/people.ts'
import type { Appointment, Row, RowName } from '../../protocol/plan.ts'
import { agentOfParty } from '../audit/record.ts'
import { hasPassed, isOff, timeOf } from './facts.ts'
import type { createInviting } from './inviting.ts'
import { findByAppointments, nobodyYet, type Visit } from './kept.ts'
import { queueWithReminders } from './post.ts'
import type { Room, RoomParts } from './room.ts'

const server = { type: 'server' } as const

/** `enders`: by appointment, who is just saying that it is over. */
export function createFollowing(
  { store, now, post }: RoomParts,
  room: Room,
  { readdress }: Pick<ReturnType<typeof createInviting>, 'readdress'>,
  enders: ReadonlyMap<string, StaffParty>,
) {
  /** Whose visits are over or were cancelled, for they are not in the room. */
  async function others(rows: readonly Row[]): Promise<ReadonlyMap<string, Visit>> {
    const ids = rows
      .filter(isAppointment)
      .filter(({ id, outpatient }) => outpatient && !room.byAppointment(id))
      .map(({ id }) => id)
    return await findByAppointments(store.db, ids)
  }

  /** `gone`: what has left the plan with it, for the letter that says so, and for whoever opens the link; null: it is there. */
  async function cancel({ visitId, mailedTo }: Visit, gone: Appointment | null): Promise<void> {
    const closed = { atMs: now(), why: 'cancelled' } as const
    const goneRow = gone && { ...gone, status: 'cancelled' as const, rev: gone.rev + 1 }
    const act = { action: 'visit-ended', agent: server, detail: 'cancelled' } as const
    const over = { ...nobodyYet, notes: [], closed, goneRow }
    await room.change(visitId, over, [act], async (step) => {
      await post.drop(step, visitId)
      if (mailedTo) await post.queue(step, { visitId, kind: 'cancellation', dueMs: now() })
    })
    await room.sendAway(visitId, 'cancelled', null)
  }

  /** It is to be at another time, or to be after all: whoever waited waits for that. What was over by its time is open again. */
  async function move({ visitId, mailedTo }: Visit, row: Appointment, isLaterEnd: boolean): Promise<void> {
    const { startMs } = timeOf(row)
    const anew = { waitedMs: null, lastCallMs: null, throughMs: null, identifiedMs: null, wishesNewMs: null }
    const patch = { closed: null, goneRow: null, ...(isLaterEnd ? {} : anew) }
    await room.change(visitId, patch, [], async (step) => {
      const letter = { visitId, kind: 'update' } as const
      if (mailedTo) await queueWithReminders(step, post, letter, startMs, now())
    })
  }

  /** A word for the key was a word for the name as well. */
  async function rename({ visitId }: Visit, name: string): Promise<void> {
    await room.change(visitId, { name, vouched: null, identifiedMs: null })
    const visit = room.get(visitId)
    if (visit && !room.callOf(visit)) await room.restart(visitId)
  }

  async function end({ visitId }: Visit, row: Appointment): Promise<void> {
    const by = enders.get(row.id) ?? null
    const why = row.status === 'noshow' ? 'no-show' : 'ended'
    await room.close(visitId, why, by, {
      action: 'visit-ended',
      agent: by ? agentOfParty(by) : server,
      detail: why,
    })
  }

  async function followTime(visit: Visit, row: Appointment, was: Appointment): Promise<void> {
    const [before, after] = [timeOf(was), timeOf(row)]
    const isMoved = isOff(was) || before.startMs !== after.startMs
    if (isMoved || before.endMs !== after.endMs) await move(visit, row, !isMoved)
  }

  async function followOne(visit: Visit, row: Appointment, was: Appointment | undefined): Promise<void> {
    const why = visit.closed?.why ?? null
    if (isOff(row)) return (was && isOff(was)) || why ? undefined : await cancel(visit, null)
    if (hasPassed(row)) return why ? undefined : await end(visit, row)
    if (was && hasPassed(was) && (why === 'ended' || why === 'no-show'))
      await room.change(visit.visitId, { closed: null })
    else if (why === 'cancelled') await move(visit, row, false)
    else if (was && (why === null || why === 'expired')) await followTime(visit, row, was)
    if (room.get(visit.visitId)?.closed !== null) return
    if (isSomebodyElse(visit, row, was)) return await readdress(visit, row, 'another-patient')
    const name = row.outpatient?.name ?? visit.name
    if (name !== visit.name) await rename(visit, name)
    await followAddress(visit.visitId)
  }

  /** Nobody's call is ended by an address that is put right: that waits for the end of the call. */
  async function followAddress(visitId: string): Promise<void> {
    const visit = room.get(visitId)
    const row = visit && room.rowOf(visit)
    if (!visit || !row || visit.closed !== null || visit.mailedTo === null || room.callOf(visit)) return
    const { email = null, phone = null } = row.outpatient ?? {}
    const isTexted = post.isTexting && visit.textedTo !== null
    if (visit.mailedTo !== email || (isTexted && visit.textedTo !== phone))
      await readdress(visit, row, 'new-address')
  }

  /** Hears of every change of the plan. Run it in the queue. */
  async function follow(
    rows: readonly Row[],
    removed: readonly RowName[],
    before: readonly Row[],
  ): Promise<void> {
    const known = await others(rows)
    const were = new Map(before.filter(isAppointment).map((row) => [row.id, row]))
    for (const [goneId, heir] of heirsOf(
      removedFrom(removed, were),
      rows.filter(isAppointment).filter(({ id }) => !were.has(id)),
    )) {
      const [visit, was] = [room.byAppointment(goneId), were.get(goneId)]
      if (!visit || !was || known.has(heir.id) || room.byAppointment(heir.id)) continue
      await room.change(visit.visitId, { appointmentId: heir.id })
      were.set(heir.id, was)
    }
    for (const row of rows.filter(isAppointment)) {
      const visit = room.byAppointment(row.id) ?? known.get(row.id)
      if (visit) await followOne(visit, row, were.get(row.id))
    }
    for (const { type, id } of removed) {
      const visit = type === 'appointment' ? room.byAppointment(id) : undefined
      if (visit && (visit.closed === null || visit.closed.why === 'expired'))
        await cancel(visit, were.get(id) ?? null)
    }
    if (room.all().length > 0) await room.settle()
  }

  return { follow, followAddress }
}

function removedFrom(removed: readonly RowName[], were: ReadonlyMap<string, Appointment>): Appointment[] {
  return removed.flatMap(({ type, id }) => (type === 'appointment' ? (were.get(id) ?? []) : []))
}

/** The time was given to another patient: no name and no date of birth of it can be believed to be the old one put right (HZ-1). */
function isSomebodyElse(visit: Visit, row: Appointment, was: Appointment | undefined): boolean {
  const [before, after] = [was?.outpatient, row.outpatient]
  if (!was || !after) return false
  if (!before) return after.name !== visit.name
  const isOfAnotherDay = before.born !== after.born
  if (isOfAnotherDay && before.born !== null && after.born !== null) return true
  return isOfAnotherDay && before.name !== after.name
}

function isAppointment(row: Row): row is Appointment {
  return row.type === 'appointment'
}
