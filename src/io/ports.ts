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
import { registerWorker } from './updates.ts'

async function isThere(): Promise<boolean> {
  return await fetch('/healthz', { cache: 'no-store' }).then(
    () => true,
    () => false,
  )
}

/** `keepApp` keeps the app on this device; the answer fetches its newest version. */
export function browserPorts(keepApp: () => () => Promise<void> = registerWorker): CommonPorts {
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`
  return {
    clock: browserClock,
    socket: createSocket(address, Math.random, isThere),
    api: httpApi,
    media: laterMedia((part) => (part === 'guest' ? Promise.resolve(null) : credentialsOf(part))),
    sound: createRinger(),
    voice: () => import('./voice.ts').then(({ createVoice }) => createVoice(globalThis.speechSynthesis)),
    health: async () => (await import('./health.ts')).browserHealth,
    ways: async () => (await import('./ways.ts')).browserWays,
    device: browserDevice,
    trust: browserTrust,
    page: createPage(keepApp()),
    patientPlan: laterPatientPlan,
    scanIo: async () => (await import('./scan/io.ts')).browserScans(),
  }
}
