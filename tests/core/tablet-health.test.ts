/** What is said of a tablet, and what a nurse is told to do about it. */
import { describe, expect, test } from 'vitest'
import { isNews, type TabletNow, troubleOf } from '../../src/core/tablet-health.ts'
import type { BedReport } from '../../src/protocol/people.ts'
import type { ToldHealth } from '../../src/protocol/tablet-health.ts'
import { standardLimits } from '../../src/server/limits.ts'

const minuteMs = 60_000
const healthy: ToldHealth = {
  build: null,
  camera: 'granted',
  microphone: 'granted',
  awake: 'held',
  battery: { percent: 80, isCharging: true },
  storage: { isKept: true, usedMegabytes: 3, quotaMegabytes: 9_000 },
  clockMs: 100 * minuteMs,
  toldMs: 100 * minuteMs,
}
const heard: BedReport = { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: null }
const here: TabletNow = { isHere: true, isSilent: false, report: heard, health: healthy }
const withHealth = (over: Partial<ToldHealth>): TabletNow => ({ ...here, health: { ...healthy, ...over } })
const battery = (percent: number, isCharging: boolean) => withHealth({ battery: { percent, isCharging } })

describe('why a tablet cannot ring', () => {
  test('[ALIVE-2] nothing is wrong with a tablet that is well, nor with one that has said nothing yet (HZ-11)', () => {
    expect(troubleOf(here)).toBeNull()
    expect(troubleOf({ ...here, health: null, report: null })).toBeNull()
    const untold = { camera: 'unknown', microphone: 'prompt', awake: 'unsupported', battery: null } as const
    expect(troubleOf(withHealth({ ...untold, storage: null }))).toBeNull()
  })

  test('[ALIVE-2] each cause has its word (HZ-11)', () => {
    expect(troubleOf(withHealth({ camera: 'denied' }))).toBe('camera')
    expect(troubleOf(withHealth({ microphone: 'denied' }))).toBe('microphone')
    expect(troubleOf(withHealth({ awake: 'lost' }))).toBe('asleep')
    expect(troubleOf({ ...here, report: { ...heard, sound: 'blocked' } })).toBe('sound')
    expect(troubleOf({ ...here, report: { ...heard, start: 'waits' } })).toBe('start')
  })

  test('[ALIVE-2] of several, what keeps it from ringing comes before what may', () => {
    const all = withHealth({
      ...{ camera: 'denied', microphone: 'denied', awake: 'lost', clockMs: 0 },
      battery: { percent: 3, isCharging: false },
    })
    expect(troubleOf({ ...all, report: { ...heard, sound: 'blocked', start: 'waits' } })).toBe('camera')
    expect(troubleOf(all)).toBe('camera')
    const allowed = withHealth({ awake: 'lost', battery: { percent: 3, isCharging: false } })
    expect(troubleOf({ ...allowed, report: { ...heard, sound: 'blocked' } })).toBe('sound')
    expect(troubleOf(allowed)).toBe('battery')
  })

  test('[ALIVE-3] under 20 % and off its charger, also of one that is gone (HZ-11)', () => {
    expect(troubleOf(battery(19, false))).toBe('battery')
    expect(troubleOf(battery(20, false))).toBeNull()
    expect(troubleOf(battery(1, true))).toBeNull()
    expect(troubleOf({ ...battery(3, false), isHere: false })).toBe('battery')
    expect(troubleOf({ ...withHealth({ camera: 'denied' }), isHere: false })).toBeNull()
  })

  test('[ALIVE-4] a clock in 1970, or five minutes off, is told, and a slow network is no wrong clock', () => {
    expect(troubleOf(withHealth({ clockMs: 0 }))).toBe('clock')
    expect(troubleOf(withHealth({ clockMs: healthy.toldMs + 5 * minuteMs + 1 }))).toBe('clock')
    expect(troubleOf(withHealth({ clockMs: healthy.toldMs - 5 * minuteMs }))).toBeNull()
  })

  test('[ALIVE-5] a page that says nothing is told, but not one that is known to be hidden (HZ-11)', () => {
    expect(troubleOf({ ...here, isSilent: true })).toBe('silent')
    expect(troubleOf({ ...withHealth({ awake: 'lost' }), isSilent: true })).toBe('asleep')
  })

  test('[ALIVE-5] either silence is noticed within a minute (HZ-11)', () => {
    const { silentMs, unspokenMs, sweepMs } = standardLimits
    expect(Math.max(silentMs, unspokenMs) + 2 * sweepMs).toBeLessThan(minuteMs)
  })

  test('[ALIVE-6] one whose permission is gone before its Start is told by that (HZ-11)', () => {
    const waiting: BedReport = { ...heard, start: 'waits' }
    expect(troubleOf({ ...withHealth({ camera: 'denied' }), report: waiting })).toBe('camera')
    expect(troubleOf({ ...here, report: waiting })).toBe('start')
  })
})

describe('what is worth saying at once', () => {
  const tells = (over: Partial<ToldHealth>) => isNews(healthy, { ...healthy, ...over })

  test('[ALIVE-1] what somebody may have to act on', () => {
    expect(tells({ camera: 'denied' })).toBe(true)
    expect(tells({ microphone: 'prompt' })).toBe(true)
    expect(tells({ awake: 'lost' })).toBe(true)
    expect(tells({ battery: { percent: 80, isCharging: false } })).toBe(true)
    expect(tells({ battery: null })).toBe(true)
    expect(tells({ storage: { isKept: false, usedMegabytes: 3, quotaMegabytes: 9_000 } })).toBe(true)
  })

  test('[ALIVE-1] neither the clock nor a store that grows, nor a battery by one per cent', () => {
    expect(tells({ clockMs: 0 })).toBe(false)
    expect(tells({ storage: { isKept: true, usedMegabytes: 4, quotaMegabytes: 8_000 } })).toBe(false)
    expect(tells({ battery: { percent: 79, isCharging: true } })).toBe(false)
    expect(tells({ battery: { percent: 75, isCharging: true } })).toBe(true)
  })

  test('[ALIVE-3] the per cent at which somebody is asked to plug it in', () => {
    const running = (percent: number) => ({ ...healthy, battery: { percent, isCharging: false } })
    expect(isNews(running(20), running(19))).toBe(true)
    expect(isNews(running(19), running(18))).toBe(false)
  })
})
