/** The page itself: the secret in its address, its tab's id, its screen kept awake, its update. */
import type { CommonPage } from '../state/ports.ts'
import { watchNetwork } from './network.ts'

const secrets = new URLSearchParams()
/** What a secret without a name is called, by its page. */
const bareNames = ['visit', 'family'] as const

/** A link's secrets are taken out of the address bar at once, so that no history and no photograph keeps them. */
function takeSecret(name: string): string | null {
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    if (value === '')
      secrets.set(bareNames.find((page) => location.pathname.startsWith(`/${page}`)) ?? 'join', key)
    else secrets.set(key, value)
  }
  if (location.hash) history.replaceState(null, '', location.pathname)
  const secret = secrets.get(name)
  secrets.delete(name)
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

/** A page that was just updated and is still outdated waits this long before it tries again. */
const againMs = 60_000

/** `update` fetches the newest build first. */
export function createPage(update: () => Promise<void>): CommonPage {
  const root = new URLSearchParams(location.hash.slice(1)).get('root')
  // A new link opened in the same tab changes only what stands after `#`: no browser loads the page for that.
  addEventListener('hashchange', () => {
    if (location.hash) location.reload()
  })
  return {
    // Only what can be a key's id is pinned.
    linkedRoot: () => (root && /^[0-9A-Za-z_-]{43}$/.test(root) ? root : null),
    takeSecret,
    tabId,
    newId: () => crypto.randomUUID(),
    over,
    saveOver,
    keepAwake(hear = () => {}) {
      const stopping = new AbortController()
      void import('./awake.ts').then(
        ({ keepAwake }) => keepAwake(stopping.signal, hear),
        () => hear('lost'),
      )
      return () => stopping.abort()
    },
    watchNetwork,
    watchPower: (hear) => void import('./power.ts').then(({ watchPower }) => watchPower(hear)),
    languages: () => navigator.languages,
    builds: () => import('./builds.ts').then(({ createBuilds }) => createBuilds()),
    async update() {
      const since = Date.now() - Number(sessionStorage.getItem('updatedMs') ?? 0)
      if (since < againMs) await new Promise((next) => setTimeout(next, againMs - since))
      sessionStorage.setItem('updatedMs', String(Date.now()))
      await update().catch(() => {})
      location.reload()
    },
  }
}
