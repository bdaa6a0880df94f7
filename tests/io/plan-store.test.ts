/** One contract for the plan's two stores: IndexedDB, sealed, and memory, which the simulation runs on. */
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { planDatabase } from '../../src/io/plan-database.ts'
import { browserPlan } from '../../src/io/plan-door.ts'
import { createMemoryStore, emptyDisk } from '../../src/io/plan-memory.ts'
import { dismissAll, keepResident, othersWaiting, readResident } from '../../src/io/plan-people.ts'
import { breakSeal, openSeal } from '../../src/io/plan-seal.ts'
import { createPlanStore } from '../../src/io/plan-store.ts'
import type { PersonRow, Row } from '../../src/protocol/plan.ts'
import { unspoken } from '../../src/protocol/wishes.ts'
import type { Batch, Fold, NewAct, PlanStore } from '../../src/state/plan-ports.ts'
import { leaseMs } from '../../src/state/sync-shelf.ts'
import { anna } from '../fakes/ports.ts'

let people = 0
let devices = 0

/** A store that nobody used before, and another tab's view of the same. */
const makers = {
  async indexedDB(): Promise<() => Promise<PlanStore>> {
    people += 1
    const staffId = `staff-${people}`
    return async () => createPlanStore(staffId, { seal: await openSeal(staffId) })
  },
  async memory(): Promise<() => Promise<PlanStore>> {
    const place = { disk: emptyDisk }
    return async () => createMemoryStore(place)
  },
}

const person = (id: string, name = 'Nora Example'): PersonRow => ({
  type: 'person',
  id,
  rev: 1,
  name,
  role: 'nurse',
  active: true,
})

const act = (actId: string): NewAct => ({
  actId,
  version: 1,
  madeMs: 1,
  act: { type: 'attention.resolve', id: `of-${actId}`, how: 'seen' },
})

function foldOf(deviceId: string, seq: number, over: Partial<Fold> = {}): Fold {
  const nothing = { reset: false, rows: [], removed: [], settled: [], renewed: null }
  return { deviceId, seq, epoch: 'e', cursor: `c${seq}`, asOfMs: 10, contactMs: 20, ...nothing, ...over }
}

async function opened(store: PlanStore, after: number | null = null) {
  devices += 1
  const kept = await store.read(after, `device-${devices}`)
  if (!kept.ok) throw new Error(kept.failure)
  return kept.value
}

const ids = (rows: readonly Row[]) => rows.map(({ id }) => id).sort()

for (const [name, make] of Object.entries(makers)) {
  test(`[SYNC-3] ${name}: acts are numbered in the order in which they are kept, whichever tab writes`, async () => {
    const open = await make()
    const [one, other] = [await open(), await open()]
    await opened(one)
    await opened(other)
    await Promise.all([one.append([act('a')]), other.append([act('b')]), one.append([act('c')])])
    const { outbox, meta } = await opened(one)
    expect(outbox.map(({ outboxAct }) => outboxAct.n)).toEqual([1, 2, 3])
    expect(outbox.map(({ outboxAct }) => outboxAct.actId).sort()).toEqual(['a', 'b', 'c'])
    expect(meta.lastN).toBe(3)
  })

  test(`[SYNC-3] ${name}: an act that is known is not kept a second time`, async () => {
    const store = await (await make())()
    const { meta } = await opened(store)
    await store.append([act('a')])
    expect(await store.append([act('a')])).toEqual({ ok: true, value: [] })
    await store.fold(foldOf(meta.deviceId, 0, { settled: [{ actId: 'a', took: 'yes' }] }))
    expect(await store.append([act('a')])).toEqual({ ok: true, value: [] })
  })

  test(`[SYNC-4] ${name}: an answer is folded whole: rows, outcomes and cursor`, async () => {
    const store = await (await make())()
    const { meta } = await opened(store)
    await store.append([act('a'), act('b')])
    const rows = [person('p1'), person('p2')]
    await store.fold(foldOf(meta.deviceId, 0, { reset: true, rows, settled: [{ actId: 'a', took: 'yes' }] }))
    await store.fold(
      foldOf(meta.deviceId, 1, { rows: [person('p3')], removed: [{ type: 'person', id: 'p1' }] }),
    )
    const kept = await opened(store)
    expect(ids(kept.rows)).toEqual(['p2', 'p3'])
    expect(kept.outbox.map(({ outboxAct }) => outboxAct.actId)).toEqual(['b'])
    expect(kept.meta).toMatchObject({ seq: 2, cursor: 'c1', asOfMs: 10 })
    expect([...kept.settled]).toEqual(['a'])
  })

  test(`[SYNC-4] ${name}: an answer to a store that has moved on meanwhile changes nothing`, async () => {
    const store = await (await make())()
    const { meta } = await opened(store)
    await store.fold(foldOf(meta.deviceId, 0, { rows: [person('p1')] }))
    expect(await store.fold(foldOf(meta.deviceId, 0, { rows: [person('p2')] }))).toEqual({
      ok: false,
      failure: 'moved',
    })
    expect(ids((await opened(store)).rows)).toEqual(['p1'])
  })

  test(`[SYNC-4] ${name}: who knows the store up to a fold is given only what came after it`, async () => {
    const store = await (await make())()
    const { meta } = await opened(store)
    await store.fold(foldOf(meta.deviceId, 0, { reset: true, rows: [person('p1')] }))
    await store.fold(foldOf(meta.deviceId, 1, { rows: [person('p2')] }))
    const later = await opened(store, 1)
    expect([later.reset, ids(later.rows)]).toEqual([false, ['p2']])
    await store.fold(foldOf(meta.deviceId, 2, { reset: true, rows: [person('p3')] }))
    const anew = await opened(store, 1)
    expect([anew.reset, ids(anew.rows)]).toEqual([true, ['p3']])
  })

  test(`[SYNC-5] ${name}: what was sent cannot be taken back; what was not is gone for good`, async () => {
    const store = await (await make())()
    await opened(store)
    await store.append([act('a')])
    const taken = await store.take({ acts: 50, bytes: 1_000_000 })
    expect(taken.ok && taken.value.map(({ actId }) => actId)).toEqual(['a'])
    await store.append([act('b')])
    expect(await store.takeBack('a')).toBe(false)
    expect(await store.takeBack('b')).toBe(true)
    expect(await store.append([act('b')])).toEqual({ ok: true, value: [] })
    expect((await opened(store)).outbox.map(({ outboxAct }) => outboxAct.actId)).toEqual(['a'])
  })

  test(`[SYNC-13] ${name}: no more is taken, nor marked as sent, than one request carries; the first always`, async () => {
    const store = await (await make())()
    await opened(store)
    await store.append([act('a'), act('b'), act('c')])
    const taken = async (batch: Batch) => {
      const some = await store.take(batch)
      return some.ok && some.value.map(({ actId }) => actId)
    }
    expect(await taken({ acts: 50, bytes: 10 })).toEqual(['a'])
    expect(await taken({ acts: 2, bytes: 1e6 })).toEqual(['a', 'b'])
    expect((await opened(store)).outbox.map(({ isSent }) => isSent)).toEqual([true, true, false])
  })

  test(`[SYNC-3] ${name}: many acts at once are numbered in their order, those that are known left out`, async () => {
    const store = await (await make())()
    const { meta } = await opened(store)
    await store.append([act('a'), act('b')])
    await store.fold(foldOf(meta.deviceId, 0, { settled: [{ actId: 'a', took: 'yes' }] }))
    const added = await store.append(['c', 'a', 'b', 'd'].map(act))
    expect(added.ok && added.value.map(({ actId, n }) => [actId, n])).toEqual([
      ['c', 3],
      ['d', 4],
    ])
    expect((await opened(store)).outbox.map(({ outboxAct }) => outboxAct.n)).toEqual([2, 3, 4])
  })

  test(`[SYNC-6] ${name}: a server from a copy is told again what it took, before what waits, under a new name`, async () => {
    const store = await (await make())()
    const { meta } = await opened(store)
    await store.append([act('a'), act('b'), act('c')])
    const settled = [
      { actId: 'a', took: 'yes' },
      { actId: 'b', took: 'no' },
    ] as const
    await store.fold(foldOf(meta.deviceId, 0, { settled }))
    await store.fold(foldOf(meta.deviceId, 1, { reset: true, renewed: 'renewed' }))
    const kept = await opened(store)
    expect(kept.meta).toMatchObject({ deviceId: 'renewed', lastN: 2 })
    expect(kept.outbox.map(({ outboxAct }) => [outboxAct.n, outboxAct.actId])).toEqual([
      [1, 'a'],
      [2, 'c'],
    ])
    expect([...kept.settled], 'what was refused was shown, and is not asked again').toEqual(['b'])
  })

  test(`HZ-6 [SYNC-7] ${name}: without contact for too long the rows go and what was written stays`, async () => {
    const store = await (await make())()
    const { meta } = await opened(store)
    await store.append([act('a')])
    await store.fold(foldOf(meta.deviceId, 0, { reset: true, rows: [person('p1')] }))
    await store.expire()
    const kept = await opened(store)
    expect(kept.rows).toEqual([])
    expect(kept.outbox).toHaveLength(1)
    expect(kept.meta).toMatchObject({ cursor: null, asOfMs: null, deviceId: meta.deviceId })
  })

  test(`HZ-6 [SYNC-7] ${name}: a tab that outlives a sign-out can neither read nor write`, async () => {
    const open = await make()
    const [one, other] = [await open(), await open()]
    const { meta } = await opened(one)
    await opened(other)
    await other.append([act('a')])
    await one.wipe()
    expect(await other.append([act('b')])).toEqual({ ok: false, failure: 'lost' })
    expect(await other.fold(foldOf(meta.deviceId, 0, { rows: [person('p1')] }))).toMatchObject({ ok: false })
    expect(await other.read(null, 'another')).toEqual({ ok: false, failure: 'wiped' })
  })
}

test('[SYNC-4] many answers are made one, and nothing of them is lost', async () => {
  const store = await (await makers.indexedDB())()
  const { meta } = await opened(store)
  for (let seq = 0; seq < 100; seq += 1)
    await store.fold(
      foldOf(meta.deviceId, seq, { reset: seq === 0, rows: [person(`p${seq % 60}`, `N${seq}`)] }),
    )
  const { rows } = await opened(store)
  expect(rows).toHaveLength(60)
  expect(rows.find(({ id }) => id === 'p39')).toMatchObject({ name: 'N99' })
  const folds = await (await planDatabase()).getAll('folds')
  expect(folds.filter(({ staffId }) => staffId === `staff-${people}`).length).toBeLessThan(45)
})

test('HZ-6 [SYNC-8] nothing that says something lies in the database as it was said', async () => {
  const staffId = 'sealed'
  const store = createPlanStore(staffId, { seal: await openSeal(staffId) })
  const { meta } = await opened(store)
  const secret = 'Maria Plaintext'
  await store.append([
    {
      ...act('a'),
      act: {
        type: 'admission.admit',
        wishes: unspoken,
        actId: 'a',
        admissionId: 'x',
        bedId: 'b',
        patient: { name: secret, born: '1950-01-01', number: '123' },
      },
    },
  ])
  await store.fold(foldOf(meta.deviceId, 0, { reset: true, rows: [person('p1', secret)] }))
  await keepResident({ me: { ...anna, staffId, name: secret }, ward: secret, demo: false, ways: null })
  expect(await everything()).not.toContain('Plaintext')
  expect((await opened(store)).rows, 'and it can be opened').toEqual([person('p1', secret)])
})

/** All there is, bytes as Latin-1. */
async function everything(): Promise<string> {
  const db = await planDatabase()
  const all: unknown[] = []
  for (const name of db.objectStoreNames) all.push(...(await db.getAll(name)))
  return JSON.stringify(all, (_key, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )
}

test('HZ-6 [SYNC-8] a sealed record opens only at its own place, and with its own key', async () => {
  const seal = await openSeal('places')
  const closed = await seal.close('folds|places|1|0', { rows: [] })
  expect(await seal.open('folds|places|1|0', closed)).toEqual({ rows: [] })
  expect(await seal.open('folds|places|2|0', closed)).toBeUndefined()
  await breakSeal('places')
  expect(await (await openSeal('places')).open('folds|places|1|0', closed)).toBeUndefined()
})

test('[SYNC-7] who was signed in here last is known for as long as the lease, and no longer', async () => {
  const me = { ...anna, staffId: 'resident' }
  const store = createPlanStore('resident', { seal: await openSeal('resident') })
  const { meta } = await opened(store)
  const resident = { me, ward: 'Ward 7', demo: false, ways: null }
  await keepResident(resident)
  expect(await readResident(), 'without any contact there is nothing to show').toBeNull()
  await store.fold(foldOf(meta.deviceId, 0, { reset: true, contactMs: Date.now() - leaseMs / 2 }))
  expect(await readResident()).toEqual(resident)
  await store.fold(foldOf(meta.deviceId, 1, { contactMs: Date.now() - leaseMs - 1_000 }))
  expect(await readResident()).toBeNull()
  await store.fold(foldOf(meta.deviceId, 2, { contactMs: Date.now() + leaseMs + 60_000 }))
  expect(await readResident(), 'nor does a clock that was set back stretch it').toBeNull()
})

test('HZ-6 [SYNC-7] whoever signs in next finds nothing of the last but how much of theirs waits', async () => {
  const [first, second] = ['first', 'second']
  const store = createPlanStore(first, { seal: await openSeal(first) })
  const { meta } = await opened(store)
  await store.append([act('mine')])
  await store.fold(foldOf(meta.deviceId, 0, { reset: true, rows: [person('p1')], contactMs: Date.now() }))
  const before = await othersWaiting(second)
  await keepResident({ me: { ...anna, staffId: second }, ward: 'Ward 7', demo: false, ways: null })
  expect(await othersWaiting(second)).toBe(before)
  expect(await othersWaiting(first)).toBe(before - 1)
  const folds = await (await planDatabase()).getAll('folds')
  expect(folds.filter(({ staffId }) => staffId === first)).toEqual([])
  await dismissAll()
  expect(await readResident()).toBeNull()
  expect((await opened(store)).outbox.map(({ outboxAct }) => outboxAct.actId)).toEqual(['mine'])
})

test('HZ-6 [SYNC-7] whoever left is not known here any more, though their record could not be deleted', async () => {
  const notes = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, value: string) => void notes.set(key, value),
    removeItem: (key: string) => void notes.delete(key),
  })
  const store = createPlanStore('leaver', { seal: await openSeal('leaver') })
  const { meta } = await opened(store)
  await store.fold(foldOf(meta.deviceId, 0, { reset: true, contactMs: Date.now() }))
  const resident = { me: { ...anna, staffId: 'leaver' }, ward: 'Ward 7', demo: false, ways: null }
  await browserPlan.welcome(resident)
  expect(await browserPlan.resident()).toEqual(resident)
  const late = browserPlan.welcome(resident)
  browserPlan.noteNobody()
  await late
  expect(await browserPlan.resident(), 'a welcome from before is not the next one').toBeNull()
  await browserPlan.welcome(resident)
  expect(await browserPlan.resident()).toEqual(resident)
  vi.unstubAllGlobals()
})
