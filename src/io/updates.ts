/** The service worker: offline start, and the newest version when the server asks for it. */
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
  // What it keeps is fetched after what the page itself needs.
  const loaded =
    document.readyState === 'complete'
      ? Promise.resolve()
      : new Promise((done) => addEventListener('load', done))
  const registered = loaded.then(() => register()).catch(() => undefined)
  return async () => {
    const registration = await registered
    await registration?.update().catch(() => {})
    await activated()
  }
}

function register(): Promise<ServiceWorkerRegistration> {
  // A script's address by Trusted Types is an object where the browser has them, and not in TypeScript's own types.
  return navigator.serviceWorker.register(scriptAddress('/sw.js'))
}
