/**
 * A million spoiled frames through the decoders: none throws, memory stays flat, and what is let in is exactly what it
 * says. `node tests/lab/wire-fuzz.ts --frames 1000000 --seed 1`
 */
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { maxFrameBytes } from '../../src/protocol/primitives.ts'
import { decodeClientFrame, decodeHello } from '../../src/protocol/client-frame.ts'
import { decodeServerFrame } from '../../src/protocol/wire.ts'
import { type Chance, mulberry32, pick } from './prng.ts'
import { spoil } from './wire-mutations.ts'
import { clientFrame, hello, type Json, serverFrame } from './wire-samples.ts'

export type Decoder = {
  readonly name: 'client frame' | 'hello' | 'server frame'
  readonly sample: (chance: Chance) => Json
  /** The decoded value, or null when it is refused. */
  readonly decode: (text: string) => unknown
}

export const decoders: readonly Decoder[] = [
  { name: 'client frame', sample: clientFrame, decode: decodeClientFrame },
  { name: 'hello', sample: hello, decode: decodeHelloOnly },
  { name: 'server frame', sample: serverFrame, decode: decodeServerFrame },
]

function decodeHelloOnly(text: string): unknown {
  const decoded = decodeHello(text)
  return typeof decoded === 'string' ? null : decoded
}

export type FuzzReport = {
  readonly frames: number
  readonly accepted: Readonly<Record<Decoder['name'], number>>
  readonly refused: Readonly<Record<Decoder['name'], number>>
  /** Used heap after a collection, when a tenth was done and at the end, in bytes. */
  readonly heap: { readonly early: number; readonly late: number }
  readonly failure: string | null
}

/** Equal as JSON says it: −0 is 0, the order of keys is nothing. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [mine, theirs] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    mine.length === theirs.size &&
    mine.every(([key, value]) => theirs.has(key) && isSameJson(value, theirs.get(key)))
  )
}

/** What is wrong with how a frame was taken, or null. */
function complaint({ name, decode }: Decoder, text: string, decoded: unknown): string | null {
  const value: unknown = JSON.parse(text)
  if (!isSameJson(decoded, value)) return `${name} let in something else than it was sent`
  if (!isSameJson(decode(JSON.stringify(decoded)), decoded)) return `${name} is refused when it is sent on`
  return null
}

let collect: (() => void) | null = null

function usedHeap(): number {
  if (!collect) {
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
  }
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

/** V8's table of strings doubles now and then (4.3 MB); six bytes kept of every frame would be more. */
const tableBytes = 5e6

export function isFlat({ heap }: FuzzReport): boolean {
  return heap.late < heap.early * 1.05 + tableBytes
}

/** Every twentieth frame is left as it is, and must be let in. */
export function fuzz(frames: number, seed: number, under: readonly Decoder[] = decoders): FuzzReport {
  const chance = mulberry32(seed)
  const accepted = { 'client frame': 0, hello: 0, 'server frame': 0 }
  const refused = { ...accepted }
  let early = 0
  let failure: string | null = null
  let done = 0
  for (; done < frames && !failure; done += 1) {
    if (done === Math.floor(frames / 10)) early = usedHeap()
    const decoder = pick(chance, under)
    const isValid = chance() < 0.05
    const sample = decoder.sample(chance)
    const text = isValid ? JSON.stringify(sample) : spoil(chance, sample)
    failure = take(decoder, text, isValid)
    if (failure) failure = `${failure}\n${text.slice(0, 2_000)}`
  }
  return { frames: done, accepted, refused, heap: { early, late: usedHeap() }, failure }

  function take(decoder: Decoder, text: string, isValid: boolean): string | null {
    try {
      const decoded = decoder.decode(text)
      if (decoded === null) {
        refused[decoder.name] += 1
        return isValid ? `${decoder.name} refused a valid one` : null
      }
      accepted[decoder.name] += 1
      return complaint(decoder, text, decoded)
    } catch (error) {
      return `${decoder.name} threw ${error}`
    }
  }
}

/**
 * Frames that fit a socket (64 KiB of UTF-8) and that the server must refuse, as a hello and as any later frame.
 * The same seed gives the same frames.
 */
export function* hostileFrames(seed: number, count: number): Generator<string, void, undefined> {
  const chance = mulberry32(seed)
  for (let made = 0; made < count; ) {
    const spoiled = spoil(chance, pick(chance, decoders).sample(chance))
    const bytes = Buffer.from(spoiled)
    // What the other side reads: a lone surrogate does not survive UTF-8.
    const text = bytes.toString()
    if (bytes.length > maxFrameBytes || decodeClientFrame(text) !== null || decodeHello(text) !== 'bad')
      continue
    made += 1
    yield text
  }
}

function main(): void {
  const { values } = parseArgs({
    options: { frames: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
  })
  const startedAt = performance.now()
  const report = fuzz(Number(values.frames), Number(values.seed))
  const { frames, accepted, refused, heap, failure } = report
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  for (const { name } of decoders) console.log(`${name}: ${accepted[name]} let in, ${refused[name]} refused`)
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
  console.log(
    `heap after collection: ${megabytes(heap.early)} MB at a tenth, ${megabytes(heap.late)} MB at the end`,
  )
  if (failure) console.log(failure)
  const verdict = failure ? 'BROKEN' : isFlat(report) ? 'no throw, memory flat' : 'MEMORY GROWS'
  console.log(`${frames} frames under seed ${values.seed} in ${seconds} s: ${verdict}`)
  process.exitCode = failure || !isFlat(report) ? 1 : 0
}

if (import.meta.main) main()
