/** The world of a browser, put together for `state`. */
import type { CommonPorts } from '../state/ports.ts'
import { httpApi } from './api.ts'
import { browserClock } from './clock.ts'
import { browserDevice } from './device.ts'
import { browserTrust, credentialsOf } from './keyring.ts'
import { laterMedia } from './media-later.ts'
import { createPage } from './page.ts'
import { laterPatientPlan } from './patient-plan-later.ts'
import { createRinger } from './ringer.ts'
import { createSocket } from './socket.ts'

async function isThere(): Promise<boolean> {
  return await fetch('/healthz', { cache: 'no-store' }).then(
    () => true,
    () => false,
  )
}

/** What of the app stays on this device: the newest build, or, on a tablet, the one that it was told to run. */
export type Keeps = 'newest' | 'told' | 'nothing'

/** Keeps it, once the page has what it needs itself; the answer fetches the newest build. */
function keepApp(keeps: Keeps): () => Promise<void> {
  if (keeps === 'nothing') return async () => {}
  const loaded =
    document.readyState === 'complete'
      ? Promise.resolve()
      : new Promise((done) => addEventListener('load', done))
  const part = loaded.then(() => import('./updates.ts'))
  part.then(({ keepApp }) => keepApp(keeps)).catch(() => {})
  return async () => await (await part).fetchNewest()
}

export function browserPorts(keeps: Keeps): CommonPorts {
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`
  return {
    clock: browserClock,
    socket: createSocket(address, Math.random, isThere),
    api: httpApi,
    media: laterMedia((part) => (part === 'guest' ? Promise.resolve(null) : credentialsOf(part))),
    sound: createRinger(),
    voice: () => import('./voice.ts').then(({ createVoice }) => createVoice(globalThis.speechSynthesis)),
    health: async () => (await import('./health.ts')).browserHealth,
    staffDoor: async () => (await import('./staff-door.ts')).browserStaffDoor,
    ways: async () => (await import('./ways.ts')).browserWays,
    device: browserDevice,
    trust: browserTrust,
    page: createPage(keepApp(keeps)),
    patientPlan: laterPatientPlan,
    scanIo: async () => (await import('./scan/io.ts')).browserScans(),
  }
}
