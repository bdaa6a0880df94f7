/** What the audit says of calls: who invited, knocked, answered and ended, about which stay. Signals are not acts. */
import * as v from 'valibot'
import type { ServerCall } from '../../core/switchboard-state.ts'
import { type AuditAct, type AuditAgent, auditRow } from '../../protocol/audit.ts'
import type { EndReason } from '../../protocol/call.ts'
import type { CallOutcome } from '../../protocol/call-outcome.ts'
import { type CallOverride, callOverride } from '../../protocol/call-override.ts'
import type { Party } from '../../protocol/people.ts'
import type { Db } from '../store/store.ts'
import { agentOfParty, recordAct } from './record.ts'

/** Where the ledger has the call before what happens now, and at which screens. */
export type CallStage =
  | { readonly type: 'unknown' | 'ended' }
  | ({ readonly type: 'ringing' | 'accepted' } & Pick<ServerCall, 'callerEndpoint' | 'calleeEndpoint'>)

type Parties = Pick<ServerCall, 'callId' | 'caller' | 'callee' | 'stay' | 'override'>

/** To whoever has this duty, and not to one person. */
function dutyDetail({ duty }: Pick<ServerCall, 'duty'>): string | null {
  return duty ? `duty ${duty.dutyId}` : null
}

/** One of several who have a duty will not answer, and the call goes on at the others. */
export async function auditDeclined(db: Db, call: ServerCall, by: Party, nowMs: number): Promise<void> {
  await recordAct(db, nowMs, {
    action: 'call-declined',
    agent: agentOfParty(by),
    peer: agentOfParty(call.caller),
    entity: { type: 'call', id: call.callId },
    detail: dutyDetail(call),
  })
}

/** A call rings, is answered or taken over; a fresh link under the same call is none of it, nor is a repeat. */
export async function auditOpen(db: Db, before: CallStage, call: ServerCall, nowMs: number): Promise<void> {
  if (before.type === 'unknown')
    await auditCall(db, call, { action: inviteAction(call), by: 'caller', detail: dutyDetail(call) }, nowMs)
  if (before.type === 'unknown') await auditOverride(db, call, 'done', nowMs)
  const isAnswered = call.phase === 'accepted' && (before.type === 'unknown' || before.type === 'ringing')
  if (isAnswered) await auditCall(db, call, { action: 'call-answered', by: 'callee' }, nowMs)
  const by = before.type === 'accepted' ? moverOf(before, call) : null
  if (by) await auditCall(db, call, { action: 'call-taken-over', by }, nowMs)
}

function moverOf(
  before: Pick<ServerCall, 'callerEndpoint' | 'calleeEndpoint'>,
  after: ServerCall,
): 'caller' | 'callee' | null {
  if (before.callerEndpoint !== after.callerEndpoint) return 'caller'
  return before.calleeEndpoint !== after.calleeEndpoint ? 'callee' : null
}

/** A call ends, once; one that was never there is an attempt that was refused. */
export async function auditEnd(
  db: Db,
  before: CallStage,
  call: ServerCall,
  end: { readonly reason: EndReason; readonly by: 'caller' | 'callee' | 'server' },
  nowMs: number,
): Promise<void> {
  if (before.type === 'ended') return
  if (before.type === 'unknown') {
    const refused = { action: inviteAction(call), by: 'caller', outcome: 'refused' } as const
    await auditCall(db, call, { ...refused, detail: end.reason }, nowMs)
    return await auditOverride(db, call, 'refused', nowMs)
  }
  await auditCall(db, call, { action: 'call-ended', by: end.by, detail: end.reason }, nowMs)
}

function inviteAction({ mode }: Pick<ServerCall, 'mode'>): 'call-invited' | 'call-knocked' {
  return mode === 'knock' ? 'call-knocked' : 'call-invited'
}

type CallAct = Pick<AuditAct, 'action'> &
  Partial<Pick<AuditAct, 'outcome' | 'detail' | 'reason'>> & { readonly by: 'caller' | 'callee' | 'server' }

/** `worried`, or `quiet worried` where quiet hours were overridden. */
function overrideDetail({ over, why }: CallOverride): string {
  return over === 'quiet' ? `${over} ${why}` : why
}

/** The same read again; null: it is none. */
export function overrideOf({ detail, reason }: Pick<AuditAct, 'detail' | 'reason'>): CallOverride | null {
  const [, quiet, why] = /^(quiet )?(.*)$/.exec(detail ?? '') ?? []
  const read = v.safeParse(callOverride, { over: quiet ? 'quiet' : 'privacy', why, words: reason })
  return read.success ? read.output : null
}

/** That it overrides the patient's wish to be alone, and why, beside the call itself (HZ-3). */
async function auditOverride(
  db: Db,
  call: Parties,
  outcome: AuditAct['outcome'],
  nowMs: number,
): Promise<void> {
  if (!call.override) return
  const { words } = call.override
  const detail = overrideDetail(call.override)
  const act = { action: 'call-overridden', by: 'caller', outcome, detail, reason: words } as const
  await auditCall(db, call, act, nowMs)
}

/** What somebody who was on a call says comes of it; the same said twice, over a restart of the server, is said once. */
export async function auditOutcome(
  db: Db,
  call: Parties,
  by: 'caller' | 'callee',
  outcome: CallOutcome,
  nowMs: number,
): Promise<void> {
  await db.transaction().execute(async (step) => {
    const last = await step
      .selectFrom('audit')
      .select('text')
      .where('entity_id', '=', call.callId)
      .where('action', '=', 'call-outcome')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last && v.parse(auditRow, JSON.parse(last.text)).act.detail === outcome) return
    await auditCall(step, call, { action: 'call-outcome', by, detail: outcome }, nowMs)
  })
}

async function auditCall(db: Db, call: Parties, { by, ...act }: CallAct, nowMs: number): Promise<void> {
  const { callId, caller, callee, stay } = call
  await recordAct(db, nowMs, {
    ...act,
    agent: by === 'server' ? { type: 'server' } : agentOfParty(by === 'caller' ? caller : callee),
    peer: peerOf(call, by),
    patient: stay?.admissionId ?? null,
    entity: { type: 'call', id: callId },
  })
}

/** The other side; a call that the server ends is named by its callee, and by its patient. */
function peerOf({ caller, callee }: Pick<Parties, 'caller' | 'callee'>, by: CallAct['by']): AuditAgent {
  return agentOfParty(by === 'callee' ? caller : callee)
}

/** An invitation that never came before the switchboard: to nobody, or from one patient to another. */
export async function auditNowhere(
  db: Db,
  {
    callId,
    caller,
    callee,
    mode,
  }: {
    readonly callId: string
    readonly caller: Party
    readonly callee: Party | null
    readonly mode: ServerCall['mode']
  },
  nowMs: number,
): Promise<void> {
  await db.transaction().execute(async (step) =>
    recordAct(step, nowMs, {
      action: inviteAction({ mode }),
      outcome: 'refused',
      agent: agentOfParty(caller),
      peer: callee && agentOfParty(callee),
      entity: { type: 'call', id: callId },
      detail: 'device-unready',
    }),
  )
}
