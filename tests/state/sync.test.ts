import { expect, test } from 'vitest'
import { createBook } from '../../src/core/plan/book.ts'
import { emptyDisk } from '../../src/io/plan-memory.ts'
import { type KeptAct, planVersion } from '../../src/protocol/plan.ts'
import { linesToKeep } from '../../src/state/journal-lines.ts'
import type { JournalEntry } from '../../src/state/plan-ports.ts'
import { leaseMs } from '../../src/state/sync-shelf.ts'
import { createSyncView } from '../../src/state/sync-view.ts'
import { type FakeBrowser, fakeBrowser, personRow, type Said, startMs } from '../fakes/plan.ts'

const note = (id: string, title = 'Call the family'): KeptAct => ({
  type: 'appointment.book',
  id,
  kind: 'note',
  fields: {
    title,
    note: '',
    place: null,
    staff: [],
    roles: [],
    stops: [],
    outpatient: null,
    before: 0,
    after: 0,
    language: null,
    interpreter: false,
    outsideHours: false,
    when: { type: 'at', startMs: startMs + 3_600_000, endMs: startMs + 5_400_000 },
    status: 'booked',
    cancelReason: null,
  },
})

const unreachable: Said = { type: 'unreachable' }

async function opened(browser: FakeBrowser) {
  const tab = browser.open()
  await browser.time.pass(1_000)
  return tab
}

const titles = (tab: Awaited<ReturnType<typeof opened>>) =>
  [...tab.sync.view.value.all('appointment')].map(({ title }) => title)

test('HZ-7 [SYNC-11] what is written shows at once, as unconfirmed, until the server has answered', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  expect(await tab.sync.perform(note('a'))).toMatchObject({ ok: true })
  expect(titles(tab)).toEqual(['Call the family'])
  expect([...tab.sync.unconfirmed.value.keys()]).toEqual(['appointment/a'])
  expect(tab.sync.pending.value).toMatchObject([{ state: 'here', trouble: null }])
  browser.say = () => ({})
  await browser.time.pass(60_000)
  expect(tab.sync.pending.value).toEqual([])
  expect([...tab.sync.unconfirmed.value.keys()]).toEqual([])
})

test('HZ-7 [SYNC-12] live is only what was heard; a failure says since when all is old', async () => {
  const browser = fakeBrowser()
  const tab = await opened(browser)
  expect(tab.sync.freshness.value).toMatchObject({ type: 'live' })
  const heardMs = tab.sync.freshness.value.type === 'live' ? tab.sync.freshness.value.sinceMs : 0
  browser.say = () => unreachable
  await browser.time.pass(60_000)
  expect(tab.sync.freshness.value).toEqual({ type: 'offline', sinceMs: expect.any(Number) })
  const { sinceMs } = tab.sync.freshness.value as { sinceMs: number }
  expect(sinceMs).toBeGreaterThanOrEqual(heardMs)
  expect(sinceMs).toBeLessThan(browser.time.nowMs() - 20_000)
})

test('HZ-7 [SYNC-12] a server that answers nothing at all is old after a minute', async () => {
  const browser = fakeBrowser()
  const tab = await opened(browser)
  browser.leads = false
  browser.say = () => new Promise<Said>(() => {})
  await browser.time.pass(10 * 60_000)
  expect(tab.sync.freshness.value.type).toBe('offline')
})

test('HZ-7 [SYNC-12] a device that wakes after an hour shows a live plan for ten seconds at most', async () => {
  const browser = fakeBrowser()
  const tab = await opened(browser)
  browser.say = () => new Promise<Said>(() => {})
  // The wall clock alone went on.
  browser.clockAheadMs += 3_600_000
  await browser.time.pass(10_000)
  expect(tab.sync.freshness.value.type).toBe('offline')
})

test.for(['full', 'failed'] as const)(
  'HZ-7 [SYNC-12] an answer that the store cannot keep (%s) makes nothing live, and is not asked for in a loop',
  async (failure) => {
    const browser = fakeBrowser()
    const tab = await opened(browser)
    browser.foldFailure = failure
    await tab.sync.perform(note('a'))
    browser.requests.length = 0
    await browser.time.pass(10_000)
    expect(tab.sync.freshness.value.type).toBe('offline')
    expect(tab.sync.keeping.value.room).toBe(failure === 'full' ? 'full' : 'plenty')
    expect(browser.requests.length).toBeLessThan(8)
    expect(tab.sync.pending.value).toHaveLength(1)
    await browser.time.pass(120_000)
    expect(tab.sync.keeping.value.room, 'as long as it is').toBe(failure === 'full' ? 'full' : 'plenty')
    browser.foldFailure = null
    await browser.time.pass(120_000)
    expect([tab.sync.freshness.value.type, tab.sync.pending.value]).toEqual(['live', []])
    expect(tab.sync.keeping.value.room).toBe('plenty')
  },
)

test('HZ-7 [SYNC-12] a tab that follows is live only with what it has read itself', async () => {
  const browser = fakeBrowser()
  const tab = await opened(browser)
  browser.leads = false
  browser.readFailure = 'failed'
  tab.hear({ type: 'met', meeting: { failure: null, asOfMs: startMs, clockAheadMs: 0 } })
  await browser.time.pass(10)
  expect(tab.sync.freshness.value.type).toBe('offline')
})

test('[SYNC-11] a round in which nothing differs draws nothing anew but the age', async () => {
  const browser = fakeBrowser()
  const tab = await opened(browser)
  const drawn = { pending: 0, view: 0, unconfirmed: 0, keeping: 0, clockAheadMs: 0, freshness: 0 }
  const names = ['pending', 'view', 'unconfirmed', 'keeping', 'clockAheadMs', 'freshness'] as const
  for (const name of names)
    tab.sync[name].subscribe(() => {
      drawn[name] += 1
    })
  browser.requests.length = 0
  browser.clockAheadMs = 300
  await browser.time.pass(5 * 60_000)
  const rounds = browser.requests.length
  expect(rounds).toBeGreaterThan(6)
  const once = { pending: 1, view: 1, unconfirmed: 1, keeping: 1, clockAheadMs: 1 }
  expect(drawn).toEqual({ ...once, freshness: 1 + rounds })
  browser.say = () => unreachable
  await tab.sync.perform(note('a'))
  await browser.time.pass(60_000)
  const { pending, freshness } = drawn
  tab.sync.refresh()
  await browser.time.pass(10)
  expect(drawn.pending - pending, 'an act that is on its way, and comes back').toBe(2)
  expect(drawn.freshness).toBe(freshness)
})

test('[SYNC-13] nothing waits for a browser that first asks the person whether it may keep anything', async () => {
  const browser = fakeBrowser()
  browser.room = () => new Promise(() => {})
  const tab = await opened(browser)
  expect(tab.sync.freshness.value.type).toBe('live')
  await browser.time.pass(5 * 60_000)
  expect(browser.requests.length).toBeGreaterThan(6)
})

test('[SYNC-13] the server is asked again and again, ever more seldom, and never not at all', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  await opened(browser)
  await browser.time.pass(60_000)
  const first = browser.requests.length
  expect(first).toBeGreaterThan(4)
  expect(first).toBeLessThan(12)
  await browser.time.pass(60 * 60_000)
  expect(browser.requests.length - first).toBeGreaterThan(100)
})

test('[SYNC-13] a server that is asked too much is left alone for as long as it says', async () => {
  const browser = fakeBrowser()
  browser.say = () => ({ type: 'too-many', afterMs: 20_000 })
  const tab = await opened(browser)
  await tab.sync.perform(note('a'))
  tab.sync.refresh()
  await browser.time.pass(15_000)
  expect(browser.requests).toHaveLength(1)
  browser.say = () => ({})
  await browser.time.pass(20_000)
  expect(tab.sync.pending.value).toEqual([])
})

test.for(['signed-out', 'locked', 'outdated', 'another-person'] as const)(
  '[SYNC-13] %s holds what waits, and drops nothing',
  async (type) => {
    const browser = fakeBrowser()
    browser.say = () => ({ type })
    const tab = await opened(browser)
    await tab.sync.perform(note('a'))
    await browser.time.pass(120_000)
    expect(tab.sync.held.value).toBe(type)
    expect(tab.sync.pending.value).toMatchObject([{ state: 'held' }])
    browser.say = () => ({})
    await browser.time.pass(60_000)
    expect([tab.sync.held.value, tab.sync.pending.value]).toEqual([null, []])
  },
)

test('[SYNC-13] every request says whose store asks, so that nobody acts in the name of another', async () => {
  const browser = fakeBrowser()
  browser.open('bob')
  await browser.time.pass(1_000)
  expect(browser.requests.map(({ staffId }) => staffId)).toEqual(['bob'])
})

test('[SYNC-13] at most fifty acts a request, in the order in which they were written, until all are through', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  for (let index = 0; index < 120; index += 1) await tab.sync.perform(note(`n${index}`))
  browser.say = () => ({})
  browser.requests.length = 0
  tab.sync.refresh()
  await browser.time.pass(3_000)
  expect(browser.requests.map(({ acts }) => acts.length)).toEqual([50, 50, 20])
  expect(browser.requests.flatMap(({ acts }) => acts.map(({ n }) => n))).toEqual(
    Array.from({ length: 120 }, (_, index) => index + 1),
  )
  expect(tab.sync.pending.value).toEqual([])
})

/** Someone's hours with a hundred reasons to be away: the largest act there is, when its letters are not plain ones. */
const large = (id: string, letter = '\u0001'): KeptAct => {
  const away = { startMs, endMs: startMs + 1, why: letter.repeat(80) }
  return { type: 'hours.set', id, from: null, to: { zone: 'UTC', weekly: [], away: Array(100).fill(away) } }
}
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length

test('[SYNC-13] no request is more than the server takes, however large its acts are', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  for (let number = 0; number < 50; number += 1) await tab.sync.perform(large(`person-${number}`))
  browser.requests.length = 0
  browser.say = () => ({})
  tab.sync.refresh()
  await browser.time.pass(60_000)
  expect(tab.sync.pending.value).toEqual([])
  const carried = browser.requests.filter(({ acts }) => acts.length > 0)
  expect(carried.flatMap(({ acts }) => acts.map(({ n }) => n))).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 1),
  )
  expect(Math.max(...carried.map(bytesOf))).toBeLessThan(540 * 1024)
  expect(carried.length).toBeLessThan(10)
})

test('[SYNC-13] what is too large on the way goes in smaller parts; an act that is too large alone parks itself', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  const acts = [note('a'), note('b'), large('ann', '\u0002'), note('c'), large('ben', 'x')]
  for (const act of acts) await tab.sync.perform(act)
  browser.requests.length = 0
  const taken: unknown[] = []
  browser.say = (request) => {
    if (bytesOf(request) > 40_000) return { type: 'too-large' }
    taken.push(...request.acts.map(({ act }) => act))
    return {
      outcomes: request.acts.map(({ actId, act }) =>
        act === null
          ? { actId, outcome: { type: 'refused', why: 'unreadable', detail: null, blocking: [], free: [] } }
          : { actId, outcome: { type: 'applied' } },
      ),
    }
  }
  tab.sync.refresh()
  await browser.time.pass(60_000)
  expect(taken).toEqual([acts[0], acts[1], null, acts[3], acts[4]])
  expect(tab.sync.pending.value).toEqual([])
  expect(tab.sync.freshness.value.type).toBe('live')
})

test('[SYNC-13] a way that finds everything too large is no way: nothing is given up, and it is tried again', async () => {
  const browser = fakeBrowser()
  browser.say = () => ({ type: 'too-large' })
  const tab = await opened(browser)
  await tab.sync.perform(note('a'))
  await tab.sync.perform(note('b'))
  await browser.time.pass(5 * 60_000)
  expect(tab.sync.pending.value).toMatchObject([{ state: 'here' }, { state: 'here' }])
  expect(tab.sync.freshness.value.type).not.toBe('live')
  expect(browser.requests.every(({ acts }) => acts.every(({ act }) => act !== null))).toBe(true)
  browser.say = () => ({})
  await browser.time.pass(60_000)
  expect(tab.sync.pending.value).toEqual([])
})

test('[SYNC-11] what other tabs write in a row is read once, not once for each', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  const other = await opened(browser)
  for (let number = 0; number < 20; number += 1) await other.sync.perform(note(`n-${number}`))
  let reads = 0
  const { readFailure } = browser
  Object.defineProperty(browser, 'readFailure', {
    get() {
      reads += 1
      return readFailure
    },
  })
  for (let number = 0; number < 20; number += 1) tab.hear({ type: 'changed' })
  await browser.time.pass(100)
  expect(tab.sync.pending.value).toHaveLength(20)
  expect(reads).toBeLessThanOrEqual(2)
})

test('[SYNC-4] a reset takes every confirmed row away and no act', async () => {
  const browser = fakeBrowser()
  browser.say = () => ({ reset: true, rows: [personRow('p1')], outcomes: [] })
  const tab = await opened(browser)
  await tab.sync.perform(note('a'))
  await browser.time.pass(5_000)
  browser.say = () => ({ reset: true, rows: [personRow('p2')], outcomes: [], cursor: 'cursor-2' })
  tab.sync.refresh()
  await browser.time.pass(5_000)
  expect([...tab.sync.view.value.all('person')].map(({ id }) => id)).toEqual(['p2'])
  expect(tab.sync.pending.value).toHaveLength(1)
})

test('HZ-7 [SYNC-4] half a snapshot is shown to nobody', async () => {
  const browser = fakeBrowser()
  browser.say = ({ cursor }) =>
    cursor === null ? { reset: true, more: true, cursor: 'half', rows: [personRow('p1')] } : unreachable
  const tab = await opened(browser)
  expect([...tab.sync.view.value.all('person')]).toEqual([])
  expect(tab.sync.freshness.value.type).toBe('never')
  browser.say = ({ cursor }) => (cursor === 'half' ? { rows: [personRow('p2')] } : unreachable)
  await browser.time.pass(60_000)
  expect([...tab.sync.view.value.all('person')].map(({ id }) => id).sort()).toEqual(['p1', 'p2'])
})

test('[SYNC-4] an answer is folded over the store it was asked from, or not at all', async () => {
  const browser = fakeBrowser()
  const [first, second] = [await opened(browser), await opened(browser)]
  let answer = (_said: Said) => {}
  browser.say = () => new Promise<Said>((done) => (answer = done))
  first.sync.refresh()
  await browser.time.pass(100)
  browser.say = () => ({ cursor: 'newer', rows: [{ ...personRow('p1'), name: 'Newer' }] })
  second.sync.refresh()
  await browser.time.pass(100)
  // What another tab has folded is known here before the old answer comes.
  first.hear({ type: 'changed' })
  await browser.time.pass(10)
  browser.say = () => ({ cursor: 'newer' })
  answer({ cursor: 'older', rows: [{ ...personRow('p1'), name: 'Older' }] })
  await browser.time.pass(5_000)
  expect(first.sync.view.value.get('person', 'p1')?.name).toBe('Newer')
  expect(second.sync.view.value.get('person', 'p1')?.name).toBe('Newer')
})

test('[SYNC-9] a store that was emptied by the browser is filled again from the journal', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  await tab.sync.perform(note('a', 'First'))
  await tab.sync.perform(note('b', 'Second'))
  tab.sync.stop()
  browser.place.disk = emptyDisk
  const again = await opened(browser)
  expect(again.sync.pending.value.map(({ outboxAct }) => outboxAct.n)).toEqual([1, 2])
  expect(titles(again)).toEqual(['First', 'Second'])
})

test('[SYNC-9] the journal keeps what the store has no room for, however often it is compacted', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  await tab.sync.perform(note('a'))
  tab.sync.stop()
  browser.place.disk = emptyDisk
  browser.failure = 'full'
  browser.say = () => ({ rows: [personRow('p1')] })
  const again = await opened(browser)
  await browser.time.pass(120_000)
  expect(browser.lines).toHaveLength(1)
  browser.failure = null
  again.sync.refresh()
  await browser.time.pass(5_000)
  expect(browser.requests.flatMap(({ acts }) => acts).map(({ act }) => act)).toContainEqual(note('a'))
})

test('HZ-7 [SYNC-17] an act is drawn before it is kept, and reads as being saved until it is', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  const kept = tab.sync.perform(note('a'))
  expect(titles(tab)).toEqual(['Call the family'])
  const actId = tab.sync.unconfirmed.value.get('appointment/a') ?? ''
  expect([...tab.sync.saving.value]).toEqual([actId])
  expect(tab.sync.pending.value, 'nothing is promised').toEqual([])
  expect(await kept).toEqual({ ok: true, value: actId })
  expect([...tab.sync.saving.value]).toEqual([])
  expect(titles(tab)).toEqual(['Call the family'])
  expect(tab.sync.pending.value).toMatchObject([{ state: 'here' }])
})

test('HZ-7 [SYNC-17] what could not be kept goes from the screen, and what was asked beside it stays', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  await tab.sync.perform(note('a', 'First'))
  browser.failure = 'full'
  const refused = tab.sync.perform(note('b', 'Second'))
  expect(titles(tab)).toEqual(['First', 'Second'])
  expect(await refused).toEqual({ ok: false, failure: 'full' })
  expect(titles(tab)).toEqual(['First'])
  expect([...tab.sync.saving.value]).toEqual([])
  expect([...tab.sync.unconfirmed.value.keys()]).toEqual(['appointment/a'])
})

test('HZ-6 [SYNC-17] what is being saved is not shown any more once its person was wiped', () => {
  let isWiped = false
  const shown = createSyncView({ confirmed: createBook, acts: () => [], isWiped: () => isWiped }, 'staff-1')
  const drawn = () => [...shown.view.value.all('appointment')].length
  shown.draw({ actId: 'act-1', version: planVersion, madeMs: startMs, act: note('a') })
  shown.layAnew()
  expect(drawn()).toBe(1)
  isWiped = true
  shown.layAnew()
  expect(drawn()).toBe(0)
  expect(shown.saving.value.size).toBe(0)
})

test('[SYNC-9] what no room was left for is refused in words, and never comes back by itself', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  browser.failure = 'full'
  expect(await tab.sync.perform(note('a'))).toEqual({ ok: false, failure: 'full' })
  expect(tab.sync.keeping.value.room).toBe('full')
  expect(titles(tab)).toEqual([])
  tab.sync.stop()
  browser.failure = null
  browser.place.disk = emptyDisk
  expect((await opened(browser)).sync.pending.value).toEqual([])
})

test('[SYNC-9] what the journal did not take is kept in the store, and nothing is called crash-safe any more', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const tab = await opened(browser)
  await tab.sync.perform(note('a'))
  expect(tab.sync.keeping.value.safety).toBe('crash-safe')
  browser.journalFailure = 'failed'
  expect(await tab.sync.perform(note('b'))).toMatchObject({ ok: true })
  expect(tab.sync.keeping.value.safety).toBe('tab-safe')
  browser.journalFailure = null
  await tab.sync.perform(note('c'))
  await browser.time.pass(120_000)
  expect(tab.sync.keeping.value.safety).toBe('tab-safe')
})

test('[SYNC-5] what was taken back stays away, though its act stands in the journal of another tab', () => {
  const act = { type: 'act', after: 0, act: { actId: 'a', version: 1, madeMs: 1, act: note('a') } } as const
  const forgotten = { type: 'forgotten', actId: 'a' } as const
  const same = (line: JournalEntry) => line
  expect(linesToKeep([forgotten], same, new Set())).toEqual([forgotten])
  expect(linesToKeep([act, forgotten], same, new Set())).toEqual([])
  expect(linesToKeep([act], same, new Set(['a']))).toEqual([act])
})

test('[SYNC-6] a server that came back from a copy is told again, in order, what it had taken', async () => {
  const browser = fakeBrowser()
  const tab = await opened(browser)
  await tab.sync.perform(note('a'))
  await browser.time.pass(2_000)
  expect(tab.sync.pending.value).toEqual([])
  browser.say = () => unreachable
  await tab.sync.perform(note('b'))
  browser.requests.length = 0
  browser.say = ({ epoch }) =>
    epoch === 'epoch-2'
      ? { epoch: 'epoch-2' }
      : { epoch: 'epoch-2', reset: true, outcomes: [], cursor: 'cursor-2' }
  tab.sync.refresh()
  await browser.time.pass(10_000)
  const last = browser.requests.findLast(({ acts }) => acts.length > 0)
  expect(last?.acts.map(({ n, act }) => [n, act && 'id' in act ? act.id : ''])).toEqual([
    [1, 'a'],
    [2, 'b'],
  ])
  expect(new Set(browser.requests.map(({ deviceId }) => deviceId)).size, 'under a new name').toBe(2)
  expect(tab.sync.pending.value).toEqual([])
})

test('HZ-6 [SYNC-7] twelve hours without contact take the rows away, and no act', async () => {
  const browser = fakeBrowser()
  browser.say = () => ({ reset: true, rows: [personRow('p1')], outcomes: [] })
  const tab = await opened(browser)
  browser.say = () => unreachable
  await tab.sync.perform(note('a'))
  await browser.time.pass(leaseMs - 60_000)
  expect([...tab.sync.view.value.all('person')]).toHaveLength(1)
  await browser.time.pass(120_000)
  expect([...tab.sync.view.value.all('person')]).toEqual([])
  expect(tab.sync.freshness.value).toEqual({ type: 'never' })
  expect(tab.sync.pending.value).toHaveLength(1)
})

test('HZ-8 [SYNC-7] over rows that are gone no refusal is expected of anything: good writes are not dropped for it', async () => {
  const browser = fakeBrowser()
  const edit: KeptAct = { type: 'appointment.edit', id: 'a', changes: { note: { from: '', to: 'fasting' } } }
  browser.say = () => ({ reset: true, rows: [], outcomes: [] })
  const tab = await opened(browser)
  browser.say = () => unreachable
  await tab.sync.perform(edit)
  const troubles = () => tab.sync.pending.value.map(({ trouble }) => trouble?.why ?? null)
  expect(troubles(), 'in a plan that has it not').toEqual(['unknown'])
  await browser.time.pass(leaseMs + 60_000)
  expect(tab.sync.freshness.value).toEqual({ type: 'never' })
  expect(troubles()).toEqual([null])
  expect(tab.sync.expect(edit)).toBeNull()
  browser.say = () => ({ reset: true, rows: [], outcomes: [] })
  await browser.time.pass(60_000)
  expect(tab.sync.freshness.value.type).toBe('live')
})

test('HZ-6 [SYNC-7] a session that ended elsewhere takes the rows, not what another tab wrote', async () => {
  const browser = fakeBrowser()
  const [first, second] = [await opened(browser), await opened(browser)]
  browser.say = () => unreachable
  await second.sync.perform(note('a'))
  await first.sync.withdraw()
  expect(browser.place.disk.changes).toEqual([])
  expect(browser.place.disk.outbox).toHaveLength(1)
  expect([...first.sync.view.value.all('appointment')]).toEqual([])
})

test('HZ-6 [SYNC-7] an answer that comes after the sign-out is kept nowhere', async () => {
  const browser = fakeBrowser()
  const tab = await opened(browser)
  let answer = (_said: Said) => {}
  browser.say = () => new Promise<Said>((done) => (answer = done))
  tab.sync.refresh()
  await browser.time.pass(100)
  await tab.sync.wipe()
  answer({ reset: true, rows: [personRow('p1')] })
  await browser.time.pass(5_000)
  expect(browser.place.disk).toEqual({ ...emptyDisk, wiped: expect.any(Set) })
  expect(browser.lines).toEqual([])
  expect(await tab.sync.perform(note('a'))).toEqual({ ok: false, failure: 'nobody' })
})

test('[SYNC-14] an act of a version that nobody here understands is sent all the same, and shown by nobody', async () => {
  const browser = fakeBrowser()
  browser.say = () => unreachable
  const first = await opened(browser)
  await first.sync.perform(note('a'))
  first.sync.stop()
  const { disk } = browser.place
  const strange = { type: 'never.heard', id: 'x' } as unknown as KeptAct
  const outbox = disk.outbox.map((entry) => ({
    ...entry,
    outboxAct: { ...entry.outboxAct, version: 0, act: strange },
  }))
  browser.place.disk = { ...disk, outbox }
  browser.say = () => ({})
  const tab = browser.open()
  await browser.time.pass(10_000)
  expect(browser.requests.at(-1)?.acts ?? browser.requests.flatMap(({ acts }) => acts)).toBeDefined()
  expect(browser.requests.flatMap(({ acts }) => acts).map(({ act }) => act)).toContainEqual(strange)
  expect(tab.sync.pending.value).toEqual([])
})

test('[SYNC-15] how far the clock of this device is off is told, and decides nothing', async () => {
  const browser = fakeBrowser()
  browser.clockAheadMs = 3_600_000
  const tab = await opened(browser)
  expect(Math.round((tab.sync.clockAheadMs.value ?? 0) / 1_000)).toBe(3_600)
})

test('[SYNC-16] a tab that follows asks the one that leads, and asks itself when nobody answers', async () => {
  const browser = fakeBrowser()
  browser.leads = false
  const tab = browser.open()
  await browser.time.pass(1_000)
  expect(browser.requests).toEqual([])
  expect(browser.told).toContainEqual({ type: 'ask' })
  await browser.time.pass(5_000)
  expect(browser.requests).toHaveLength(1)
  expect(tab.sync.freshness.value.type).toBe('live')
})

test('HZ-8 [SYNC-16] whoever goes on writing, or hears of news all the time, waits no longer for a tab that leads and is silent', async () => {
  const browser = fakeBrowser()
  browser.leads = false
  const tab = await opened(browser)
  await browser.time.pass(10_000)
  const before = browser.requests.length
  for (let second = 1; second <= 6; second += 1) {
    await tab.sync.perform(note(`a${second}`))
    tab.sync.refresh()
    await browser.time.pass(500)
    tab.sync.poke()
    await browser.time.pass(500)
  }
  expect(browser.requests.length).toBeGreaterThan(before)
  expect(browser.requests.slice(before).flatMap(({ acts }) => acts).length).toBeGreaterThan(0)
})
