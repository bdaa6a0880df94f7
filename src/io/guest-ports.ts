/** The world of a guest's browser: what every screen has, a key of its own for one visit, and nothing that stays. */
import type { GuestPorts } from '../state/guest-ports.ts'
import { browserGuest, guestCredentials } from './guest-keys.ts'
import { laterMedia } from './media-later.ts'
import { browserPorts } from './ports.ts'

export function guestPorts(): GuestPorts {
  // Whoever comes once keeps no app: there is no worker, and the newest version comes with a reload.
  return {
    ...browserPorts('nothing'),
    media: laterMedia(guestCredentials),
    guest: browserGuest,
  }
}
