/** The tablet's own store of its patient's day, over a real implementation of IndexedDB. */
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { beforeEach, describe, expect, test } from 'vitest'
import { browserPatientPlan as store } from '../../src/io/patient-plan.ts'
import type { KeptPlan } from '../../src/state/patient-plan.ts'

const plan: KeptPlan = {
  entries: [
    {
      id: 'a',
      kind: 'bed-call',
      status: 'booked',
      startMs: 1,
      endMs: 2,
      title: 'Physiotherapy',
      place: null,
      people: ['Anna Laine'],
    },
  ],
  zone: 'Europe/Helsinki',
  asOfMs: 5,
}

async function record(): Promise<unknown> {
  const database = await openDB('bedside-patient-plan', 1)
  const kept: unknown = await database.get('plan', 'mine')
  database.close()
  return kept
}

beforeEach(() => store.forget())

describe('what a tablet keeps of its patient’s day', () => {
  test('[HZ-7] comes back as it was for the same stay', async () => {
    await store.save(7, plan)
    expect(await store.load(7)).toEqual(plan)
    await store.save(7, { ...plan, entries: [], asOfMs: 9 })
    expect(await store.load(7)).toEqual({ ...plan, entries: [], asOfMs: 9 })
  })

  test('[HZ-6] is destroyed, key and all, when it is asked for as another stay’s', async () => {
    await store.save(7, plan)
    expect(await store.load(8)).toBeNull()
    expect(await record()).toBeUndefined()
    expect(await store.load(7)).toBeNull()
  })

  test('[HZ-6] says nothing to whoever reads the store: neither words, nor a key that could be taken out', async () => {
    await store.save(7, plan)
    const kept = await record()
    expect(JSON.stringify(kept)).not.toContain('Anna')
    const { key, bytes } = kept as { key: CryptoKey; bytes: ArrayBuffer }
    expect(new TextDecoder().decode(bytes)).not.toContain('Physiotherapy')
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })

  test('[HZ-6] each stay has a key of its own', async () => {
    await store.save(7, plan)
    const first = (await record()) as { key: CryptoKey }
    await store.save(8, plan)
    const second = (await record()) as { key: CryptoKey; iv: BufferSource; bytes: ArrayBuffer }
    const additionalData = new TextEncoder().encode('stay 8')
    const terms = { name: 'AES-GCM', iv: second.iv, additionalData }
    await expect(crypto.subtle.decrypt(terms, first.key, second.bytes)).rejects.toThrow()
  })

  test('[HZ-6] a record whose stay was changed by hand opens for nobody', async () => {
    await store.save(7, plan)
    const database = await openDB('bedside-patient-plan', 1)
    await database.put('plan', { ...((await record()) as object), stayEpoch: 8 }, 'mine')
    database.close()
    expect(await store.load(8)).toBeNull()
    expect(await record()).toBeUndefined()
  })
})
