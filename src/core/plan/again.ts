/** Names of what is booked in place of something refused, the same whoever decides: two who do cannot both book it. */

/** [PLAN-8] A UUID of version 8 (RFC 9562 §5.8), made of the attention's id and nothing else. */
export function againId(attentionId: string): string {
  const hex = digest(`again ${attentionId}`)
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}

type Words = readonly [number, number, number, number]

/** Tells names apart and keeps no secret; `crypto.subtle` would make every screen wait. 32 digits. */
function digest(text: string): string {
  let words: Words = [text.length, 0, 0, 0]
  for (const char of `${text}        `) words = stirred(words, char.codePointAt(0) ?? 0)
  return words.map((word) => word.toString(16).padStart(8, '0')).join('')
}

/** A quarter round of ChaCha (RFC 8439 §2.1): nothing that went in is lost on the way. */
function stirred([first, b0, c0, d0]: Words, code: number): Words {
  let [a, b, c, d] = [first ^ code, b0, c0, d0]
  for (const [left, right] of [
    [16, 12],
    [8, 7],
  ] as const) {
    a = (a + b) >>> 0
    d = rotated(d ^ a, left)
    c = (c + d) >>> 0
    b = rotated(b ^ c, right)
  }
  return [a, b, c, d]
}

function rotated(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0
}
