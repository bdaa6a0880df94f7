/** A station on a telephone: its push service is the test's own. */
import type { Page } from 'playwright/test'
import { openPushService, type PushService } from '../fakes/push-service.ts'
import { test as wards } from './ward.ts'

/** A test with a push service of its own; its server has yet to hear of it, by `toldBy`. */
export const withPush = wards.extend<{ push: PushService }>({
  push: async ({ timeScale: _ }, use) => {
    const push = await openPushService()
    await use(push)
    await push.close()
  },
})

/** What a server is told so that it tells telephones by this service. */
export function toldBy({ host }: PushService) {
  return { BEDSIDE_PUSH_CONTACT: 'mailto:it@hospital.example', BEDSIDE_PUSH_SERVICES: host }
}

declare global {
  interface Window {
    asked: number
  }
}

type Keys = ReturnType<PushService['subscribe']>

/** A browser whose vendor's push service is the test's own. */
export function subscribeAs({ endpoint, p256dh, auth }: Keys): void {
  const bytes = (text: string) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
      .buffer
  const held = () => {
    const key = localStorage.getItem('subscribed')
    if (key === null) return null
    return {
      endpoint,
      options: { applicationServerKey: bytes(key) },
      getKey: (name: string) => bytes(name === 'auth' ? auth : p256dh),
      unsubscribe: async () => localStorage.removeItem('subscribed'),
    }
  }
  PushManager.prototype.getSubscription = async () => held() as never
  PushManager.prototype.subscribe = async (options) => {
    const key = new Uint8Array(options?.applicationServerKey as Uint8Array<ArrayBuffer>)
    localStorage.setItem('subscribed', btoa(String.fromCharCode(...key)))
    return held() as never
  }
  window.asked = 0
  const ask = Notification.requestPermission.bind(Notification)
  Notification.requestPermission = async () => {
    window.asked += 1
    return await ask()
  }
}

/** The station on a telephone that its person has not asked to be told yet. */
export async function telephone(page: Page, push: PushService): Promise<Page> {
  await page.addInitScript(subscribeAs, push.subscribe())
  await page.context().grantPermissions(['notifications'])
  await page.reload()
  return page
}
