/** A relative's browser, in a world that does only what a test says. */
import type { FamilyLookAnswer } from '../../src/protocol/family.ts'
import { createFamilyVisit } from '../../src/state/family.ts'
import { bedOne, fakeWorld, signedChain } from './ports.ts'

export const maria = { type: 'guest', guestId: 'guest-1', name: 'Maria', kind: 'relative' } as const
export const code = '0123456789ABCDEFGHJKMNPQRS'
export const codeId = 'c'.repeat(43)
export const look: FamilyLookAnswer = {
  ...{ guest: maria, ward: 'Ward 4B', time: { type: 'open' } },
  ...{ chain: signedChain, seal: 's'.repeat(43), sealedKey: 'k', nowMs: 1 },
}

/** `truth`: whether the station's seal holds. */
export function familyWorld() {
  const { world, ports } = fakeWorld()
  const device = { kept: null as string | null, truth: true, broken: false }
  world.answers = { '/family/look': look, '/family/enter': { guest: maria, bed: bedOne } }
  const begin = () =>
    createFamilyVisit({
      ...ports,
      family: {
        codeIdOf: async (typed) => (typed.endsWith(code) ? codeId : null),
        last: async () => device.kept,
        async isKept(id) {
          if (device.broken) throw new Error('no store')
          return device.kept === id
        },
        async keep() {
          if (device.truth) device.kept = codeId
          return device.truth
        },
        prepare: async () =>
          device.kept ? { codeId, publicKey: 'p'.repeat(122), seal: 's'.repeat(86) } : null,
        sign: async (_id, nonce) =>
          device.kept ? { guestId: maria.guestId, signature: `signed ${nonce}` } : null,
        async forget() {
          world.did.push('forget the link')
          device.kept = null
        },
      },
    })
  return { world, device, begin }
}
