/** What a bystander at a screen would call consent and policy, worked out without asking `step`. */
import { type CallEvent, type CallState, callIdOf } from '../../../src/core/call-state.ts'
import type { Sound } from './page.ts'
import { type Device, isOn, type World } from './world.ts'

export type Witness = {
  /** Calls a person at this page said yes to (CALL-4). */
  readonly consents: ReadonlySet<string>
  /** Whether the policy let the call ring, or knock, when it came in (CALL-3). */
  mayRing(callId: string): boolean
  mayKnock(callId: string): boolean
  see(event: CallEvent, state: CallState): void
  hear(sound: Sound): void
}

export function createWitness(world: World, device: Device): Witness {
  const { clock, timings } = world
  const { dialled } = device
  const consents = new Set<string>()
  const allowed = new Map<string, { ring: boolean; knock: boolean }>()
  let sounding: Sound = 'none'
  let sinceMs = 0

  function see(event: CallEvent, state: CallState): void {
    switch (event.type) {
      case 'dialled':
        if (isOn(state)) return
        dialled.add(event.callId)
        consents.add(event.callId)
        return
      case 'answered':
        if (state.type === 'ringing' || state.type === 'knocking') consents.add(state.call.callId)
        return
      case 'timeElapsed':
        if (event.timer === 'knock' && state.type === 'knocking') countedDown(event.callId)
        return
      case 'restored':
        if (event.call.part === 'caller' && dialled.has(event.call.callId)) consents.add(event.call.callId)
        return admit(event, state)
      case 'reported':
      case 'glared':
        return admit(event, state)
    }
  }

  /** A knock is consent when it could be heard all the while. */
  function countedDown(callId: string): void {
    if (sounding !== 'knock' || clock.nowMs() - sinceMs < timings.knockMs) return
    world.count('knocks counted down')
    consents.add(callId)
  }

  function admit(event: Extract<CallEvent, { policy: unknown }>, state: CallState): void {
    const { callId, mode, phase } = event.call
    if (isOn(state) && callIdOf(state) === callId) return
    const { knock, privacy, away, audible, stay } = event.policy
    const isTheirs = stay === null || stay === event.call.stay
    const again = event.type === 'restored' && phase === 'accepted'
    const ring = isTheirs && !privacy && (again || !away)
    allowed.set(callId, { ring, knock: ring && !again && mode === 'knock' && knock && audible })
  }

  return {
    consents,
    mayRing: (callId) => allowed.get(callId)?.ring ?? false,
    mayKnock: (callId) => allowed.get(callId)?.knock ?? false,
    see,
    hear(sound) {
      sounding = sound
      sinceMs = clock.nowMs()
    },
  }
}
