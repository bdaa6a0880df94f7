/** Keeps the built app on the device, so that a tablet starts with no network. No domain logic. */
/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'

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
