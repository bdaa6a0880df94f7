/** Parties, views and short ways to say what happened to a call, for the tables of `step`. */

import { step } from '../../src/core/call.ts'
import {
  type AnswerPolicy,
  type CallEffect,
  type CallEvent,
  type CallState,
  idle,
  ringOnly,
  type Step,
} from '../../src/core/call-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import { type CallView, endReasons } from '../../src/protocol/call.ts'
import type { BedParty, StaffParty } from '../../src/protocol/people.ts'
import type { ClientMessage } from '../../src/protocol/wire.ts'

export const anna: StaffParty = { type: 'staff', staffId: 'anna', name: 'Anna', role: 'nurse' }
export const bedOne: BedParty = { type: 'bed', bedId: 'b1', label: '1', ward: 'Ward 4B' }

export const open: AnswerPolicy = {
  knock: true,
  overriddenKnock: true,
  privacy: false,
  away: false,
  inPerson: false,
  audible: true,
  stay: null,
}
export const mine = 'call-1'
export const other = 'call-2'

/** The callee's view of Anna's ring at bed 1, unless said otherwise. */
export function viewOf(changes: Partial<CallView> = {}): CallView {
  const part = changes.part ?? 'callee'
  return {
    callId: mine,
    epoch: 1,
    phase: 'ringing',
    mode: 'ring',
    part,
    peer: part === 'callee' ? anna : bedOne,
    stay: 1,
    remainingMs: 30_000,
    ...changes,
  }
}

export function reported(changes: Partial<CallView> = {}, policy: AnswerPolicy = open): CallEvent {
  return { type: 'reported', call: viewOf(changes), policy }
}

export function restored(changes: Partial<CallView> = {}, policy: AnswerPolicy = open): CallEvent {
  return { type: 'restored', call: viewOf(changes), policy }
}

export const dialled: Extract<CallEvent, { type: 'dialled' }> = {
  type: 'dialled',
  callId: mine,
  peer: bedOne,
  mode: 'ring',
  stay: 1,
  expiresAtMs: 5_000,
}
export const rings = reported()
export const knocks = reported({ mode: 'knock' })
export const ringsThere = reported({ part: 'caller' })
export const ringsAtColleague = reported({ part: 'caller', peer: anna })
export const acceptedThere = reported({ part: 'caller', phase: 'accepted' })
export const acceptedHere = reported({ phase: 'accepted' })
export const answered: CallEvent = { type: 'answered' }
export const refused: CallEvent = { type: 'refused' }
export const curtainDrawn: CallEvent = { type: 'curtainDrawn' }
export const touched: CallEvent = { type: 'touched' }
export const stillTalking: CallEvent = { type: 'stillTalking' }
export const hungUp: CallEvent = { type: 'hungUp' }
export const dismissed: CallEvent = { type: 'dismissed' }
export const signedOut: CallEvent = { type: 'signedOut' }
export const cameraOpened: CallEvent = { type: 'cameraOpened', callId: mine }
export const cameraDenied: CallEvent = { type: 'cameraFailed', callId: mine, failure: 'denied' }
export const cameraTaken: CallEvent = { type: 'cameraFailed', callId: mine, failure: 'unavailable' }

export function still(said: 'asked' | 'yes', epoch = 1): CallEvent {
  return { type: 'signalled', callId: mine, epoch, signal: { type: 'still', said } }
}
export const stillAsked = still('asked')

export function linkUp(epoch = 1): CallEvent {
  return { type: 'linkUp', callId: mine, epoch }
}

export function linkStalled(epoch = 1): CallEvent {
  return { type: 'linkStalled', callId: mine, epoch }
}

export function elapsed(
  timer: Extract<CallEvent, { type: 'timeElapsed' }>['timer'],
  callId = mine,
): CallEvent {
  return { type: 'timeElapsed', callId, timer }
}

export function serverEnded(
  reason: Extract<CallEvent, { type: 'serverEnded' }>['reason'],
  by: 'me' | 'peer' | 'server' = 'server',
  callId = mine,
): CallEvent {
  return { type: 'serverEnded', callId, reason, by }
}

export function glared(changes: Partial<CallView> = {}, policy: AnswerPolicy = open): CallEvent {
  return { type: 'glared', callId: mine, call: viewOf({ callId: other, ...changes }), policy }
}

/** The last step of a story that begins with nothing. */
export function play(...events: readonly CallEvent[]): Step {
  return playFrom(idle, ...events)
}

export function playFrom(state: CallState, ...events: readonly CallEvent[]): Step {
  return events.reduce<Step>((last, event) => step(last.state, event, standardTimings), {
    state,
    effects: [],
  })
}

/** Everything a story asked for, in order. */
export function allEffects(...events: readonly CallEvent[]): CallEffect[] {
  let state = idle
  return events.flatMap((event) => {
    const next = step(state, event, standardTimings)
    state = next.state
    return next.effects
  })
}

export function sent(effects: readonly CallEffect[]): ClientMessage[] {
  return effects.flatMap((effect) => (effect.type === 'send' ? [effect.message] : []))
}

export function types(effects: readonly CallEffect[]): CallEffect['type'][] {
  return effects.map((effect) => effect.type)
}

/** Names of the timers a step started, with their lengths. */
export function timersOf(effects: readonly CallEffect[]): Record<string, number> {
  return Object.fromEntries(
    effects.flatMap((effect) => (effect.type === 'startTimer' ? [[effect.timer, effect.ms]] : [])),
  )
}

/** One state of each kind, by the story that leads there. */
export const stories = {
  idle: [],
  'idle after a call': [dialled, hungUp, dismissed],
  dialling: [dialled],
  'dialling, camera open': [dialled, cameraOpened],
  calling: [dialled, ringsThere],
  'calling, camera open': [dialled, cameraOpened, ringsThere],
  'calling, picture early': [dialled, cameraOpened, ringsThere, linkUp()],
  'calling a colleague, camera open': [{ ...dialled, peer: anna }, cameraOpened, ringsAtColleague],
  'calling after a reload': [restored({ part: 'caller' })],
  ringing: [rings],
  'ringing, picture early': [rings, linkUp()],
  'ringing after a reload': [restored({ phase: 'accepted' })],
  knocking: [knocks],
  'knocking, picture early': [knocks, linkUp()],
  'connecting as caller': [dialled, ringsThere, acceptedThere],
  'connecting as caller, camera open': [dialled, cameraOpened, ringsThere, acceptedThere],
  'connecting after a reload': [restored({ part: 'caller', phase: 'accepted' })],
  'connecting, not accepted yet': [rings, answered],
  'connecting, not accepted yet, camera open': [rings, answered, cameraOpened],
  'connecting, not accepted yet, picture early': [rings, linkUp(), answered],
  'connecting as callee': [rings, answered, acceptedHere],
  'connecting as callee, camera open': [rings, answered, acceptedHere, cameraOpened],
  'live as caller': [dialled, cameraOpened, ringsThere, acceptedThere, linkUp()],
  'live as callee': [rings, answered, acceptedHere, cameraOpened, linkUp()],
  'live, camera still opening': [rings, answered, acceptedHere, linkUp()],
  'reconnecting as caller': [dialled, cameraOpened, ringsThere, acceptedThere, linkUp(), linkStalled()],
  'reconnecting as callee': [rings, answered, acceptedHere, cameraOpened, linkUp(), linkStalled()],
  'asked as caller': [dialled, cameraOpened, ringsThere, acceptedThere, linkUp(), elapsed('untouched')],
  'asked as callee': [rings, answered, acceptedHere, cameraOpened, linkUp(), stillAsked],
  ended: [dialled, hungUp],
  'ended by the server': [dialled, serverEnded('busy')],
} satisfies Record<string, readonly CallEvent[]>
export type Story = keyof typeof stories
export const storyNames = Object.keys(stories) as Story[]

export function at(story: Story): CallState {
  return play(...stories[story]).state
}

export const timers = [
  'invite',
  'ring',
  'knock',
  'relink',
  'restart',
  'connect',
  'reconnect',
  'untouched',
  'unanswered',
] as const
export const renegotiate = { type: 'renegotiate' } as const

/** Every kind of event, about this call and about another, of this epoch and of others. */
export const everyEvent: CallEvent[] = [
  dialled,
  { ...dialled, callId: 'call-3', peer: anna, mode: 'knock' },
  answered,
  refused,
  curtainDrawn,
  touched,
  stillTalking,
  hungUp,
  signedOut,
  dismissed,
  ...[mine, other].flatMap((callId): CallEvent[] => [
    ...(['caller', 'callee'] as const).flatMap((part) =>
      (['ringing', 'accepted'] as const).flatMap((phase) =>
        [0, 1, 2].flatMap((epoch) => [
          reported({ callId, part, phase, epoch }),
          restored({ callId, part, phase, epoch, mode: 'knock' }),
        ]),
      ),
    ),
    glared({ callId }),
    { type: 'taken', call: viewOf({ callId, part: 'caller', phase: 'accepted', epoch: 3 }) },
    { type: 'glared', callId: other, call: viewOf({ callId }), policy: ringOnly },
    ...endReasons.map((reason) => serverEnded(reason, 'peer', callId)),
    ...[0, 1, 2].flatMap((epoch): CallEvent[] => [
      { type: 'signalled', callId, epoch, signal: renegotiate },
      { type: 'signalled', callId, epoch, signal: { type: 'still', said: 'asked' } },
      { type: 'signalled', callId, epoch, signal: { type: 'still', said: 'yes' } },
      { type: 'linkUp', callId, epoch },
      { type: 'linkStalled', callId, epoch },
    ]),
    { type: 'cameraOpened', callId },
    { type: 'cameraFailed', callId, failure: 'denied' },
    { type: 'cameraFailed', callId, failure: 'unavailable' },
    { type: 'verificationFailed', callId },
    ...timers.map((timer) => elapsed(timer, callId)),
  ]),
]

export const onCall = (state: CallState) => state.type !== 'idle' && state.type !== 'ended'
