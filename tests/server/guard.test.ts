/** The plain check made from a schema says exactly what the schema says. */
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { guardOf } from '../../src/protocol/guard.ts'
import { clientFrame } from '../../src/protocol/client-frame.ts'
import { mulberry32 } from '../lab/prng.ts'
import { spoil } from '../lab/wire-mutations.ts'
import { clientFrame as sampleFrame } from '../lab/wire-samples.ts'

const isClientFrame = guardOf(clientFrame)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

test('[GUARD-1] check and schema agree on 20,000 frames, half of them spoiled', () => {
  const chance = mulberry32(20_260)
  let accepted = 0
  for (let index = 0; index < 20_000; index += 1) {
    const frame = sampleFrame(chance)
    const value = parsed(index % 2 === 0 ? JSON.stringify(frame) : spoil(chance, frame))
    const verdict = v.is(clientFrame, value)
    expect([value, isClientFrame(value)]).toEqual([value, verdict])
    if (verdict) accepted += 1
  }
  expect(accepted).toBeGreaterThan(10_000)
  expect(accepted).toBeLessThan(19_000)
})

const signal = (more: unknown) => ({
  seq: 1,
  ack: 0,
  message: { type: 'call.signal', callId: 'c', epoch: 1, signal: more },
})
const sealed = (length: number) => ({ text: 'x'.repeat(length), signature: 'A'.repeat(86) })
const proven = (length: number, certificates: number) =>
  signal({
    type: 'answer',
    negotiation: 1,
    sdp: 'v=0',
    proof: { statement: sealed(length), chain: Array(certificates).fill(sealed(1_536)) },
  })
const candidate = { candidate: 'c', sdpMid: null, sdpMLineIndex: 0 }
const candidates = (count: number, more = {}) =>
  signal({ type: 'candidates', negotiation: 1, candidates: Array(count).fill({ ...candidate, ...more }) })

const shared = (files: number) => ({
  seq: 1,
  ack: 0,
  message: {
    ...{ type: 'scan.shared', callId: 'c', shareId: 's', digest: 'a'.repeat(64) },
    ...{ files, patientNumber: 'DEMO-1' },
  },
})

const invite = (more: object) => ({
  seq: 1,
  ack: 0,
  message: {
    ...{ type: 'call.invite', callId: 'c', to: { type: 'bed', bedId: 'b' }, mode: 'ring' },
    ...{ stay: 1, expiresAtMs: 1, ...more },
  },
})

test.each([
  [
    'a description of 48 KiB',
    signal({ type: 'offer', negotiation: 1, sdp: `v=0${'x'.repeat(49_149)}`, proof: null }),
    true,
  ],
  [
    'one character more',
    signal({ type: 'offer', negotiation: 1, sdp: `v=0${'x'.repeat(49_150)}`, proof: null }),
    false,
  ],
  ['a description that is none', signal({ type: 'offer', negotiation: 1, sdp: 'x', proof: null }), false],
  ['a proof of the largest size', proven(1_536, 3), true],
  ['a statement of one character more', proven(1_537, 3), false],
  ['a chain of two', proven(9, 2), false],
  ['an offer without the word proof', signal({ type: 'offer', negotiation: 1, sdp: 'v=0' }), false],
  ['no candidate', candidates(0), false],
  ['32 candidates', candidates(32), true],
  ['33 candidates', candidates(33), false],
  ['a line index of 32', candidates(1, { sdpMLineIndex: 32 }), true],
  ['a line index of 33', candidates(1, { sdpMLineIndex: 33 }), false],
  ['half a line index', candidates(1, { sdpMLineIndex: 0.5 }), false],
  ['half a file of a scan', shared(1.5), false],
  ['2,000 files of a scan', shared(2_000), true],
  ['a soft ring', invite({ softly: 'yes' }), true],
  ['a ring without the word', invite({}), true],
  ['a ring that is soft in another way', invite({ softly: 'no' }), false],
  ['a number that is none', { type: 'ping', ack: Number.NaN }, false],
  ['an array', [], false],
  ['a type from the prototype', { seq: 1, ack: 0, message: { type: 'constructor' } }, false],
])('[GUARD-2] at the limits too: %s', (_name, value, verdict) => {
  expect([v.is(clientFrame, value), isClientFrame(value)]).toEqual([verdict, verdict])
})

test('[GUARD-3] a schema it cannot read stops the program instead of letting anything in', () => {
  expect(() => guardOf(v.strictObject({ a: v.date() }))).toThrow('no check')
  expect(() => guardOf(v.object({ a: v.string() }))).toThrow('no check')
  expect(() => guardOf(v.pipe(v.string(), v.trim()))).toThrow('no check')
})
