/** Duties: who has one, whom a call to it rings, and who has it in the end. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  behind,
  type Duty,
  dutyMs,
  holdersOf,
  mayPassTo,
  type OnDuty,
  takeDuties,
  withoutDuty,
} from '../../src/core/duty.ts'
import { decide } from '../../src/core/switchboard.ts'
import { endpointsOf, isCalled, sameParty, tabEndpoint, viewFor } from '../../src/core/switchboard-parties.ts'
import {
  emptySwitchboard,
  type RungDuty,
  type ServerCall,
  type Switchboard,
  type SwitchboardEffect,
  type SwitchboardEvent,
} from '../../src/core/switchboard-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import type { StaffParty } from '../../src/protocol/people.ts'

const known = new Set(['neuro', 'senior'])

test('[DUTY-1] one has the duties one names, more than one may have the same, and a shift ends by itself', () => {
  const dutyIds = fc.subarray(['neuro', 'senior', 'gone'])
  const turn = fc.record({ who: fc.constantFrom('anna', 'ben'), dutyIds, afterMs: fc.nat(2 * dutyMs) })
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 20 }), (turns) => {
      let held: OnDuty[] = []
      let nowMs = 0
      for (const { who, dutyIds, afterMs } of turns) {
        nowMs += afterMs
        const others = held.filter(({ staffId }) => staffId !== who)
        held = takeDuties(held, who, dutyIds, known, nowMs)
        expect(held.filter(({ staffId }) => staffId !== who)).toEqual(others)
        for (const dutyId of known) {
          expect(holdersOf(held, dutyId, nowMs).includes(who)).toBe(dutyIds.includes(dutyId))
          expect(holdersOf(held, dutyId, nowMs + dutyMs)).toEqual([])
        }
        expect(holdersOf(held, 'gone', nowMs)).toEqual([])
      }
    }),
    { seed: 71, numRuns: 300 },
  )
})

test('[DUTY-2] nothing passes on in a circle, whatever is set and removed, and no chain breaks when a duty goes', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const act = fc.record({
    id: fc.constantFrom(...ids),
    next: fc.option(fc.constantFrom(...ids)),
    how: fc.constantFrom('set', 'set', 'drop'),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let duties: Duty[] = []
      for (const { id, next, how } of acts) {
        const isKnown = duties.some(({ dutyId }) => dutyId === id)
        if (how === 'drop') duties = withoutDuty(duties, id)
        else if (mayPassTo(duties, id, next)) {
          const duty = { dutyId: id, name: id, nextId: next }
          duties = isKnown ? duties.map((one) => (one.dutyId === id ? duty : one)) : [...duties, duty]
        }
        for (const { dutyId, nextId } of duties) {
          const chain = behind(duties, dutyId).map((one) => one.dutyId)
          expect(chain).not.toContain(dutyId)
          expect(new Set(chain).size).toBe(chain.length)
          expect(chain[0] ?? null).toBe(nextId)
        }
      }
    }),
    { seed: 72, numRuns: 500 },
  )
  const chain: Duty[] = [
    { dutyId: 'a', name: 'a', nextId: 'b' },
    { dutyId: 'b', name: 'b', nextId: 'c' },
    { dutyId: 'c', name: 'c', nextId: null },
  ]
  expect(withoutDuty(chain, 'b')[0]).toEqual({ dutyId: 'a', name: 'a', nextId: 'c' })
  expect(mayPassTo(chain, 'c', 'a')).toBe(false)
  expect(mayPassTo(chain, 'c', 'nowhere')).toBe(false)
})

const person = (staffId: string): StaffParty => ({ type: 'staff', staffId, name: staffId, role: 'doctor' })
const [anna, ben, cara, dan] = [person('anna'), person('ben'), person('cara'), person('dan')]
const eve = person('eve')
const people = [anna, ben, cara, dan]
const neuro: RungDuty = { dutyId: 'neuro', name: 'Neurosurgeon on call', holders: [ben, cara, dan] }
const nowMs = 1_000_000

function at(party: StaffParty, tab = '1'): string {
  return tabEndpoint(party.staffId, tab)
}

function run(board: Switchboard, ...events: readonly SwitchboardEvent[]) {
  return events.reduce<{ board: Switchboard; effects: readonly SwitchboardEffect[] }>(
    (last, event) => {
      const next = decide(last.board, event, standardTimings)
      return { board: next.board, effects: [...last.effects, ...next.effects] }
    },
    { board, effects: [] },
  )
}

const here = (party: StaffParty, tab = '1'): SwitchboardEvent => ({
  type: 'connected',
  endpoint: at(party, tab),
  connection: { party, claims: [] },
})

function invited(from: StaffParty, to: StaffParty | RungDuty, callId = 'c1'): SwitchboardEvent {
  const duty = 'dutyId' in to ? to : undefined
  const party = 'dutyId' in to ? (to.holders[0] ?? anna) : to
  const common = { mode: 'ring', stay: null, seenEpoch: null, nowMs, door: 'open', isPast: false } as const
  const expiresAtMs = nowMs + standardTimings.inviteMs
  return { type: 'invited', from: at(from), callId, to: party, expiresAtMs, ...common, ...(duty && { duty }) }
}

const accepted = (from: string, callId = 'c1'): SwitchboardEvent => ({ type: 'accepted', from, callId })
const declined = (from: string, callId = 'c1'): SwitchboardEvent => ({
  type: 'ended',
  from,
  callId,
  reason: 'declined',
})

const allHere = run(emptySwitchboard, ...people.map((one) => here(one)), here(ben, '2')).board

describe('[DUTY-3] a call to a duty', () => {
  const ringing = run(allHere, invited(anna, neuro))
  const call = ringing.board.calls.get('c1')

  test('rings on every screen of everybody who has it, and says as what', () => {
    expect(call && endpointsOf(ringing.board, call)).toEqual([
      at(anna),
      at(ben),
      at(ben, '2'),
      at(cara),
      at(dan),
    ])
    expect(call && viewFor(call, 'callee', nowMs)).toMatchObject({ duty: neuro.name, peer: anna })
  })

  test('leaves out who is in a call, who is not there hinders nobody, and with everybody busy it is busy', () => {
    const busy = run(allHere, invited(dan, cara, 'c0'), accepted(at(cara), 'c0')).board
    const next = run(busy, invited(anna, { ...neuro, holders: [cara, person('eve'), ben] })).board.calls.get(
      'c1',
    )
    expect(next).toMatchObject({ callee: ben, duty: { holders: [{ staffId: 'eve' }, ben] } })
    const none = run(busy, invited(anna, { ...neuro, holders: [cara, dan] })).effects
    expect(none).toContainEqual(expect.objectContaining({ type: 'tellEnded', reason: 'busy' }))
    const away = run(allHere, invited(anna, { ...neuro, holders: [person('eve')] })).effects
    expect(away).toContainEqual(expect.objectContaining({ type: 'tellEnded', reason: 'device-unready' }))
  })

  test('[SWITCH-9] goes on at the others, and at their own other screens, when one’s screen is nobody’s any more', () => {
    const removed = (endpoint: string): SwitchboardEvent => ({ type: 'removed', endpoint })
    const one = run(ringing.board, removed(at(ben)))
    expect(one.board.calls.get('c1')).toMatchObject({ phase: 'ringing', duty: { holders: [ben, cara, dan] } })
    const all = run(one.board, removed(at(ben, '2')))
    expect(all.board.calls.get('c1')).toMatchObject({ callee: cara, duty: { holders: [cara, dan] } })
    expect(all.effects.filter(({ type }) => type === 'recordEnd')).toEqual([])
    const none = run(all.board, removed(at(cara)), removed(at(dan)))
    expect(none.board.calls.size).toBe(0)
    expect(none.effects).toContainEqual(
      expect.objectContaining({ type: 'tellEnded', to: at(anna), reason: 'device-unready' }),
    )
  })

  test('goes on at the others when one declines, whose every screen is silent; the last who declines ends it', () => {
    const one = run(ringing.board, declined(at(ben)))
    expect(one.effects.map(({ type }) => type)).toEqual([
      'recordOpen',
      'recordDeclined',
      'tellEnded',
      'tellEnded',
    ])
    expect(one.board.calls.get('c1')).toMatchObject({ phase: 'ringing', callee: cara })
    expect(run(one.board, accepted(at(ben))).board.calls.get('c1')?.phase).toBe('ringing')
    const all = run(one.board, declined(at(cara)), declined(at(dan)))
    expect(all.board.calls.size).toBe(0)
    expect(all.effects).toContainEqual(
      expect.objectContaining({ type: 'tellEnded', to: at(anna), reason: 'declined', by: 'peer' }),
    )
  })

  test('does not ring on at those alone who are not there', () => {
    const board = run(
      allHere,
      invited(anna, { ...neuro, holders: [ben, person('eve')] }),
      declined(at(ben)),
    ).board
    expect(board.calls.size).toBe(0)
  })

  test('is had by one: whoever answers too late is told so, and everybody else is free for the next call', () => {
    const answered = run(ringing.board, accepted(at(cara)))
    expect(run(answered.board, accepted(at(ben))).effects.at(-1)).toMatchObject({
      type: 'tellEnded',
      to: at(ben),
      reason: 'taken-elsewhere',
    })
    const next = run(answered.board, invited(dan, ben, 'c2')).board
    expect(next.calls.get('c2')).toMatchObject({ phase: 'ringing', callee: ben })
  })

  test('rings on after a restart for those who are not back yet when the first of them declines', () => {
    const call = ringing.board.calls.get('c1')
    const kept = new Map(call && [['c1', { ...call, takenUp: 'yes' } as const]])
    const next = run({ ...emptySwitchboard, calls: kept }, here(anna), here(ben), declined(at(ben)))
    expect(next.board.calls.get('c1')).toMatchObject({ phase: 'ringing', duty: { holders: [cara, dan] } })
    expect(run(next.board, here(cara)).effects).toContainEqual(
      expect.objectContaining({ type: 'report', to: at(cara) }),
    )
  })

  test('[SWITCH-7] keeps nobody from another call while it rings at others too; who is in one leaves it to them', () => {
    const asked = run(ringing.board, here(eve), invited(eve, ben, 'c2'))
    expect(asked.board.calls.get('c2')).toMatchObject({ phase: 'ringing', callee: ben })
    const taken = run(asked.board, accepted(at(ben), 'c2'))
    expect(taken.board.calls.get('c1')).toMatchObject({ phase: 'ringing', duty: { holders: [cara, dan] } })
    expect(run(taken.board, accepted(at(cara))).board.calls.get('c1')?.phase).toBe('accepted')
    const placed = run(ringing.board, here(eve), invited(cara, eve, 'c2')).board
    expect(placed.calls.get('c1')).toMatchObject({ phase: 'ringing', duty: { holders: [ben, dan] } })
    // What rang for one of them meanwhile is told when this is over.
    const over = run(asked.board, { type: 'ended', from: at(anna), callId: 'c1', reason: 'cancelled' })
    const told = over.effects.flatMap((effect) => (effect.type === 'report' ? [effect.to] : []))
    expect(told.slice(-2)).toEqual([at(ben), at(ben, '2')])
    // The last whom it can reach is called by nobody else, and whoever answers it is busy to who rings them alone.
    const last = run(asked.board, declined(at(cara)), declined(at(dan)))
    expect(run(last.board, invited(cara, ben, 'c3')).effects).toContainEqual(
      expect.objectContaining({ type: 'tellEnded', callId: 'c3', reason: 'busy' }),
    )
    const busy = run(last.board, accepted(at(ben)))
    expect([...busy.board.calls.keys()]).toEqual(['c1'])
    expect(busy.effects).toContainEqual(
      expect.objectContaining({ type: 'tellEnded', to: at(eve), callId: 'c2', reason: 'busy' }),
    )
  })

  test('is cancelled everywhere by its caller', () => {
    const ended = run(ringing.board, { type: 'ended', from: at(anna), callId: 'c1', reason: 'cancelled' })
    const told = ended.effects.filter(({ type }) => type === 'tellEnded')
    expect(told.map((effect) => 'to' in effect && effect.to)).toEqual([
      at(anna),
      at(ben),
      at(ben, '2'),
      at(cara),
      at(dan),
    ])
  })

  test('that crosses one from somebody who has it is one call', () => {
    const board = run(allHere, invited(cara, anna, 'c0')).board
    const crossed = run(board, invited(anna, neuro))
    expect(crossed.effects).toContainEqual(expect.objectContaining({ type: 'tellGlare', to: at(anna) }))
    expect([...crossed.board.calls.keys()]).toEqual(['c0'])
  })
})

test('[DUTY-3] whoever answers, declines and leaves in whichever order, one has it at most, and everybody else is told', () => {
  const act = fc.record({
    who: fc.constantFrom(...neuro.holders),
    tab: fc.constantFrom('1', '2'),
    does: fc.constantFrom('accept', 'accept', 'decline', 'go', 'come'),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 24 }), (acts) => {
      const screens = neuro.holders.flatMap((one) => [here(one), here(one, '2')])
      let board = run(emptySwitchboard, here(anna), ...screens, invited(anna, neuro)).board
      const rings = new Set(neuro.holders.flatMap((one) => [at(one), at(one, '2')]))
      let answeredBy: string | null = null
      for (const { who, tab, does } of acts) {
        const endpoint = at(who, tab)
        const event: SwitchboardEvent =
          does === 'accept'
            ? accepted(endpoint)
            : does === 'decline'
              ? declined(endpoint)
              : does === 'go'
                ? { type: 'disconnected', endpoint }
                : here(who, tab)
        const next = run(board, event)
        for (const effect of next.effects) {
          if (effect.type === 'tellEnded' || effect.type === 'tellPast') rings.delete(effect.to)
          if (effect.type === 'report' && effect.call.phase === 'ringing') rings.add(effect.to)
        }
        board = next.board
        const call = board.calls.get('c1')
        if (call?.phase === 'accepted') {
          answeredBy ??= call.calleeEndpoint
          expect(call.calleeEndpoint).toBe(answeredBy)
          expect(answeredBy).toBe(at(call.callee.type === 'staff' ? call.callee : anna, answeredBy?.at(-1)))
          rings.delete(answeredBy ?? '')
        }
        // Nobody's screen rings for a call that somebody has, or that is over.
        if (call?.phase !== 'ringing') expect([...rings]).toEqual([])
      }
    }),
    { seed: 73, numRuns: 500 },
  )
})

test('[DUTY-3] [SWITCH-2] whatever rings at whom meanwhile, nobody is in two calls, and nobody who is in one is rung', () => {
  const act = fc.record({
    who: fc.constantFrom(...people),
    whom: fc.constantFrom<(StaffParty | RungDuty)[]>(...people, neuro),
    callId: fc.constantFrom('c1', 'c2', 'c3'),
    does: fc.constantFrom('ring', 'ring', 'accept', 'accept', 'decline', 'go', 'come'),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      let board = allHere
      for (const { who, whom, callId, does } of acts) {
        const events: Record<typeof does, SwitchboardEvent> = {
          ring: { ...invited(who, whom, callId) },
          accept: accepted(at(who), callId),
          decline: declined(at(who), callId),
          go: { type: 'disconnected', endpoint: at(who) },
          come: here(who),
        }
        if (does === 'ring' && 'staffId' in whom && whom.staffId === who.staffId) continue
        board = run(board, events[does]).board
        const calls = [...board.calls.values()]
        for (const one of people) {
          const isIn = (call: ServerCall) =>
            sameParty(call.caller, one) || (call.phase === 'accepted' && sameParty(call.callee, one))
          const mine = calls.filter(isIn)
          const rings = calls.filter((call) => call.phase === 'ringing' && isCalled(call, one))
          expect(mine.length).toBeLessThan(2)
          if (mine.length > 0) expect(rings).toEqual([])
        }
      }
    }),
    { seed: 75, numRuns: 2_000 },
  )
})
