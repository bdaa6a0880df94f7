/** A round by call: in the order of the board, past whoever cannot be called, and nobody is forgotten at its end. */
import { expect, test } from 'vitest'
import type { CallState } from '../../src/core/call-state.ts'
import { ahead, beginRound, calledNext, heardEnd, outcomesAfter, type Round } from '../../src/core/round.ts'
import { type EndReason, endReasons } from '../../src/protocol/call.ts'
import type { BedView } from '../../src/protocol/people.ts'
import { unspoken } from '../../src/protocol/wishes.ts'

function bed(label: string, over: Partial<BedView> = {}): BedView {
  return {
    bedId: `bed-${label}`,
    label,
    patient: null,
    stay: { epoch: 1, admissionId: `stay-${label}` },
    wishes: unspoken,
    cleanEpoch: 1,
    tablet: 'bound',
    state: { type: 'ready' },
    report: { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: 1 },
    carers: [],
    ...over,
  }
}
const open = { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: 1 } as const
const beds = [
  bed('1'),
  bed('2', { report: { ...open, privacyUntilMs: 60_000 } }),
  bed('3', { stay: { epoch: 1, admissionId: null } }),
  bed('4', { state: { type: 'offline', sinceMs: 0 } }),
  bed('5', { wishes: { ...unspoken, answer: 'in-person' } }),
  bed('6', { state: { type: 'in-call', with: 'Ben' } }),
  bed('7'),
]
const none: ReadonlySet<string> = new Set()

function ended(label: string, reason: EndReason): Extract<CallState, { type: 'ended' }> {
  const peer = { type: 'bed', bedId: `bed-${label}`, label, ward: 'Ward 4B' } as const
  return { type: 'ended', callId: `call-${label}`, part: 'caller', peer, reason, by: 'peer', over: [] }
}
const call = (round: Round) => calledNext(round, ahead(round, beds))

test('[ROUND-1] it is of the beds one cares for, of all to whoever cares for none, and of none in which nobody lies', () => {
  expect(beginRound(beds, none).bedIds).toEqual(['1', '2', '4', '5', '6', '7'].map((label) => `bed-${label}`))
  expect(beginRound(beds, new Set(['bed-7', 'bed-3', 'bed-1'])).bedIds).toEqual(['bed-1', 'bed-7'])
})

test('[ROUND-2] the next is the first that may be called; who is passed by is named, with why', () => {
  const begun = beginRound(beds, none)
  expect(ahead(begun, beds)).toMatchObject({ next: { label: '1' }, left: 6 })
  const first = call(begun)
  expect(ahead(first, beds)).toMatchObject({ next: { label: '7' }, left: 1 })
  const last = call(first)
  expect(ahead(last, beds).next).toBeNull()
  expect([...last.missed]).toEqual([
    ['bed-2', 'privacy'],
    ['bed-4', 'offline'],
    ['bed-5', 'in-person'],
    ['bed-6', 'busy'],
  ])
  expect(call(last), 'nobody is called at the end of it').toBe(last)
})

test('[ROUND-2] who may be called again before their turn has come is called in it', () => {
  const first = call(beginRound(beds, none))
  const opened = beds.map((one) => (one.label === '2' ? { ...one, report: open } : one))
  expect(ahead(first, opened).next?.label).toBe('2')
})

test('[ROUND-3] who did not answer is named, until they do', () => {
  const round = call(beginRound(beds, none))
  const missed = heardEnd(round, ended('1', 'no-answer'))
  expect([...missed.missed]).toEqual([['bed-1', 'unanswered']])
  const talked = heardEnd(missed, ended('1', 'hung-up'))
  expect([[...talked.missed], [...talked.talked]]).toEqual([[], ['bed-1']])
  expect(heardEnd(talked, ended('1', 'declined')).missed.size, 'once talked to is talked to').toBe(0)
  expect(heardEnd(round, ended('9', 'no-answer')), 'another bed’s').toBe(round)
})

test.each(endReasons)(
  '[ROUND-4] after %s what came of it is one of three taps, if it rang, and done only after a talk',
  (reason) => {
    const offered = outcomesAfter({ reason })
    expect(offered).toHaveLength(reason === 'rung-too-often' ? 0 : 3)
    expect(offered.includes('done')).toBe(['hung-up', 'connection-lost', 'forgotten'].includes(reason))
  },
)
