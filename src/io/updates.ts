/** The service worker: offline start, and the newest version when the server asks for it. */
import { Workbox } from 'workbox-window'
import { scriptAddress } from './script-address.ts'

/** `update()` resolves when the new worker begins to install; a reload before it is active gets the old page again. */
async function activated(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  const next = registration?.installing ?? registration?.waiting
  if (!next) return
  await new Promise<void>((done) => {
    const look = () => {
      if (next.state === 'activated' || next.state === 'redundant') done()
    }
    next.addEventListener('statechange', look)
    look()
  })
}

/** Registers `/sw.js` where the browser allows it; the answer fetches and activates a newer one. */
export function registerWorker(): () => Promise<void> {
  if (!('serviceWorker' in navigator)) return async () => {}
  const workbox = new Workbox(scriptAddress('/sw.js'))
  const registered = workbox.register().catch(() => undefined)
  return async () => {
    await registered
    await workbox.update().catch(() => {})
    await activated()
  }
}
