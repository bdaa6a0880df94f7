/** Keeps a patient's day on the tablet, sealed with a key that lives and dies with their stay (HZ-6). */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import * as v from 'valibot'
import { patientPlan } from '../protocol/plan-news.ts'
import type { KeptPlan, PatientPlanPort } from '../state/patient-plan.ts'
import { type Sealed, sealForStay, unseal } from './stay-seal.ts'

interface Schema extends DBSchema {
  plan: { key: 'mine'; value: Sealed }
}

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

async function forget(): Promise<void> {
  const writing = (await database()).transaction('plan', 'readwrite', { durability: 'strict' })
  await Promise.all([writing.store.delete('mine'), writing.done])
}

async function open(sealed: Sealed): Promise<KeptPlan | null> {
  const read = v.safeParse(keptPlan, await unseal(sealed))
  return read.success ? read.output : null
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
    const sealed = await sealForStay(stayEpoch, { entries, zone, asOfMs }, before)
    const writing = (await database()).transaction('plan', 'readwrite', { durability: 'strict' })
    await Promise.all([writing.store.put(sealed, 'mine'), writing.done])
  },
  forget,
}
