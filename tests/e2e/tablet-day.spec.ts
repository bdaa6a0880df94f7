/** A slice of `tests/lab/tablet-day.ts`: two hours of a tablet in a minute, with nothing new to run. */
import { expect, test } from 'playwright/test'
import { mulberry32 } from '../lab/prng.ts'
import { createDay } from '../lab/tablet-day/day.ts'
import { openScales } from '../lab/tablet-day/memory.ts'
import { type Happening, minuteMs } from '../lab/tablet-day/plan.ts'
import { wrongInRecord } from '../lab/tablet-day/record.ts'
import { isReady, openWard } from '../lab/tablet-day/ward.ts'

const agenda: readonly Happening[] = [
  { atMs: 5 * minuteMs, type: 'call', kind: 'the station ends it' },
  { atMs: 15 * minuteMs, type: 'request', kind: 'a nurse is here' },
  { atMs: 16 * minuteMs, type: 'call', kind: 'the patient says not now' },
  { atMs: 40 * minuteMs, type: 'drop', kind: 'the air is silent', lastsMs: minuteMs },
  { atMs: 50 * minuteMs, type: 'request', kind: 'no network' },
  { atMs: 70 * minuteMs, type: 'drop', kind: 'the server is killed', lastsMs: minuteMs },
  { atMs: 80 * minuteMs, type: 'call', kind: 'the patient ends it' },
  { atMs: 110 * minuteMs, type: 'look' },
]

test('[HZ-11] after two hours with calls, requests and losses a tablet is Ready untouched, nothing is on, and the record is true @whole', async () => {
  test.setTimeout(300_000)
  const ward = await openWard()
  const wrong: string[] = []
  const day = createDay(ward, {
    agenda,
    chance: mulberry32(1),
    leaking: [],
    scales: await openScales(ward.browser, ward.bed),
    complain: (line) => wrong.push(line),
  })
  await day.goOn()
  expect(await isReady(ward.bed)).toBe(true)
  expect(day.lives.length, 'its page was never loaded anew').toBe(1)
  expect(day.expected.calls).toEqual(['hung-up', 'declined', 'hung-up'])
  expect(ward.pings.count.pings, 'every heartbeat of two hours').toBeGreaterThan(1_000)
  await ward.killServer()
  expect([...wrong, ...day.errors, ...wrongInRecord(ward.server.data, day.expected)]).toEqual([])
  await ward.close()
})
