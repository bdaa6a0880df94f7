/** What a tablet keeps of the staff code, over a real implementation of IndexedDB, and how it forgets that it was a tablet. */
import 'fake-indexeddb/auto'
import { pbkdf2Sync } from 'node:crypto'
import { openDB } from 'idb'
import { beforeEach, expect, test } from 'vitest'
import { noTries } from '../../src/core/staff-code.ts'
import { browserStaffDoor } from '../../src/io/staff-door.ts'
import { readSettings, writeSettings } from '../../src/io/tablet-settings.ts'
import type { KeptCode } from '../../src/state/ports.ts'
import { notes } from '../fakes/notes.ts'

const kept: KeptCode = {
  check: { salt: 'c2FsdA', rounds: 1_000, hash: 'A'.repeat(43) },
  tries: { wrong: 7, leftMs: 12_345 },
}

async function record<T>(work: (db: Awaited<ReturnType<typeof openDB>>) => Promise<T>): Promise<T> {
  const database = await openDB('bedside', 1)
  const answer = await work(database)
  database.close()
  return answer
}

beforeEach(async () => {
  await writeSettings({ started: true, stayEpoch: 7 })
  await browserStaffDoor.keep(kept)
})

test('[CODE-3] a check and its tries come back as they were, whatever stay the tablet is of', async () => {
  expect(await browserStaffDoor.read()).toEqual(kept)
  await writeSettings({ started: true, stayEpoch: 8 })
  expect(await browserStaffDoor.read()).toEqual(kept)
  expect(await readSettings()).toMatchObject({ started: true, stayEpoch: 8 })
})

test.each([
  undefined,
  null,
  'code',
  { check: null },
  { check: null, tries: { wrong: -1, leftMs: 0 } },
  { check: { ...kept.check, rounds: 'many' }, tries: noTries },
])('[CODE-3] what cannot be read is a tablet that was told nothing: %o', async (broken) => {
  await record((database) => database.put('settings', broken, 'code'))
  expect(await browserStaffDoor.read()).toEqual({ check: null, tries: noTries })
})

test('[CODE-3] a browser stretches a code as the server does', async () => {
  const check = { salt: 'c2FsdA', rounds: 1_000, hash: '' }
  const server = pbkdf2Sync('012345', 'c2FsdA', 1_000, 32, 'sha256').toString('base64url')
  expect(await browserStaffDoor.stretch('012345', check)).toBe(server)
  expect(await browserStaffDoor.stretch('012346', check)).not.toBe(server)
})

test('[CODE-5] a tablet that leaves its bed keeps neither key nor settings nor code nor whose it was (HZ-6)', async () => {
  notes.set('bedside.tablet', '{"identity":{"deviceId":"d","label":"1","ward":"W"},"counter":1}')
  await record((database) => database.put('device', { identity: { deviceId: 'd' } }, 'self'))
  await browserStaffDoor.forgetTablet()
  const left = await record(async (database) => [
    ...(await database.getAllKeys('device')),
    ...(await database.getAllKeys('settings')),
  ])
  expect(left).toEqual([])
  expect([...notes.keys()]).toEqual([])
  expect(await readSettings()).toBeNull()
})
