/** Web push: what the service worker shows while the page is closed. */
import type { PhonePort } from '../state/ports.ts'

async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  return 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined
}

/** Base64url without padding, both ways (RFC 4648 §5). */
const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
const textOf = (bytes: ArrayBuffer | null | undefined) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

function isOf(subscription: PushSubscription, key: string): boolean {
  return textOf(subscription.options.applicationServerKey) === key
}

async function subscribe(key: string) {
  const pushes = (await navigator.serviceWorker.ready).pushManager
  const before = await pushes.getSubscription()
  if (before && !isOf(before, key)) await before.unsubscribe()
  return await pushes.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
}

export const browserPhone: PhonePort = {
  able() {
    if ('PushManager' in globalThis && 'Notification' in globalThis && 'serviceWorker' in navigator)
      return 'yes'
    // Only Safari of a phone or tablet knows whether it stands on the home screen, and needs to.
    return 'standalone' in navigator && navigator.standalone === false ? 'install-first' : 'no'
  },
  async isSubscribed(key) {
    const subscription = await (await registered())?.pushManager.getSubscription()
    return Notification.permission === 'granted' && !!subscription && isOf(subscription, key)
  },
  async subscribe(key) {
    if ((await Notification.requestPermission()) !== 'granted') return { ok: false, failure: 'denied' }
    try {
      const made = await subscribe(key)
      const [p256dh, auth] = [textOf(made.getKey('p256dh')), textOf(made.getKey('auth'))]
      return { ok: true, value: { endpoint: made.endpoint, p256dh, auth } }
    } catch {
      return { ok: false, failure: 'failed' }
    }
  },
  async unsubscribe() {
    await (await (await registered())?.pushManager.getSubscription())?.unsubscribe()
  },
  clearWhenSeen() {
    const clear = async () => {
      if (document.visibilityState !== 'visible') return
      for (const shown of (await (await registered())?.getNotifications()) ?? []) shown.close()
    }
    document.addEventListener('visibilitychange', () => void clear())
    void clear()
  },
}
