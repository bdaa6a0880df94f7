/** The service worker: offline start, and another build of the app when the server asks for it. */
import { ownBuild } from './build.ts'
import { scriptAddress } from './script-address.ts'

/** Registering resolves when the new worker begins to install; a reload before it is active gets the old page again. */
async function settled(registration: ServiceWorkerRegistration): Promise<'active' | 'failed'> {
  const next = registration.installing ?? registration.waiting
  if (!next) return 'active'
  return await new Promise((done) => {
    const look = () => {
      if (next.state === 'activated') done('active')
      if (next.state === 'redundant') done('failed')
    }
    next.addEventListener('statechange', look)
    look()
  })
}

function register(address: string): Promise<ServiceWorkerRegistration> {
  // A script's address by Trusted Types is an object where the browser has them, and not in TypeScript's own types.
  return navigator.serviceWorker.register(scriptAddress(address))
}

/** Keeps the newest build on this device; as a tablet, the one that this page is of, until somebody says otherwise. */
export async function keepApp(keeps: 'newest' | 'told'): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const id = keeps === 'told' ? await ownBuild().catch(() => null) : null
  await register(id === null ? '/sw.js' : workerOf(id)).catch(() => {})
}

/** Resolves when the newest build is served to whoever loads the page. */
export async function fetchNewest(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await register('/sw.js')
  await registration.update().catch(() => {})
  await settled(registration)
}

const workerOf = (build: string) => `/sw.js?build=${build}`

/** Resolves when that build is served to whoever loads the page, or is not: then what was is. */
export async function install(build: string): Promise<'installed' | 'failed'> {
  const registration = await register(workerOf(build)).catch(() => null)
  if (!registration) return 'failed'
  return (await settled(registration)) === 'active' ? 'installed' : 'failed'
}
