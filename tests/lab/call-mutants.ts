/**
 * Broken rules, each by one plausible mistake: the model must notice every one, or it proves nothing.
 * `node tests/lab/call-mutants.ts --runs 30000` says after how many sequences it did.
 */
import { parseArgs } from 'node:util'
import { step } from '../../src/core/call.ts'
import { type CallEffect, type CallEvent, callIdOf, type Step } from '../../src/core/call-state.ts'
import { decide } from '../../src/core/switchboard.ts'
import type { Decision, SwitchboardEffect, SwitchboardEvent } from '../../src/core/switchboard-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import { explore } from './call-model.ts'
import { realRules } from './model/run.ts'
import type { Rules } from './model/world.ts'

export type Mutant = { readonly name: string; readonly rules: Rules }

type StepChange = (next: Step, event: CallEvent, before: Step['state']) => Step
type DecisionChange = (next: Decision, event: SwitchboardEvent) => Decision

/** `step` as it is, with its answer changed. */
function wrongStep(name: string, change: StepChange): Mutant {
  const wrong: typeof step = (state, event, timings) => change(step(state, event, timings), event, state)
  return { name, rules: { ...realRules, step: wrong } }
}

/** `step` as it is, asked about another event. */
function wrongEvent(name: string, change: (event: CallEvent) => CallEvent): Mutant {
  const wrong: typeof step = (state, event, timings) => step(state, change(event), timings)
  return { name, rules: { ...realRules, step: wrong } }
}

function wrongDecision(name: string, change: DecisionChange): Mutant {
  const wrong: typeof decide = (board, event, timings) => change(decide(board, event, timings), event)
  return { name, rules: { ...realRules, decide: wrong } }
}

function without(
  name: string,
  isDropped: (effect: CallEffect, event: CallEvent, next: Step) => boolean,
): Mutant {
  return wrongStep(name, (next, event) => ({
    ...next,
    effects: next.effects.filter((effect) => !isDropped(effect, event, next)),
  }))
}

function omitted(
  name: string,
  isDropped: (effect: SwitchboardEffect, event: SwitchboardEvent) => boolean,
): Mutant {
  return wrongDecision(name, (next, event) => ({
    ...next,
    effects: next.effects.filter((effect) => !isDropped(effect, event)),
  }))
}

/** `step` as it is, with more done in some states. */
function hasty(
  name: string,
  isToo: (state: Step['state']) => boolean,
  too: 'all' | 'picture' | 'present',
): Mutant {
  return wrongStep(name, (next) => {
    if (!('call' in next.state) || !isToo(next.state)) return next
    const { callId, epoch } = next.state.call
    const more: CallEffect =
      too === 'present' ? { type: 'present', callId } : { type: 'attach', callId, epoch, tracks: too }
    return { ...next, effects: [...next.effects, more] }
  })
}

const rings = (state: Step['state']) => state.type === 'ringing' || state.type === 'knocking'

const ends = [
  'hungUp',
  'refused',
  'serverEnded',
  'signedOut',
  'cameraFailed',
  'verificationFailed',
  'timeElapsed',
] as const
const timers = ['invite', 'ring', 'connect', 'reconnect', 'untouched'] as const

/** Mistakes an endpoint could make. */
const endpointMutants: readonly Mutant[] = [
  ...ends.map((end) =>
    without(`media is not released when ${end} ends the call`, (effect, event, next) => {
      return effect.type === 'releaseMedia' && event.type === end && next.state.type === 'ended'
    }),
  ),
  ...timers.map((timer) =>
    without(
      `the ${timer} timer is forgotten`,
      (effect) => effect.type === 'startTimer' && effect.timer === timer,
    ),
  ),
  wrongStep('a curtain that is drawn does not end the ring', (next, event, before) =>
    event.type === 'curtainDrawn' ? { state: before, effects: [] } : next,
  ),
  wrongStep('a link that comes back stops asking whether the call goes on', (next, event, before) =>
    event.type === 'linkUp' && before.type === 'reconnecting'
      ? { ...next, effects: [...next.effects, { type: 'stopTimers' }] }
      : next,
  ),
  hasty(
    'a caller’s sound attaches while it rings',
    (state) => state.type === 'calling' && state.camera === 'open',
    'all',
  ),
  hasty(
    'a caller’s picture leaves while it rings at a colleague',
    (state) => state.type === 'calling' && state.camera === 'open',
    'picture',
  ),
  hasty('a callee’s tracks attach before its own consent', rings, 'all'),
  hasty('a callee’s picture attaches before its own consent', rings, 'picture'),
  hasty(
    'a callee sees the caller before the answer is recorded',
    (state) => state.type === 'connecting' && !state.accepted,
    'present',
  ),
  hasty(
    'a caller sees the callee as soon as its picture comes',
    (state) => state.type === 'calling' && state.picture === 'arriving',
    'present',
  ),
  hasty(
    'a callee sees the caller while it rings',
    (state) => rings(state) && 'picture' in state && state.picture === 'arriving',
    'present',
  ),
  without('nobody is shown', (effect) => effect.type === 'present'),
  without('a caller’s sound never leaves', (effect, event) => {
    return effect.type === 'attach' && effect.tracks === 'all' && event.type === 'reported'
  }),
  wrongEvent('the policy is not asked', (event) =>
    'policy' in event
      ? {
          ...event,
          policy: {
            knock: true,
            overriddenKnock: true,
            privacy: false,
            away: false,
            inPerson: false,
            audible: true,
            stay: null,
          },
        }
      : event,
  ),
  wrongEvent('every ring is taken for a knock', (event) =>
    'policy' in event ? { ...event, call: { ...event.call, mode: 'knock' } } : event,
  ),
  wrongStep('the camera opens when it rings', (next, event, before) => {
    const begins = next.state.type === 'ringing' && before.type !== 'ringing' && event.type === 'reported'
    const callId = callIdOf(next.state) ?? ''
    return begins ? { ...next, effects: [...next.effects, { type: 'openCamera', callId }] } : next
  }),
  wrongStep('a knock counts down in a second', (next) => ({
    ...next,
    effects: next.effects.map((effect) =>
      effect.type === 'startTimer' && effect.timer === 'knock' ? { ...effect, ms: 1_000 } : effect,
    ),
  })),
  without('a knock is silent', (effect) => effect.type === 'sound' && effect.sound === 'knock'),
  without(
    'the ring goes on after the answer',
    (effect, event) => effect.type === 'sound' && event.type === 'answered',
  ),
  without(
    'a late camera is kept',
    (effect, event) => effect.type === 'releaseMedia' && event.type === 'cameraOpened',
  ),
  without('the camera stays open through a glare', (effect, event) => {
    return effect.type === 'releaseMedia' && event.type === 'glared'
  }),
  without(
    'an end stops no timers',
    (effect, _event, next) => effect.type === 'stopTimers' && next.state.type === 'ended',
  ),
  without('an end is not told', (effect) => effect.type === 'send' && effect.message.type === 'call.end'),
  wrongStep('a page forgets which calls are over', (next) => ({
    ...next,
    state: { ...next.state, over: [] },
  })),
  wrongStep('a reloaded callee answers by itself', (next, event, before) => {
    const isBack = event.type === 'restored' && next.state.type === 'ringing' && before.type === 'idle'
    const answer: Step = step(next.state, { type: 'answered' }, standardTimings)
    return isBack ? { state: answer.state, effects: [...next.effects, ...answer.effects] } : next
  }),
  wrongStep('a newer epoch is not followed', (next, event, before) => {
    const isNewer = event.type === 'reported' && 'call' in before && before.type === next.state.type
    return isNewer ? { state: before, effects: [] } : next
  }),
]

/** Mistakes the server could make. */
const serverMutants: readonly Mutant[] = [
  {
    name: 'a bed in a call is not busy',
    rules: {
      ...realRules,
      decide: (board, event, timings) => {
        if (event.type !== 'invited') return decide(board, event, timings)
        const next = decide({ ...board, calls: new Map() }, event, timings)
        return { ...next, board: { ...next.board, calls: new Map([...board.calls, ...next.board.calls]) } }
      },
    },
  },
  {
    name: 'the last answer wins',
    rules: {
      ...realRules,
      decide: (board, event, timings) => {
        const call = event.type === 'accepted' ? board.calls.get(event.callId) : undefined
        if (!call) return decide(board, event, timings)
        const reopened = new Map(board.calls).set(call.callId, { ...call, calleeEndpoint: null })
        return decide({ ...board, calls: reopened }, event, timings)
      },
    },
  },
  {
    name: 'a late invitation rings',
    rules: {
      ...realRules,
      decide: (board, event, timings) =>
        decide(board, event.type === 'invited' ? { ...event, expiresAtMs: event.nowMs } : event, timings),
    },
  },
  {
    name: 'a repeated invitation of a past call rings again',
    rules: {
      ...realRules,
      decide: (board, event, timings) =>
        decide(board, event.type === 'invited' ? { ...event, isPast: false } : event, timings),
    },
  },
  omitted(
    'an answer is not recorded',
    (effect, event) => effect.type === 'recordOpen' && event.type === 'accepted',
  ),
  omitted(
    'an invitation is not recorded',
    (effect, event) => effect.type === 'recordOpen' && event.type === 'invited',
  ),
  omitted(
    'a fresh link is not recorded',
    (effect, event) => effect.type === 'recordOpen' && event.type === 'relinked',
  ),
  omitted('an end is not recorded', (effect) => effect.type === 'recordEnd'),
  wrongDecision('what is decided is told before it is durable', (next, event) =>
    event.type === 'accepted' ? { ...next, effects: [...next.effects].reverse() } : next,
  ),
  omitted('nobody else hears that a call was taken', (effect, event) => {
    return effect.type === 'tellEnded' && event.type === 'accepted'
  }),
  omitted('the peer does not hear of an end', (effect, event) => {
    return effect.type === 'tellEnded' && event.type === 'ended' && effect.to !== event.from
  }),
  omitted('a claim of a past call is not answered', (effect, event) => {
    return effect.type === 'tellPast' && event.type === 'connected'
  }),
  omitted(
    'the server forgets the ring timer',
    (effect) => effect.type === 'startTimer' && effect.timer === 'ring',
  ),
  omitted('the server forgets the timer of an abandoned call', (effect) => {
    return effect.type === 'startTimer' && effect.timer === 'abandoned'
  }),
  omitted(
    'the server does not stop the return timer',
    (effect) => effect.type === 'stopTimer' && effect.timer === 'return',
  ),
]

/** The rules as they were before the model found what was wrong with them. */
const formerMutants: readonly Mutant[] = [
  wrongStep('formerly: only the last call is remembered as over', (next) => ({
    ...next,
    state: { ...next.state, over: next.state.over.slice(-1) },
  })),
  wrongStep('formerly: a glare that comes late is ignored', (next, event, before) => {
    const isLate = event.type === 'glared' && before.type !== 'dialling'
    return isLate ? { state: before, effects: [] } : next
  }),
  wrongDecision('formerly: every screen but the one that ended hears that the peer did', (next, event) => ({
    ...next,
    effects: next.effects.map((effect) =>
      effect.type === 'tellEnded' && event.type === 'ended' && effect.by === 'me' && effect.to !== event.from
        ? { ...effect, by: 'peer' }
        : effect,
    ),
  })),
  wrongDecision('formerly: an answer at a station keeps the warm link', (next, event) => {
    const call = event.type === 'accepted' ? next.board.calls.get(event.callId) : undefined
    const isRecorded = next.effects.some((effect) => effect.type === 'recordOpen')
    if (!call || !isRecorded || call.callee.type === 'bed') return next
    const kept = { ...call, epoch: call.epoch - 1 }
    const board = { ...next.board, calls: new Map(next.board.calls).set(call.callId, kept) }
    const effects = next.effects.map((effect) => ('call' in effect ? { ...effect, call: kept } : effect))
    return { board, effects }
  }),
  omitted('formerly: what rang while a screen dialled is not told again', (effect, event) => {
    return effect.type === 'report' && event.type === 'invited' && effect.call.callId !== event.callId
  }),
  omitted('formerly: what rang while a screen was in a past call is not told again', (effect, event) => {
    return effect.type === 'report' && event.type === 'connected'
  }),
  wrongDecision('formerly: a screen that is away does not hear that the ring is over', (next) => ({
    ...next,
    board: { ...next.board, away: new Map() },
  })),
  {
    name: 'formerly: a page that dials claims nothing',
    rules: {
      ...realRules,
      decide: (board, event, timings) => {
        if (event.type !== 'connected') return decide(board, event, timings)
        const claims = event.connection.claims.filter((claim) => claim.epoch > 0)
        return decide(board, { ...event, connection: { ...event.connection, claims } }, timings)
      },
    },
  },
]

export const mutants: readonly Mutant[] = [...endpointMutants, ...serverMutants, ...formerMutants]

/** Seeds of sequences that catch what few sequences catch; `call-mutants.ts` prints them anew when the model changes. */
export const rareSeeds: ReadonlyMap<string, number> = new Map([
  ['the server forgets the ring timer', 511650801],
  ['the server forgets the timer of an abandoned call', 4292211296],
  ['the server does not stop the return timer', 2752564987],
  ['formerly: a glare that comes late is ignored', 2320892539],
  ['formerly: what rang while a screen was in a past call is not told again', 3881671765],
  ['formerly: a page that dials claims nothing', 1294063022],
])

function main(): void {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '30000' } } })
  for (const { name, rules } of mutants) {
    const { runs, failure } = explore(Number(values.runs), 1, rules)
    if (!failure) process.exitCode = 1
    const found = failure ? `${failure.violation.rule} (seed ${failure.seed})` : 'NOT NOTICED'
    console.log(`${String(runs).padStart(6)}  ${name}: ${found}`)
  }
}

if (import.meta.main) main()
