/** What the server keeps over a kill: its calls, and the acts of each in the audit (`ledger.ts`, `audit/calls.ts`). */
import type { ServerCall, SwitchboardEffect } from '../../../src/core/switchboard-state.ts'
import type { EndReason } from '../../../src/protocol/call.ts'

type End = { readonly reason: EndReason; readonly by: 'caller' | 'callee' | 'server' }
export type Row = { readonly call: ServerCall; readonly end: End | null }
export type Act = 'invited' | 'answered' | 'ended' | 'refused'

export type CallRecord = {
  open(call: ServerCall): void
  end(effect: Extract<SwitchboardEffect, { type: 'recordEnd' }>): void
  find(callId: string): Row | null
  goingOn(): ServerCall[]
  /** How often each act of this call stands there. */
  acts(callId: string): readonly Act[]
  wasAnswered(callId: string): boolean
}

export function createRecord(fail: (rule: string, detail: string) => never): CallRecord {
  const rows = new Map<string, Row>()
  const written = new Map<string, Act[]>()

  function write(callId: string, act: Act): void {
    const acts = written.get(callId) ?? []
    if (acts.includes(act)) fail('RECORD an act stands twice', `${act} ${callId}`)
    written.set(callId, [...acts, act])
  }

  return {
    open(call) {
      const before = rows.get(call.callId)
      if (before?.end) return fail('RECORD a call that ended goes on', call.callId)
      if (!before) write(call.callId, 'invited')
      if (call.phase === 'accepted' && before?.call.phase !== 'accepted') write(call.callId, 'answered')
      if (before?.call.phase === 'accepted' && call.phase === 'ringing')
        fail('RECORD an answered call rings', call.callId)
      rows.set(call.callId, { call, end: null })
    },
    end({ call, reason, by }) {
      write(call.callId, rows.has(call.callId) ? 'ended' : 'refused')
      rows.set(call.callId, { call, end: { reason, by } })
    },
    find: (callId) => rows.get(callId) ?? null,
    goingOn: () => [...rows.values()].filter(({ end }) => end === null).map(({ call }) => call),
    acts: (callId) => written.get(callId) ?? [],
    wasAnswered: (callId) => written.get(callId)?.includes('answered') ?? false,
  }
}
