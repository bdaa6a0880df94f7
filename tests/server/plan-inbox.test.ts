/** The ward's inbox: what nobody has decided becomes urgent, and what was decided leaves. */
import { expect, test } from 'vitest'
import { bookAt, type Device, dayMs, hourMs, minuteMs, newDevice } from './plan.ts'
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
