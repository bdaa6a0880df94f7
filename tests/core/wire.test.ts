import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { endReasons } from '../../src/protocol/call.ts'
import { maxFrameBytes, protocolVersion } from '../../src/protocol/primitives.ts'
import { decodeClientFrame, decodeHello } from '../../src/protocol/client-frame.ts'
import { challengeText, decodeServerFrame } from '../../src/protocol/wire.ts'
import { mulberry32 } from '../lab/prng.ts'
import { type Decoder, decoders, fuzz, hostileFrames, isFlat, isSameJson } from '../lab/wire-fuzz.ts'
import { clientFrame } from '../lab/wire-samples.ts'

const numbered = (message: unknown) => JSON.stringify({ seq: 1, ack: 0, message })
const station = {
  type: 'hello',
  version: protocolVersion,
  client: 'station',
  tabId: 't1',
  resume: null,
  claims: [],
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What a schema that is not strict would let in. */
function knownPart(value: unknown): unknown {
  const frame = v.object({ seq: v.number(), ack: v.number(), message: v.looseObject({ type: v.string() }) })
  const known = v.safeParse(frame, value)
  return known.success ? known.output : null
}

describe('[WIRE-1] what is let in is exactly what the wire knows', () => {
  test.each(decoders)('[WIRE-1] every valid $name is let in, unchanged', ({ sample, decode }) => {
    const chance = mulberry32(7)
    for (let index = 0; index < 2_000; index += 1) {
      const value = sample(chance)
      expect(isSameJson(decode(JSON.stringify(value)), value), JSON.stringify(value)).toBe(true)
    }
  })

  test.each(['extra', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '[WIRE-1] a key nobody knows, %s, is refused at every depth',
    (key) => {
      const sneak = `"${key}":{"isAdmin":true}`
      const frames = [
        `{"type":"ping","ack":0,${sneak}}`,
        `{"seq":1,"ack":0,${sneak},"message":{"type":"call.accept","callId":"c1"}}`,
        `{"seq":1,"ack":0,"message":{"type":"call.accept","callId":"c1",${sneak}}}`,
        `{"seq":1,"ack":0,"message":{"type":"bed.report","report":{"sound":"on","knock":true,${sneak}}}}`,
      ]
      for (const frame of frames) expect(decodeClientFrame(frame), frame).toBeNull()
      expect(decodeHello(`${JSON.stringify(station).slice(0, -1)},${sneak}}`)).toBe('bad')
    },
  )

  test('[WIRE-1] a station cannot say what only the server may: busy, rung too often, taken elsewhere, overridden, no room', () => {
    const claimed = endReasons.filter((reason) =>
      decodeClientFrame(numbered({ type: 'call.end', callId: 'c1', reason })),
    )
    expect(endReasons.filter((reason) => !claimed.includes(reason))).toEqual([
      'busy',
      'rung-too-often',
      'taken-elsewhere',
      'overridden',
      'table-full',
    ])
  })

  test('[WIRE-1] a client’s message is none of the server’s, and the other way round', () => {
    const accept = numbered({ type: 'call.accept', callId: 'c1' })
    const over = numbered({ type: 'call.ended', callId: 'c1', reason: 'hung-up', by: 'peer' })
    expect(decodeServerFrame(accept)).toBeNull()
    expect(decodeClientFrame(over)).toBeNull()
  })

  test.each([
    ['an id that is too long', numbered({ type: 'call.accept', callId: 'x'.repeat(65) })],
    ['an id with a slash', numbered({ type: 'call.accept', callId: '../c1' })],
    ['an epoch that is no counter', numbered({ type: 'call.relink', callId: 'c1', epoch: 1.5 })],
    ['an epoch beyond counting', numbered({ type: 'call.relink', callId: 'c1', epoch: 2 ** 53 })],
    ['time without end', '{"seq":1,"ack":0,"message":{"type":"call.relink","callId":"c1","epoch":1e999}}'],
    ['a number that is text', '{"seq":"1","ack":0,"message":{"type":"call.accept","callId":"c1"}}'],
    [
      'a session description that is none',
      numbered({
        type: 'call.signal',
        callId: 'c1',
        epoch: 1,
        signal: { type: 'offer', negotiation: 1, sdp: 'hello', proof: null },
      }),
    ],
    [
      'no candidates',
      numbered({
        type: 'call.signal',
        callId: 'c1',
        epoch: 1,
        signal: { type: 'candidates', negotiation: 1, candidates: [] },
      }),
    ],
    ['half a frame', '{"seq":1,"ack":0,"mess'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['sixty thousand brackets', '['.repeat(60_000)],
  ])('[WIRE-1] refused: %s', (_what, frame) => {
    expect(decodeClientFrame(frame)).toBeNull()
    expect(decodeServerFrame(frame)).toBeNull()
    expect(decodeHello(frame)).toBe('bad')
  })
})

describe('[WIRE-2] the first frame', () => {
  test('[WIRE-2] a hello of another version is outdated, whatever else it says', () => {
    expect(decodeHello(JSON.stringify({ ...station, version: protocolVersion + 1 }))).toBe('outdated')
    expect(decodeHello(JSON.stringify({ type: 'hello', version: 0, future: { things: [1] } }))).toBe(
      'outdated',
    )
  })

  test('[WIRE-2] a broken hello of this version is bad, not outdated', () => {
    expect(decodeHello(JSON.stringify({ ...station, tabId: '' }))).toBe('bad')
    expect(decodeHello(JSON.stringify({ ...station, version: '1' }))).toBe('bad')
    expect(decodeHello(JSON.stringify({ ...station, client: 'admin' }))).toBe('bad')
    expect(decodeHello(numbered({ type: 'call.accept', callId: 'c1' }))).toBe('bad')
  })

  test('[WIRE-2] a page claims four calls at most', () => {
    const claims = (count: number) =>
      Array.from({ length: count }, (_, call) => ({ callId: `c${call}`, epoch: 1 }))
    expect(decodeHello(JSON.stringify({ ...station, claims: claims(4) }))).toMatchObject({
      client: 'station',
    })
    expect(decodeHello(JSON.stringify({ ...station, claims: claims(5) }))).toBe('bad')
  })

  test('[WIRE-2] what a bed signs names the protocol, the origin, the tablet, this one connection and its number', () => {
    expect(challengeText('https://ward.example', 'd1', 'n1', 7)).toBe(
      'bedside/9|https://ward.example|d1|n1|7',
    )
  })
})

describe('[WIRE-3] hostile frames', () => {
  test('[WIRE-3] 20,000 spoiled frames: none throws, what is let in is what was said, memory stays flat', () => {
    const report = fuzz(20_000, 20_261_122)
    const { failure, accepted, refused } = report
    expect(failure).toBeNull()
    for (const { name } of decoders) {
      expect(accepted[name]).toBeGreaterThan(300)
      expect(refused[name]).toBeGreaterThan(3_000)
    }
    expect(isFlat(report)).toBe(true)
  })

  test.each([
    ['throws', () => JSON.parse('{')],
    ['keeps no more than it knows', (text: string) => knownPart(decodeClientFrame(text) ?? fromJson(text))],
    ['refuses the valid', () => null],
  ])('[WIRE-3] the fuzzer notices a decoder that %s', (_fault, decode) => {
    const broken: Decoder = { name: 'client frame', sample: clientFrame, decode }
    expect(fuzz(2_000, 1, [broken]).failure).not.toBeNull()
  })

  test('[WIRE-3] the frames for the sockets are refused, fit a frame, and are the same for the same seed', () => {
    const frames = [...hostileFrames(3, 500)]
    expect(frames).toEqual([...hostileFrames(3, 500)])
    expect(frames).not.toEqual([...hostileFrames(4, 500)])
    expect(new Set(frames).size).toBeGreaterThan(400)
    for (const frame of frames) {
      expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(maxFrameBytes)
      expect(decodeClientFrame(frame)).toBeNull()
      expect(decodeHello(frame)).toBe('bad')
    }
  })
})
