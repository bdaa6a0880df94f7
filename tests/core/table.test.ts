/** Several at one table: who comes, whom the patient lets in, who leaves, and that nobody else is touched by it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { step } from '../../src/core/call.ts'
import { type CallEvent, type CallState, idle, ringOnly } from '../../src/core/call-state.ts'
import { amongOf, placeOf } from '../../src/core/sharing.ts'
import { decide } from '../../src/core/switchboard.ts'
import { bedEndpoint, guestEndpoint, sameParty, tabEndpoint } from '../../src/core/switchboard-parties.ts'
import {
  emptySwitchboard,
  type ServerCall,
  type Switchboard,
  type SwitchboardEffect,
  type SwitchboardEvent,
} from '../../src/core/switchboard-state.ts'
import { mostSeats, seatsAt, tableOf } from '../../src/core/switchboard-table.ts'
import { standardTimings } from '../../src/core/timings.ts'
import type { CallView } from '../../src/protocol/call.ts'
import type { BedParty, GuestParty, Party, StaffParty } from '../../src/protocol/people.ts'

const staff = (staffId: string): StaffParty => ({ type: 'staff', staffId, name: staffId, role: 'nurse' })
const [anna, ben, cleo, dora, emil] = ['anna', 'ben', 'cleo', 'dora', 'emil'].map(staff) as [
  StaffParty,
  StaffParty,
  StaffParty,
  StaffParty,
  StaffParty,
]
const bed: BedParty = { type: 'bed', bedId: 'b1', label: '1', ward: 'Ward' }
const mum: GuestParty = { type: 'guest', guestId: 'g1', name: 'Mum', kind: 'family' }
const at = (party: StaffParty) => tabEndpoint(party.staffId, 'a')
const bed1 = bedEndpoint('b1')
const guest1 = guestEndpoint('g1')
const partyAt = new Map<string, Party>([
  ...[anna, ben, cleo, dora, emil].map((one) => [at(one), one] as const),
  [tabEndpoint('anna', 'b'), anna],
  [bed1, bed],
  [guest1, mum],
])
const stay = { epoch: 3, admissionId: 'a1' }
const nowMs = 1_000_000

const invited = (
  from: string,
  to: Party,
  callId: string,
  more: Partial<Extract<SwitchboardEvent, { type: 'invited' }>> = {},
): SwitchboardEvent => ({
  ...{ type: 'invited', from, to, callId, mode: 'ring', door: 'open', isPast: false, nowMs },
  ...{ stay: to.type === 'bed' ? stay : null, seenEpoch: to.type === 'bed' ? stay.epoch : null },
  expiresAtMs: nowMs + standardTimings.inviteMs,
  ...more,
})
const accepted = (from: string, callId: string): SwitchboardEvent => ({ type: 'accepted', from, callId })
const ended = (
  from: string,
  callId: string,
  reason: Extract<SwitchboardEvent, { type: 'ended' }>['reason'] = 'hung-up',
): SwitchboardEvent => ({ type: 'ended', from, callId, reason })
const seated = (by: Party, callId = 'guest'): SwitchboardEvent => ({
  ...{ type: 'seated', tableId: 'first', callId, by, endpoint: guest1, party: mum, nowMs },
})
const elapsed = (callId: string): SwitchboardEvent => ({ type: 'timeElapsed', callId, timer: 'ring' })

function run(board: Switchboard, ...events: SwitchboardEvent[]) {
  const effects: SwitchboardEffect[] = []
  let next = board
  for (const event of events) {
    const decision = decide(next, event, standardTimings)
    next = decision.board
    effects.push(...decision.effects)
  }
  return { board: next, effects }
}

const everybody = run(
  emptySwitchboard,
  ...[...partyAt].map(([endpoint, party]): SwitchboardEvent => {
    return { type: 'connected', endpoint, connection: { party, claims: [] } }
  }),
).board
/** Anna is in a call with bed 1. */
const ofTwo = run(everybody, invited(at(anna), bed, 'first'), accepted(bed1, 'first')).board
const comes = (who: StaffParty, callId: string) => [
  invited(at(anna), who, callId, { tableId: 'first' }),
  accepted(at(who), callId),
]
/** Ben was asked, came, and was let in. */
const ofThree = run(ofTwo, ...comes(ben, 'ben'), accepted(bed1, 'ben-1')).board

const callOf = (board: Switchboard, callId: string) => board.calls.get(callId)
const ids = (board: Switchboard) => [...board.calls.keys()].sort()
const told = (effects: SwitchboardEffect[]) => effects.filter((effect) => effect.type === 'tellEnded')

describe('who comes', () => {
  test('[TABLE-1] a colleague who answers is asked in, and nothing changes for the call that goes on', () => {
    const { board, effects } = run(ofTwo, invited(at(anna), ben, 'ben', { tableId: 'first' }))
    expect(callOf(board, 'ben')).toMatchObject({
      phase: 'ringing',
      table: { tableId: 'first', joins: 'callee', by: anna, bed },
    })
    expect(effects).toContainEqual(expect.objectContaining({ type: 'report', to: at(ben) }))
    expect(effects.filter((effect) => effect.type === 'report' && effect.to === bed1)).toEqual([])
    expect(callOf(board, 'first')).toEqual(callOf(ofTwo, 'first'))
  })

  test('[TABLE-2] the patient is asked by a ring of their own before anything of a newcomer is there (HZ-3)', () => {
    const { board, effects } = run(ofTwo, ...comes(ben, 'ben'))
    expect(callOf(board, 'ben')?.phase).toBe('accepted')
    const leg = callOf(board, 'ben-1')
    expect(leg).toMatchObject({ phase: 'ringing', caller: ben, callee: bed, calleeEndpoint: null, stay })
    expect(effects).toContainEqual({
      type: 'startTimer',
      callId: 'ben-1',
      timer: 'ring',
      ms: standardTimings.ringMs,
    })
    const record = effects.findIndex((one) => one.type === 'recordOpen' && one.call.callId === 'ben-1')
    const report = effects.findIndex((one) => one.type === 'report' && one.call.callId === 'ben-1')
    expect(record).toBeGreaterThanOrEqual(0)
    expect(record).toBeLessThan(report)
  })

  test('[TABLE-2] a patient at whose bed the call knocked is asked by a knock', () => {
    const knocked = run(
      everybody,
      invited(at(anna), bed, 'first', { mode: 'knock' }),
      accepted(bed1, 'first'),
    )
    const { board } = run(knocked.board, ...comes(ben, 'ben'))
    expect(callOf(board, 'ben-1')?.mode).toBe('knock')
  })

  test('[TABLE-2] whoever is staff sees the next one at once, and the patient is asked for each', () => {
    const { board } = run(ofThree, ...comes(cleo, 'cleo'))
    const legs = [...board.calls.values()].filter(({ caller }) => caller === cleo)
    expect(legs.map(({ callee, phase }) => [callee, phase])).toEqual(
      expect.arrayContaining([
        [bed, 'ringing'],
        [ben, 'accepted'],
      ]),
    )
    expect(legs).toHaveLength(2)
  })

  test('[TABLE-1] [DUTY-3] whoever has a duty is asked to come by it: the first who answers is at the table, and the patient is asked', () => {
    const duty = { dutyId: 'd1', name: 'Neurosurgeon on call', holders: [anna, cleo, dora] }
    const asked = run(ofTwo, invited(at(anna), cleo, 'neuro', { tableId: 'first', duty }))
    const rung = asked.effects.flatMap((one) => (one.type === 'report' ? [one.to] : []))
    expect(new Set(rung)).toEqual(new Set([at(anna), at(cleo), at(dora)]))
    const { board, effects } = run(asked.board, accepted(at(dora), 'neuro'))
    expect(told(effects)).toMatchObject([{ to: at(cleo), callId: 'neuro', reason: 'taken-elsewhere' }])
    expect(seatsAt(board, 'first')).toEqual([anna, bed, dora])
    expect(callOf(board, 'neuro-1')).toMatchObject({ phase: 'ringing', caller: dora, callee: bed })
  })

  test('[TABLE-1] [DUTY-3] one who has the duty and sits there already is not rung; where nobody else has it they are busy', () => {
    const duty = (holders: StaffParty[]) => ({ dutyId: 'd1', name: 'Neurosurgeon on call', holders })
    const ask = (holders: StaffParty[]) =>
      run(ofThree, invited(at(anna), ben, 'neuro', { tableId: 'first', duty: duty(holders) }))
    expect(callOf(ask([ben, cleo]).board, 'neuro')).toMatchObject({ callee: cleo, duty: { holders: [cleo] } })
    expect(told(ask([anna, ben]).effects)).toMatchObject([{ to: at(anna), callId: 'neuro', reason: 'busy' }])
  })

  test('[TABLE-1] a fifth is told that there is no room, and nobody else hears of it', () => {
    const four = run(ofThree, ...comes(cleo, 'cleo')).board
    expect(seatsAt(four, 'first')).toHaveLength(mostSeats)
    const { board, effects } = run(four, invited(at(ben), dora, 'dora', { tableId: 'first' }))
    expect(told(effects)).toEqual([
      { type: 'tellEnded', to: at(ben), callId: 'dora', reason: 'table-full', by: 'server' },
    ])
    expect(board.calls).toEqual(four.calls)
  })

  test('[TABLE-1] nobody asks from outside, from another of their screens, or a patient; whoever is in a call is busy', () => {
    const ask = (from: string, to: Party, callId = 'ask') =>
      told(
        run(
          run(ofTwo, invited(at(dora), emil, 'other'), accepted(at(emil), 'other')).board,
          invited(from, to, callId, { tableId: 'first' }),
        ).effects,
      )
    const reasons = [
      ask(at(cleo), ben),
      ask(tabEndpoint('anna', 'b'), ben),
      ask(at(anna), bed),
      ask(at(anna), emil),
    ].map(([end]) => end?.type === 'tellEnded' && end.reason)
    expect(reasons).toEqual(['connection-lost', 'connection-lost', 'device-unready', 'busy'])
  })

  test('[TABLE-4] a guest who was vouched for is with their inviter at once, and the patient is asked', () => {
    const { board } = run(ofTwo, seated(anna))
    expect(callOf(board, 'guest')).toMatchObject({
      phase: 'accepted',
      caller: anna,
      callee: mum,
      calleeEndpoint: guest1,
    })
    expect(callOf(board, 'guest-1')).toMatchObject({ phase: 'ringing', caller: mum, callee: bed })
  })

  test('[TABLE-2] an outpatient at their own visit is the patient: whoever comes rings at their page first (HZ-3)', () => {
    const timo: GuestParty = { type: 'guest', guestId: 'v1', name: 'Timo', kind: 'visitor' }
    const page = guestEndpoint('v1')
    const visit = run(
      everybody,
      { type: 'connected', endpoint: page, connection: { party: timo, claims: [] } },
      invited(at(anna), timo, 'first'),
      accepted(page, 'first'),
    ).board
    const asked = run(visit, ...comes(ben, 'ben'))
    expect(callOf(asked.board, 'ben')?.phase).toBe('accepted')
    const leg = callOf(asked.board, 'ben-1')
    expect(leg).toMatchObject({
      phase: 'ringing',
      caller: ben,
      callee: timo,
      calleeEndpoint: null,
      stay: null,
    })
    expect(leg?.table).toEqual({ tableId: 'first', joins: 'caller', by: anna })
    expect(asked.effects).toContainEqual({
      type: 'startTimer',
      callId: 'ben-1',
      timer: 'ring',
      ms: standardTimings.ringMs,
    })
    expect(callOf(run(asked.board, accepted(page, 'ben-1')).board, 'ben-1')?.phase).toBe('accepted')
    expect(ids(run(asked.board, ended(page, 'ben-1', 'declined')).board)).toEqual(['first'])
  })

  test('[TABLE-4] a guest is not seated by who has left, twice, or as a fifth', () => {
    const four = run(ofThree, ...comes(cleo, 'cleo')).board
    const two = run(ofTwo, seated(anna)).board
    for (const [before, by] of [
      [ofTwo, cleo],
      [four, anna],
      [two, anna],
    ] as const)
      expect(run(before, seated(by, 'again')).board).toEqual(before)
  })
})

describe('who leaves', () => {
  test('[TABLE-3] the nurse leaves, and her colleague stays with the patient', () => {
    const { board, effects } = run(ofThree, ended(at(anna), 'first'))
    expect(ids(board)).toEqual(['ben-1'])
    expect(told(effects).filter(({ callId }) => callId === 'ben')).toEqual([
      { type: 'tellEnded', to: at(anna), callId: 'ben', reason: 'hung-up', by: 'me' },
      { type: 'tellEnded', to: at(ben), callId: 'ben', reason: 'hung-up', by: 'peer' },
    ])
  })

  test('[TABLE-3] a newcomer whom the patient does not let in leaves the others, too (HZ-3)', () => {
    const waiting = run(ofTwo, ...comes(ben, 'ben')).board
    for (const end of [ended(bed1, 'ben-1', 'declined'), elapsed('ben-1')]) {
      const { board, effects } = run(waiting, end)
      expect(ids(board)).toEqual(['first'])
      expect(told(effects).map(({ to, callId }) => `${to} ${callId}`)).toEqual(
        expect.arrayContaining([`${at(ben)} ben-1`, `${at(ben)} ben`, `${at(anna)} ben`]),
      )
    }
  })

  test('[TABLE-3] the nurse leaves while the patient is asked in her name: nobody is asked any more (HZ-3)', () => {
    const waiting = run(ofTwo, ...comes(ben, 'ben')).board
    expect(ids(run(waiting, ended(at(anna), 'first')).board)).toEqual([])
    const guest = run(ofThree, seated(anna)).board
    expect(ids(run(guest, ended(at(anna), 'first')).board)).toEqual(['ben-1', 'guest-2'])
  })

  test('[TABLE-3] a ring that a colleague does not answer ends nothing else', () => {
    const asked = run(ofThree, invited(at(anna), cleo, 'cleo', { tableId: 'first' })).board
    for (const end of [
      elapsed('cleo'),
      ended(at(cleo), 'cleo', 'declined'),
      ended(at(anna), 'cleo', 'cancelled'),
    ])
      expect(ids(run(asked, end).board)).toEqual(ids(ofThree))
  })

  test.each(['connection-lost', 'verification-failed'] as const)(
    '[TABLE-3] %s ends the call of these two alone',
    (reason) => {
      expect(ids(run(ofThree, ended(at(ben), 'ben', reason)).board)).toEqual(['ben-1', 'first'])
    },
  )

  test('[TABLE-3] whoever takes a call over at another screen moves with all calls of the table', () => {
    const { board } = run(ofThree, { type: 'taken', from: tabEndpoint('anna', 'b'), callId: 'first' })
    expect(callOf(board, 'first')).toMatchObject({ callerEndpoint: tabEndpoint('anna', 'b'), epoch: 2 })
    expect(callOf(board, 'ben')?.callerEndpoint).toBe(tabEndpoint('anna', 'b'))
    expect(callOf(board, 'ben-1')).toEqual(callOf(ofThree, 'ben-1'))
  })
})

test('[TABLE-1] [TABLE-3] whatever happens nobody is at two tables, no two share two calls, and four are the most', () => {
  const screens = [...partyAt.keys()]
  const callIds = ['first', 'second', 'x', 'y', 'z']
  const known = [...callIds, ...callIds.flatMap((one) => [`${one}-1`, `${one}-2`])]
  const act = fc.oneof(
    fc
      .record({
        from: fc.constantFrom(...screens),
        to: fc.constantFrom<Party>(anna, ben, cleo, dora, emil, bed),
        callId: fc.constantFrom(...callIds),
        tableId: fc.option(fc.constantFrom('first', 'second'), { nil: undefined, freq: 2 }),
      })
      .map(({ from, to, callId, tableId }) =>
        invited(from, to, callId, tableId === undefined ? {} : { tableId }),
      ),
    fc
      .record({ from: fc.constantFrom(...screens), callId: fc.constantFrom(...known) })
      .map(({ from, callId }) => accepted(from, callId)),
    fc
      .record({ from: fc.constantFrom(...screens), callId: fc.constantFrom(...known) })
      .map(({ from, callId }) => ended(from, callId)),
    fc.constantFrom(...known).map(elapsed),
    fc.constantFrom(anna, ben).map((by) => seated(by)),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let board = everybody
      for (const event of acts) {
        board = decide(board, event, standardTimings).board
        checkBoard([...board.calls.values()])
      }
    }),
    { numRuns: 500, seed: 6 },
  )
})

function checkBoard(calls: readonly ServerCall[]): void {
  for (const party of partyAt.values()) {
    const mine = calls.filter(({ caller, callee }) => sameParty(caller, party) || sameParty(callee, party))
    expect(new Set(mine.map(tableOf)).size).toBeLessThanOrEqual(1)
    const others = mine.map(({ caller, callee }) =>
      JSON.stringify(sameParty(caller, party) ? callee : caller),
    )
    expect(new Set(others).size).toBe(others.length)
  }
  for (const tableId of new Set(calls.map(tableOf))) {
    const there = new Map(calls.map((call) => [call.callId, call]))
    expect(seatsAt({ ...emptySwitchboard, calls: there }, tableId).length).toBeLessThanOrEqual(mostSeats)
  }
}

describe('at an endpoint', () => {
  const table = { tableId: 'first', joins: 'caller', by: anna, bed } as const
  const view = (over: Partial<CallView> = {}): CallView => ({
    ...{ callId: 'leg', epoch: 1, phase: 'accepted', mode: 'ring', part: 'callee', peer: ben },
    ...{ stay: null, remainingMs: 30_000, table },
    ...over,
  })
  const play = (event: CallEvent, before: CallState = idle) => step(before, event, standardTimings)
  const seat = (over: Partial<CallView> = {}): CallEvent => ({
    type: 'seated',
    call: view(over),
    policy: ringOnly,
  })
  const types = (effects: readonly { readonly type: string }[]) => effects.map(({ type }) => type)

  test('[TABLE-1] whoever is asked to come is rung, with whose table it is', () => {
    const { state } = play({
      type: 'reported',
      call: view({ phase: 'ringing', peer: anna }),
      policy: ringOnly,
    })
    expect(state).toMatchObject({ type: 'ringing', call: { peer: anna, table: { bed } } })
  })

  test('[TABLE-2] who sits there is with a newcomer at once, and a newcomer with who sits there', () => {
    const there = play(seat())
    expect(there.state).toMatchObject({ type: 'connecting', accepted: true, call: { table } })
    expect(types(there.effects)).toEqual(['openCamera', 'openLink', 'present', 'startTimer', 'startTimer'])
    const newcomer = play(seat({ part: 'caller', peer: anna }))
    expect(newcomer.state).toMatchObject({ type: 'connecting', accepted: true })
    expect(types(newcomer.effects)).not.toContain('openLink')
  })

  test('[TABLE-2] at the bed a newcomer rings, without a camera of its own (HZ-2, HZ-3)', () => {
    const policy = { ...ringOnly, stay: 3 }
    const { state, effects } = play({ type: 'seated', call: view({ phase: 'ringing', stay: 3 }), policy })
    expect(state).toMatchObject({ type: 'ringing', call: { continued: false } })
    expect(types(effects)).not.toContain('openCamera')
    expect(types(effects)).not.toContain('present')
  })

  test('[TABLE-2] a newcomer waits for the patient’s word with nothing of the patient shown, and not for ever', () => {
    const { state, effects } = play(seat({ part: 'caller', phase: 'ringing', peer: bed, stay: 3 }))
    expect(state).toMatchObject({ type: 'calling', camera: 'opening' })
    expect(types(effects)).toEqual(['openCamera', 'startTimer'])
    const answered = play(
      { type: 'reported', call: view({ part: 'caller', peer: bed, stay: 3 }), policy: ringOnly },
      state,
    )
    expect(answered.state).toMatchObject({ type: 'connecting', accepted: true })
    expect(types(answered.effects)).toContain('present')
  })

  test('[TABLE-1] whoever is asked to come is rung like for any call, a reload meanwhile or not', () => {
    const asked = view({ part: 'callee', phase: 'ringing' })
    for (const type of ['reported', 'restored'] as const) {
      const { state, effects } = play({ type, call: asked, policy: ringOnly })
      expect(state).toMatchObject({ type: 'ringing' })
      expect(types(effects)).not.toContain('openCamera')
    }
  })

  test('[TABLE-5] a reloaded station comes back to a call of a table, whichever side it was; a tablet asks', () => {
    const back = play({ type: 'restored', call: view(), policy: ringOnly })
    expect(back.state).toMatchObject({ type: 'connecting', call: { continued: true } })
    const tablet = play({ type: 'restored', call: view({ stay: 3 }), policy: { ...ringOnly, stay: 3 } })
    expect(tablet.state).toMatchObject({ type: 'ringing', call: { continued: true } })
    const visit = play({ type: 'restored', call: view(), policy: { ...ringOnly, afterReload: 'asks' } })
    expect(visit.state).toMatchObject({ type: 'ringing', call: { continued: true } })
  })
})

test('[TABLE-6] pictures to several weigh together what they weigh to one, and a lighter one grows by nothing', () => {
  const full = { maxBitrate: 900_000, scaleResolutionDownBy: 1 }
  expect(amongOf(full, 1, 'beside')).toBe(full)
  const toTwo = { maxBitrate: 450_000, scaleResolutionDownBy: 1, maxFramerate: 20 }
  expect(amongOf(full, 2, 'large')).toEqual(toTwo)
  expect(amongOf(full, 2, 'beside')).toEqual({ ...toTwo, scaleResolutionDownBy: 2 })
  const toThree = { maxBitrate: 300_000, scaleResolutionDownBy: 4 / 3, maxFramerate: 12 }
  expect(amongOf(full, 3, 'large')).toEqual(toThree)
  const small = { maxBitrate: 100_000, scaleResolutionDownBy: 2, maxFramerate: 12 }
  expect(amongOf(small, 3, 'large')).toEqual({ ...small, maxBitrate: 33_333 })
  expect(amongOf({}, 3, 'large')).toEqual({})
})

test('[TABLE-6] the patient is sent and shown large, and whoever else is there beside', () => {
  expect([placeOf(bed, anna), placeOf(anna, bed), placeOf(mum, bed)]).toEqual(['large', 'large', 'large'])
  expect([placeOf(anna, ben), placeOf(mum, anna)]).toEqual(['beside', 'beside'])
})
