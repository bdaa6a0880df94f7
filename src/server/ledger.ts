/** The durable record of every call: what a restart goes on from, and what a repeat is answered with. */
import * as v from 'valibot'
import type { RungDuty, ServerCall } from '../core/switchboard-state.ts'
import { type CallTable, callTable, type EndReason, endReason } from '../protocol/call.ts'
import { type CallOverride, callOverride } from '../protocol/call-override.ts'
import { type Party, party, type Stay, staffParty, stay } from '../protocol/people.ts'
import { id, name } from '../protocol/primitives.ts'
import { auditEnd, auditOpen, type CallStage } from './audit/calls.ts'
import type { Db } from './store/store.ts'

const rungDuty = v.strictObject({ dutyId: id, name, holders: v.array(staffParty) })

/** A call that is over, and by whose act. */
export type PastCall = {
  readonly caller: Party
  readonly callee: Party
  readonly stay: Stay | null
  readonly reason: EndReason
  readonly by: 'caller' | 'callee' | 'server'
}

/** Records a call as it now is, and the act that made it so; one that has ended stays ended. */
export async function recordOpen(db: Db, call: ServerCall, nowMs: number): Promise<void> {
  const { epoch, phase, callerEndpoint, calleeEndpoint } = call
  const { callee, duty } = rowOf(call, nowMs)
  await db.transaction().execute(async (step) => {
    const before = await stageOf(step, call.callId)
    if (before.type === 'ended') return
    await step
      .insertInto('calls')
      .values(rowOf(call, nowMs))
      .onConflict((conflict) =>
        conflict.column('call_id').doUpdateSet((row) => ({
          epoch,
          phase,
          caller_endpoint: callerEndpoint,
          callee_endpoint: calleeEndpoint,
          callee,
          duty,
          accepted_ms: row.fn.coalesce('calls.accepted_ms', row.val(acceptedMs(call, nowMs))),
        })),
      )
      .execute()
    await auditOpen(step, before, call, nowMs)
  })
}

/** Records an end once: the first reason stays. A refused attempt is recorded here for the first time. */
export async function recordEnd(
  db: Db,
  call: ServerCall,
  end: { readonly reason: EndReason; readonly by: PastCall['by'] },
  nowMs: number,
): Promise<void> {
  const ended = { ended_ms: nowMs, reason: end.reason, ended_by: end.by }
  await db.transaction().execute(async (step) => {
    const before = await stageOf(step, call.callId)
    if (before.type === 'ended') return
    await step
      .insertInto('calls')
      .values({ ...rowOf(call, nowMs), ...ended })
      .onConflict((conflict) => conflict.column('call_id').doUpdateSet(ended))
      .execute()
    await auditEnd(step, before, call, end, nowMs)
  })
}

async function stageOf(db: Db, callId: string): Promise<CallStage> {
  const row = await db
    .selectFrom('calls')
    .select(['phase', 'ended_ms', 'caller_endpoint', 'callee_endpoint'])
    .where('call_id', '=', callId)
    .executeTakeFirst()
  if (!row) return { type: 'unknown' }
  if (row.ended_ms !== null) return { type: 'ended' }
  return { type: row.phase, callerEndpoint: row.caller_endpoint, calleeEndpoint: row.callee_endpoint }
}

/** How a call ended, or null when it is unknown or goes on. */
export async function findPast(db: Db, callId: string): Promise<PastCall | null> {
  const row = await db
    .selectFrom('calls')
    .select(['caller', 'callee', 'stay', 'reason', 'ended_by'])
    .where('call_id', '=', callId)
    .where('ended_ms', 'is not', null)
    .executeTakeFirst()
  if (!row?.ended_by) return null
  return {
    caller: parseParty(row.caller),
    callee: parseParty(row.callee),
    stay: parseStay(row.stay),
    reason: v.parse(endReason, row.reason),
    by: row.ended_by,
  }
}

/** The calls that were going on when the server last stopped, however it stopped. */
export async function listOpen(db: Db): Promise<ServerCall[]> {
  const rows = await db.selectFrom('calls').selectAll().where('ended_ms', 'is', null).execute()
  return rows.map((row) => ({
    callId: row.call_id,
    epoch: row.epoch,
    phase: row.phase,
    mode: row.mode,
    callerEndpoint: row.caller_endpoint,
    caller: parseParty(row.caller),
    callee: parseParty(row.callee),
    calleeEndpoint: row.callee_endpoint,
    stay: parseStay(row.stay),
    ringUntilMs: row.ring_until_ms,
    ...(row.softly === 1 && { softly: 'yes' as const }),
    ...(row.override !== null && { override: parseOverride(row.override) }),
    ...(row.seat !== null && { table: parseTable(row.seat) }),
    ...(row.duty !== null && { duty: parseDuty(row.duty) }),
  }))
}

function parseParty(text: string): Party {
  return v.parse(party, JSON.parse(text))
}

function parseStay(text: string | null): Stay | null {
  return text === null ? null : v.parse(stay, JSON.parse(text))
}

/** One of a server before this one overrides a curtain: there was nothing else. */
function parseOverride(text: string): CallOverride {
  return v.parse(callOverride, { over: 'privacy', ...JSON.parse(text) })
}

function parseTable(text: string): CallTable {
  return v.parse(callTable, JSON.parse(text))
}

function parseDuty(text: string): RungDuty {
  return v.parse(rungDuty, JSON.parse(text))
}

function acceptedMs(call: ServerCall, nowMs: number): number | null {
  return call.phase === 'accepted' ? nowMs : null
}

function rowOf(call: ServerCall, nowMs: number) {
  return {
    call_id: call.callId,
    epoch: call.epoch,
    phase: call.phase,
    mode: call.mode,
    caller: JSON.stringify(call.caller),
    callee: JSON.stringify(call.callee),
    caller_endpoint: call.callerEndpoint,
    callee_endpoint: call.calleeEndpoint,
    ring_until_ms: call.ringUntilMs,
    created_ms: nowMs,
    accepted_ms: acceptedMs(call, nowMs),
    ended_ms: null,
    reason: null,
    ended_by: null,
    stay: call.stay && JSON.stringify(call.stay),
    override: call.override ? JSON.stringify(call.override) : null,
    softly: call.softly ? 1 : 0,
    seat: call.table ? JSON.stringify(call.table) : null,
    duty: call.duty ? JSON.stringify(call.duty) : null,
  }
}
