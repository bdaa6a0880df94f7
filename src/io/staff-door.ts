/**
 * What a tablet keeps of the staff code, beside its other settings and like its key in both places; how it checks one
 * without a network; and how it forgets that it ever was a tablet.
 */
import * as v from 'valibot'
import { noTries } from '../core/staff-code.ts'
import { codeCheck } from '../protocol/staff-code.ts'
import type { KeptCode, StaffDoorPort } from '../state/ports.ts'
import { base64url } from './seal.ts'
import { settingsKey } from './tablet-settings.ts'
import { forgetNote, main, type Place, spare } from './vault.ts'

const keptSchema = v.strictObject({
  check: v.nullable(codeCheck),
  tries: v.strictObject({
    wrong: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    leftMs: v.pipe(v.number(), v.minValue(0)),
  }),
})
const untold: KeptCode = { check: null, tries: noTries }

async function readFrom(place: Place): Promise<KeptCode | null> {
  const read = v.safeParse(keptSchema, await (await place())?.get('settings', 'code'))
  return read.success ? read.output : null
}

/** Both places at least as far as they are there; without the main one this throws. */
async function inPlaces(work: (database: NonNullable<Awaited<ReturnType<Place>>>) => Promise<void>) {
  for (const place of [main, spare]) {
    const database = await place().catch(() => null)
    if (database) await work(database)
    else if (place === main) throw new Error('no store')
  }
}

export const browserStaffDoor: StaffDoorPort = {
  async read() {
    for (const place of [main, spare]) {
      const kept = await readFrom(place).catch(() => null)
      if (kept) return kept
    }
    return untold
  },
  keep: (kept) =>
    inPlaces(async (database) => {
      const writing = database.transaction('settings', 'readwrite', { durability: 'strict' })
      await Promise.all([writing.store.put(kept, 'code'), writing.done])
    }),
  async stretch(code, { salt, rounds }) {
    const bytes = (text: string) => new TextEncoder().encode(text)
    const key = await crypto.subtle.importKey('raw', bytes(code), 'PBKDF2', false, ['deriveBits'])
    const terms = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations: rounds }
    return base64url(await crypto.subtle.deriveBits(terms, key, 256))
  },
  async forgetTablet() {
    localStorage.removeItem(settingsKey)
    forgetNote()
    await inPlaces(async (database) => {
      const stores = ['device', 'settings'] as const
      const writing = database.transaction(stores, 'readwrite', { durability: 'strict' })
      await Promise.all([...stores.map((store) => writing.objectStore(store).clear()), writing.done])
    })
  },
}
