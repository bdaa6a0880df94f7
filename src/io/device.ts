/** The tablet's own key and settings, in IndexedDB. The private key cannot be read, only used. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { challengeText } from '../protocol/wire.ts'
import type { BedIdentity, BedSettings, DevicePort } from '../state/ports.ts'
import { algorithm, base64url } from './seal.ts'

type Stored = { identity: BedIdentity; privateKey: CryptoKey }
interface Schema extends DBSchema {
  device: { key: 'self'; value: Stored }
  settings: { key: 'bed'; value: BedSettings }
}

const firstSettings: BedSettings = { started: false, knock: false }
let opened: Promise<IDBPDatabase<Schema>> | undefined

/** Opened when needed, and again after the browser closed it (its data cleared, its storage process gone). */
function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('bedside', 1, {
    upgrade(db) {
      db.createObjectStore('device')
      db.createObjectStore('settings')
    },
    terminated() {
      opened = undefined
    },
  })
  return opened
}

/** The key this tablet was enrolled with; null when it is no tablet. */
export async function tabletKey(): Promise<CryptoKey | null> {
  return (await (await database()).get('device', 'self'))?.privateKey ?? null
}

export const browserDevice: DevicePort = {
  async identity() {
    return (await (await database()).get('device', 'self'))?.identity ?? null
  },
  async newKey() {
    const pair = await crypto.subtle.generateKey(algorithm, false, ['sign'])
    const publicKey = base64url(await crypto.subtle.exportKey('spki', pair.publicKey))
    return {
      publicKey,
      async keep(identity) {
        const db = await database()
        const done = db.transaction(['device', 'settings'], 'readwrite', { durability: 'strict' })
        await Promise.all([
          done.objectStore('device').put({ identity, privateKey: pair.privateKey }, 'self'),
          done.objectStore('settings').put(firstSettings, 'bed'),
          done.done,
        ])
        await navigator.storage?.persist?.()
      },
    }
  },
  async sign(nonce, deviceId) {
    const stored = await (await database()).get('device', 'self')
    if (!stored) return ''
    const text = new TextEncoder().encode(challengeText(location.origin, deviceId, nonce))
    return base64url(await crypto.subtle.sign(algorithm, stored.privateKey, text))
  },
  async settings() {
    return (await (await database()).get('settings', 'bed')) ?? firstSettings
  },
  async saveSettings(settings) {
    const db = await database()
    await db.put('settings', settings, 'bed')
  },
}
