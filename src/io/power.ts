/** Whether this device is on its charger, where the browser says so (Battery Status API: Chromium). */
type Battery = EventTarget & { readonly charging: boolean }

export function watchPower(hear: (power: 'mains' | 'battery') => void): void {
  if (!('getBattery' in navigator)) return
  const { getBattery } = navigator as { getBattery(): Promise<Battery> }
  getBattery.call(navigator).then(
    (battery) => {
      const tell = () => hear(battery.charging ? 'mains' : 'battery')
      battery.addEventListener('chargingchange', tell)
      tell()
    },
    () => {},
  )
}
