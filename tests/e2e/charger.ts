/** A tablet whose charger a test can pull. */
import type { Page } from 'playwright/test'
import { type Screens, startBed } from './ward.ts'

declare global {
  interface Window {
    charger: EventTarget & { charging: boolean }
  }
}

export async function chargedBed(ward: Screens, label: string): Promise<Page> {
  const context = await ward.tablet()
  await context.addInitScript(() => {
    const charger = Object.assign(new EventTarget(), { charging: true })
    window.charger = charger
    Object.defineProperty(navigator, 'getBattery', { value: async () => charger })
  })
  return await startBed(await context.newPage(), ward.server, label)
}

export async function charge(bed: Page, charging: boolean): Promise<void> {
  await bed.evaluate((charging) => {
    window.charger.charging = charging
    window.charger.dispatchEvent(new Event('chargingchange'))
  }, charging)
}
