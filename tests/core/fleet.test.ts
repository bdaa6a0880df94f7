/** Which tablets need somebody, and why. */
import { expect, test } from 'vitest'
import { countsOf, isNeedy, needsOf, ringTestOf } from '../../src/core/fleet.ts'
import type { TabletRow } from '../../src/protocol/tablet-list.ts'

const health = {
  build: null,
  camera: 'granted',
  microphone: 'granted',
  awake: 'held',
  battery: { percent: 80, isCharging: true },
  storage: null,
  clockMs: 0,
  toldMs: 0,
} as const
const well: TabletRow = {
  ...{ bedId: 'bed-1', label: '1', state: 'bound', waits: false, offlineSinceMs: null },
  ...{ health, sound: 'on', power: 'mains', isWiped: true },
}

test('[FLEET-2] a tablet at which nothing is wrong needs nobody, and a bed without one needs nobody either', () => {
  expect(needsOf(well)).toEqual([])
  const none: TabletRow = {
    ...well,
    state: 'none',
    offlineSinceMs: 0,
    health: null,
    sound: null,
    isWiped: false,
  }
  expect([isNeedy(well), isNeedy(none)]).toEqual([false, false])
})

test.each<[string, Partial<TabletRow>, object]>([
  ['one that is not here', { offlineSinceMs: 5 }, { type: 'away' }],
  ['one whose sound is blocked (HZ-11)', { sound: 'blocked' }, { type: 'sound' }],
  ['one that has not said that it is wiped (HZ-6)', { isWiped: false }, { type: 'wipe' }],
  ['a camera that is denied', { health: { ...health, camera: 'denied' } }, { type: 'camera' }],
  ['a microphone that is denied', { health: { ...health, microphone: 'denied' } }, { type: 'microphone' }],
  ['a screen that may go dark', { health: { ...health, awake: 'lost' } }, { type: 'awake' }],
  [
    'a battery that runs low',
    { health: { ...health, battery: { percent: 19, isCharging: false } } },
    { type: 'battery' },
  ],
  ['a clock in 1970', { health: { ...health, toldMs: 600_000 } }, { type: 'clock', minutes: 10 }],
])('[FLEET-2] %s needs somebody, and the page says why', (_what, over, need) => {
  const tablet = { ...well, ...over }
  expect(needsOf(tablet)).toEqual([need])
  expect(isNeedy(tablet)).toBe(true)
})

test('[FLEET-2] one that is away says nothing of its sound of now', () => {
  expect(needsOf({ ...well, offlineSinceMs: 5, sound: 'blocked' })).toEqual([{ type: 'away' }])
})

test('[FLEET-2] what stands between bed and tablet needs somebody, too', () => {
  for (const state of ['waiting', 'cloned', 'lost', 'astray'] as const)
    expect([state, isNeedy({ ...well, state })]).toEqual([state, true])
  expect(isNeedy({ ...well, waits: true })).toBe(true)
})

test('[FLEET-2] the head counts tablets, those that are here, and those that need somebody', () => {
  const none: TabletRow = { ...well, state: 'none' }
  const away: TabletRow = { ...well, offlineSinceMs: 5 }
  expect(countsOf([well, well, away, none])).toEqual({ here: 2, all: 3, needy: 1 })
})

const idle = { isHere: true, isIdle: true, isAlone: false, isQuiet: false, atNight: false }
test.each([
  ['an idle tablet', idle, 'played'],
  ['one that is not here', { ...idle, isHere: false }, 'away'],
  ['one in a call', { ...idle, isIdle: false, atNight: true }, 'busy'],
  ['one behind a curtain', { ...idle, isAlone: true, atNight: true }, 'privacy'],
  ['one in quiet hours', { ...idle, isQuiet: true }, 'quiet'],
  ['one in quiet hours, confirmed', { ...idle, isQuiet: true, atNight: true }, 'played'],
] as const)('[FLEET-1] a ring test at %s', (_what, at, outcome) => {
  expect(ringTestOf(at)).toBe(outcome)
})
