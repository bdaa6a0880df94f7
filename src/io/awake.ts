/** Keeps the screen on (Screen Wake Lock API), and says whether it is kept: a dark tablet is seen by nobody who rings (HZ-11). */
import type { TabletHealth } from '../protocol/tablet-health.ts'

/** A lock that the device took away, as to save power, is asked for again after so long. */
const againMs = 5_000

/** The lock falls whenever the page is hidden, and when the device says so; it is taken again each time (MDN: Screen Wake Lock). */
export function keepAwake(signal: AbortSignal, hear: (awake: TabletHealth['awake']) => void): void {
  if (!navigator.wakeLock) return hear('unsupported')
  let retry: ReturnType<typeof setTimeout> | undefined

  function lost(): void {
    if (signal.aborted) return
    hear('lost')
    clearTimeout(retry)
    retry = setTimeout(take, againMs)
  }

  async function take(): Promise<void> {
    clearTimeout(retry)
    if (signal.aborted || document.visibilityState !== 'visible') return
    const lock = await navigator.wakeLock.request('screen').catch(() => null)
    if (!lock) return lost()
    const release = () => void lock.release().catch(() => {})
    if (signal.aborted) return release()
    signal.addEventListener('abort', release)
    lock.addEventListener('release', () => {
      signal.removeEventListener('abort', release)
      lost()
    })
    hear('held')
  }

  document.addEventListener('visibilitychange', take, { signal })
  if (document.visibilityState !== 'visible') hear('lost')
  void take()
}
