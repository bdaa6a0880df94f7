/** The page itself: the secret in its address, its tab's id, its screen kept awake, its update. */
import type { PagePort } from '../state/ports.ts'

/** A link's secret is taken out of the address bar at once, so that no history and no photograph keeps it. */
function takeSecret(name: string): string | null {
  const secret = new URLSearchParams(location.hash.slice(1)).get(name)
  if (location.hash) history.replaceState(null, '', location.pathname)
  return secret
}

function tabId(): string {
  const known = sessionStorage.getItem('tabId')
  const id = known ?? crypto.randomUUID()
  if (!known) sessionStorage.setItem('tabId', id)
  return id
}

function over(): readonly string[] {
  return sessionStorage.getItem('over')?.split(' ') ?? []
}

function saveOver(callIds: readonly string[]): void {
  sessionStorage.setItem('over', callIds.join(' '))
}

/** The lock falls whenever the page is hidden; it is taken again each time the page is seen (MDN: Screen Wake Lock). */
function keepAwake(): void {
  const take = () => {
    if (document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(() => {})
  }
  document.addEventListener('visibilitychange', take)
  take()
}

/** `update` asks the service worker first; a page that was just updated does not try again. */
export function createPage(update: () => Promise<void>): PagePort {
  return {
    takeSecret,
    tabId,
    newId: () => crypto.randomUUID(),
    over,
    saveOver,
    keepAwake,
    async update() {
      if (sessionStorage.getItem('updated')) return
      sessionStorage.setItem('updated', 'yes')
      await update()
      location.reload()
    },
  }
}
