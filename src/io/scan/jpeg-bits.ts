/** The entropy-coded bits of a scan (ITU-T T.81 F.2.2.5): stuffed zeros taken out, markers never read as bits. */
import { type HuffmanTable, JpegError } from './jpeg-segments.ts'

export type Bits = {
  /** The symbol of the next code. */
  readonly symbol: (table: HuffmanTable) => number
  /** The next `count` bits, 0 to 16, as a difference (T.81 F.2.2.1, EXTEND). */
  readonly signed: (count: number) => number
  /** Over a restart marker; the one that is due, or the stream is broken. */
  readonly restart: (number: number) => void
  /** Where the marker after the scan stands. */
  readonly end: () => number
}

export function createBits(bytes: Uint8Array, from: number): Bits {
  let at = from
  let [buffer, held, made] = [0, 0, 0]

  /** At a marker, or the end, zeros are made up: peeking may need them, reading one is a failure. */
  function fill() {
    while (held <= 16) {
      const next = bytes[at]
      const isMarker = next === 0xff && bytes[at + 1] !== 0
      if (next === undefined || isMarker) made += 8
      else at += next === 0xff ? 2 : 1
      buffer = ((buffer << 8) | (next === undefined || isMarker ? 0 : next)) & 0xffffff
      held += 8
    }
  }

  function drop(count: number) {
    held -= count
    if (held < made) throw new JpegError('entropy-coded data', true)
  }

  return {
    symbol(table) {
      fill()
      const entry = table[(buffer >>> (held - 16)) & 0xffff] ?? 0
      if (entry === 0) throw new JpegError('code')
      drop(entry >> 8)
      return entry & 255
    },
    signed(count) {
      if (count === 0) return 0
      if (count > 16) throw new JpegError('difference')
      fill()
      const bits = (buffer >>> (held - count)) & ((1 << count) - 1)
      drop(count)
      return bits < 1 << (count - 1) ? bits - (1 << count) + 1 : bits
    },
    restart(number) {
      ;[buffer, held, made] = [0, 0, 0]
      while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at++
      if (bytes[at] !== 0xff || bytes[at + 1] !== 0xd0 + (number & 7)) throw new JpegError('restart')
      at += 2
    },
    end: () => at,
  }
}
