/** Who is still here, and why: nobody's words are taken from them while somebody needs them (HZ-1). */
import * as v from 'valibot'
import { isClosed } from '../../core/plan/status.ts'
import { visitEnd } from '../../protocol/visit-messages.ts'
import type { Db } from '../store/store.ts'
import { isCurrent } from '../visits/kept.ts'
import { idsOf, inParts, lastMsOf, planRowsById, type Who } from './who.ts'

/** In whose way it is, in words for the terminal: ids, and no name. */
export type Here = { readonly id: string; readonly why: string }

export async function stillHere(db: Db, who: Who, nowMs: number): Promise<Here[]> {
  return [
    ...(await staysHere(db, idsOf(who, 'stay'))),
    ...(await visitsHere(db, idsOf(who, 'visit'), nowMs)),
    ...(await guestsHere(db, idsOf(who, 'guest'))),
    ...(await relativesHere(db, idsOf(who, 'relative'))),
    ...(await plannedHere(db, who, nowMs)),
    ...(await staffHere(db, idsOf(who, 'staff'))),
  ]
}

/** Also whoever has come back: what was written of their last stay may matter now. */
async function staysHere(db: Db, ids: readonly string[]): Promise<Here[]> {
  const open = await inParts(ids, (some) =>
    db
      .selectFrom('admissions as past')
      .innerJoin('admissions as open', 'open.number_key', 'past.number_key')
      .select(['past.admission_id as id', 'open.admission_id as now'])
      .where('open.ended_ms', 'is', null)
      .where('past.admission_id', 'in', some)
      .execute(),
  )
  const copies = await inParts(ids, (some) =>
    db
      .selectFrom('copies')
      .select(['admission_id as id', 'copy_id'])
      .where('ended_ms', 'is', null)
      .where('admission_id', 'in', some)
      .execute(),
  )
  return [
    ...open.map(({ id, now }) => ({
      id,
      why: id === now ? 'the stay goes on' : `they are here again: ${now}`,
    })),
    ...copies.map(({ id, copy_id }) => ({
      id: id ?? '',
      why: `a sealed copy of a scan is not over: ${copy_id}`,
    })),
  ]
}

/** Also what the waiting room still has in memory, which would write it down again. */
async function visitsHere(db: Db, ids: readonly string[], nowMs: number): Promise<Here[]> {
  const rows = await inParts(ids, (some) =>
    db
      .selectFrom('visits')
      .select(['visit_id', 'closed_ms', 'closed_why', 'wishes_new_ms'])
      .where('visit_id', 'in', some)
      .execute(),
  )
  return rows.flatMap(({ visit_id: id, closed_ms: atMs, closed_why, wishes_new_ms: wishesNewMs }) => {
    const closed = atMs === null ? null : { atMs, why: v.parse(visitEnd, closed_why) }
    const isOver = !isCurrent({ closed, wishesNewMs }, nowMs)
    return isOver ? [] : [{ id, why: 'the visit is not over, or staff may still decide about it' }]
  })
}

async function guestsHere(db: Db, ids: readonly string[]): Promise<Here[]> {
  const rows = await inParts(ids, (some) =>
    db
      .selectFrom('guests')
      .select('guest_id')
      .where('ended_ms', 'is', null)
      .where('guest_id', 'in', some)
      .execute(),
  )
  return rows.map(({ guest_id }) => ({ id: guest_id, why: 'their call is not over' }))
}

async function relativesHere(db: Db, ids: readonly string[]): Promise<Here[]> {
  const rows = await inParts(ids, (some) =>
    db
      .selectFrom('family')
      .innerJoin('admissions', 'admissions.admission_id', 'family.admission_id')
      .select('guest_id')
      .where('family.ended_ms', 'is', null)
      .where('admissions.ended_ms', 'is', null)
      .where('guest_id', 'in', some)
      .execute(),
  )
  return rows.map(({ guest_id }) => ({
    id: guest_id,
    why: 'whom they visit is here, and they were not removed',
  }))
}

async function plannedHere(db: Db, who: Who, nowMs: number): Promise<Here[]> {
  const rows = await planRowsById(db, idsOf(who, 'appointment', 'series', 'attention'))
  return rows.flatMap((row): Here[] => {
    const { id } = row
    if (row.type === 'appointment' && !isClosed(row.status) && lastMsOf(row) >= nowMs)
      return [{ id, why: 'the appointment is still to come' }]
    // With an end it makes no more occasions; those that there are answer for themselves.
    if (row.type === 'series' && row.until === null) return [{ id, why: 'the series goes on' }]
    if (row.type === 'attention' && row.resolved === null)
      return [{ id, why: 'somebody has to decide about it in the ward’s inbox' }]
    return []
  })
}

async function staffHere(db: Db, ids: readonly string[]): Promise<Here[]> {
  const rows = await inParts(ids, (some) =>
    db
      .selectFrom('staff')
      .select('staff_id')
      .where('disabled_ms', 'is', null)
      .where('staff_id', 'in', some)
      .execute(),
  )
  return rows.map(({ staff_id }) => ({ id: staff_id, why: 'they can sign in: disable them first' }))
}
