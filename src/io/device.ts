/** The tablet's own key, which cannot be read, only used, and the number it says hello with. */
import { commitmentText, digitsOf, digitsText } from '../protocol/tablets.ts'
import { challengeText } from '../protocol/wire.ts'
import type { BedIdentity, BedSettings, DevicePort } from '../state/ports.ts'
import { askToPersist } from './persistence.ts'
import { algorithm, base64url } from './seal.ts'
import { forgetNote, readNote, readVault, readWaiting, writeVault, writeWaiting } from './vault.ts'
import { createWindowLock } from './window-lock.ts'

const firstSettings: BedSettings = { started: false, stayEpoch: null }
/** From reading the number to keeping the next one: another window must not read it in between. */
const helloLock = createWindowLock('bedside-hello')
/** Held by every window that is this bed, so that they know of each other. */
const windowLock = 'bedside-bed'

async function sha256(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

/** The key this tablet was enrolled with; null when it is no tablet. */
export async function tabletKey(): Promise<CryptoKey | null> {
  return (await readVault())?.privateKey ?? null
}

/** Of no use at a station. */
export const settingsPart = () => import('./tablet-settings.ts')

async function keep(identity: BedIdentity, privateKey: CryptoKey): Promise<void> {
  await writeVault({ identity, privateKey, counter: 0 })
  await (await settingsPart()).writeSettings(firstSettings)
  await writeWaiting(null)
  void askToPersist()
}

/** The curtain as it is now, until it is kept. It says nothing of who is behind it. */
const curtainKey = 'curtain'
/** How often it was noted: what was noted after a keeping began is not kept by it. */
let curtainNotes = 0

export const browserDevice: DevicePort = {
  async identity() {
    return (await readVault())?.identity ?? null
  },
  async past() {
    return readNote()?.identity ?? null
  },
  stopWaiting: () => writeWaiting(null),
  async forget() {
    forgetNote()
  },
  async newKey() {
    const pair = await crypto.subtle.generateKey(algorithm, false, ['sign'])
    const publicKey = base64url(await crypto.subtle.exportKey('spki', pair.publicKey))
    const nonce = base64url(crypto.getRandomValues(new Uint8Array(32)))
    return {
      publicKey,
      nonce,
      commitment: base64url(await sha256(commitmentText(publicKey, nonce))),
      async digits(enrolmentId, serverNonce) {
        return digitsOf(await sha256(digitsText(enrolmentId, publicKey, nonce, serverNonce)))
      },
      wait: (waiting) => writeWaiting({ waiting, privateKey: pair.privateKey }),
      keep: (identity) => keep(identity, pair.privateKey),
    }
  },
  async waiting() {
    const stored = await readWaiting()
    if (!stored) return null
    return { waiting: stored.waiting, key: { keep: (identity) => keep(identity, stored.privateKey) } }
  },
  async sign(nonce, deviceId) {
    await helloLock.take()
    const stored = await readVault()
    if (stored?.identity.deviceId !== deviceId) {
      helloLock.pass()
      return null
    }
    const { counter, privateKey } = stored
    const text = new TextEncoder().encode(challengeText(location.origin, deviceId, nonce, counter))
    return { signature: base64url(await crypto.subtle.sign(algorithm, privateKey, text)), counter }
  },
  async keepCounter(counter) {
    // Too late: another window has had its turn since, and what was given to this one is better forgotten.
    if (!helloLock.isMine()) return
    const stored = await readVault()
    if (stored) await writeVault({ ...stored, counter: Math.max(stored.counter, counter) })
    helloLock.pass()
  },
  async settings() {
    const { readSettings, withNoted } = await settingsPart()
    return withNoted((await readSettings()) ?? firstSettings, sessionStorage.getItem(curtainKey))
  },
  async saveSettings(settings) {
    const noted = curtainNotes
    await (await settingsPart()).writeSettings(settings)
    if (noted === curtainNotes) sessionStorage.removeItem(curtainKey)
  },
  noteCurtain(stayEpoch, privacy) {
    curtainNotes += 1
    sessionStorage.setItem(curtainKey, JSON.stringify({ stayEpoch, privacy }))
  },
  announce() {
    navigator.locks?.request(windowLock, { mode: 'shared' }, () => new Promise(() => {})).catch(() => {})
  },
  async isAlone() {
    const { held = [], pending = [] } = (await navigator.locks?.query()) ?? {}
    // Without locks nobody can tell: another window is likelier than another tablet.
    if (!navigator.locks) return false
    return [...held, ...pending].filter((lock) => lock.name === windowLock).length <= 1
  },
}
