import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOutbox } from '../../src/io/outbox.ts'
import type { ClientMessage } from '../../src/protocol/wire.ts'

function accept(callId: string): ClientMessage {
  return { type: 'call.accept', callId }
}

test('[SESSION-1] what the server has not confirmed is sent again under its own number', () => {
  const outbox = createOutbox()
  for (const callId of ['a', 'b', 'c']) outbox.add(accept(callId))
  outbox.confirm(1)
  expect(outbox.resume(2).map((frame) => JSON.parse(frame))).toEqual([
    { seq: 3, ack: 0, message: accept('c') },
  ])
})

test('[SESSION-2] a new session carries the same messages under new numbers', () => {
  const outbox = createOutbox()
  for (const callId of ['a', 'b', 'c']) outbox.add(accept(callId))
  outbox.confirm(1)
  const frames = outbox.restart().map((frame) => JSON.parse(frame))
  expect(frames.map(({ seq, message }) => [seq, message.callId])).toEqual([
    [1, 'b'],
    [2, 'c'],
  ])
  expect(JSON.parse(outbox.add(accept('d'))).seq).toBe(3)
})

test('[SESSION-3] whatever is repeated or torn, each message is taken once and in order (property)', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 60 }), (arrivals) => {
      const outbox = createOutbox()
      const taken: number[] = []
      for (const seq of arrivals) {
        const message = { type: 'call.ended', callId: 'a', reason: 'busy', by: 'server' } as const
        if (outbox.accept({ seq: seq + 1, message }) === 'new') taken.push(seq + 1)
      }
      expect(taken).toEqual(taken.map((_, index) => index + 1))
    }),
    { seed: 7, numRuns: 500 },
  )
})
