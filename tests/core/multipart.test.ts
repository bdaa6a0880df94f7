/** Bodies of several parts, cut wherever a network cuts them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundaryOf, createMultipart } from '../../src/core/scan/multipart.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

type Part = { readonly headers: Record<string, string>; readonly body: Uint8Array }
type Read = { readonly parts: { headers: Record<string, string>; body: number[] }[]; readonly end: string }

/** All that is read of these pieces. */
function read(boundary: string, pieces: Iterable<Uint8Array>): Read {
  const multipart = createMultipart(boundary)
  const parts: Read['parts'] = []
  let end = 'open'
  for (const piece of pieces) {
    const { news, isBroken } = multipart.push(piece)
    for (const one of news) {
      if (one.type === 'part') parts.push({ headers: Object.fromEntries(one.headers), body: [] })
      else if (one.type === 'bytes') parts.at(-1)?.body.push(...one.bytes)
      else end = 'end'
    }
    if (isBroken) end = 'broken'
  }
  return { parts, end }
}

function written(boundary: string, parts: readonly Part[], preamble = '', epilogue = ''): Uint8Array {
  const all = parts.flatMap(({ headers, body }) => [
    bytes(`\r\n--${boundary}\r\n`),
    bytes(
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join(''),
    ),
    bytes('\r\n'),
    body,
  ])
  return Buffer.concat([bytes(preamble), ...all, bytes(`\r\n--${boundary}--${epilogue}`)])
}

function cut(whole: Uint8Array, at: readonly number[]): Uint8Array[] {
  const edges = [0, ...at.map((one) => one % (whole.length + 1)).toSorted((a, b) => a - b), whole.length]
  return edges.slice(1).map((edge, index) => whole.subarray(edges[index], edge))
}

/** Made of what delimiters are made of, so that beginnings of them are everywhere. */
const body = fc
  .array(fc.constantFrom('\r', '\n', '-', 'b', '\r\n', '\r\n-', '\r\n--', '\r\n--b', 'x', '\0'), {
    maxLength: 30,
  })
  .map((pieces) => pieces.join(''))
  .filter((text) => !`\r\n${text}\r\n`.includes('\r\n--bou'))
  .map(bytes)

test('in whatever pieces a body comes, the parts are the same', () => {
  const parts = fc.array(fc.record({ headers: fc.constant({ 'content-type': 'application/dicom' }), body }), {
    maxLength: 5,
  })
  const cuts = fc.array(fc.nat({ max: 2_000 }), { maxLength: 40 })
  fc.assert(
    fc.property(parts, cuts, fc.constantFrom('', 'before\r\nit'), (sent, at, preamble) => {
      const whole = written('bou', sent, preamble, '\r\nafter')
      const wanted = { parts: sent.map(({ headers, body }) => ({ headers, body: [...body] })), end: 'end' }
      expect(read('bou', cut(whole, at))).toEqual(wanted)
      expect(
        read(
          'bou',
          Array.from(whole, (_, index) => whole.subarray(index, index + 1)),
        ),
      ).toEqual(wanted)
    }),
    { seed: 2046, numRuns: 500 },
  )
})

test('the first delimiter may stand at the very beginning, and blanks behind each', () => {
  const text = '--b \t\r\nContent-Type: A\r\n b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--'
  expect(read('b', [bytes(text)])).toEqual({
    parts: [
      { headers: { 'content-type': 'A b' }, body: [...bytes('one')] },
      { headers: {}, body: [...bytes('two')] },
    ],
    end: 'end',
  })
})

test.each([
  ['a preamble without end', '\0'.repeat(70_000)],
  ['headers without end', `\r\n--b\r\n${'x: y\r\n'.repeat(3_000)}`],
  ['a header in one endless line', `\r\n--b\r\nx: ${'y'.repeat(9_000)}`],
  ['a line that is no header', '\r\n--b\r\n<html>\r\n\r\n'],
  ['something behind the delimiter', '\r\n--bx\r\n\r\n'],
])('%s is broken, and nothing more is read', (_, text) => {
  expect(read('b', [bytes(text), bytes('\r\n--b\r\n\r\nlate')])).toEqual({ parts: [], end: 'broken' })
})

test('any bytes at all end in parts, or in broken', () => {
  const noise = fc.uint8Array({ maxLength: 400 })
  const mixed = fc.array(fc.oneof(noise, fc.constantFrom('\r\n--b', '--', '\r\n\r\n', 'a: b').map(bytes)))
  fc.assert(
    fc.property(mixed, (pieces) => {
      expect(['open', 'end', 'broken']).toContain(read('b', pieces).end)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test.each([
  ['multipart/related; boundary=abc', 'abc'],
  ['multipart/related; type="application/dicom"; boundary="a b:c"', 'a b:c'],
  ['Multipart/Related;BOUNDARY=x;type=application/dicom', 'x'],
  ['multipart/related; type="application/dicom"', null],
  ['multipart/mixed; boundary=abc', null],
  ['text/html', null],
  [`multipart/related; boundary=${'a'.repeat(71)}`, null],
  ['multipart/related; boundary="a\r\nb"', null],
  ['multipart/related; boundary="a "', null],
])('the boundary of %j is %j', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary)
})
