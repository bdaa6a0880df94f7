/** The key that copies are sealed to on this device, beside the one it signs with; in IndexedDB, never out of the browser. */
import { type DBSchema, openDB } from 'idb'
import type { CertifiedSealingKey, SealingKeyStatement } from '../protocol/scan-copy.ts'
import { browserTrust, sealAs } from './keyring.ts'
import { askToPersist } from './persistence.ts'
import type { OwnSealingKey, TrustedSealingKey } from './scan/sealed.ts'
import { base64url, keyIdOf } from './seal.ts'

type Kept = { readonly publicKey: string; readonly pair: CryptoKeyPair }
interface Schema extends DBSchema {
  keys: { key: 'station'; value: Kept }
}

const algorithm = { name: 'ECDH', namedCurve: 'P-256' }

async function kept(): Promise<Kept> {
  const db = await openDB<Schema>('bedside-sealing', 1, {
    upgrade: (made) => void made.createObjectStore('keys'),
  })
  try {
    const known = await db.get('keys', 'station')
    if (known) return known
    const pair = await crypto.subtle.generateKey(algorithm, false, ['deriveBits'])
    const fresh = { publicKey: base64url(await crypto.subtle.exportKey('spki', pair.publicKey)), pair }
    void askToPersist()
    const writing = db.transaction('keys', 'readwrite', { durability: 'strict' })
    // Two tabs may have begun at once: the first to get here has made the key of both.
    const first = await writing.store.get('station')
    if (!first) await writing.store.put(fresh, 'station')
    await writing.done
    return first ?? fresh
  } finally {
    db.close()
  }
}

/** To oneself one seals, too: what waits to be sent is sealed at rest. */
export async function ownSealingKey(): Promise<OwnSealingKey & TrustedSealingKey> {
  const { publicKey, pair } = await kept()
  return { keyId: await keyIdOf(publicKey), publicKey, pair }
}

/**
 * [COPY-3] What the server is handed at the first sign-in, to be passed on to whoever seals; null while this device has no
 * certificate. `nowMs` by the server's clock.
 */
export async function certifiedOwnKey(nowMs: number): Promise<CertifiedSealingKey | null> {
  const { chain } = await browserTrust.held('station')
  if (!chain) return null
  const [{ publicKey }, { keyId }] = await Promise.all([kept(), browserTrust.ownKey('station')])
  const statement: SealingKeyStatement = {
    v: 1,
    context: 'bedside-sealing-key/1',
    signer: keyId,
    publicKey,
    madeMs: nowMs,
  }
  return { statement: await sealAs('station', JSON.stringify(statement)), chain }
}
