/** A tablet that is told to run another build: when it takes it, when it does not, and what it says of it. */
import { expect, test } from 'vitest'
import type { UpdateOffer } from '../../src/protocol/update.ts'
import { createUpdating } from '../../src/state/updating.ts'
import { fakeWorld } from '../fakes/ports.ts'

const [old, fresh] = ['000000000001', '000000000002']
const offer: UpdateOffer = { type: 'update.offer', build: fresh, number: 2, idleMs: 60_000, readyMs: 60_000 }

function tablet() {
  const { world, ports } = fakeWorld()
  const { did, sent } = world
  const is = { isFree: true, untouchedMs: 0 }
  const builds = {
    build: old as string | null,
    outcome: 'installed' as 'installed' | 'failed',
    failed: null as { build: string; number: number } | null,
    /** Happens while it is installed. */
    meanwhile: (_build: string) => {},
    own: async () => builds.build,
    untouchedMs: () => is.untouchedMs,
    async install({ build }: { build: string }) {
      builds.meanwhile(build)
      did.push(`install ${build}`)
      return builds.outcome
    },
    lastFailed: async () => builds.failed,
    sayReady: async () => void did.push('say ready'),
    reload: () => void did.push('reload'),
  }
  const updating = createUpdating({
    clock: ports.clock,
    builds,
    isFree: () => is.isFree,
    say: ports.socket.send,
  })
  /** Time in which nobody touches it. */
  async function pass(ms: number): Promise<void> {
    await world.settle()
    for (let left = ms; left > 0; left -= 1_000) {
      is.untouchedMs += 1_000
      world.advance(1_000)
      await world.settle()
    }
  }
  return { did, sent, is, builds, updating, pass, settle: world.settle }
}

const done = (did: readonly string[]) => did.filter((one) => /^(install|reload)/.test(one))

test('[UPDATE-6] it is taken when nobody has touched the tablet for the time that the server says, and not before', async () => {
  const { did, updating, pass } = tablet()
  updating.offered(offer)
  await pass(54_000)
  expect(done(did)).toEqual([])
  await pass(12_000)
  expect(done(did)).toEqual([`install ${fresh}`, 'reload'])
})

test('[UPDATE-6] never in a call, and a call that comes while it is installed keeps the page (HZ-11)', async () => {
  const { did, is, builds, updating, pass } = tablet()
  is.isFree = false
  updating.offered(offer)
  await pass(300_000)
  expect(done(did)).toEqual([])
  builds.meanwhile = () => {
    is.isFree = false
  }
  is.isFree = true
  await pass(60_000)
  expect(done(did)).toEqual([`install ${fresh}`])
  is.isFree = true
  await pass(60_000)
  expect(done(did)).toEqual([`install ${fresh}`, 'reload'])
})

test('[UPDATE-6] somebody with the staff code need not wait until nobody has touched it, and cuts no call (HZ-11)', async () => {
  const { did, is, updating, pass } = tablet()
  expect(updating.next.value).toBe('none')
  is.isFree = false
  updating.offered(offer)
  await pass(5_000)
  expect(updating.next.value).toBe('waits')
  updating.hurry()
  await pass(5_000)
  expect(done(did)).toEqual([])
  is.isFree = true
  await pass(5_000)
  expect(done(did)).toEqual([`install ${fresh}`, 'reload'])
})

test('[UPDATE-4] files that could not be kept are said, and not tried again for the same roll-out', async () => {
  const { did, sent, builds, updating, pass } = tablet()
  builds.outcome = 'failed'
  updating.offered(offer)
  await pass(70_000)
  const failed = { type: 'update.failed', build: fresh, number: 2, why: 'files' }
  expect(sent).toEqual([failed])
  expect(done(did)).toEqual([`install ${fresh}`])
  updating.offered({ ...offer, build: old })
  updating.offered(offer)
  await pass(70_000)
  expect(sent).toEqual([failed, failed])
  expect(done(did)).toEqual([`install ${fresh}`])
  builds.outcome = 'installed'
  updating.offered({ ...offer, number: 3 })
  await pass(70_000)
  expect(done(did)).toEqual([`install ${fresh}`, `install ${fresh}`, 'reload'])
})

test('[UPDATE-4] a build that was rolled back is said to have failed, and taken again only when somebody begins anew', async () => {
  const { did, sent, builds, updating, pass } = tablet()
  builds.failed = { build: fresh, number: 2 }
  updating.offered(offer)
  await pass(70_000)
  expect(sent).toEqual([{ type: 'update.failed', build: fresh, number: 2, why: 'not-ready' }])
  expect(done(did)).toEqual([])
  updating.offered({ ...offer, number: 3 })
  await pass(70_000)
  expect(done(did)).toEqual([`install ${fresh}`, 'reload'])
})

test('[UPDATE-3] told to stay before it was taken, it stays', async () => {
  const { did, updating, pass } = tablet()
  updating.offered(offer)
  await pass(30_000)
  updating.offered({ ...offer, build: old })
  await pass(300_000)
  expect(done(did)).toEqual([])
})

test('[UPDATE-3] told to stay while the new one waits to be loaded, the next load brings its own again', async () => {
  const { did, is, builds, updating, pass, settle } = tablet()
  builds.meanwhile = (build) => {
    if (build === fresh) is.isFree = false
  }
  updating.offered(offer)
  await pass(70_000)
  updating.offered({ ...offer, build: old })
  await settle()
  is.isFree = true
  await pass(300_000)
  expect(done(did)).toEqual([`install ${fresh}`, `install ${old}`])
})

test('it says to its worker once that it is Ready', async () => {
  const { did, updating, settle } = tablet()
  updating.welcomed()
  await settle()
  updating.welcomed()
  await settle()
  expect(did).toEqual(['say ready'])
})

test('a page that does not know its own build takes no other', async () => {
  const { did, sent, builds, updating, pass } = tablet()
  builds.build = null
  updating.offered(offer)
  await pass(300_000)
  expect([done(did), sent]).toEqual([[], []])
})
