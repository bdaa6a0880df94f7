/** The server killed between the commit and the answer: the device says it again, and it was done once. */
import { expect, test } from 'vitest'
import { openStation, signIn } from './client.ts'
import { type Booking, bookAt, costlyActs, newDevice, tomorrow } from './plan.ts'
import { linkOf, newProcessWard, readLinks } from './process.ts'

test('[SYNC-8] killed before its answer was read, the server has done each act once and answers it alike (HZ-8)', async () => {
  const ward = await newProcessWard()
  let server = await ward.start()
  const cookie = await signIn(ward.origin, linkOf(readLinks(ward.data), 'Anna Laine'))
  const anna = newDevice(ward.origin, cookie)
  await anna.syncAll()
  const bookings: Booking[] = []
  const acts: ReturnType<typeof anna.named>[] = []
  // Zero: at the first byte of the answer, so surely after the commit. Others: wherever that many milliseconds fall.
  for (const afterMs of [0, 2, 4, 8]) {
    const booking = bookAt(tomorrow(8 + acts.length), { place: 'Room 1' })
    bookings.push(booking)
    acts.push(anna.named(booking))
    const answer = anna.ask(acts).catch(() => null)
    await (afterMs === 0 ? answer : new Promise((resolve) => setTimeout(resolve, afterMs)))
    await server.kill()
    await answer
    server = await ward.start()
  }
  const { outcomes } = await anna.sync(...acts)
  expect(outcomes).toEqual(acts.map(({ actId }) => ({ actId, outcome: { type: 'applied' } })))
  await anna.syncAll()
  expect(anna.all('appointment')).toHaveLength(acts.length)
  expect(anna.all('attention')).toEqual([])
  const clash = await anna.does(...bookings.map((booking) => ({ ...booking, id: `${booking.id}x` })))
  expect(
    clash.every(({ type }) => type === 'refused'),
    'each holds its room',
  ).toBe(true)
}, 60_000)

test('[SYNC-8] killed between two parts of one request, the server has kept the first whole and does the rest once', async () => {
  const ward = await newProcessWard()
  const first = await ward.start()
  const links = readLinks(ward.data)
  const cookie = await signIn(ward.origin, linkOf(links, 'Anna Laine'))
  const anna = newDevice(ward.origin, cookie)
  await anna.syncAll()
  const ben = await openStation(ward.origin, await signIn(ward.origin, linkOf(links, 'Ben Okafor')))
  const acts = costlyActs(50).map((act) => anna.named(act))
  const answer = anna.ask(acts).catch(() => null)
  await ben.hear('plan.news')
  await first.kill()
  expect(await answer).toBe(null)
  const server = await ward.start()
  await anna.syncAll()
  const kept = anna.all('series').length
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(acts.length)
  const { outcomes } = await anna.sync(...acts)
  expect(outcomes).toEqual(acts.map(({ actId }) => ({ actId, outcome: { type: 'applied' } })))
  await anna.syncAll()
  expect(new Set(anna.all('series').map(({ id }) => id))).toEqual(
    new Set(acts.map(({ act }) => ('id' in act ? act.id : ''))),
  )
  const occasions = Map.groupBy(anna.all('appointment'), ({ occasion }) => occasion?.seriesId)
  expect(
    new Set([...occasions.values()].map(({ length }) => length)).size,
    'each as often as the others',
  ).toBe(1)
  expect(anna.all('attention')).toEqual([])
  await server.kill()
}, 60_000)
