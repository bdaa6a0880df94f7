/** The sync over real HTTP and SQLite: once each, in order, answered for ever, and nothing that is not one's own. */
import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { KeptAct } from '../../src/protocol/plan.ts'
import { bookAt, costlyActs, edit, newDevice, tomorrow } from './plan.ts'
import { openWard, ring, type Ward } from './ward.ts'

async function deviceOf(ward: Ward, name = 'Anna Laine') {
  const device = newDevice(ward.origin, await ward.signIn(name))
  await device.syncAll()
  return device
}

test('[SYNC-1] a first reading brings beds with who lies there, people and the plan; what is written comes back', async () => {
  const ward = await openWard()
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  const first = await anna.syncAll()
  expect(first).toMatchObject({ reset: true, more: false, outcomes: [] })
  expect(anna.all('bed').every(({ stay }) => stay !== null)).toBe(true)
  expect(anna.all('person').map(({ name }) => name)).toContain('Maria Oja')
  expect(anna.all('plan')).toHaveLength(1)
  const act = bookAt(tomorrow(), { title: 'Round' })
  const answer = await anna.sync(anna.named(act))
  expect(answer).toMatchObject({ reset: false, outcomes: [{ outcome: { type: 'applied' } }] })
  expect(answer.rows).toMatchObject([{ type: 'appointment', id: act.id, title: 'Round' }])
  expect((await anna.sync()).rows, 'and only once').toEqual([])
})

test('[SYNC-1] its answer carries the headers of every other, and is stored by no cache', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const { headers } = await anna.ask()
  const { headers: others } = await fetch(`${ward.origin}/api/sign-in-ways`)
  for (const name of ['content-security-policy', 'x-content-type-options', 'cache-control', 'content-type'])
    expect([name, headers.get(name)]).toEqual([name, others.get(name)])
  expect(headers.get('cache-control')).toBe('no-store')
})

test('[SYNC-2] an act said again, in any order and after a restart, is done once and answered alike', async () => {
  const first = await openWard()
  const cookie = await first.signIn('Anna Laine')
  const anna = newDevice(first.origin, cookie)
  await anna.syncAll()
  const acts = [9, 10, 11].map((hour) => anna.named(bookAt(tomorrow(hour), { place: 'Room 1' })))
  const clash = anna.named(bookAt(tomorrow(9), { place: 'room  1' }))
  const said = await anna.sync(...acts, clash)
  expect(said.outcomes.map(({ outcome }) => outcome.type)).toEqual([
    'applied',
    'applied',
    'applied',
    'refused',
  ])
  const count = anna.all('appointment').length
  const again = await anna.sync(clash, ...acts.toReversed())
  expect(new Map(again.outcomes.map((one) => [one.actId, one.outcome]))).toEqual(
    new Map(said.outcomes.map((one) => [one.actId, one.outcome])),
  )
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  const back = newDevice(ward.origin, cookie, anna.deviceId)
  const third = await back.sync(...acts, clash)
  expect(third.outcomes).toEqual(said.outcomes)
  expect(back.all('appointment')).toHaveLength(count)
  expect(back.all('attention')).toHaveLength(1)
})

test('[SYNC-3] acts are taken in their device’s order; one that comes after a later one waits for a person', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const [first, second] = [anna.named(bookAt(tomorrow(9))), anna.named(bookAt(tomorrow(10)))]
  await anna.sync(second)
  const late = await anna.sync(first)
  expect(late.outcomes).toMatchObject([{ outcome: { type: 'refused', why: 'out-of-order' } }])
  expect(anna.row('attention', first.actId)).toMatchObject({ why: 'out-of-order', asked: first.act })
  const other = await deviceOf(ward, 'Ben Okafor')
  expect(await other.does(bookAt(tomorrow(11))), 'another person counts for themselves').toEqual([
    { type: 'applied' },
  ])
})

test('[SYNC-4] another content under the same id is refused, once, and what was done first stands', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const act = anna.named(bookAt(tomorrow(), { title: 'First' }))
  const forged = { ...act, act: { ...act.act, id: randomUUID() } }
  await anna.sync(act)
  for (let time = 0; time < 2; time += 1)
    expect((await anna.sync(forged)).outcomes).toMatchObject([
      { actId: act.actId, outcome: { type: 'refused', why: 'out-of-order' } },
    ])
  expect(anna.all('appointment').map(({ title }) => title)).toEqual(['First'])
  expect(anna.all('attention')).toHaveLength(1)
  const ben = await deviceOf(ward, 'Ben Okafor')
  expect((await ben.sync({ ...act, n: 1 })).outcomes, 'nobody is given another’s answer').toMatchObject([
    { outcome: { type: 'refused', why: 'out-of-order' } },
  ])
})

test('[SYNC-5] a poisoned act is parked by itself; those before and after it are done', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const poisons = [
    anna.named(bookAt(tomorrow(9))),
    { ...anna.named(bookAt(tomorrow())), act: { type: 'appointment.explode', id: 'x' } },
    { ...anna.named(bookAt(tomorrow())), act: null },
    { ...anna.named(bookAt(tomorrow())), version: 99 },
    { ...anna.named(bookAt(tomorrow())), version: 'one' },
    { ...anna.named(bookAt(Number.MAX_SAFE_INTEGER)) },
    anna.named(bookAt(tomorrow(10))),
  ]
  const { outcomes } = await anna.sync(...poisons, 'not even an act', null)
  expect(outcomes.map(({ outcome }) => (outcome.type === 'refused' ? outcome.why : outcome.type))).toEqual([
    'applied',
    'unreadable',
    'unreadable',
    'unreadable',
    'unreadable',
    expect.stringMatching(/unreadable|senseless/),
    'applied',
  ])
  const rows = anna.all('attention')
  expect(rows).toHaveLength(5)
  expect(rows.filter(({ asked }) => asked === null).length).toBeGreaterThanOrEqual(4)
})

test('[SYNC-6] two devices edit one entry: fields merge, the same field is a clash that both are told of', async () => {
  const ward = await openWard()
  const [anna, ben] = [await deviceOf(ward), await deviceOf(ward, 'Ben Okafor')]
  const act = bookAt(tomorrow(), { title: 'Round' })
  await anna.does(act)
  await ben.sync()
  const seen = ben.row('appointment', act.id)
  const mine = anna.row('appointment', act.id)
  if (!seen || !mine) throw new Error('not there')
  expect(await ben.does(edit(seen, { title: 'Ward round' }))).toEqual([{ type: 'applied' }])
  const [outcome] = await anna.does(edit(mine, { title: 'Big round', note: 'Bring the charts' }))
  expect(outcome).toMatchObject({ type: 'merged', clashes: [{ field: 'title', stands: 'Ward round' }] })
  expect(anna.row('appointment', act.id)).toMatchObject({ title: 'Ward round', note: 'Bring the charts' })
  await ben.sync()
  const [told] = ben.all('attention')
  expect(told).toMatchObject({ why: 'edited-meanwhile', clashes: [{ asked: 'Big round' }] })
  const idOf = (who: string) => ben.all('person').find(({ name }) => name === who)?.id
  expect(told).toMatchObject({ by: idOf('Anna Laine'), also: [idOf('Ben Okafor')] })
})

test('[SYNC-21] a request that is too large is told apart from one that cannot be read; an act without its words is shown to the ward', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const act = bookAt(tomorrow(), { title: 'Visit' })
  const large = { ...anna.named(act), act: { ...act, more: 'x'.repeat(2 * 1024 * 1024) } }
  expect((await anna.ask([large])).status).toBe(413)
  const { outcomes } = await anna.sync({ ...large, act: null }, anna.named(bookAt(tomorrow(11))))
  expect(outcomes.map(({ outcome }) => outcome.type)).toEqual(['refused', 'applied'])
  expect(anna.all('attention')).toMatchObject([{ id: large.actId, why: 'unreadable', asked: null }])
  expect((await anna.sync({ ...large, act: null })).outcomes).toEqual(outcomes.slice(0, 1))
})

test('[SYNC-23] acts that are slow or change many rows are taken a few at a time, in their order, and others have their turn between', async () => {
  let nowMs = Date.now()
  let slowMs = 0
  const now = () => {
    nowMs += slowMs
    return nowMs
  }
  const ward = await openWard({ now, limits: { sweepMs: 1e9 } })
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  const said: string[] = []
  ward.plan.onChange((rows) => {
    said.push(...rows.flatMap((row) => (row.type === 'appointment' || row.type === 'series' ? [row.id] : [])))
    said.push('end')
    setImmediate(() => said.push('turn'))
  })
  const took = async (acts: readonly KeptAct[]): Promise<string[]> => {
    said.length = 0
    expect(new Set((await anna.does(...acts)).map(({ type }) => type))).toEqual(new Set(['applied']))
    await nextTurn()
    const ids = new Set(acts.map((act) => ('id' in act ? act.id : '')))
    return said.flatMap((one) =>
      ids.has(one)
        ? [`${acts.findIndex((act) => 'id' in act && act.id === one)}`]
        : one.length < 5
          ? [one]
          : [],
    )
  }
  const ends = ['end', 'turn']
  const few = (many: number) =>
    Array.from({ length: many }, (_, at) => bookAt(tomorrow(1), { title: `${at}` }))
  expect(await took(few(25))).toEqual([...Array.from({ length: 25 }, (_, at) => `${at}`), ...ends])
  expect(await took(costlyActs(4)), 'sixty rows each').toEqual(['0', '1', ...ends, '2', '3', ...ends])
  slowMs = 60
  expect(await took(few(3))).toEqual(['0', ...ends, '1', ...ends, '2', ...ends])
})

test('[SYNC-22] a bed rings while fifty costly acts of one request are still being taken', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const [ben, bed] = [await ward.station('Ben Okafor'), await ward.bed()]
  const begun = new Promise<void>((resolve) => ward.plan.onChange(() => resolve()))
  const answer = anna.does(...costlyActs(50))
  await begun
  await ring(ben, bed)
  expect([...ward.plan.book.all('series')].length).toBeLessThan(50)
  expect(new Set((await answer).map(({ type }) => type))).toEqual(new Set(['applied']))
})
