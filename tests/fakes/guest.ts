/** A guest's browser, in a world that does only what a test says. */
import { createGuest } from '../../src/state/guest.ts'
import type { GuestVisit } from '../../src/state/guest-ports.ts'
import { fakeWorld } from './ports.ts'

export const kaisa = { type: 'guest', guestId: 'guest-1', name: 'Kaisa Virtanen', kind: 'family' } as const
/** What a code is, and what the server knows it by. */
export const code = '0123456789ABCDEFGHJKMNPQRS'
export const codeId = 'c'.repeat(43)

/** What this browser holds of a visit; `truth`: whether the station's seal holds. */
export function guestWorld() {
  const { world, ports } = fakeWorld()
  const device = {
    visit: null as GuestVisit | null,
    prepared: [] as string[],
    truth: true,
    broken: false,
    keyGone: false,
  }
  const begin = () =>
    createGuest({
      ...ports,
      guest: {
        codeIdOf: async (typed) => (typed.length === code.length ? codeId : null),
        visit: async () => device.visit,
        async prepare(typed) {
          if (device.broken) throw new Error('no store')
          device.prepared.push(typed)
          return { codeId, publicKey: 'p'.repeat(122), seal: 's'.repeat(43) }
        },
        async begin(guestId) {
          device.visit = { guestId, codeId, isAdmitted: false }
        },
        sign: async (nonce) =>
          device.visit && !device.keyGone
            ? { guestId: device.visit.guestId, signature: `signed ${nonce}` }
            : null,
        async admit() {
          if (device.visit && device.truth) device.visit = { ...device.visit, isAdmitted: true }
          return device.truth
        },
        async forget() {
          world.did.push('forget the visit')
          device.visit = null
        },
      },
    })
  return { world, device, begin }
}
