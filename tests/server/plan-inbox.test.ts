/** The ward's inbox: what nobody has decided becomes urgent, and what was decided leaves. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { mostShown } from '../../src/server/plan/inbox-turns.ts'
import { bookAt, type Device, dayMs, hourMs, minuteMs, newDevice, tomorrow } from './plan.ts'
import { openWard, type Ward } from './ward.ts'

async function deviceOf(ward: Ward, name = 'Anna Laine'): Promise<Device> {
  const device = newDevice(ward.origin, await ward.signIn(name))
  await device.syncAll()
  return device
}

test('[INBOX-1] a refusal says who stands in the way and what is free, to its writer and to the other', async () => {
  const ward = await openWard()
  const [anna, ben] = [await deviceOf(ward), await deviceOf(ward, 'Ben Okafor')]
  const at = Date.now() + dayMs
  const [mine, theirs] = [
    bookAt(at, { place: '1', title: 'Mine' }),
    bookAt(at, { place: '1', title: 'Theirs' }),
  ]
  await anna.does(mine)
  const [outcome] = await ben.does(theirs)
  expect(outcome).toMatchObject({
    type: 'refused',
    why: 'taken',
    blocking: [{ appointmentId: mine.id, title: 'Mine' }],
  })
  await anna.sync()
  const idOf = (who: string) => ben.all('person').find(({ name }) => name === who)?.id
  expect(anna.all('attention')).toMatchObject([
    { by: idOf('Ben Okafor'), also: [idOf('Anna Laine')], asked: theirs, startMs: at, escalated: false },
  ])
})

test('[INBOX-2] what nobody decided half an hour before its start is urgent for all, also over a restart (HZ-8)', async () => {
  let nowMs = Date.now()
  const options = { now: () => nowMs, limits: { sweepMs: 1e9 } }
  const first = await openWard(options)
  const cookie = await first.signIn('Anna Laine')
  const anna = newDevice(first.origin, cookie)
  await anna.syncAll()
  const at = nowMs + 2 * hourMs
  await anna.does(bookAt(at, { place: '1' }), bookAt(at, { place: '1' }))
  await first.plan.lookAtTheClock()
  await anna.sync()
  expect(anna.all('attention')).toMatchObject([{ escalated: false }])
  await first.close()
  nowMs = at - 30 * minuteMs
  const ward = await openWard({ ...options, dataFolder: first.data })
  const tab = await ward.station('Ben Okafor')
  await ward.plan.lookAtTheClock()
  await tab.hear('plan.news')
  const back = newDevice(ward.origin, cookie)
  await back.syncAll()
  expect(back.all('attention')).toMatchObject([{ escalated: true, resolved: null }])
  const begun = nowMs - minuteMs
  await back.does(bookAt(begun, { place: '2' }), bookAt(begun, { place: '2' }))
  expect(
    back.all('attention').every(({ escalated }) => escalated),
    'what has begun is urgent at once',
  ).toBe(true)
})

test('[INBOX-3] only a person ends it; for seven days all see how, then it leaves every list', async () => {
  let nowMs = Date.now()
  const ward = await openWard({ now: () => nowMs, limits: { sweepMs: 1e9 } })
  const anna = await deviceOf(ward)
  const at = nowMs + dayMs
  await anna.does(bookAt(at, { place: '1' }), bookAt(at, { place: '1' }))
  const [open] = anna.all('attention')
  await anna.does({ type: 'attention.resolve', id: open?.id ?? '', how: 'dropped' })
  expect(anna.all('attention')).toMatchObject([{ resolved: { how: 'dropped', by: open?.by } }])
  nowMs += 7 * dayMs + minuteMs
  await ward.plan.lookAtTheClock()
  const ben = newDevice(ward.origin, await ward.signIn('Ben Okafor'))
  expect((await ben.sync()).removed, 'a first reading takes nothing away').toEqual([])
  expect(ben.all('attention')).toEqual([])
})

test('[INBOX-4] what one person is refused never fills the inbox: the rest waits its turn, is told of, and is all there', async () => {
  let nowMs = Date.now()
  const options = { now: () => nowMs, limits: { sweepMs: 1e9 } }
  const first = await openWard(options)
  const cookie = await first.signIn('Anna Laine')
  const anna = newDevice(first.origin, cookie)
  await anna.syncAll()
  const ben = await deviceOf(first, 'Ben Okafor')
  const acts = Array.from({ length: mostShown + 5 }, () => ({ ...ben.named(bookAt(0)), act: null }))
  for (let from = 0; from < acts.length; from += 50) await ben.sync(...acts.slice(from, from + 50))
  const at = nowMs + hourMs
  await anna.does(...[3, 1, 2].map((hours) => bookAt(at + hours * hourMs, { place: '1' })))
  const clashes = [3, 1, 2].map((hours) => bookAt(at + hours * hourMs, { place: '1' }))
  expect((await ben.does(...clashes)).map(({ type }) => type)).toEqual(Array(3).fill('refused'))
  await anna.does(bookAt(at + hourMs, { place: '1', title: 'Of another' }))
  const byBen = () => anna.all('attention').filter(({ by, resolved }) => by === benId && resolved === null)
  const benId = anna.all('person').find(({ name }) => name === 'Ben Okafor')?.id ?? ''
  expect(byBen().filter(({ why }) => why !== 'more')).toHaveLength(mostShown)
  expect(byBen().filter(({ why }) => why === 'more')).toMatchObject([{ escalated: false }])
  expect(
    anna.all('attention').some(({ by }) => by !== benId),
    'others are in sight',
  ).toBe(true)
  await first.close()

  const ward = await openWard({ ...options, dataFolder: first.data })
  anna.goTo(ward.origin)
  await ward.plan.lookAtTheClock()
  nowMs = at + hourMs - 30 * minuteMs
  await ward.plan.lookAtTheClock()
  await anna.syncAll()
  expect(byBen().filter(({ why }) => why === 'more')).toMatchObject([{ escalated: true }])
  const decide = async (many: number) => {
    const open = byBen().filter(({ why }) => why === 'unreadable')
    const decided = open
      .slice(0, many)
      .map(({ id }) => ({ type: 'attention.resolve', id, how: 'seen' }) as const)
    for (let from = 0; from < decided.length; from += 50) await anna.does(...decided.slice(from, from + 50))
    await ward.plan.lookAtTheClock()
    await anna.syncAll()
  }
  await decide(1)
  expect(byBen().flatMap(({ asked }) => (asked?.type === 'appointment.book' ? [asked.id] : []))).toEqual([
    clashes[1]?.id,
  ])
  await decide(6)
  expect(
    byBen().some(({ why }) => why === 'more'),
    'still one',
  ).toBe(true)
  await decide(1)
  expect(byBen()).toHaveLength(mostShown)
  expect(byBen().some(({ why }) => why === 'more')).toBe(false)
  const known = new Set(anna.all('attention').map(({ id }) => id))
  expect(acts.every(({ actId }) => known.has(actId))).toBe(true)
}, 60_000)

test('[INBOX-5] the line that says that there is more cannot be decided away', async () => {
  const ward = await openWard({ limits: { sweepMs: 1e9 } })
  const ben = await deviceOf(ward, 'Ben Okafor')
  for (let many = 0; many < mostShown + 50; many += 50)
    await ben.sync(...Array.from({ length: 50 }, () => ({ ...ben.named(bookAt(0)), act: null })))
  const more = () => ben.all('attention').find(({ why }) => why === 'more')
  await ben.does({ type: 'attention.resolve', id: more()?.id ?? '', how: 'seen' })
  expect(more()?.resolved).not.toBe(null)
  await ward.plan.lookAtTheClock()
  await ben.sync()
  expect(more()?.resolved).toBe(null)
})

test('[INBOX-6] a series with one day taken: that day by itself is in the inbox, with a free start that can be taken', async () => {
  const ward = await openWard({ environment: { BEDSIDE_ZONE: 'UTC' } })
  const anna = await deviceOf(ward)
  const at = tomorrow()
  const day = new Date(at).toISOString().slice(0, 10)
  const { when: _when, status: _status, cancelReason: _reason, ...fields } = bookAt(at, { place: '1' }).fields
  const pattern = { ...fields, title: 'Round', kind: 'visit', minutes: 30 } as const
  const id = randomUUID()
  await anna.does(bookAt(at + 2 * dayMs, { place: '1', title: 'In the way' }))
  const series = {
    type: 'series.make',
    id,
    rule: 'FREQ=DAILY;COUNT=5',
    start: `${day}T09:00`,
    zone: 'UTC',
  } as const
  const [outcome] = await anna.does({ ...series, pattern })
  expect(outcome).toMatchObject({ type: 'merged' })
  const [told] = anna.all('attention')
  expect(told).toMatchObject({
    why: 'taken',
    asked: { type: 'appointment.book', fields: { title: 'Round' } },
  })
  if (told?.asked?.type !== 'appointment.book') throw new Error('not asked for by itself')
  const [startMs = 0] = told.free
  const when = { type: 'at', startMs, endMs: startMs + 30 * minuteMs } as const
  const instead = { ...told.asked, id: randomUUID(), fields: { ...told.asked.fields, when } }
  expect(await anna.does(instead)).toEqual([{ type: 'applied' }])
  // Refused as a whole, it is asked for as a whole.
  const [wholly] = await anna.does({ ...series, id: randomUUID(), rule: 'FREQ=DAILY;COUNT=2', pattern })
  expect(wholly).toMatchObject({ type: 'refused', why: 'taken' })
  expect(
    anna
      .all('attention')
      .map(({ asked }) => asked?.type)
      .toSorted(),
  ).toEqual(['appointment.book', 'series.make'])
})

test('[INBOX-7] what has no start is urgent an hour after it came (HZ-8)', async () => {
  let nowMs = Date.now()
  const ward = await openWard({ now: () => nowMs, limits: { sweepMs: 1e9 } })
  const anna = await deviceOf(ward)
  await anna.sync({ ...anna.named(bookAt(0)), act: null })
  const discharge = { type: 'admission.discharge', admissionId: randomUUID(), born: '1950-01-01' } as const
  await anna.does({ ...discharge, actId: randomUUID(), number: '1' })
  const escalated = async () => {
    await ward.plan.lookAtTheClock()
    await anna.sync()
    return anna.all('attention').map(({ why, startMs, escalated }) => ({ why, startMs, escalated }))
  }
  nowMs += hourMs - minuteMs
  expect(await escalated()).toMatchObject([{ escalated: false }, { escalated: false }])
  nowMs += minuteMs
  expect(await escalated()).toEqual([
    { why: 'unreadable', startMs: null, escalated: true },
    { why: 'admission', startMs: null, escalated: true },
  ])
})
