/** Keeps a patient's day on the tablet, sealed with a key that lives and dies with their stay (HZ-6). */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import * as v from 'valibot'
import { patientPlan } from '../protocol/plan-news.ts'
import type { KeptPlan, PatientPlanPort } from '../state/patient-plan.ts'

/** The key cannot be taken out of the browser; with the record it is gone, and what was sealed with it unreadable. */
type Sealed = {
  readonly stayEpoch: number
  readonly key: CryptoKey
  readonly iv: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
}
interface Schema extends DBSchema {
  plan: { key: 'mine'; value: Sealed }
}

const algorithm = { name: 'AES-GCM', length: 256 }
const keptPlan = v.strictObject({
  entries: patientPlan.entries.entries,
  zone: patientPlan.entries.zone,
  asOfMs: patientPlan.entries.asOfMs,
})

let opened: Promise<IDBPDatabase<Schema>> | null = null

/** Opened when needed, and again after the browser closed it. */
function database(): Promise<IDBPDatabase<Schema>> {
  const forget = () => {
    opened = null
  }
  opened ??= openDB<Schema>('bedside-patient-plan', 1, {
    upgrade: (fresh) => void fresh.createObjectStore('plan'),
    blocking: (_old, _new, event) => {
      forget()
      if (event.target instanceof IDBDatabase) event.target.close()
    },
    terminated: forget,
  }).catch((error: unknown) => {
    forget()
    throw error
  })
  return opened
}

/** Bound to its stay: what was sealed for one cannot be opened as another's. */
function terms(iv: Uint8Array<ArrayBuffer>, stayEpoch: number): AesGcmParams {
  return { name: algorithm.name, iv, additionalData: new TextEncoder().encode(`stay ${stayEpoch}`) }
}

async function forget(): Promise<void> {
  const writing = (await database()).transaction('plan', 'readwrite', { durability: 'strict' })
  await Promise.all([writing.store.delete('mine'), writing.done])
}

async function open({ key, iv, bytes, stayEpoch }: Sealed): Promise<KeptPlan | null> {
  try {
    const text = new TextDecoder().decode(await crypto.subtle.decrypt(terms(iv, stayEpoch), key, bytes))
    const read = v.safeParse(keptPlan, JSON.parse(text))
    return read.success ? read.output : null
  } catch {
    return null
  }
}

export const browserPatientPlan: PatientPlanPort = {
  async load(stayEpoch) {
    const sealed = await (await database()).get('plan', 'mine')
    if (!sealed) return null
    const plan = sealed.stayEpoch === stayEpoch ? await open(sealed) : null
    if (!plan) await forget()
    return plan
  },
  async save(stayEpoch, { entries, zone, asOfMs }) {
    const before = await (await database()).get('plan', 'mine')
    const key =
      before?.stayEpoch === stayEpoch
        ? before.key
        : await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const text = new TextEncoder().encode(JSON.stringify({ entries, zone, asOfMs }))
    const bytes = await crypto.subtle.encrypt(terms(iv, stayEpoch), key, text)
    const writing = (await database()).transaction('plan', 'readwrite', { durability: 'strict' })
    await Promise.all([writing.store.put({ stayEpoch, key, iv, bytes }, 'mine'), writing.done])
  },
  forget,
}
