import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { createVisitKeys } from '../../src/io/visit-keys.ts'

const token = 'A'.repeat(27)
const other = 'B'.repeat(27)

beforeEach(async () => {
  vi.stubGlobal('location', { origin: 'https://ward.example' })
  await new Promise((done) => {
    indexedDB.deleteDatabase('bedside-visit').onsuccess = done
  })
})

async function bound() {
  const { device } = createVisitKeys()
  await device.open(token)
  const publicKey = await device.prepare(token)
  await device.begin(token, 'visit-1')
  return publicKey
}

test('[OUT-1] a reload finds the link and the key that it was bound to', async () => {
  const publicKey = await bound()
  const { device } = createVisitKeys()
  expect(await device.open(null)).toMatchObject({ token, visitId: 'visit-1', isVouched: false, tested: 'no' })
  expect(await device.prepare(token)).toBe(publicKey)
  expect(publicKey).toMatch(/^[\w-]{122}$/)
  expect(await device.sign(token, 'nonce')).toMatchObject({ guestId: 'visit-1' })
})

test('nobody says hello before they came in', async () => {
  const { device } = createVisitKeys()
  await device.open(token)
  await device.prepare(token)
  expect(await device.sign(token, 'nonce')).toBeNull()
})

test('[OUT-1] two who have visits in one browser have a key each (HZ-1)', async () => {
  const publicKey = await bound()
  const { device } = createVisitKeys()
  expect(await device.open(other)).toMatchObject({ token: other, visitId: null })
  expect(await device.prepare(other)).not.toBe(publicKey)
  expect(await device.prepare(token)).toBe(publicKey)
})

test('[OUT-6] the end of a visit leaves nothing in the browser (HZ-6)', async () => {
  await bound()
  const { device } = createVisitKeys()
  await device.open(token)
  await device.forget(token)
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('bedside-visit')
  expect(await createVisitKeys().device.open(null)).toBeNull()
})

test('[OUT-6] another visit of the same browser outlives it', async () => {
  await bound()
  const { device } = createVisitKeys()
  await device.open(other)
  await device.prepare(other)
  await device.begin(other, 'visit-2')
  await device.forget(token)
  expect(await device.sign(other, 'nonce')).toMatchObject({ guestId: 'visit-2' })
})

test('certificates that nobody signed are not kept (HZ-10)', async () => {
  await bound()
  const { device, credentials } = createVisitKeys()
  await device.open(token)
  const one = { text: '{}', signature: 'A'.repeat(86) }
  expect(await device.vouch(token, [one, one, one, one], 0)).toBe(false)
  expect(await credentials()).toBeNull()
})

test('[OUT-1] a window that may keep nothing keeps the visit as long as it is open', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new Error('not here')
  })
  const { device } = createVisitKeys()
  await device.open(token)
  await device.prepare(token)
  await device.begin(token, 'visit-1')
  expect(await device.sign(token, 'nonce')).toMatchObject({ guestId: 'visit-1' })
  await device.forget(token)
  expect(await device.sign(token, 'nonce')).toBeNull()
  vi.restoreAllMocks()
})
