/** What staff see and do in a tablet's settings, and how a tablet leaves its bed. */
import { expect, test } from 'vitest'
import { createBed } from '../../src/state/bed.ts'
import { createSettingsPage } from '../../src/state/settings-page.ts'
import { bedOne, fakeWorld, knockAgreed, welcomeOf, well } from '../fakes/ports.ts'

async function tablet() {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const builds = async () => ({
    own: async () => '0123456789ab',
    untouchedMs: () => 0,
    install: async () => 'installed' as const,
    lastFailed: async () => null,
    sayReady: async () => {},
    reload: () => void world.did.push('reload'),
  })
  const bed = createBed({ ...ports, page: { ...ports.page, builds } })
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne, { wishes: knockAgreed }))
  await world.settle()
  const page = createSettingsPage({ ...bed, ...bed.beside })
  const stop = page.watch()
  await world.settle()
  const confirm = async () => {
    page.askToLeave()
    page.confirmLeaving()
    page.confirmLeaving()
    await world.settle()
  }
  return { world, bed, page, stop, confirm }
}

test('[CODE-6] it shows what the browser says of the tablet, and looks again while it is open', async () => {
  const { world, page, stop } = await tablet()
  expect(page.seen.value).toEqual(well)
  world.seen = { ...well, camera: 'denied' }
  world.advance(3_000)
  await world.settle()
  expect(page.seen.value?.camera).toBe('denied')
  stop()
  world.seen = well
  world.advance(10_000)
  await world.settle()
  expect(page.seen.value?.camera).toBe('denied')
})

test('[CODE-6] a browser that says nothing of itself leaves the rest of the page as it is', async () => {
  const { world, page } = await tablet()
  world.seen = null
  world.advance(3_000)
  await world.settle()
  expect(page.seen.value).toEqual(well)
  expect(page.ways.value).toEqual({})
})

test('[CODE-6] an update that waits is taken at once when somebody there says so', async () => {
  const { world, page } = await tablet()
  expect(page.update.value).toBe('none')
  world.socket?.received({
    ...({ type: 'update.offer', build: 'ffffffffffff', number: 2 } as const),
    ...{ idleMs: 60_000, readyMs: 60_000 },
  })
  // The code that takes builds comes as a part of its own.
  await expect.poll(() => page.update.value).toBe('waits')
  world.advance(600_000)
  await world.settle()
  expect(world.did).not.toContain('reload')
  page.takeUpdate()
  expect(page.update.value).toBe('hurried')
  await world.settle()
  world.advance(5_000)
  await expect.poll(() => world.did).toContain('reload')
})

test('[CODE-6] the page is loaded anew when somebody there says so', async () => {
  const { world, page } = await tablet()
  page.loadAnew()
  await world.settle()
  expect(world.did).toContain('reload')
})

test('[CODE-5] a tablet leaves its bed only when it was asked twice', async () => {
  const { world, page } = await tablet()
  page.confirmLeaving()
  expect(page.leaving.value).toBe('no')
  page.askToLeave()
  expect(page.leaving.value).toBe('asked')
  page.confirmLeaving()
  expect(page.leaving.value).toBe('asked-again')
  page.keepBed()
  expect(page.leaving.value).toBe('no')
  await world.settle()
  expect(world.types()).not.toContain('bed.leave')
  expect(world.identity).not.toBeNull()
})

test('[CODE-5] the patient is forgotten first, the server hears of it, and then it is no tablet any more (HZ-6)', async () => {
  const { world, bed, page, confirm } = await tablet()
  world.patientPlan = { stayEpoch: 1, plan: { entries: [], untilMs: 1 } as never }
  await confirm()
  expect(page.leaving.value).toBe('goes')
  expect(world.types()).toContain('bed.leave')
  expect(world.patientPlan).toBeNull()
  expect(bed.beside.stay.value).toBeNull()
  expect(world.settings).toMatchObject({ stayEpoch: null, wishes: null, carers: [] })
  expect(world.did).not.toContain('forget the tablet')
  world.socket?.refused('unauthenticated')
  await world.settle()
  expect(world.did.slice(-2)).toEqual(['forget the tablet', 'reload'])
})

test('[CODE-5] a server that does not answer is not waited for, and one that is not there not at all', async () => {
  const silent = await tablet()
  await silent.confirm()
  silent.world.advance(5_000)
  await silent.world.settle()
  expect(silent.world.did.slice(-2)).toEqual(['forget the tablet', 'reload'])
  const away = await tablet()
  away.world.socket?.lost()
  await away.confirm()
  expect(away.world.did.slice(-2)).toEqual(['forget the tablet', 'reload'])
  expect(away.world.types()).not.toContain('bed.leave')
})

test('[CODE-5] where not everything could be erased it stays what it is and says so (HZ-6)', async () => {
  const { world, page, confirm } = await tablet()
  world.storeFails = true
  world.socket?.lost()
  await confirm()
  expect(page.leaving.value).toBe('failed')
  expect(world.did).not.toContain('reload')
})
