/** What the ends of a carrying say and send: only what is of the form is anything. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CarryMessage,
  decodeCarry,
  decodePiece,
  encodePiece,
  longestSaid,
  mostPayload,
} from '../../src/protocol/scan-carry.ts'

const seed = 20_261_201
const sdp =
  'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n'
const about = { shareId: 'share', generation: 1 }
const candidate = {
  candidate: 'candidate:1 1 udp 1 10.0.0.1 9 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0 as const,
}

const samples: readonly CarryMessage[] = [
  { type: 'carry.offer', ...about, sdp },
  { type: 'carry.answer', ...about, sdp },
  { type: 'carry.candidates', ...about, candidates: [candidate] },
  { type: 'carry.have', ...about, blocks: '80', kept: '00', refused: '00' },
  { type: 'carry.again', ...about, file: 0 },
  { type: 'carry.want', shareId: 'share', file: 1_999 },
  { type: 'carry.lacks', shareId: 'share', file: 3 },
  { type: 'carry.echo', ...about, number: 1 },
  { type: 'carry.echoed', ...about, number: 1, bytes: 5 },
  { type: 'carry.stop', shareId: 'share' },
]

test.each(samples)('[CARRY-1] $type is read as it was said', (message) => {
  expect(decodeCarry(JSON.stringify(message))).toEqual(message)
  expect(decodeCarry(JSON.stringify({ ...message, more: 1 }))).toBeNull()
})

test('[CARRY-1] the most that may be said fits into one message', () => {
  const bits = (most: number) => 'f'.repeat(2 * Math.ceil(most / 8))
  const all = { type: 'carry.have', ...about, blocks: bits(2_512), kept: bits(2_000), refused: bits(2_000) }
  const long = { ...candidate, candidate: 'candidate:'.padEnd(512, '"') }
  const many = { type: 'carry.candidates', ...about, candidates: Array.from({ length: 8 }, () => long) }
  for (const message of [all, many]) {
    expect(JSON.stringify(message).length).toBeLessThanOrEqual(longestSaid)
    expect(decodeCarry(JSON.stringify(message))).not.toBeNull()
  }
  const offer = { type: 'carry.offer', ...about, sdp: sdp.padEnd(6_144, '\n') }
  expect(JSON.stringify(offer).length).toBeLessThanOrEqual(longestSaid)
  expect(decodeCarry(JSON.stringify(offer))).not.toBeNull()
})

test.each([
  ['sound', `${sdp}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`],
  ['a picture', sdp.replace('m=application', 'm=video')],
  ['two channels of data', `${sdp}${sdp.slice(sdp.indexOf('m='))}`],
  ['no section at all', 'v=0\r\n'],
  ['no description', 'hello'],
])('[CARRY-1] a description of %s is none of a carrying', (_, description) => {
  expect(decodeCarry(JSON.stringify({ type: 'carry.offer', ...about, sdp: description }))).toBeNull()
})

test('[CARRY-1] whatever is said, nothing is thrown, and nothing is made of what is not of the form', () => {
  for (const text of ['', 'null', '[]', '{"type":"carry.stop"}', `"${'x'.repeat(longestSaid)}"`])
    expect(decodeCarry(text), text.slice(0, 20)).toBeNull()
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.nat(200),
      fc.string({ maxLength: 3 }),
      (message, at, text) => {
        const said = JSON.stringify(message)
        const changed = said.slice(0, at % said.length) + text + said.slice((at % said.length) + 1)
        const read = decodeCarry(changed)
        if (read) expect(decodeCarry(JSON.stringify(read))).toEqual(read)
      },
    ),
    { seed, numRuns: 3_000 },
  )
})

test('[CARRY-7] a piece is what its header says, or nothing', () => {
  fc.assert(
    fc.property(
      fc.nat(65_535),
      fc.nat(4_294_967_295),
      fc.uint8Array({ maxLength: 100 }),
      fc.integer({ min: -9, max: 9 }),
      (file, offset, payload, change) => {
        const message = encodePiece({ file, offset, payload })
        expect(decodePiece(message.buffer)).toEqual({ file, offset, payload })
        const length = Math.max(0, message.length + change)
        const other = new Uint8Array(length)
        other.set(message.subarray(0, length))
        if (length !== message.length) expect(decodePiece(other.buffer)).toBeNull()
      },
    ),
    { seed, numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const piece = decodePiece(Uint8Array.from(bytes).buffer)
      if (piece) expect(piece.payload.length).toBe(bytes.length - 8)
    }),
    { seed, numRuns: 2_000 },
  )
  const longest = encodePiece({ file: 0, offset: 0, payload: new Uint8Array(mostPayload) })
  expect(decodePiece(longest.buffer)?.payload.length).toBe(mostPayload)
  const longer = encodePiece({ file: 0, offset: 0, payload: new Uint8Array(mostPayload + 1) })
  expect(decodePiece(longer.buffer)).toBeNull()
})
