/** A station vouches for the browser of whoever has a visit, before it rings there: its word is good for that visit alone. */
import type { VisitsPort } from '../state/ports.ts'
import { certifyGuest } from './guest-certificate.ts'
import { photoOpener } from './visit-photo-open.ts'

export const browserVisits: VisitsPort = {
  async vouch({ visitId, name, publicKey }, nowMs) {
    const certified = await certifyGuest({ guestId: visitId, tableId: visitId, name, publicKey }, nowMs)
    return certified?.certificate ?? null
  },
  photos: photoOpener,
}
