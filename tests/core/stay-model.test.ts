/** The model of stations, beds and a server, with patients who move in the middle of everything. */
import { describe, expect, test } from 'vitest'
import { step } from '../../src/core/call.ts'
import { decide } from '../../src/core/switchboard.ts'
import { actionsOf, withMoves } from '../lab/model/actions.ts'
import { realRules, runActions } from '../lab/model/run.ts'
import type { Counts, Rules, Violation } from '../lab/model/world.ts'
import { seedOf } from '../lab/prng.ts'

function explore(runs: number, rules: Rules): { failure: Violation | null; counts: Counts } {
  const counts: Counts = {}
  for (let index = 0; index < runs; index += 1) {
    const actions = withMoves(actionsOf(seedOf(7, index)))
    const failure = runActions(actions, { rules, counts })
    if (failure) return { failure, counts }
  }
  return { failure: null, counts }
}

test('[SWITCH-13] 1,500 sequences with moves: nobody is rung or talked to for the patient before (HZ-1, HZ-6)', () => {
  const { failure, counts } = explore(1_500, realRules)
  expect(failure).toBeNull()
  for (const what of ['moves', 'accepted', 'kills', 'reloads'])
    expect(counts[what], what).toBeGreaterThan(100)
})

describe('the model notices', () => {
  const mutants: readonly (readonly [string, Rules])[] = [
    [
      'an invitation is not asked whom it saw',
      {
        step,
        decide: (board, event, timings) =>
          decide(
            board,
            event.type === 'invited' ? { ...event, seenEpoch: event.stay?.epoch ?? null } : event,
            timings,
          ),
      },
    ],
    [
      'a move ends no call',
      {
        step,
        decide: (board, event, timings) =>
          event.type === 'stayChanged' ? { board, effects: [] } : decide(board, event, timings),
      },
    ],
    [
      'a tablet rings for whomever',
      {
        decide,
        step: (state, event, timings) =>
          step(
            state,
            'policy' in event ? { ...event, policy: { ...event.policy, stay: null } } : event,
            timings,
          ),
      },
    ],
  ]

  test.each(mutants)('%s', (_name, rules) => {
    expect(explore(1_500, rules).failure?.rule).toMatch(/^HZ-|^CALL-/)
  })
})
