/** What a tablet keeps of its patient, closed with a key of that stay which lives and dies with what it closes (HZ-6). */

/** The key cannot be taken out of the browser; with the record it is gone, and what was sealed with it unreadable. */
export type Sealed = {
  readonly stayEpoch: number | null
  readonly key: CryptoKey
  readonly iv: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
}

const algorithm = { name: 'AES-GCM', length: 256 }
/** NIST SP 800-38D §8.2.2: 96 random bits, new for each sealing. */
const ivBytes = 12

/** Bound to its stay: what was sealed for one cannot be opened as another's. */
function terms(iv: Uint8Array<ArrayBuffer>, stayEpoch: number | null): AesGcmParams {
  return { name: algorithm.name, iv, additionalData: new TextEncoder().encode(`stay ${stayEpoch}`) }
}

/** With the key of `before` where that is of the same stay, else with a new one. */
export async function sealForStay(
  stayEpoch: number | null,
  value: unknown,
  before: Sealed | undefined,
): Promise<Sealed> {
  const key =
    before?.stayEpoch === stayEpoch
      ? before.key
      : await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const text = new TextEncoder().encode(JSON.stringify(value))
  return { stayEpoch, key, iv, bytes: await crypto.subtle.encrypt(terms(iv, stayEpoch), key, text) }
}

/** Undefined: it was sealed by another key, for another stay, or is damaged. */
export async function unseal({ key, iv, bytes, stayEpoch }: Sealed): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(terms(iv, stayEpoch), key, bytes)))
  } catch {
    return undefined
  }
}
