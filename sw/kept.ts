/**
 * The builds of the app that this device keeps, each whole in a cache of its own, and which of them is served. A build that
 * a tablet was told to take is on trial: it is this worker, and not the page, that watches whether it comes to Ready, so that a
 * page that does not even run is covered (HZ-11).
 */
/// <reference lib="webworker" />
import { type GenericSchema, type InferOutput, safeParse } from 'valibot'
import {
  readySaid,
  type Served,
  served,
  servedAddress,
  servedCache,
  wanted,
  wantedAddress,
} from '../src/protocol/served.ts'

declare const self: ServiceWorkerGlobalScope

export type Entry = { readonly url: string; readonly revision: string | null }

const prefix = 'bedside-app-'
const page = '/index.html'
/**
 * A file alone waits for the disk as long as for the network. A browser has six connections to one server: where a network
 * that died holds these, a page that is loaded anew still has some.
 */
const lanes = 3
/** No answer by then: what was begun fails as a whole, and gives its connections back. */
const fileMs = 60_000
/** A page that ends so often before it is Ready does not get there: a crash loads it anew and begins its time again. */
const mostStarts = 3

async function readOf<S extends GenericSchema>(address: string, shape: S): Promise<InferOutput<S> | null> {
  const answer = await (await caches.open(servedCache)).match(address)
  const read = safeParse(shape, await answer?.json().catch(() => null))
  return read.success ? read.output : null
}

async function write(next: Served): Promise<void> {
  await (await caches.open(servedCache)).put(servedAddress, Response.json(next))
}

const now = () => readOf(servedAddress, served)

/** `own`: the build that this worker came with. */
export function keepBuild(own: string, entries: readonly Entry[]) {
  const files = new Map(entries.map((entry) => [`/${entry.url.replace(/^\//, '')}`, entry]))

  /** All of it or nothing: what could not be kept whole is not installed, and the worker before goes on. */
  async function install(): Promise<void> {
    const cache = await caches.open(prefix + own)
    try {
      const left = [...files]
      const lane = async () => {
        for (let one = left.shift(); one; one = left.shift())
          await fill(cache, one[0], one[1].revision === null)
      }
      await Promise.all(Array.from({ length: lanes }, lane))
    } catch (error) {
      // The build before may be this very one, put back: its files stay.
      const is = await now()
      if (is?.build !== own && is?.before !== own) await caches.delete(prefix + own)
      throw error
    }
  }

  /** A name with a hash is the same file in every build. */
  async function fill(cache: Cache, path: string, isHashed: boolean): Promise<void> {
    if (await cache.match(path)) return
    const known = isHashed ? await caches.match(path) : undefined
    const answer =
      known ??
      (await fetch(isHashed ? path : `/builds/${own}${path}`, { signal: AbortSignal.timeout(fileMs) }))
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    if (path === page && (await idOf(answer.clone())) !== own) throw new Error('not the page of this build')
    await cache.put(path, answer)
  }

  async function activate(): Promise<void> {
    const [was, asked] = await Promise.all([now(), readOf(wantedAddress, wanted)])
    await (await caches.open(servedCache)).delete(wantedAddress)
    const isAsked = was !== null && asked?.build === own
    const trial = isAsked ? { number: asked.number, readyMs: asked.readyMs, starts: 0 } : null
    const next: Served =
      was?.build === own
        ? was
        : { build: own, before: was?.build ?? null, trial, failed: was?.failed ?? null }
    await write(next)
    await tidy(next)
  }

  /** The one before stays, for a page that still runs it, and for the way back. */
  async function tidy({ build, before }: Served): Promise<void> {
    const kept = [build, before].map((one) => prefix + one)
    for (const name of await caches.keys())
      if (name.startsWith('workbox-') || (name.startsWith(prefix) && !kept.includes(name)))
        await caches.delete(name)
  }

  /** The page of whichever build is served; without one, what the server has. */
  async function open(event: FetchEvent, starting: Promise<Served | null>): Promise<Response> {
    const is = await starting
    const cache = await caches.open(prefix + (is?.build ?? own))
    return (await cache.match(page)) ?? (await fetch(event.request))
  }

  async function start(): Promise<Served | null> {
    const is = await now()
    if (!is?.trial) return is
    const starts = is.trial.starts + 1
    if (starts > mostStarts) return await goBack(is)
    const next = { ...is, trial: { ...is.trial, starts } }
    await write(next)
    return next
  }

  async function watch(starting: Promise<Served | null>): Promise<void> {
    const begun = await starting
    if (!begun?.trial) return
    const { readyMs, starts } = begun.trial
    await new Promise((then) => setTimeout(then, readyMs))
    const is = await now()
    // Ready meanwhile, or loaded anew, which has a time of its own.
    if (is?.build !== begun.build || is.trial?.starts !== starts) return
    await goBack(is)
    await reload()
  }

  /** Without a server no build comes to Ready: then it is not remembered as a bad one, and is tried again when it is offered. */
  async function goBack(is: Served): Promise<Served> {
    if (!is.trial || is.before === null) return is
    const isFault = await fetch('/healthz', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    )
    const failed = isFault ? { build: is.build, number: is.trial.number } : is.failed
    const next = { build: is.before, before: is.build, trial: null, failed }
    await write(next)
    return next
  }

  async function reload(): Promise<void> {
    for (const client of await self.clients.matchAll({ type: 'window' })) {
      const { origin, pathname } = new URL(client.url)
      await client.navigate(origin + pathname).catch(() => null)
    }
  }

  async function anywhere(request: Request): Promise<Response> {
    return (await caches.match(request.url)) ?? (await fetch(request))
  }

  async function ofServed(request: Request, path: string): Promise<Response> {
    const is = await now()
    const cache = await caches.open(prefix + (is?.build ?? own))
    return (await cache.match(path)) ?? (await fetch(request))
  }

  return {
    install,
    activate,
    /** Answers who opens a page of the app. */
    answerPage(event: FetchEvent): void {
      const starting = start()
      event.respondWith(open(event, starting))
      event.waitUntil(watch(starting))
    },
    /** One with a hash from whichever build has it; any other as the build that is served has it. */
    answerFile(event: FetchEvent, path: string): void {
      if (path.startsWith('/assets/')) return event.respondWith(anywhere(event.request))
      if (files.has(path)) event.respondWith(ofServed(event.request, path))
    },
    async hear(said: unknown): Promise<void> {
      const heard = safeParse(readySaid, said)
      const is = await now()
      if (heard.success && is?.trial && is.build === heard.output.ready) await write({ ...is, trial: null })
    },
  }
}

/** As `protocol/tablet-health.ts` names a build. */
async function idOf(answer: Response): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer())
  return [...new Uint8Array(digest)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 12)
}
