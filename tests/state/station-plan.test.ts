import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createBook } from '../../src/core/plan/book.ts'
import type { StaffParty } from '../../src/protocol/people.ts'
import type { Ports } from '../../src/state/ports.ts'
import type { CopiesPort, CopyStop } from '../../src/state/scan-copies-ports.ts'
import { createStation } from '../../src/state/station.ts'
import type { PendingAct, RunningSync } from '../../src/state/sync.ts'
import { anna, fakeWorld, welcomeOf } from '../fakes/ports.ts'

const ways = { passkey: true, password: false, provider: null }
const resident = { me: anna, ward: 'Ward 4B', demo: false, ways }

const waitingCopy = { about: null, expiresMs: 1, files: 1, bytes: 1 }
const noCopies = {} as CopiesPort

/** A sync that does nothing but remember what was asked of it. */
function fakeSync(did: string[], unsent = 0): RunningSync {
  return {
    view: signal(createBook()),
    unconfirmed: signal(new Map()),
    saving: signal(new Set<string>()),
    pending: signal<readonly PendingAct[]>([]),
    freshness: signal({ type: 'never' as const }),
    held: signal(null),
    keeping: signal({ safety: 'crash-safe' as const, persisted: true, room: 'plenty' as const }),
    clockAheadMs: signal(null),
    ready: Promise.resolve(),
    perform: async () => ({ ok: false, failure: 'nobody' }),
    expect: () => null,
    takeBack: async () => false,
    refresh: () => void did.push('refresh'),
    poke: () => void did.push('poke'),
    count: async () => unsent,
    stop: () => void did.push('stop'),
    async wipe() {
      did.push('wipe')
    },
    async withdraw() {
      did.push('withdraw')
    },
  }
}

async function withoutServer(
  over: { lastLock?: 'locked' | 'open'; touchedMs?: number; known?: boolean; ways?: null } = {},
) {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  world.resident = over.known === false ? null : { ...resident, ...(over.ways === null && { ways: null }) }
  world.lastLock = over.lastLock ?? 'open'
  world.advance(10 * 60_000)
  world.touchedMs = over.touchedMs ?? 10 * 60_000
  const station = createStation(ports)
  await world.settle()
  world.socket?.lost()
  await world.settle()
  return { world, station }
}

async function signedIn(
  unsent: number,
  over: Partial<RunningSync> = {},
  lastLock: 'locked' | 'open' = 'open',
) {
  const { world, ports } = fakeWorld()
  world.lastLock = lastLock
  world.plan = { ...fakeSync(world.did, unsent), ...over }
  world.answers = { '/unlock-ways': ways }
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  return { world, station }
}

test('[STATION-4] a station that starts without its server opens the plan of whoever was signed in there', async () => {
  const { world, station } = await withoutServer()
  expect(station.me.value).toEqual(anna)
  expect(station.isRemembered.value).toBe(true)
  expect(station.home.plan.value).not.toBeNull()
  expect(world.did).toContain('open plan of anna')
})

test('[STATION-4] a network that swallows everything counts as none', async () => {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  world.resident = resident
  const station = createStation(ports)
  await world.settle()
  world.advance(2_500)
  await world.settle()
  expect(station.isRemembered.value).toBe(true)
})

for (const what of ['request', 'disk'] as const)
  test(`[STATION-4] a ${what} that hangs at the start holds up neither the memory nor what is behind it`, async () => {
    const { world, ports } = fakeWorld()
    world.plan = fakeSync(world.did)
    world.resident = resident
    const never = () => new Promise<never>(() => {})
    const hung: Ports =
      what === 'request'
        ? { ...ports, api: { ...ports.api, ask: never } }
        : { ...ports, trust: { ...ports.trust, held: never } }
    const station = createStation(hung)
    await world.settle()
    if (what === 'request') expect(world.socket).not.toBeNull()
    world.advance(2_500)
    await world.settle()
    expect(station.isRemembered.value).toBe(true)
  })

test('[STATION-4] what a start without the server shows is read at once, and shown no earlier', async () => {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  world.resident = resident
  const station = createStation(ports)
  await world.settle()
  expect(world.did).toContain('open plan of anna')
  world.advance(2_499)
  await world.settle()
  expect(station.me.value).toBeNull()
  expect(station.home.plan.value).toBeNull()
  world.advance(1)
  await world.settle()
  expect(station.home.plan.value).not.toBeNull()
  expect(world.did.filter((did) => did === 'open plan of anna')).toHaveLength(1)
})

test('[STATION-4] who was here is read once, also when the server is gone before that is known', async () => {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  const asked: ((found: typeof resident) => void)[] = []
  const read = () => new Promise<typeof resident>((found) => asked.push(found))
  const station = createStation({ ...ports, plan: { ...ports.plan, resident: read } })
  await world.settle()
  world.socket?.lost()
  await world.settle()
  expect(asked).toHaveLength(1)
  asked[0]?.(resident)
  await world.settle()
  expect(station.me.value).toEqual(anna)
  expect(station.home.plan.value).not.toBeNull()
})

test('HZ-6 [STATION-4] what was read ahead of whoever was here before is stopped, and never shown to whoever is welcomed', async () => {
  const { world, ports } = fakeWorld()
  const berts = fakeSync([])
  const did: string[] = []
  world.resident = resident
  const open = async (staffId: string) => (staffId === 'anna' ? fakeSync(did) : berts)
  const station = createStation({ ...ports, plan: { ...ports.plan, open } })
  await world.settle()
  world.socket?.welcomed(welcomeOf({ ...anna, staffId: 'bert' }))
  await world.settle()
  expect(did).toEqual(['stop'])
  expect(station.home.plan.value).toBe(berts)
})

test('HZ-6 [STATION-4] what was read ahead is stopped when the server knows nobody here', async () => {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  world.resident = resident
  const station = createStation(ports)
  await world.settle()
  world.socket?.refused('unauthenticated')
  await world.settle()
  expect(world.did).toContain('stop')
  expect(station.home.plan.value).toBeNull()
})

test('HZ-6 [STATION-5] nothing is read ahead for a screen that nobody touched for five minutes', async () => {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  world.resident = resident
  world.advance(10 * 60_000)
  world.touchedMs = 0
  createStation(ports)
  await world.settle()
  expect(world.did).not.toContain('open plan of anna')
})

test('[STATION-4] where nobody was signed in within the lease, nothing is opened', async () => {
  const { world, station } = await withoutServer({ known: false })
  expect(station.access.value.type).toBe('starting')
  expect(world.did).not.toContain('open plan of anna')
})

test('HZ-6 [STATION-5] without the server a screen that was left locked stays locked, and nothing is read', async () => {
  const { world, station } = await withoutServer({ lastLock: 'locked' })
  expect(station.lock.locked.value).toBe(true)
  expect(station.home.plan.value).toBeNull()
  expect(world.did).not.toContain('open plan of anna')
})

test('[STATION-5] whoever is welcomed unlocked is not locked out offline by how somebody before left the screen', async () => {
  const { world } = await signedIn(0, {}, 'locked')
  expect(world.lastLock).toBe('open')
})

test('[STATION-5] a new sign-in is not locked out offline, even when its welcome never comes', async () => {
  const { world, ports } = fakeWorld()
  world.lastLock = 'locked'
  world.secret = 'code'
  createStation(ports)
  await world.settle()
  expect(world.lastLock).toBe('open')
})

test('HZ-6 [STATION-5] a screen that the server says is locked is noted as locked at its welcome', async () => {
  const { world, ports } = fakeWorld()
  world.answers = { '/unlock-ways': ways }
  createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  world.socket?.received({ type: 'lock.changed', locked: true })
  await world.settle()
  expect(world.lastLock).toBe('locked')
})

test('HZ-6 [STATION-5] what opens the lock is not forgotten because the server could not be asked at a welcome', async () => {
  const { world, ports } = fakeWorld()
  world.resident = resident
  createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  expect(world.asked.map(({ path }) => path)).toContain('/unlock-ways')
  expect(world.resident).toMatchObject({ me: anna, ways })
})

test('HZ-6 [STATION-5] what opens the lock is never taken from somebody else', async () => {
  const { world, ports } = fakeWorld()
  world.resident = resident
  createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf({ ...anna, staffId: 'bert' }))
  await world.settle()
  expect(world.resident).toMatchObject({ me: { staffId: 'bert' }, ways: null })
})

test('HZ-6 [STATION-5] what opens the lock is remembered when it becomes known after the welcome', async () => {
  const { world, ports } = fakeWorld()
  createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  expect(world.resident).toMatchObject({ ways: null })
  world.answers = { '/unlock-ways': ways }
  world.advance(5_000)
  await world.settle()
  expect(world.resident).toMatchObject({ me: anna, ways })
})

test('HZ-6 [STATION-5] without the server a screen is locked when it is not known what opens it', async () => {
  const { world, station } = await withoutServer({ ways: null })
  expect(station.lock.locked.value).toBe(true)
  expect(world.did).not.toContain('open plan of anna')
  world.answers = { '/unlock-ways': { passkey: false, password: false, provider: null } }
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  expect(station.lock.locked.value, 'and whoever has no way back in is not locked out').toBe(false)
})

test('HZ-6 [STATION-5] without the server a screen that nobody touched for five minutes is locked', async () => {
  const { world, station } = await withoutServer({ touchedMs: 0 })
  expect(station.lock.locked.value).toBe(true)
  expect(world.did).not.toContain('open plan of anna')
})

test('HZ-6 [STATION-5] without the server the lock falls by itself, as with it', async () => {
  const { world, station } = await withoutServer()
  expect(station.lock.locked.value).toBe(false)
  world.advance(5 * 60_000)
  await world.settle()
  expect(station.lock.locked.value).toBe(true)
})

test('[STATION-4] the server that comes back says who is signed in; the plan stays open', async () => {
  const { world, station } = await withoutServer()
  world.answers = { '/unlock-ways': ways }
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  expect(station.isRemembered.value).toBe(false)
  expect(world.did.filter((did) => did === 'open plan of anna')).toHaveLength(1)
})

test('[STATION-4] a plan that could not be opened is opened at the next welcome', async () => {
  const { world, ports } = fakeWorld()
  world.answers = { '/unlock-ways': ways }
  const broken = fakeSync(world.did)
  const attempts = [null, { ...broken, ready: Promise.reject(new Error('no disk')) }, fakeSync([])]
  const station = createStation(ports)
  await world.settle()
  for (const attempt of attempts) {
    world.plan = attempt
    world.socket?.welcomed(welcomeOf(anna))
    await world.settle()
    await world.settle()
    expect(world.did.filter((did) => did === 'stop')).toHaveLength(attempt === null ? 0 : 1)
  }
  expect(station.plan.value?.sync).toBe(world.plan)
})

test('HZ-6 [STATION-6] whoever is welcomed after another one sees and writes in no plan but their own', async () => {
  const { world, station } = await signedIn(0)
  const seen: unknown[] = []
  station.plan.subscribe((parts) => seen.push(parts && [parts.me.staffId, parts.sync]))
  const annas = world.plan
  expect(seen).toEqual([['anna', annas]])
  const berts = fakeSync(world.did)
  world.plan = berts
  world.socket?.welcomed(welcomeOf({ ...anna, staffId: 'bert' }))
  expect(station.plan.value).toBeNull()
  expect(world.did).toContain('stop')
  await world.settle()
  expect(seen).toEqual([['anna', annas], null, ['bert', berts]])
})

test('HZ-6 [STATION-6] a plan that opens after its person left is shown to nobody', async () => {
  const { world, station } = await signedIn(0)
  world.socket?.welcomed(welcomeOf({ ...anna, staffId: 'bert' }))
  await station.signOut()
  await world.settle()
  expect(station.home.plan.value).toBeNull()
  expect(world.did).not.toContain('open plan of bert')
})

test('HZ-6 [STATION-6] a session that was ended elsewhere takes the rows away and keeps what was not sent', async () => {
  const { world, station } = await withoutServer()
  world.socket?.refused('unauthenticated')
  await world.settle()
  expect(station.home.plan.value).toBeNull()
  expect(world.did).toContain('withdraw')
  expect(world.did).toContain('dismiss plans')
  expect(world.did).not.toContain('wipe')
})

test('HZ-6 [STATION-6] the end of one person takes away neither the plan nor the record of the next', async () => {
  let withdrawn = () => {}
  const { world, station } = await signedIn(0, {
    withdraw: () => new Promise((resolve) => (withdrawn = resolve)),
  })
  world.socket?.refused('unauthenticated')
  expect(station.home.plan.value, 'at once').toBeNull()
  const berts = fakeSync(world.did)
  world.plan = { ...berts, stop: () => void world.did.push("stop bert's") }
  world.socket?.welcomed(welcomeOf({ ...anna, staffId: 'bert' }))
  await world.settle()
  withdrawn()
  await world.settle()
  await world.settle()
  expect(world.resident?.me.staffId).toBe('bert')
  expect(station.home.plan.value).toBe(world.plan)
  expect(world.did).toContain('stop')
  expect(world.did).not.toContain("stop bert's")
})

test('HZ-6 [STATION-6] a record that is slow to go takes no later one with it', async () => {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  world.answers = { '/unlock-ways': ways }
  let goes = () => {}
  const slow = new Promise<void>((resolve) => {
    goes = resolve
  })
  const dismiss = () => slow.then(() => ports.plan.dismiss())
  createStation({ ...ports, plan: { ...ports.plan, dismiss } })
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  world.socket?.refused('unauthenticated')
  await world.settle()
  world.socket?.welcomed(welcomeOf({ ...anna, staffId: 'bert' }))
  await world.settle()
  goes()
  await world.settle()
  expect(world.resident?.me.staffId).toBe('bert')
})

test('[STATION-6] signing out with unsent changes asks first; staying keeps everything', async () => {
  const { world, station } = await signedIn(3)
  await station.signOut()
  expect(station.home.leaving.value).toEqual({ changes: 3, copies: 0 })
  expect(world.did).not.toContain('sign out')
  station.stay()
  expect(station.home.leaving.value).toBeNull()
  expect(world.did).not.toContain('wipe')
})

test('[STATION-6] signing out all the same deletes them', async () => {
  const { world, station } = await signedIn(3)
  await station.signOut()
  await station.signOut()
  expect(world.did).toContain('sign out')
  expect(world.did).toContain('wipe')
  expect(station.home.plan.value).toBeNull()
})

test('[STATION-6] a socket that is closed before the sign-out is answered makes it no other end (HZ-6)', async () => {
  const { world, station } = await signedIn(3)
  world.closesFirst = true
  await station.signOut()
  await station.signOut()
  expect(world.did).toContain('wipe')
  expect(station.home.plan.value).toBeNull()
  expect(station.access.value).toEqual({ type: 'signed-out', problem: null })
})

/** Copies of pictures that wait on this device, and why those do that do not go by themselves. */
async function withCopies(stops: readonly (CopyStop | null)[], role: StaffParty['role'] = 'nurse') {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  const copies = stops.map((stop, at) => ({ ...waitingCopy, copyId: `copy-${at}`, stop }))
  const waiting = async (staffId: string) => (staffId === 'anna' ? copies : [])
  const drop = async () => void world.did.push('drop')
  const station = createStation({ ...ports, copies: async () => ({ ...noCopies, waiting, drop }) })
  await world.settle()
  world.socket?.welcomed(welcomeOf({ ...anna, role }))
  await world.settle()
  return { world, station }
}

test('[STATION-6] [COPY-10] signing out while copies wait says how many; staying changes nothing, going on deletes none', async () => {
  const { world, station } = await withCopies([null, 'no-room'])
  await station.signOut()
  expect(station.home.leaving.value).toEqual({ changes: 0, copies: 2 })
  expect(world.did).not.toContain('sign out')
  station.stay()
  expect(station.home.leaving.value).toBeNull()
  await station.signOut()
  await station.signOut()
  expect(world.did).toContain('sign out')
  expect(world.did).not.toContain('drop')
})

test('[STATION-6] copies that cannot go any more, and those of whoever may send none, are not asked about', async () => {
  for (const { world, station } of [
    await withCopies(['expired', 'refused', 'unreadable']),
    await withCopies([null], 'interpreter'),
  ]) {
    await station.signOut()
    expect(world.did).toContain('sign out')
  }
})

test('[STATION-6] signing out with nothing unsent asks nothing', async () => {
  const { world, station } = await signedIn(0)
  await station.signOut()
  expect(world.did).toContain('wipe')
})

test('[STATION-6] from behind the lock nobody deletes what another one wrote: it waits for them', async () => {
  const { world, station } = await signedIn(3)
  world.socket?.received({ type: 'lock.changed', locked: true })
  await station.signOut()
  await world.settle()
  expect(world.did).toContain('sign out')
  expect(world.did).not.toContain('wipe')
  expect(world.did).toContain('dismiss plans')
})

for (const [what, wipe] of [
  ['fails', () => Promise.reject(new Error('no disk'))],
  ['hangs', () => new Promise<void>(() => {})],
] as const)
  test(`HZ-6 [STATION-6] a disk that ${what} at a sign-out keeps nobody's names on the screen, nor their record`, async () => {
    const { world, station } = await signedIn(0, { wipe })
    const out = station.signOut()
    await world.settle()
    expect(station.access.value.type).toBe('signed-out')
    expect(station.home.plan.value).toBeNull()
    expect(world.did).toContain('note nobody')
    world.advance(5_000)
    await out
    expect(world.did).toContain('stop')
    expect(world.resident).toBeNull()
  })

test('HZ-6 [STATION-6] a sign-out ends the record of who was here, whichever store was wiped', async () => {
  const { world, station } = await signedIn(0)
  await station.signOut()
  const ends = ['wipe', 'note nobody', 'dismiss plans']
  expect(world.did.filter((did) => ends.includes(did))).toEqual(ends)
})

for (const [what, count] of [
  ['fails', () => Promise.reject(new Error('no disk'))],
  ['hangs', () => new Promise<number>(() => {})],
] as const)
  test(`[STATION-6] a count that ${what} does not keep anybody signed in: what this tab knows of counts`, async () => {
    const { world, station } = await signedIn(0, { count })
    const out = station.signOut()
    await world.settle()
    world.advance(5_000)
    await out
    expect(world.did).toContain('sign out')
  })

test('[STATION-6] whoever signs in hears that changes of somebody else wait, and not which', async () => {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  world.othersWaiting = 2
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  expect(station.home.others.value).toBe(2)
})

test('[STATION-4] a link that signs somebody in never opens the plan of whoever was there before', async () => {
  const { world, ports } = fakeWorld()
  world.plan = fakeSync(world.did)
  world.resident = { ...resident, me: { ...anna, staffId: 'bert' } }
  world.secret = 'code'
  const station = createStation(ports)
  await world.settle()
  world.socket?.lost()
  world.advance(5_000)
  await world.settle()
  expect(station.me.value).toBeNull()
  expect(world.did).not.toContain('open plan of bert')
})
