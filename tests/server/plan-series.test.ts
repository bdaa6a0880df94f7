/** Series at the server: sixty days of them are real, tomorrow one more, and nine o'clock stays nine o'clock. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { KeptAct, Pattern } from '../../src/protocol/plan.ts'
import { bookAt, type Device, dayMs, hourMs, newDevice } from './plan.ts'
import { openWard, type Ward } from './ward.ts'

const environment = { BEDSIDE_ZONE: 'Europe/Helsinki' }

async function deviceOf(ward: Ward, name = 'Anna Laine'): Promise<Device> {
  const device = newDevice(ward.origin, await ward.signIn(name))
  await device.syncAll()
  return device
}

const pattern: Pattern = {
  kind: 'visit',
  title: 'Daily',
  note: '',
  place: 'Room 1',
  staff: [],
  roles: [],
  stops: [],
  outpatient: null,
  before: 0,
  after: 0,
  language: null,
  interpreter: false,
  outsideHours: false,
  minutes: 30,
}

function dailyFrom(startMs: number): Extract<KeptAct, { type: 'series.make' }> {
  const day = new Date(startMs).toISOString().slice(0, 10)
  const zone = 'Europe/Helsinki'
  return { type: 'series.make', id: randomUUID(), rule: 'FREQ=DAILY', start: `${day}T09:00`, zone, pattern }
}

function clockOf(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', {
    timeZone: 'Europe/Helsinki',
    hour: '2-digit',
    minute: '2-digit',
  })
}

test('[HORIZON-1] a series is real for sixty days and one more each day; a taken occasion is told, the others stand', async () => {
  // At noon, whenever it is tried: the hours that are added below must not go past the time of an occasion.
  let nowMs = Temporal.Now.zonedDateTimeISO('Europe/Helsinki').withPlainTime('12:00').epochMilliseconds
  const ward = await openWard({ environment, now: () => nowMs, limits: { sweepMs: 1e9 } })
  const anna = await deviceOf(ward)
  const daily = dailyFrom(nowMs + dayMs)
  const first = Temporal.PlainDateTime.from(daily.start).toZonedDateTime('Europe/Helsinki').epochMilliseconds
  const inTheWay = bookAt(first + 3 * dayMs, { place: 'Room 1', title: 'In the way' })
  await anna.does(inTheWay)
  const [outcome] = await anna.does(daily)
  expect(outcome).toMatchObject({ type: 'merged' })
  const real = () => anna.all('appointment').filter(({ occasion }) => occasion?.seriesId === daily.id)
  const count = real().length
  expect(count).toBeGreaterThanOrEqual(57)
  expect(real().every(({ when }) => when.type === 'at' && clockOf(when.startMs) === '09:00')).toBe(true)
  expect(anna.all('attention')).toMatchObject([{ why: 'taken', blocking: [{ title: 'In the way' }] }])
  // Somebody takes the room on a day that is not real yet.
  const far = bookAt(first + 60 * dayMs, { place: 'Room 1', title: 'Far in the way' })
  expect(await anna.does(far)).toEqual([{ type: 'applied' }])
  for (let day = 0; day < 3; day += 1) {
    nowMs += dayMs + hourMs
    await ward.plan.lookAtTheClock()
  }
  const back = await deviceOf(ward, 'Ben Okafor')
  const later = back.all('appointment').filter(({ occasion }) => occasion?.seriesId === daily.id)
  expect(later.length).toBe(count + 2)
  expect(back.all('attention').find(({ blocking }) => blocking[0]?.title === 'Far in the way')).toMatchObject(
    {
      why: 'taken',
      asked: { type: 'appointment.book', fields: { title: 'Daily', when: { type: 'at' } } },
    },
  )
})

test('[HORIZON-2] when the rules of clocks change, what is ahead is computed anew, and nothing that was moved by hand', async () => {
  const first = await openWard({ environment })
  const cookie = await first.signIn('Anna Laine')
  const anna = newDevice(first.origin, cookie)
  await anna.syncAll()
  const daily = dailyFrom(Date.now() + dayMs)
  await anna.does(daily)
  const real = () =>
    anna
      .all('appointment')
      .filter(({ occasion }) => occasion?.seriesId === daily.id)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const [byHand, byClock] = real()
  if (byHand?.when.type !== 'at' || byClock?.when.type !== 'at') throw new Error('no occasions')
  const moved = {
    type: 'at',
    startMs: byHand.when.startMs + hourMs,
    endMs: byHand.when.endMs + hourMs,
  } as const
  await anna.does({
    type: 'appointment.edit',
    id: byHand.id,
    changes: { when: { from: byHand.when, to: moved } },
  })
  await first.close()
  // As if it had been written by a program that knew other rules: an hour off, and of another edition.
  const ward = await openWard({ environment, dataFolder: first.data })
  await ward.close()
  const { openStore } = await import('../../src/server/store/store.ts')
  const store = await openStore(first.data, null, Date.now())
  const off = {
    ...byClock,
    when: { ...byClock.when, startMs: byClock.when.startMs - hourMs, endMs: byClock.when.endMs - hourMs },
  }
  await store.db
    .updateTable('plan_rows')
    .set({ json: JSON.stringify(off) })
    .where('id', '=', byClock.id)
    .execute()
  await store.db.updateTable('plan_meta').set({ value: '1970a' }).where('name', '=', 'tzdata').execute()
  await store.close()
  const again = await openWard({ environment, dataFolder: first.data })
  const back = newDevice(again.origin, cookie)
  await back.syncAll()
  expect(back.row('appointment', byClock.id)).toMatchObject({
    when: byClock.when,
    occasion: { detached: false },
    changedBy: 'server',
  })
  expect(back.row('appointment', byHand.id)).toMatchObject({ when: moved, occasion: { detached: true } })
})

test('[HORIZON-3] a clock that was a year ahead takes nothing: when it is right again all is there, and series go on', async () => {
  let nowMs = Date.now()
  const right = nowMs
  const options = { environment, now: () => nowMs, limits: { sweepMs: 1e9 } }
  const first = await openWard(options)
  const cookie = await first.signIn('Anna Laine')
  const anna = newDevice(first.origin, cookie)
  await anna.syncAll()
  const [daily, alone] = [dailyFrom(nowMs + dayMs), bookAt(nowMs + 3 * dayMs, { place: 'Room 2' })]
  await anna.does(daily, alone)
  const taken = async ({ store }: Ward) =>
    (await store.db.selectFrom('plan_bookings').selectAll().execute()).length
  const count = await taken(first)
  await first.close()
  nowMs += 365 * dayMs
  const ahead = await openWard({ ...options, dataFolder: first.data })
  nowMs += 2 * dayMs
  await ahead.plan.lookAtTheClock()
  expect(await taken(ahead), 'nothing of what is to come was pruned').toBeGreaterThan(count)
  expect(ahead.plan.book.get('appointment', alone.id)).toBeDefined()
  nowMs = right
  await ahead.plan.lookAtTheClock()
  expect(ahead.plan.book.get('plan', 'plan')?.horizonMs).toBeLessThan(right + 61 * dayMs)
  // Whole days: whatever the hour of the test, the series' old time and its new one are on the same side of it.
  const until = right - (right % dayMs) + 59 * dayMs
  const real = () =>
    [...ahead.plan.book.all('appointment')].filter(
      ({ occasion, status, when }) =>
        occasion?.seriesId === daily.id && status === 'booked' && when.type === 'at' && when.startMs < until,
    )
  const before = real().length
  const edited: KeptAct = {
    type: 'series.edit',
    id: daily.id,
    from: null,
    nextId: randomUUID(),
    rule: null,
    time: '10:00',
    pattern: null,
  }
  expect(await ahead.plan.perform({ type: 'server' }, [{ actId: randomUUID(), act: edited }])).toEqual([
    { type: 'applied' },
  ])
  expect(real()).toHaveLength(before)
  expect(before).toBeGreaterThan(50)
})
