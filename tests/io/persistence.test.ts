import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'

const persist = vi.fn(() => new Promise<boolean>(() => {}))

beforeEach(() => {
  vi.resetModules()
  vi.unstubAllGlobals()
  persist.mockClear()
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
    removeItem: (name: string) => kept.delete(name),
  })
  vi.stubGlobal('navigator', { storage: { persist } })
})

test('[HZ-11] a tablet is a bed while its browser still asks the person whether it may keep anything', async () => {
  const { browserDevice } = await import('../../src/io/device.ts')
  const identity = { deviceId: 'tablet-1', label: '1', ward: 'Ward 4B' }
  await (await browserDevice.newKey()).keep(identity)
  expect(persist).toHaveBeenCalledOnce()
  expect(await browserDevice.identity()).toEqual(identity)
})

test('[HZ-10] a station has its key while its browser still asks, and the person is asked once a page', async () => {
  const { browserTrust } = await import('../../src/io/keyring.ts')
  expect((await browserTrust.ownKey('station')).keyId).toMatch(/^[\w-]{43}$/)
  expect((await browserTrust.ownKey('admin')).keyId).toMatch(/^[\w-]{43}$/)
  expect(persist).toHaveBeenCalledOnce()
})
