/** How much a tablet's page holds, over a day, and whether that grows with what is done on it. */
import { readFileSync } from 'node:fs'
import type { Browser, CDPSession, Page } from 'playwright'

export const measures = ['heapKB', 'nodes', 'listeners', 'privateKB'] as const
export type Measure = (typeof measures)[number]
/** Bytes of each kind of thing that a page keeps, by its class's name where it has one. */
export type Kinds = ReadonlyMap<string, number>
export type Sample = {
  readonly atMs: number
  readonly calls: number
  readonly kinds?: Kinds
} & Readonly<Record<Measure, number>>

/**
 * What a call may add for good, between the middles of both halves of a page's life. Of listeners and nodes a leak is whole
 * ones for each call; of the heap, what is compiled and remembered on the way settles with the first calls.
 */
const mostEachCall: Readonly<Record<Measure, number>> = {
  heapKB: 8,
  nodes: 0.5,
  listeners: 0.5,
  privateKB: 400,
}
/** So many calls in between, or nothing is said. */
const fewestCalls = 3
/** What a page fetches for its first call and its first request belongs to no later one. */
const settling = 2

export type Scales = { weigh(): Promise<Readonly<Record<Measure, number>> & { readonly kinds: Kinds }> }

export async function openScales(browser: Browser, page: Page): Promise<Scales> {
  const [session, whole] = [await page.context().newCDPSession(page), await browser.newBrowserCDPSession()]
  await session.send('Performance.enable')
  return {
    async weigh() {
      // Twice: what the first frees may have held more.
      for (let turn = 0; turn < 2; turn += 1) await session.send('HeapProfiler.collectGarbage')
      const { metrics } = await session.send('Performance.getMetrics')
      const named = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
      const kinds = keptKinds(await snapshotOf(session))
      return {
        kinds,
        heapKB: Math.round([...kinds.values()].reduce((sum, bytes) => sum + bytes, 0) / 1_024),
        nodes: named('Nodes'),
        listeners: named('JSEventListeners'),
        privateKB: await privateKB(whole),
      }
    },
  }
}

async function snapshotOf(session: CDPSession): Promise<string> {
  const chunks: string[] = []
  const hear = ({ chunk }: { chunk: string }) => void chunks.push(chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', hear)
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  session.off('HeapProfiler.addHeapSnapshotChunk', hear)
  return chunks.join('')
}

/** Of other kinds, a name is the thing itself: a string, or a number. */
const hasClass = new Set(['object', 'native', 'closure', 'array', 'hidden', 'synthetic'])
/** What the engine compiles and learns on the way: that grows for the whole of a day. */
const enginesOwn = new Set(['code', 'object shape'])
/**
 * What a browser notes down of how each page does, up to 150 or 200 entries of a kind (Performance Timeline, section 6,
 * `maxBufferSize`), whether anybody reads them or not.
 */
const timeline = new Set(
  [
    'DOMRectReadOnly',
    'InteractionContentfulPaint',
    'LargestContentfulPaint',
    'LayoutShift',
    'LayoutShiftAttribution',
    'PerformanceEventTiming',
    'PerformanceLongAnimationFrameTiming',
    'PerformanceScriptTiming',
  ].map((name) => `native ${name}`),
)

/** Of a class's name: those of the browser's own can be pages long. */
const mostNamed = 60

/** What a page keeps, also beyond its scripts; without what says nothing of the app. */
function keptKinds(snapshot: string): Kinds {
  const read: {
    snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } }
    nodes: number[]
    strings: string[]
  } = JSON.parse(snapshot)
  const { node_fields, node_types } = read.snapshot.meta
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => node_fields.indexOf(field))
  const types = node_types[0]
  const kinds = new Map<string, number>()
  for (let at = 0; at < read.nodes.length; at += node_fields.length) {
    const field = (offset = 0) => read.nodes[at + offset] ?? 0
    const kind = types[field(type)] ?? ''
    const named = hasClass.has(kind) ? `${kind} ${read.strings[field(name)]?.slice(0, mostNamed)}` : kind
    if (enginesOwn.has(kind) || timeline.has(named)) continue
    kinds.set(named, (kinds.get(named) ?? 0) + field(size))
  }
  return kinds
}

/** Of the process that draws the page: its own memory, whatever it shares with others. */
async function privateKB(whole: CDPSession): Promise<number> {
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  const busiest = renderers.toSorted((a, b) => b.cpuTime - a.cpuTime)[0]
  if (!busiest) return 0
  const said = readFileSync(`/proc/${busiest.id}/smaps_rollup`, 'utf8')
  const sizes = [...said.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)].map(([, size]) => Number(size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}

export type Growth = {
  readonly calls: number
  readonly eachCall: Readonly<Record<Measure, number>>
  /** Of the heap a single kind, too: what a leak keeps may be less than what everything else gives back meanwhile. */
  readonly tooMuch: readonly string[]
  /** What grew most, and by how many bytes for each call. */
  readonly heaviest: readonly (readonly [kind: string, eachCall: number])[]
}

const heaviestKinds = 15

/** Of one page's life, from its start to its reload. Null: it was too short to tell. */
export function growthOf(samples: readonly Sample[]): Growth | null {
  const settled = samples.slice(settling)
  const half = Math.floor(settled.length / 2)
  const [earlier, later] = [settled.slice(0, half), settled.slice(-half)]
  const between = (of: (sample: Sample) => number) => median(later.map(of)) - median(earlier.map(of))
  const calls = half === 0 ? 0 : between((sample) => sample.calls)
  if (calls < fewestCalls) return null
  const each = (measure: Measure) => between((sample) => sample[measure]) / calls
  const eachCall = {
    heapKB: each('heapKB'),
    nodes: each('nodes'),
    listeners: each('listeners'),
    privateKB: each('privateKB'),
  }
  const names = new Set(settled.flatMap(({ kinds }) => [...(kinds?.keys() ?? [])]))
  const growing = [...names]
    .map((kind) => [kind, between(({ kinds }) => kinds?.get(kind) ?? 0) / calls] as const)
    .toSorted(([, a], [, b]) => b - a)
  const tooMuch = [
    ...measures.filter((measure) => eachCall[measure] > mostEachCall[measure]),
    ...growing.filter(([, bytes]) => bytes > mostEachCall.heapKB * 1_024).map(([kind]) => kind),
  ]
  return {
    calls,
    eachCall,
    tooMuch,
    heaviest: growing.slice(0, heaviestKinds),
  }
}

/** On purpose, to see it found: what a call leaves behind. */
export const leaks = ['listener', 'array'] as const
export type Leak = (typeof leaks)[number]

export async function leakInto(page: Page, leak: Leak): Promise<void> {
  if (leak === 'listener') return await page.evaluate(() => addEventListener('resize', () => {}))
  await page.evaluate(() => {
    const kept = Array.from({ length: 2_500 }, () => Math.random())
    // 20 KB, as one number takes eight bytes.
    Object.assign(window, { [`kept${performance.now()}`]: kept })
  })
}

/** What the witness keeps of each call for tests is no leak of the app's. */
export async function forgetWitnessed(page: Page): Promise<void> {
  await page.evaluate(() => void Object.assign(window.witness, { tracks: [], links: [], closed: [] }))
}
