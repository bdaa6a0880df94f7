/** Keeps the built app on the device, so that a tablet starts with no network, and shows what a telephone is told. */
/// <reference lib="webworker" />
import { safeParse } from 'valibot'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { pushNote } from '../src/protocol/push.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

const page = createHandlerBoundToURL('/index.html')

self.addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url)
  const ours = pathname === '/' || ['/bed', '/station', '/admin'].some((page) => pathname.startsWith(page))
  if (event.request.mode !== 'navigate' || !ours) return
  event.respondWith(page({ url: new URL(event.request.url), request: event.request, event }))
})

/** Files that bear their hash come from the cache without this worker, which takes a slow tablet a while to wake. */
type Routed = ExtendableEvent & { addRoutes?(rules: readonly object[]): Promise<void> }
const hashed = [{ condition: { urlPattern: { pathname: '/assets/*' } }, source: 'cache' }]

self.addEventListener('install', (event: Routed) => {
  if (event.addRoutes) event.waitUntil(event.addRoutes(hashed).catch(() => {}))
  void self.skipWaiting()
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

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
