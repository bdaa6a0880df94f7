/** Keeps the built app on the device, so that a tablet starts with no network, and shows what a telephone is told. */
/// <reference lib="webworker" />
import { safeParse } from 'valibot'
import { pushNote } from '../src/protocol/push.ts'
import { type Entry, keepBuild } from './kept.ts'
import { isShare, takeShare } from './shared.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: readonly Entry[] }

const entries = self.__WB_MANIFEST
/** The build names its page by its id (vite.config.ts). */
const kept = keepBuild(entries.find(({ url }) => url === 'index.html')?.revision ?? '', entries)

self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url)
  if (origin !== self.location.origin) return
  const ours = pathname === '/' || ['/bed', '/station', '/admin'].some((page) => pathname.startsWith(page))
  if (isShare(event.request)) return event.respondWith(takeShare(event))
  // The second listener's.
  if (pathname.startsWith('/assets/scan-')) return
  if (event.request.mode !== 'navigate') return kept.answerFile(event, pathname)
  if (ours) kept.answerPage(event)
})

/** What only scans need is kept when it is first used: a scan on this device's disk opens without a network from then on. */
const scanFiles = 'bedside-scan-files'

self.addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url)
  if (origin !== self.location.origin || !pathname.startsWith('/assets/scan-')) return
  event.respondWith(keptOrFetched(event.request))
})

async function keptOrFetched(request: Request): Promise<Response> {
  const cache = await caches.open(scanFiles)
  const kept = await cache.match(request.url)
  if (kept) return kept
  const answer = await fetch(request)
  // A full disk is no reason to show nothing.
  if (answer.ok) await replace(cache, request.url, answer.clone()).catch(() => {})
  return answer
}

/** Of each file the newest version is kept; a name ends in a hash of eight letters. */
async function replace(cache: Cache, address: string, answer: Response): Promise<void> {
  await cache.put(address, answer)
  const nameOf = (url: string) => url.replace(/-[\w-]{8}(\.\w+)$/, '$1')
  for (const { url } of await cache.keys())
    if (url !== address && nameOf(url) === nameOf(address)) await cache.delete(url)
}

/** Files that bear their hash come from the cache without this worker, which takes a slow tablet a while to wake. */
type Routed = ExtendableEvent & { addRoutes?(rules: readonly object[]): Promise<void> }
const hashed = [
  { condition: { urlPattern: { pathname: '/assets/scan-*' } }, source: 'fetch-event' },
  { condition: { urlPattern: { pathname: '/assets/*' } }, source: 'cache' },
]

self.addEventListener('install', (event: Routed) => {
  if (event.addRoutes) event.waitUntil(event.addRoutes(hashed).catch(() => {}))
  event.waitUntil(kept.install())
  void self.skipWaiting()
})
self.addEventListener('activate', (event) =>
  event.waitUntil(kept.activate().then(() => self.clients.claim())),
)
self.addEventListener('message', (event) => {
  event.waitUntil(kept.hear(event.data))
})

// A browser that shows nothing for a push is told so by its vendor: what cannot be read is shown by its name.
self.addEventListener('push', (event) => {
  const told = safeParse(pushNote, json(event.data))
  const { title, ...note } = told.success ? told.output : { title: 'Bedside', body: '', tag: 'bedside' }
  const options = { ...note, icon: '/icon.svg', renotify: true, requireInteraction: true }
  event.waitUntil(self.registration.showNotification(title, options))
})

function json(data: PushMessageData | null): unknown {
  try {
    return data?.json()
  } catch {
    return null
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openStation())
})

async function openStation(): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const station = windows.find(({ url }) => new URL(url).pathname.startsWith('/station'))
  await (station ? station.focus() : self.clients.openWindow('/station'))
}
