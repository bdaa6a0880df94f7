/** The least encoder of lossless JPEG (ITU-T T.81 annex H), to try each predictor and restarts, which no file here has. */
import { joined } from './scan-files.ts'

/** Table H.1, by its numbers. */
const predictors: readonly ((a: number, b: number, c: number) => number)[] = [
  () => 0,
  (a) => a,
  (_a, b) => b,
  (_a, _b, c) => c,
  (a, b, c) => a + b - c,
  (a, b, c) => a + ((b - c) >> 1),
  (a, b, c) => b + ((a - c) >> 1),
  (a, b) => (a + b) >> 1,
]

type Settings = { readonly columns: number; readonly selection: number; readonly restartLines: number }

/** Every category, 0 to 16, has a code of five bits: its own number. */
const codeBits = 5

function guess(samples: readonly number[], at: number, { columns, selection, restartLines }: Settings) {
  const line = Math.floor(at / columns)
  const isFirstLine = restartLines ? line % restartLines === 0 : line === 0
  const [left = 0, above = 0, corner = 0] = [
    samples[at - 1],
    samples[at - columns],
    samples[at - columns - 1],
  ]
  if (at % columns === 0) return isFirstLine ? 32_768 : above
  return isFirstLine ? left : (predictors[selection]?.(left, above, corner) ?? 0)
}

/** The bits of one difference, modulo 65,536 (H.1.2.2). */
function bitsOf(difference: number): string {
  const signed = (difference << 16) >> 16
  const size = signed === -32_768 ? 16 : 32 - Math.clz32(Math.abs(signed))
  const value = signed < 0 ? signed + (1 << size) - 1 : signed
  const rest = size === 0 || size === 16 ? '' : value.toString(2).padStart(size, '0')
  return size.toString(2).padStart(codeBits, '0') + rest
}

/** Filled up with ones, and a zero after each FF (B.1.1.5, F.1.2.3). */
function packed(bits: string): Uint8Array {
  const whole = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1')
  const bytes = (whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
  return Uint8Array.from(bytes.flatMap((byte) => (byte === 255 ? [255, 0] : [byte])))
}

/** Samples of 16 bits, one component; a restart marker after each `restartLines` lines, none where that is 0. */
export function losslessJpeg(samples: readonly number[], settings: Settings): Uint8Array<ArrayBuffer> {
  const { columns, selection, restartLines } = settings
  const rows = samples.length / columns
  const word = (value: number) => [value >> 8, value & 255]
  const counts = Array.from({ length: 16 }, (_, at) => (at + 1 === codeBits ? 17 : 0))
  const head = Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xc3, 0, 11, 16, ...word(rows), ...word(columns), 1, 1, 0x11, 0],
    ...[0xff, 0xc4, 0, 36, 0, ...counts, ...Array.from({ length: 17 }, (_, symbol) => symbol)],
    ...(restartLines ? [0xff, 0xdd, 0, 4, ...word(restartLines * columns)] : []),
    ...[0xff, 0xda, 0, 8, 1, 1, 0, selection, 0, 0],
  ])
  const lines = restartLines || rows
  const parts = Array.from({ length: Math.ceil(rows / lines) }, (_, part) => {
    const [from, to] = [part * lines * columns, Math.min((part + 1) * lines, rows) * columns]
    const bits = samples
      .slice(from, to)
      .map((sample, at) => bitsOf(sample - guess(samples, from + at, settings)))
    return packed(bits.join(''))
  })
  const marked = parts.flatMap((part, at) =>
    at ? [Uint8Array.of(0xff, 0xd0 + ((at - 1) & 7)), part] : [part],
  )
  return joined([head, ...marked, Uint8Array.of(0xff, 0xd9)])
}
