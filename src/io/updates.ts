/** The service worker: offline start, and the newest version when the server asks for it. */
import { Workbox } from 'workbox-window'

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

const workerAddress = '/sw.js'

type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string }
}

/**
 * The one Trusted Types policy there is (`trusted-types bedside`): the service worker's own address becomes a script,
 * and nothing else ever does. Browsers without Trusted Types take the address as it is.
 */
function trustedAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  const policy = trustedTypes?.createPolicy('bedside', {
    createScriptURL(address) {
      if (address !== workerAddress) throw new TypeError('This address may not become a script.')
      return address
    },
  })
  return policy?.createScriptURL(workerAddress) ?? workerAddress
}

/** Registers `/sw.js` where the browser allows it; the answer fetches and activates a newer one. */
export function registerWorker(): () => Promise<void> {
  if (!('serviceWorker' in navigator)) return async () => {}
  const workbox = new Workbox(trustedAddress())
  const registered = workbox.register().catch(() => undefined)
  return async () => {
    await registered
    await workbox.update().catch(() => {})
    await activated()
  }
}
