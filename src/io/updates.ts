/** The service worker: offline start, and the newest version when the server asks for it. */
import { Workbox } from 'workbox-window'

/** Registers `/sw.js` where the browser allows it; the answer fetches and activates a newer one. */
export function registerWorker(): () => Promise<void> {
  if (!('serviceWorker' in navigator)) return async () => {}
  const workbox = new Workbox('/sw.js')
  const registered = workbox.register().catch(() => undefined)
  return async () => {
    await registered
    await workbox.update().catch(() => {})
  }
}
