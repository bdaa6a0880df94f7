/** Calls with one plausible mistake each: the faults must show every one, or they prove nothing. */
import { decide } from '../../../src/core/switchboard.ts'
import type { SwitchboardEffect, SwitchboardEvent } from '../../../src/core/switchboard-state.ts'
import { finish } from '../../../src/core/switchboard-turn.ts'
import { standardTimings } from '../../../src/core/timings.ts'
import type { MediaPort } from '../../../src/state/ports.ts'
import { realRules } from './run.ts'
import type { Rules } from './world.ts'

export type Mutant = { readonly name: string; readonly rules: Rules }

function wrongMedia(name: string, wrong: (port: MediaPort) => Partial<MediaPort>): Mutant {
  return { name, rules: { ...realRules, media: (port) => ({ ...port, ...wrong(port) }) } }
}

/** What this page would say is never said. */
function unsaid(name: string, type: string): Mutant {
  const rules: Rules = {
    ...realRules,
    socket: (port) => ({
      ...port,
      send: (message) => (message.type === type ? undefined : port.send(message)),
    }),
  }
  return { name, rules }
}

function omitted(
  name: string,
  isDropped: (effect: SwitchboardEffect, event: SwitchboardEvent) => boolean,
): Mutant {
  const wrong: typeof decide = (board, event, timings) => {
    const next = decide(board, event, timings)
    return { ...next, effects: next.effects.filter((effect) => !isDropped(effect, event)) }
  }
  return { name, rules: { ...realRules, decide: wrong } }
}

function forgotten(name: string, ms: number): Mutant {
  const rules: Rules = {
    ...realRules,
    clock: (clock) => ({
      ...clock,
      after: (after, then) => (after === ms ? () => {} : clock.after(after, then)),
    }),
  }
  return { name, rules }
}

const silently = (name: 'linkStalled' | 'linkUp') =>
  wrongMedia(`${name} is not heard`, (port) => ({
    listen: (listener) => port.listen({ ...listener, [name]: () => {} }),
  }))

export const mutants: readonly Mutant[] = [
  wrongMedia('a silent link looks for no other way', () => ({ restartLink() {} })),
  wrongMedia('an end releases nothing', () => ({ release() {} })),
  wrongMedia('nobody is shown', () => ({ present() {} })),
  silently('linkStalled'),
  silently('linkUp'),
  unsaid('a fresh link is never asked for', 'call.relink'),
  unsaid('an end is not told', 'call.end'),
  unsaid('an answer is not told', 'call.accept'),
  forgotten('a call that is silent never ends', standardTimings.reconnectMs),
  { name: 'what is late or doubled is taken', rules: { ...realRules, stale: 'taken' } },
  omitted('an answer is not recorded', (effect, event) => {
    return effect.type === 'recordOpen' && event.type === 'accepted'
  }),
  omitted('an end is not recorded', (effect) => effect.type === 'recordEnd'),
  omitted('a fresh link is not recorded', (effect, event) => {
    return effect.type === 'recordOpen' && event.type === 'relinked'
  }),
  omitted('the server does not stop the return timer', (effect) => {
    return effect.type === 'stopTimer' && effect.timer === 'return'
  }),
  {
    name: 'a repeated invitation of a past call rings again',
    rules: {
      ...realRules,
      decide: (board, event, timings) =>
        decide(board, event.type === 'invited' ? { ...event, isPast: false } : event, timings),
    },
  },
  {
    name: 'a lost socket ends the call',
    rules: {
      ...realRules,
      decide(board, event, timings) {
        const next = decide(board, event, timings)
        const [call] = board.calls.values()
        if (event.type !== 'disconnected' || !call) return next
        return finish(next.board, call, 'connection-lost', null)
      },
    },
  },
]
