/** The figures of calls, kept with the ledger: what their ends said of them, once, and what that comes to. */
import * as v from 'valibot'
import { type CallRecord, serviceOf } from '../core/service-levels.ts'
import { bedOf } from '../core/switchboard-parties.ts'
import type { EndpointId } from '../core/switchboard-state.ts'
import { endReason } from '../protocol/call.ts'
import { type CallFigures, callFigures } from '../protocol/call-figures.ts'
import { party } from '../protocol/people.ts'
import type { ServiceAnswer } from '../protocol/service.ts'
import type { Db } from './store/store.ts'
import type { Tables } from './store/tables.ts'
import type { Ward } from './ward.ts'

type Ends = Pick<CallRecord, 'caller' | 'callee'>

const nobody: Ends = { caller: null, callee: null }

/** What both ends have said now; null: it changed nothing, since this is no end of it, or had said so before. */
export type Told = Ends & { readonly by: keyof Ends }

/** Only of a call that was answered and is over, and only from the two screens that were in it. */
async function partIn(db: Db, callId: string, from: EndpointId): Promise<keyof Ends | null> {
  const call = await db
    .selectFrom('calls')
    .select(['caller_endpoint', 'callee_endpoint'])
    .where('call_id', '=', callId)
    .where('accepted_ms', 'is not', null)
    .where('ended_ms', 'is not', null)
    .executeTakeFirst()
  if (from === call?.caller_endpoint) return 'caller'
  return call && from === call.callee_endpoint ? 'callee' : null
}

export async function recordFigures(
  db: Db,
  from: EndpointId,
  callId: string,
  figures: CallFigures,
): Promise<Told | null> {
  return await db.transaction().execute(async (step) => {
    const part = await partIn(step, callId, from)
    if (!part) return null
    const { numInsertedOrUpdatedRows } = await step
      .insertInto('call_figures')
      .values(rowOf(callId, part, figures))
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (!numInsertedOrUpdatedRows) return null
    const rows = await step.selectFrom('call_figures').selectAll().where('call_id', '=', callId).execute()
    return { ...endsIn(rows), by: part }
  })
}

/** Of the calls that began since then and are over. */
export async function readService(
  db: Db,
  ward: Pick<Ward, 'name' | 'beds'>,
  sinceMs: number,
): Promise<ServiceAnswer> {
  const beds = [...ward.beds.values()].map(({ party: { bedId, label } }) => ({ bedId, label }))
  const service = serviceOf(
    await listCalls(db, sinceMs),
    beds.map(({ bedId }) => bedId),
  )
  return {
    ward: ward.name,
    whole: service.whole,
    beds: beds.flatMap((bed) => {
      const levels = service.beds.get(bed.bedId)
      return levels ? [{ ...bed, levels }] : []
    }),
  }
}

async function listCalls(db: Db, sinceMs: number): Promise<CallRecord[]> {
  const calls = await db
    .selectFrom('calls')
    .select(['call_id', 'caller', 'callee', 'accepted_ms', 'reason'])
    .where('created_ms', '>=', sinceMs)
    .where('ended_ms', 'is not', null)
    // Whoever comes to a call makes no other one of it.
    .where('seat', 'is', null)
    .execute()
  const figures = await db
    .selectFrom('call_figures')
    .innerJoin('calls', 'calls.call_id', 'call_figures.call_id')
    .selectAll('call_figures')
    .where('created_ms', '>=', sinceMs)
    .execute()
  const byCall = Map.groupBy(figures, ({ call_id }) => call_id)
  return calls.map((call) => ({
    bedId: bedOf({ caller: parseParty(call.caller), callee: parseParty(call.callee) })?.bedId ?? null,
    answered: call.accepted_ms !== null,
    reason: v.parse(endReason, call.reason),
    ...endsIn(byCall.get(call.call_id) ?? []),
  }))
}

function parseParty(text: string) {
  return v.parse(party, JSON.parse(text))
}

function endsIn(rows: readonly Tables['call_figures'][]): Ends {
  return { ...nobody, ...Object.fromEntries(rows.map((row) => [row.part, figuresIn(row)])) }
}

function figuresIn(row: Tables['call_figures']): CallFigures {
  return v.parse(callFigures, {
    setUpMs: row.set_up_ms,
    reconnections: row.reconnections,
    goodMs: row.good_ms,
    weakMs: row.weak_ms,
    lostMs: row.lost_ms,
    way: row.way,
    over: row.over,
  })
}

function rowOf(callId: string, part: keyof Ends, figures: CallFigures): Tables['call_figures'] {
  return {
    call_id: callId,
    part,
    set_up_ms: figures.setUpMs,
    reconnections: figures.reconnections,
    good_ms: figures.goodMs,
    weak_ms: figures.weakMs,
    lost_ms: figures.lostMs,
    way: figures.way,
    over: figures.over,
  }
}
