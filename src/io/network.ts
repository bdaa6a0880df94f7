/** When this device may have another way into the network, or again one. */

/** Network Information API: only Android and ChromeOS tell the kind of network; the rest of it changes all the time. */
type Network = EventTarget & { readonly type?: string }

export function watchNetwork(hear: (what: 'network' | 'seen') => void): void {
  addEventListener('online', () => hear('network'))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') hear('seen')
  })
  const { connection } = navigator as { connection?: Network }
  let before = connection?.type
  connection?.addEventListener('change', () => {
    if (connection.type === before) return
    before = connection.type
    if (before !== 'none') hear('network')
  })
}
