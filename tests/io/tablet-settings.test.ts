/** What a tablet is set to for its patient, over a real implementation of IndexedDB. */
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { browserDevice } from '../../src/io/device.ts'
import { readSettings, withNoted, writeSettings } from '../../src/io/tablet-settings.ts'
import { unspoken } from '../../src/protocol/wishes.ts'
import type { BedSettings } from '../../src/state/ports.ts'
import { notes } from '../fakes/notes.ts'

const hers: BedSettings = {
  started: true,
  stayEpoch: 7,
  choice: 'ring',
  language: 'fi',
  loudness: 4,
  carers: [],
  privacy: null,
  astray: true,
  wishes: {
    ...unspoken,
    hearing: 'hard-of-hearing',
    consent: { type: 'representative', name: 'Kaisa Virtanen' },
  },
  zone: 'Europe/Helsinki',
}
const nobodys: BedSettings = {
  started: true,
  stayEpoch: 8,
  choice: 'agreed',
  language: null,
  loudness: 1,
  wishes: null,
  zone: null,
}

async function record<T>(work: (db: Awaited<ReturnType<typeof openDB>>) => Promise<T>): Promise<T> {
  const database = await openDB('bedside', 1)
  const answer = await work(database)
  database.close()
  return answer
}
const kept = () => record((database) => database.get('settings', 'bed'))

beforeEach(() => writeSettings(hers))

describe('what a tablet keeps of its patient’s wishes', () => {
  test('[HZ-3] comes back as it was for the same stay, under the same key', async () => {
    expect(await readSettings()).toEqual(hers)
    const { key } = await kept()
    await writeSettings({ ...hers, choice: 'agreed' })
    expect(await readSettings()).toEqual({ ...hers, choice: 'agreed' })
    expect((await kept()).iv).not.toEqual(undefined)
    expect(key.extractable).toBe(false)
  })

  test('[HZ-6] says nothing to whoever reads the store: no name, no language, no key that could be taken out', async () => {
    const { key, bytes, ...open } = await kept()
    expect(Object.keys(open).toSorted()).toEqual(['iv', 'started', 'stayEpoch'])
    expect(new TextDecoder().decode(bytes)).not.toContain('Kaisa')
    expect([...notes.values()].join()).not.toMatch(/Kaisa|"fi"|ring/)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })

  test('[HZ-6] with the next stay key and words are gone', async () => {
    const before = await kept()
    await writeSettings(nobodys)
    const after = await kept()
    expect(after.key).not.toBe(before.key)
    await expect(
      crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: before.iv, additionalData: new TextEncoder().encode('stay 7') },
        after.key,
        before.bytes,
      ),
    ).rejects.toThrow()
    expect(await readSettings()).toEqual({ ...nobodys, carers: [], privacy: null, astray: false })
  })

  test('[HZ-6] what cannot be opened is as if it were not there; that the tablet was started is known still', async () => {
    const { key: _, ...rest } = await kept()
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ])
    await record((database) => database.put('settings', { ...rest, key }, 'bed'))
    expect(await readSettings()).toMatchObject({ started: true, stayEpoch: 7, wishes: null, language: null })
  })

  test('an older tablet kept them open: they are read, and sealed with the next change', async () => {
    await record((database) =>
      database.put('settings', { started: true, knock: true, stayEpoch: 7, language: 'sv' }, 'bed'),
    )
    expect(await readSettings()).toMatchObject({
      started: true,
      stayEpoch: 7,
      language: 'sv',
      choice: 'agreed',
    })
    await writeSettings(hers)
    expect(JSON.stringify(await kept())).not.toContain('sv')
  })
})

describe('[PRIV-4] a page that is loaded anew before its curtain is kept', () => {
  const privacy = { type: 'drawn', leftMs: 1_800_000, untilServerMs: null } as const
  const session = new Map<string, string>()
  beforeEach(() => {
    session.clear()
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => session.get(key) ?? null,
      setItem: (key: string, text: string) => void session.set(key, text),
      removeItem: (key: string) => void session.delete(key),
    })
  })

  test('has it drawn, and open once it was ended', async () => {
    browserDevice.noteCurtain(7, privacy)
    expect(await browserDevice.settings()).toEqual({ ...hers, privacy })
    await writeSettings({ ...hers, privacy })
    browserDevice.noteCurtain(7, null)
    expect(await browserDevice.settings()).toEqual(hers)
  })

  test('believes no note of another stay, and none that is spoilt', async () => {
    browserDevice.noteCurtain(8, privacy)
    expect(await browserDevice.settings()).toEqual(hers)
    for (const spoilt of ['', '{', '{"stayEpoch":7,"privacy":{"type":"drawn","leftMs":"long"}}'])
      expect(withNoted(hers, spoilt)).toEqual(hers)
  })

  test('has the note no longer than until it is kept, but what was noted meanwhile', async () => {
    browserDevice.noteCurtain(7, privacy)
    const saving = browserDevice.saveSettings({ ...hers, privacy })
    browserDevice.noteCurtain(7, null)
    await saving
    expect(await browserDevice.settings()).toEqual(hers)
    await browserDevice.saveSettings({ ...hers, privacy: null })
    expect([...session]).toEqual([])
  })
})
