/** A tablet that is carried away: noticed by the server, kept, and put right by whoever stands before it. */
import { expect, test } from 'vitest'
import { standardTimings } from '../../src/core/timings.ts'
import { type Client, openBed, post } from './client.ts'
import { bedIdOf, openWard } from './ward.ts'

const { astrayMs } = standardTimings

async function openClocked(dataFolder?: string) {
  let aheadMs = 0
  const options = { now: () => Date.now() + aheadMs, limits: { sweepMs: 20 } }
  const ward = await openWard(dataFolder === undefined ? options : { ...options, dataFolder })
  return {
    ...ward,
    looksMs: 5 * options.limits.sweepMs,
    pass(ms: number): void {
      aheadMs += ms
    },
  }
}

/** The server has looked a few times; on a slow machine fewer, which lets more pass and never fails. */
const looksOf = ({ looksMs }: { readonly looksMs: number }) =>
  new Promise((next) => setTimeout(next, looksMs))

const report = (power: 'mains' | 'battery') => ({
  type: 'bed.report' as const,
  report: { sound: 'on' as const, knock: false, privacyUntilMs: null, cleanEpoch: 1, power },
})
const isTablet = (label: string, tablet: string) => (said: { bed: { label: string; tablet: string } }) =>
  said.bed.label === label && said.bed.tablet === tablet

async function digitsOf(bed: Client): Promise<string> {
  const said = await bed.hear('tablet.whereabouts', ({ digits }) => digits !== null)
  return said.digits ?? ''
}

test('[WHERE-1] HZ-14: unplugged for ten minutes, alone, it is astray; the six digits it shows put it right', async () => {
  const ward = await openClocked()
  const [one, two, three] = [await ward.bed('1'), await ward.bed('2'), await ward.bed('3')]
  const station = await ward.station()
  one.say(report('battery'))
  for (const bed of [two, three]) bed.say(report('mains'))
  await station.hear('bed.changed', ({ bed }) => bed.label === '1' && bed.report?.power === 'battery')
  ward.pass(astrayMs + 1)
  await station.hear('bed.changed', isTablet('1', 'astray'))
  const digits = await digitsOf(one)
  const cookie = await ward.signIn('Ben Okafor')
  const bedId = bedIdOf(one)
  const type = async (typed: string) =>
    await (await post(ward.origin, '/api/tablets/confirm', { bedId, digits: typed }, { cookie })).json()
  const wrong = digits === '000000' ? '000001' : '000000'
  expect(await type(wrong)).toEqual({ outcome: 'wrong-digits', triesLeft: 4 })
  one.say(report('mains'))
  expect(await type(digits)).toEqual({ outcome: 'confirmed' })
  await station.hear('bed.changed', isTablet('1', 'bound'))
  await one.hear('tablet.whereabouts', (said) => said.digits === null)
  const acts = await ward.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', 'in', ['tablet-astray', 'tablet-confirmed'])
    .execute()
  expect(acts.map(({ text }) => [JSON.parse(text).act.action, JSON.parse(text).act.detail])).toEqual([
    ['tablet-astray', null],
    ['tablet-confirmed', 'wrong-digits'],
    ['tablet-confirmed', 'at-bed'],
  ])
})

test('[WHERE-2] one that was away by itself is astray when it comes back, also after a restart', async () => {
  const ward = await openClocked()
  const [one, two, three] = [await ward.bed('1'), await ward.bed('2'), await ward.bed('3')]
  for (const bed of [two, three]) bed.say(report('mains'))
  const station = await ward.station()
  await one.cut()
  await station.hear('bed.changed', ({ bed }) => bed.label === '1' && bed.state.type === 'offline')
  ward.pass(astrayMs + 1)
  await station.hear('bed.changed', isTablet('1', 'astray'))
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const back = await openBed(again.origin, one.tablet)
  expect(back.welcome.astray).toMatch(/^\d{6}$/)
})

test('[WHERE-2] one whose place another tablet waited for, when it was greeted, is told once that wait is over', async () => {
  const ward = await openClocked()
  const one = await ward.bed('1')
  const bedId = bedIdOf(one)
  const { db } = ward.store
  await one.cut()
  await db.updateTable('devices').set({ astray_ms: 1 }).where('bed_id', '=', bedId).execute()
  await db
    .insertInto('waiting_tablets')
    .values({
      ...{ enrolment_id: 'another', bed_id: bedId, kind: 'enrol', commitment: '', server_nonce: '' },
      ...{ public_key: null, digits_hash: 'six', wrong_tries: 0, device_id: null },
      expires_ms: Date.now() + 60_000,
    })
    .execute()
  await ward.close()
  const again = await openClocked(ward.data)
  const back = await openBed(again.origin, one.tablet)
  expect(back.welcome.astray).toBeUndefined()
  again.pass(60_000)
  // Whatever is asked of a tablet makes the server look at what waits.
  await again.bed('2')
  expect(await digitsOf(back)).toMatch(/^\d{6}$/)
})

test('[WHERE-1] a power cut of the ward makes nobody astray', async () => {
  const ward = await openClocked()
  const beds = [await ward.bed('1'), await ward.bed('2'), await ward.bed('3')]
  const station = await ward.station()
  for (const bed of beds) bed.say(report('battery'))
  await station.hear('bed.changed', ({ bed }) => bed.label === '3' && bed.report?.power === 'battery')
  await looksOf(ward)
  ward.pass(astrayMs + 1)
  await looksOf(ward)
  await station.settled()
  expect(
    station.heard().filter((said) => said.type === 'bed.changed' && said.bed.tablet === 'astray'),
  ).toEqual([])
})

test('[WHERE-1] a tablet that has just come to a bed that had none for long is not astray', async () => {
  const ward = await openClocked()
  ward.pass(2 * astrayMs)
  const tablet = await ward.enrol('1')
  await looksOf(ward)
  const bed = await openBed(ward.origin, tablet)
  expect(bed.welcome.astray).toBeUndefined()
})
