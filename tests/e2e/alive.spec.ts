/** A tablet that cannot ring, or soon cannot: its bed says why at the station, and it is well again by itself (HZ-11). */
import type { BrowserContext, Page } from 'playwright/test'
import { bedStatus, expect, type Screens, startBed, test } from './ward.ts'
import { openBedPanel } from './wishes.ts'

declare global {
  interface Window {
    tablet: {
      battery: EventTarget & { charging: boolean; level: number }
      lock: EventTarget | null
      awake: boolean
    }
  }
}

/** A tablet whose battery and screen's lock are in the test's hand. Runs in the page. */
function fakeTablet(): void {
  const battery = Object.assign(new EventTarget(), { charging: true, level: 0.8 })
  const tablet: Window['tablet'] = { battery, lock: null, awake: true }
  window.tablet = tablet
  Object.defineProperty(navigator, 'getBattery', { value: async () => battery })
  const request = async () => {
    if (!tablet.awake) throw new DOMException('in this test', 'NotAllowedError')
    tablet.lock = Object.assign(new EventTarget(), { release: async () => {} })
    return tablet.lock
  }
  Object.defineProperty(navigator, 'wakeLock', { value: { request } })
}

async function tabletOf(ward: Screens): Promise<{ context: BrowserContext; bed: Page }> {
  const context = await ward.tablet({ permissions: ['camera', 'microphone'] })
  await context.addInitScript(fakeTablet)
  return { context, bed: await startBed(await context.newPage(), ward.server) }
}

function card(station: Page) {
  return station.getByRole('list', { name: 'Beds' }).getByRole('listitem', { name: 'Bed 1', exact: true })
}

/** What was promised of each cause (ALIVE-5). */
const minute = { timeout: 60_000 }

test('[HZ-11] a permission that is taken away, a battery, a dark screen: each is told at the station, and goes', async ({
  ward,
}) => {
  const [station, { context, bed }] = [await ward.station(), await tabletOf(ward)]
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await bed.evaluate(() => {
    Object.assign(window.tablet.battery, { charging: false, level: 0.12 })
    window.tablet.battery.dispatchEvent(new Event('chargingchange'))
  })
  await expect(card(station)).toContainText('Battery under 20 %: plug the tablet in', minute)
  await bed.evaluate(() => {
    window.tablet.battery.charging = true
    window.tablet.battery.dispatchEvent(new Event('chargingchange'))
  })
  await expect(card(station)).not.toContainText('Battery', minute)
  await bed.evaluate(() => {
    window.tablet.awake = false
    window.tablet.lock?.dispatchEvent(new Event('release'))
  })
  await expect(card(station)).toContainText('May go dark', minute)
  await bed.evaluate(() => {
    window.tablet.awake = true
  })
  await expect(card(station)).not.toContainText('May go dark', minute)
  await context.clearPermissions()
  await expect(card(station)).toContainText('Camera not allowed', minute)
  await expect(await openBedPanel(station, '1')).toContainText('Camera not allowed')
  await context.grantPermissions(['camera', 'microphone'])
  await expect(card(station)).not.toContainText('Camera', minute)
})

test('[HZ-11] a tablet that waits for its Start is told apart from one that is gone', async ({ ward }) => {
  const station = await ward.station()
  const page = await (await ward.tablet()).newPage()
  await page.goto(ward.server.demo().beds[0]?.url ?? '')
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible()
  await expect(card(station)).toContainText('Touch once: press Start on the tablet')
  await expect(bedStatus(station, '1')).toHaveText(/^Offline since/)
  await expect(station.getByRole('button', { name: 'Call bed 1' })).toBeDisabled()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await expect(card(station)).not.toContainText('Touch once')
})
