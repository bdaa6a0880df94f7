/** What goes wrong on the way to a tablet's settings: wrong codes, no server, a call in the middle, and a tablet that leaves its bed. */
import * as v from 'valibot'
import { tabletList } from '../../src/protocol/tablet-list.ts'
import { signIn } from '../server/client.ts'
import { atBed, expectReadable } from './reading.ts'
import { openSettings, pad, readStaffCode, settings, staffDoor, typeCode } from './staff-door.ts'
import { bedStatus, expect, type Screens, test } from './ward.ts'
import { expectCameraOff } from './witness.ts'

test.describe.configure({ timeout: 120_000 })

const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000')

async function both(ward: Screens) {
  const [station, bed] = [await ward.station(), await ward.bed()]
  return { station, bed, code: await readStaffCode(station) }
}

test('[CODE-1] [CODE-2] a wrong code five times and a reload: the tablet waits, and takes not even the right one @whole', async ({
  ward,
}) => {
  const { bed, code } = await both(ward)
  await staffDoor(bed).click()
  await expectReadable(bed, 'bed-staff-code', atBed, async () => false)
  await typeCode(bed, wrongFor(code))
  await expect(pad(bed).getByRole('alert')).toContainText('4 more tries')
  // By a keyboard, whatever has the focus.
  for (const left of [/3 more tries/, /2 more tries/, /1 more try,/]) {
    await bed.keyboard.type(wrongFor(code))
    await expect(pad(bed).getByRole('alert')).toContainText(left)
  }
  await bed.keyboard.type(wrongFor(code))
  await expect(pad(bed).getByRole('timer')).toContainText(/0:\d\d|1:00/)
  await expectReadable(bed, 'bed-staff-code-pause', atBed, async () => false)
  await bed.reload()
  await staffDoor(bed).click()
  await expect(pad(bed).getByRole('timer')).toContainText(/0:\d\d|1:00/)
  await bed.keyboard.type(code)
  await expect(settings(bed)).toHaveCount(0)
  await bed.keyboard.press('Escape')
  await expect(pad(bed)).toHaveCount(0)
})

test.describe('with the app kept on the tablet', () => {
  test.use({ keepsApp: true })

  test('[CODE-3] with the server down, and the page loaded anew without it, the settings open by what the tablet kept @whole', async ({
    ward,
  }) => {
    const { bed, code } = await both(ward)
    await bed.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
    await ward.server.kill()
    await bed.reload()
    await openSettings(bed, code)
    await expect(settings(bed).getByText(/Not reached since|Is being asked/)).toBeVisible()
    await expect(settings(bed).getByText(/^Place\. Bed.1 · Ward 4B\. Its id ends in \w{8}\.$/)).toBeVisible()
  })
})

test('[CODE-4] [CODE-6] [HZ-11] [HZ-14] a call that comes while the settings are open closes them and is answered; nobody’s name is on them', async ({
  ward,
}) => {
  const { station, bed, code } = await both(ward)
  await openSettings(bed, code)
  await expect(settings(bed).getByText('Server. Reached.')).toBeVisible()
  await expect(settings(bed)).not.toContainText(/Virtanen|Korhonen|Laine|DEMO-/)
  await expectReadable(bed, 'bed-settings', atBed, async () => false)
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  const answer = bed.getByRole('button', { name: 'Answer' })
  await expect(answer).toBeVisible()
  await expect(settings(bed)).toHaveCount(0)
  await expectCameraOff(bed)
  await answer.click()
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
})

test('[CODE-4] the settings close after two minutes untouched, and ask for the code again @whole', async ({
  ward,
}) => {
  const { bed, code } = await both(ward)
  await bed.clock.install()
  await openSettings(bed, code)
  await bed.clock.runFor(119_000)
  await expect(settings(bed)).toBeVisible()
  await bed.clock.runFor(2_000)
  await expect(settings(bed)).toHaveCount(0)
  await staffDoor(bed).click()
  await expect(pad(bed)).toBeVisible()
})

test('[CODE-3] the settings open before Start, too: that is when somebody stands there @whole', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await (await ward.tablet()).newPage()
  await bed.goto(ward.server.demo().beds[0]?.url ?? '')
  await expect(bed.getByRole('button', { name: 'Start' })).toBeVisible()
  await openSettings(bed, await readStaffCode(station))
  await settings(bed).getByRole('button', { name: 'Close' }).click()
  await bed.getByRole('button', { name: 'Start' }).click()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
})

test('[CODE-6] from the settings the tablet is tried, and comes back to them @whole', async ({ ward }) => {
  const { bed, code } = await both(ward)
  await openSettings(bed, code)
  await settings(bed).getByRole('button', { name: 'Self-test' }).click()
  const selfTest = bed.getByRole('dialog', { name: 'Self-test' })
  await expect(selfTest.getByText('Do you see yourself?')).toBeVisible({ timeout: 40_000 })
  await selfTest.getByRole('button', { name: 'Close' }).click()
  await expectCameraOff(bed)
  await expect(settings(bed)).toBeVisible()
})

/** What this browser keeps of the tablet. Runs in the page. */
async function keptOfTablet() {
  const open = indexedDB.open('bedside')
  const db = await new Promise<IDBDatabase>((done) => {
    open.onsuccess = () => done(open.result)
  })
  const counts: number[] = []
  for (const store of db.objectStoreNames) {
    const asked = db.transaction(store).objectStore(store).count()
    counts.push(
      await new Promise<number>((done) => {
        asked.onsuccess = () => done(asked.result)
      }),
    )
  }
  db.close()
  return { records: counts.reduce((sum, count) => sum + count, 0), notes: Object.keys(localStorage) }
}

test('[CODE-5] [HZ-6] taken off its bed it keeps nothing, asks for the code of a bed, and is no tablet on the board and the fleet page', async ({
  ward,
}) => {
  const { station, bed, code } = await both(ward)
  await openSettings(bed, code)
  await settings(bed).getByRole('button', { name: 'Take it off its bed' }).click()
  const first = bed.getByRole('dialog', { name: /^Take this tablet off/ })
  await first.getByRole('button', { name: 'Take it off', exact: true }).click()
  const second = bed.getByRole('dialog', { name: /^Really/ })
  await expectReadable(bed, 'bed-leaves', atBed, async () => false)
  await second.getByRole('button', { name: 'Take it off now' }).click()
  await expect(bed.getByRole('heading', { name: 'This tablet has no bed yet.' })).toBeVisible()
  const kept = await bed.evaluate(keptOfTablet)
  expect(kept.records).toBe(0)
  // Whom it believes stays: the next bed of this organisation is under the same root.
  expect(kept.notes.filter((note) => note.startsWith('bedside.'))).toEqual(['bedside.root.bed'])
  await expect(bedStatus(station, '1')).not.toHaveText('Ready')
  const admin = ward.server.demo().staff.find(({ name }) => name === 'Oskar Berg')
  const cookie = await signIn(ward.server.origin, admin?.url ?? '')
  const list = await fetch(`${ward.server.origin}/api/tablets`, { headers: { cookie, 'x-bedside': '1' } })
  const { tablets } = v.parse(tabletList, await list.json())
  expect(tablets.find(({ label }) => label === '1')?.state).toBe('none')
})
