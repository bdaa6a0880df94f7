/** Bytes as messages (SPEC.md, ADT-12 and ADT-13): frames however they are divided, and text as its sender wrote it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adtRefusals } from '../../src/core/adt-event.ts'
import { answerTo, refusalTexts } from '../../src/server/adt/answer.ts'
import { createFrames } from '../../src/server/adt/frames.ts'
import { type ReadParts, readMessage } from '../../src/server/adt/read.ts'
import { unescaped } from '../../src/server/adt/text.ts'
import { dateOf, momentOf } from '../../src/server/adt/times.ts'
import { framed, messageText, otherMarks, readAck, usualMarks } from '../fakes/adt.ts'

const parts: ReadParts = {
  zone: 'Europe/Helsinki',
  charset: 'UNICODE UTF-8',
  authority: null,
  production: true,
}
const inPieces = (bytes: Buffer, cuts: readonly number[]) => {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((to, index) => bytes.subarray(at[index], to))
}

test('[ADT-12] frames are the same however their bytes are divided', () => {
  const message = fc
    .uint8Array({ maxLength: 40 })
    .map((bytes) => Buffer.from(bytes.filter((one) => one !== 0x0b)))
  const sound = message.map((bytes) => (bytes.at(-1) === 0x1c ? bytes.subarray(0, -1) : bytes))
  const whole = sound.filter((bytes) => !bytes.includes(Buffer.of(0x1c, 0x0d)))
  fc.assert(
    fc.property(fc.array(whole, { maxLength: 5 }), fc.array(fc.nat(500)), (messages, cuts) => {
      const frames = createFrames()
      const bytes = Buffer.concat(messages.flatMap((one) => [framed(one), Buffer.from('\n')]))
      const found = inPieces(bytes, cuts).flatMap((piece) => frames.push(piece))
      expect(found.map((one) => one.type === 'frame' && one.bytes.toString('hex'))).toEqual(
        messages.map((one) => one.toString('hex')),
      )
      expect(frames.isWithin()).toBe(false)
    }),
  )
})

test('[ADT-12] what is too large, or is no frame, is never taken for one', () => {
  const frames = createFrames()
  expect(frames.push(Buffer.concat([Buffer.of(0x0b), Buffer.alloc(257 * 1024, 0x41)]))).toMatchObject([
    { type: 'too-large' },
  ])
  expect(createFrames().push(Buffer.alloc(2_000, 0x41))).toEqual([{ type: 'no-frame' }])
})

test('[ADT-13] escapes stand for the sender’s own delimiters, and what does not end is text', () => {
  const cases: [string, string | null][] = [
    ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\', 'a|b^c&d~e\\'],
    ['\\X4142\\', 'AB'],
    ['\\XC3A9\\', 'é'],
    ['\\H\\bold\\N\\', 'bold'],
    ['one\\.br\\two', 'one two'],
    ['open\\ended', 'open\\ended'],
    ['\\C2842\\', null],
    ['\\XFF\\', null],
  ]
  for (const [text, said] of cases) expect(unescaped(text, usualMarks, 'UNICODE UTF-8'), text).toBe(said)
  expect(unescaped('a@F@b@E@', otherMarks, 'ASCII')).toBe('a!b@')
})

test('[ADT-13] text of another character set than it says is refused and not guessed', () => {
  const say = {
    trigger: 'A03',
    controlId: '1',
    at: '20261101',
    people: [{ number: 'M', name: ['Öberg', 'Å'] as const }],
  }
  const read = (charset: string, encoding: BufferEncoding) => {
    const found = readMessage(Buffer.from(messageText({ ...say, charset }), encoding), parts)
    return found.type === 'event' ? found.event.people[0]?.name : found.why
  }
  expect(read('UNICODE UTF-8', 'utf8')).toBe('Å Öberg')
  expect(read('', 'utf8')).toBe('Å Öberg')
  expect(read('8859/1', 'latin1')).toBe('Å Öberg')
  expect(read('UNICODE UTF-8', 'latin1')).toBe('wrong-charset')
  expect(read('ASCII', 'utf8')).toBe('wrong-charset')
  expect(read('8859/1~ISO IR87', 'latin1')).toBe('wrong-charset')
  expect(read('KS X 1001', 'utf8')).toBe('wrong-charset')
})

test('[ADT-13] a time is as exact as it was written, and in the repeated hour it is both', () => {
  const zone = 'Europe/Helsinki'
  const span = (text: string) => {
    const found = momentOf(text, zone)
    return found && [new Date(found.earliestMs).toISOString(), found.latestMs - found.earliestMs + 1]
  }
  expect(span('202606151200')).toEqual(['2026-06-15T09:00:00.000Z', 60_000])
  expect(span('20260615120001.5')).toEqual(['2026-06-15T09:00:01.500Z', 1])
  expect(span('20260615120001-0500')).toEqual(['2026-06-15T17:00:01.000Z', 1_000])
  expect(span('20261025033000')).toEqual(['2026-10-25T00:30:00.000Z', 3_601_000])
  expect(span('20260329033000')).toEqual(['2026-03-29T01:30:00.000Z', 1_000])
  for (const text of ['', '2026', '20260230', '20261301', '202606152500', 'yesterday', '20260615120001x'])
    expect(momentOf(text, zone), text).toBeNull()
  expect(dateOf('20240229')).toBe('2024-02-29')
  expect(dateOf('20230229')).toBeNull()
})

test('[ADT-13] whatever the bytes, the answer is a message in the sender’s delimiters', () => {
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))
  const sound = Buffer.from(
    messageText({ trigger: 'A01', controlId: 'c', at: '20261101', people: [{ number: 'M' }] }),
  )
  const damaged = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1 }).map((hits) => {
    const copy = Buffer.from(sound)
    for (const [at, byte] of hits) copy[at] = byte
    return copy
  })
  fc.assert(
    fc.property(fc.oneof(noise, damaged, damaged), (bytes) => {
      const read = readMessage(bytes, parts)
      const why = read.type === 'refused' ? read.why : null
      const answer = answerTo(read.header, why, { id: 'i', atMs: 0 }).toString('latin1')
      expect(answer.startsWith('MSH')).toBe(true)
      expect(readAck(answer).code).toBe(why === null ? 'AA' : refusalTexts[why].ack)
      expect(answer.includes('\x0b') || answer.includes('\x1c')).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('[ADT-4] every refusal has a code, a place and a text of its own', () => {
  const texts = adtRefusals.map((why) => refusalTexts[why].text)
  expect(new Set(texts).size).toBe(texts.length)
})
