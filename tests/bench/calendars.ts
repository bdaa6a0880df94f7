/** What other programs' calendars cost the server: a file of 10,000 lines, a feed, a FHIR search, a series made real. */
import { createBook } from '../../src/core/plan/book.ts'
import { occasions } from '../../src/core/plan/recurrence.ts'
import type { Appointment } from '../../src/protocol/plan.ts'
import { mostIcsLines } from '../../src/protocol/plan-share.ts'
import { search } from '../../src/server/plan/fhir-find.ts'
import { calendarOf } from '../../src/server/plan/ics.ts'
import { readIcs } from '../../src/server/plan/ics-read.ts'
import { appointment, dayMs, hourMs, nowMs, rows } from '../server/plan-fake.ts'
import { atMost, type Figure, median } from './figure.ts'

const rounds = 9
const zone = 'Europe/Madrid'
const horizonMs = nowMs + 60 * dayMs

function timeMs(task: () => unknown): number {
  task()
  const times = Array.from({ length: rounds }, () => {
    const beganMs = performance.now()
    task()
    return performance.now() - beganMs
  })
  return median(times)
}

/** 1,250 events of eight lines: 10,000 lines; each repeats for ever, or counts what never comes. */
function file(rule: string): string {
  const event = ['DTSTART:20200101T100000Z', 'DURATION:PT1M', rule, 'SUMMARY:x', 'LOCATION:y']
  const events = Array.from({ length: 1_249 }, (_, index) =>
    ['BEGIN:VEVENT', `UID:${index}`, ...event, 'END:VEVENT'].join('\r\n'),
  )
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n')
}

/** How long the file takes, and the longest that the server did nothing else meanwhile. */
async function reading(text: string): Promise<{ tookMs: number; blockedMs: number; answer: string }> {
  let blockedMs = 0
  let lastMs = performance.now()
  const timer = setInterval(() => {
    blockedMs = Math.max(blockedMs, performance.now() - lastMs)
    lastMs = performance.now()
  }, 1)
  const beganMs = performance.now()
  const { type, ...answer } = await readIcs({ text, zone, nowMs, horizonMs })
  clearInterval(timer)
  const tookMs = performance.now() - beganMs
  return { tookMs, blockedMs, answer: type === 'read' ? 'read' : String(Object.values(answer)[0]) }
}

function twoThousand(): Appointment[] {
  return Array.from({ length: 2_000 }, (_, index) => {
    const startMs = nowMs + index * hourMs
    return appointment({ id: `a${index}`, when: { type: 'at', startMs, endMs: startMs + hourMs / 2 } })
  })
}

export async function benchCalendars(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, rule] of [
    ['endless', 'RRULE:FREQ=DAILY'],
    ['hostile', 'RRULE:FREQ=DAILY;COUNT=10000;BYMONTH=2;BYMONTHDAY=30'],
  ] as const) {
    const text = file(rule)
    if (text.split('\r\n').length < mostIcsLines - 10) throw new Error('the file is too short')
    const all = []
    for (let round = 0; round < rounds; round += 1) all.push(await reading(text))
    const tookMs = median(all.map((one) => one.tookMs))
    const blockedMs = median(all.map((one) => one.blockedMs))
    console.log(
      `  ${name}: ${all[0]?.answer}, ${tookMs.toFixed(0)} ms, server held ${blockedMs.toFixed(0)} ms`,
    )
    figures.push(atMost(`ics-${name}-s`, tookMs / 1_000, 6, 's'))
    figures.push(atMost(`ics-${name}-held`, blockedMs, 100, 'ms'))
  }
  const all = twoThousand()
  const plan = createBook([...rows, ...all])
  const listed = all.map((one) => ({ appointment: one, conference: null }))
  const fresh = () => all.map((one) => ({ appointment: { ...one }, conference: null }))
  const first = timeMs(() => calendarOf('Ward', plan, fresh(), 'en'))
  const again = timeMs(() => calendarOf('Ward', plan, listed, 'en'))
  figures.push(atMost('feed-2000-first', first, 400, 'ms'), atMost('feed-2000-again', again, 50, 'ms'))
  const asker = {
    agent: { type: 'server' },
    author: { type: 'server' },
    view: (one: Appointment) => one,
    mayAsk: () => true,
  } as const
  const self = new URL('http://localhost/fhir/Appointment?practitioner=anna&date=ge2027-01-20')
  figures.push(
    atMost(
      'fhir-search-50-of-2000',
      timeMs(() => search('Appointment', { plan, asker, self, nowMs })),
      50,
      'ms',
    ),
  )
  const series = { rule: 'FREQ=DAILY', start: '2026-01-01T02:30', zone, except: [], until: null }
  figures.push(
    atMost(
      'series-60-days',
      timeMs(() => occasions(series, nowMs, horizonMs)),
      2,
      'ms',
    ),
  )
  return figures
}
