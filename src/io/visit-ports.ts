/** The world of an outpatient's browser: what every screen has, a key for one visit, a test of the device, and nothing that stays. */
import type { VisitPorts, VisitWindow } from '../state/visit-ports.ts'
import { thisBrowser } from './browsers.ts'
import { laterMedia } from './media-later.ts'
import { browserPorts } from './ports.ts'
import { createVisitKeys } from './visit-keys.ts'

const buzzes = [400, 250, 400]
const buzzEveryMs = 2_400

function linkOf(token: string): string {
  return `${location.origin}/visit#${token}`
}

function createWindow(): VisitWindow {
  let buzzing: ReturnType<typeof setInterval> | undefined
  return {
    showLink: (token) => history.replaceState(null, '', linkOf(token)),
    hideLink: () => history.replaceState(null, '', location.pathname),
    async copyLink(token) {
      return await navigator.clipboard.writeText(linkOf(token)).then(
        () => 'copied',
        () => 'failed',
      )
    },
    buzz(state) {
      clearInterval(buzzing)
      // Not everywhere, and not before somebody has touched the page.
      const shake = (how: number[]) => navigator.vibrate?.(how)
      shake(state === 'on' ? buzzes : [])
      if (state === 'on') buzzing = setInterval(() => shake(buzzes), buzzEveryMs)
    },
  }
}

export function visitPorts(): VisitPorts {
  const { device, credentials } = createVisitKeys()
  return {
    // Whoever comes once keeps no app: there is no worker, and the newest version comes with a reload.
    ...browserPorts('nothing'),
    media: laterMedia(credentials),
    visit: device,
    browser: thisBrowser(),
    window: createWindow(),
    tester: async () => (await import('./device-test.ts')).deviceTester,
    camera: async () => (await import('./visit-photo.ts')).createVisitCamera(),
  }
}
