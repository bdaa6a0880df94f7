/** The world of a relative's browser: what every screen has, and the keys of a link. */
import type { FamilyPorts } from '../state/family-ports.ts'
import { browserFamily, familyCredentials } from './family-keys.ts'
import { laterMedia } from './media-later.ts'
import { browserPorts } from './ports.ts'

export function familyPorts(): FamilyPorts {
  return {
    // Whoever visits keeps no app: there is no worker, and the newest version comes with a reload.
    ...browserPorts('nothing'),
    media: laterMedia(familyCredentials),
    family: browserFamily,
  }
}
