/** Whether this device is on its charger and how full it is, where the browser says so (Battery Status API: Chromium). */
import type { TabletHealth } from '../protocol/tablet-health.ts'

type Battery = EventTarget & { readonly charging: boolean; readonly level: number }

/** Null where the browser does not tell. Never rejects. */
async function battery(): Promise<Battery | null> {
  if (!('getBattery' in navigator)) return null
  const { getBattery } = navigator as { getBattery(): Promise<Battery> }
  return await getBattery.call(navigator).catch(() => null)
}

/** Told at once and whenever the charger is put in or pulled. */
export function watchPower(hear: (power: 'mains' | 'battery') => void): void {
  void battery().then((battery) => {
    if (!battery) return
    const tell = () => hear(battery.charging ? 'mains' : 'battery')
    battery.addEventListener('chargingchange', tell)
    tell()
  })
}

export async function batteryNow(): Promise<TabletHealth['battery']> {
  const now = await battery()
  if (!now || !Number.isFinite(now.level)) return null
  return { percent: Math.round(now.level * 100), isCharging: now.charging }
}

export function watchBattery(changed: () => void): void {
  void battery().then((battery) => {
    for (const event of ['chargingchange', 'levelchange']) battery?.addEventListener(event, changed)
  })
}
