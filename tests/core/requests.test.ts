/** A patient's request: when it counts as sent, when it is said again, when it is over. Random lives prove the promises. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideRequest } from '../../src/core/requests.ts'
import {
  alarmOf,
  dueMs,
  type RequestEffect,
  type RequestEvent,
  type Requests,
  viewOf,
} from '../../src/core/requests-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import type { StaffParty, Stay } from '../../src/protocol/people.ts'
import { comingMinutes, requestReasons } from '../../src/protocol/request.ts'

const anna: StaffParty = { type: 'staff', staffId: 'anna', name: 'Anna Laine', role: 'nurse' }
const ben: StaffParty = { type: 'staff', staffId: 'ben', name: 'Ben Okafor', role: 'nurse' }
const stay: Stay = { epoch: 3, admissionId: 'eero' }
const { askMs, unseenMs, wardMs, comeNowMs, minuteMs } = standardTimings
const t0 = 1_000_000

/** An event without its time. */
type Act = RequestEvent extends infer E ? (E extends RequestEvent ? Omit<E, 'nowMs'> : never) : never

function making(requestId = 'r1', reason: (typeof requestReasons)[number] = 'water', bedId = 'b1') {
  const asked = { type: 'made', requestId, bedId, reason, stay, seenEpoch: stay.epoch } as const
  return { ...asked, expiresAtMs: t0 + askMs, isPast: false }
}
const sounds = (endpoint = 's1', requestId = 'r1') => ({ type: 'sounded', requestId, endpoint }) as const
const silence = (endpoint = 's1') => ({ type: 'fellSilent', endpoint }) as const
const sees = (by = anna) => ({ type: 'seen', requestId: 'r1', by }) as const
const comes = (inMinutes: 0 | 5 | 15, by = anna) =>
  ({ type: 'coming', requestId: 'r1', by, inMinutes }) as const
const clock = { type: 'clock' } as const

/** What a life of acts, each with its time after `t0`, has come to. */
function live(...acts: readonly (readonly [number, Act])[]) {
  let requests: Requests = new Map()
  const effects: RequestEffect[] = []
  for (const [afterMs, act] of acts) {
    const event = { ...act, nowMs: t0 + afterMs } as RequestEvent
    const decision = decideRequest(requests, event, standardTimings)
    requests = decision.requests
    effects.push(...decision.effects)
  }
  const told = effects.flatMap((effect) =>
    effect.type === 'tell' ? viewOf(effect.request, '1', 'shown') : [],
  )
  return { requests, effects, told, last: told.at(-1)?.state }
}

test('[ASK-1] a request is sent when a station sounds, not before (HZ-4)', () => {
  expect(live([0, making()]).last).toEqual({ type: 'reaching' })
  expect(live([0, making()], [800, sounds()]).last).toEqual({ type: 'sent' })
})

test('[ASK-9] a clock that is set back makes nothing wait longer than it would from then (HZ-4)', () => {
  const hourMs = 60 * minuteMs
  const { requests } = live([0, making()], [1, sounds()], [-hourMs, clock], [unseenMs - hourMs, clock])
  const request = requests.get('r1')
  expect(request && alarmOf(request)).toBe('again')
})

test('[ASK-1] after 5 s without a sound it has ended as unheard, and a later sound makes nothing of it (HZ-4)', () => {
  const { requests, last } = live([0, making()], [askMs, clock], [askMs + 1, sounds()])
  expect(last).toEqual({ type: 'ended', how: 'unheard' })
  expect(requests.size).toBe(0)
  expect(live([0, making()], [askMs, sounds()]).last, 'before its timer was looked at').toEqual({
    type: 'ended',
    how: 'unheard',
  })
})

test('[ASK-1] a person who sees it in silence has heard of it', () => {
  expect(live([0, making()], [900, sees()]).last).toMatchObject({ type: 'seen', by: 'Anna Laine' })
})

test.each([
  ['late', { expiresAtMs: t0 }],
  ['late', { isPast: true }],
  ['stay', { seenEpoch: 2 }],
] as const)(
  '[ASK-2] what comes too late, again, or from the tablet of another stay is refused: %s',
  (why, other) => {
    const { effects, requests } = live([0, { ...making(), ...other }])
    expect(effects).toEqual([{ type: 'refuse', requestId: 'r1', bedId: 'b1', stay, why }])
    expect(requests.size).toBe(0)
  },
)

test('[ASK-3] one for each need: another for the same reason is refused and told the one that is open', () => {
  const { requests, effects } = live([0, making()], [50, making('r2')], [60, making('r3', 'pain')])
  expect([...requests.keys()]).toEqual(['r1', 'r3'])
  expect(effects).toContainEqual({ type: 'refuse', requestId: 'r2', bedId: 'b1', stay, why: 'open-already' })
  expect(live([0, making()], [50, making()]).told.map(({ requestId }) => requestId)).toEqual(['r1', 'r1'])
})

test('[ASK-11] telephones are told once it is sent, again as it calls again, and when nobody hears it (HZ-4)', () => {
  const phoned = (...acts: readonly (readonly [number, Act])[]) =>
    live(...acts).effects.flatMap((effect) => (effect.type === 'phone' ? alarmOf(effect.request) : []))
  expect(phoned([0, making()], [askMs, clock]), 'no station sounded').toEqual([])
  const heard = [
    [0, making()],
    [100, sounds()],
    [200, sounds('s2')],
  ] as const
  expect(phoned(...heard)).toEqual(['first'])
  expect(phoned(...heard, [100 + unseenMs, clock], [100 + wardMs, clock])).toEqual(['first', 'again', 'ward'])
  expect(phoned(...heard, [300, sees()], [100 + wardMs, clock]), 'seen').toEqual(['first'])
  expect(phoned(...heard, [300, comes(0)], [300 + comeNowMs, clock]), 'overdue').toEqual(['first', 'again'])
  const silent = phoned(...heard, [300, silence()], [400, silence('s2')], [400 + askMs, clock])
  expect(silent, 'the last station fell silent').toEqual(['first', 'first'])
})

test('[ASK-4] the last station that sounded goes: 5 s later nobody is said to have heard, until one sounds (HZ-4)', () => {
  const gone = [
    [0, making()],
    [500, sounds()],
    [9_000, silence()],
  ] as const
  expect(live(...gone, [9_000 + askMs - 1, clock]).last).toEqual({ type: 'sent' })
  expect(live(...gone, [9_000 + askMs, clock]).last).toEqual({ type: 'unheard' })
  expect(live(...gone, [9_000 + askMs, clock], [60_000, sounds('s2')]).last).toEqual({ type: 'sent' })
  expect(live(...gone, [11_000, sounds('s1')], [30_000, clock]).last, 'reloaded').toEqual({ type: 'sent' })
})

test('[ASK-4] another station that sounds keeps it sent', () => {
  const { last } = live(
    [0, making()],
    [500, sounds()],
    [510, sounds('s2')],
    [600, silence()],
    [60_000, clock],
  )
  expect(last).toEqual({ type: 'sent' })
})

test('[ASK-5] who has seen it is who said so first, and nothing sounds any more', () => {
  const { last, requests } = live([0, making()], [500, sounds()], [600, sees(anna)], [700, sees(ben)])
  expect(last).toMatchObject({ type: 'seen', by: 'Anna Laine' })
  expect([...requests.values()].map(alarmOf)).toEqual(['none'])
  expect(live([0, making()], [500, sounds()], [600, comes(5)], [700, sees(ben)]).last).toMatchObject({
    type: 'coming',
    by: 'Anna Laine',
  })
})

test.each([
  [0, comeNowMs],
  [5, 5 * minuteMs],
  [15, 15 * minuteMs],
] as const)(
  '[ASK-6] who comes in %d minutes and is not there is overdue: it sounds again (HZ-4)',
  (inMinutes, afterMs) => {
    const start = [
      [0, making()],
      [500, sounds()],
      [1_000, comes(inMinutes)],
    ] as const
    expect(live(...start, [1_000 + afterMs - 1, clock]).last).toMatchObject({ type: 'coming', inMinutes })
    const late = live(...start, [1_000 + afterMs, clock])
    expect(late.told.at(-1)).toMatchObject({ state: { type: 'overdue', by: 'Anna Laine' }, alarm: 'again' })
    const later = live(...start, [1_000 + afterMs, clock], [1_000 + afterMs + 300, sounds()])
    expect(later.last).toMatchObject({ type: 'overdue' })
    const ward = live(...start, [1_000 + afterMs, clock], [1_000 + afterMs + wardMs - unseenMs, clock])
    expect(ward.told.at(-1)).toMatchObject({ state: { type: 'unheard' }, alarm: 'ward' })
  },
)

test('[ASK-6] who says it last comes', () => {
  expect(live([0, making()], [500, sounds()], [600, comes(15)], [700, comes(0, ben)]).last).toMatchObject({
    by: 'Ben Okafor',
    inMinutes: 0,
  })
})

test('[ASK-7] it is ended by its own bed, or done by staff, and stays over', () => {
  const here = (bedId: string, how: 'here' | 'taken-back') =>
    ({ type: 'endedAtBed', requestId: 'r1', bedId, how }) as const
  expect(live([0, making()], [1, here('b2', 'here')]).requests.size, 'another bed').toBe(1)
  for (const how of ['here', 'taken-back'] as const)
    expect(live([0, making()], [1, here('b1', how)]).last).toEqual({ type: 'ended', how })
  const done = live(
    [0, making()],
    [1, { type: 'done', requestId: 'r1', by: ben }],
    [2, sounds()],
    [3, sees()],
  )
  expect(done.last).toEqual({ type: 'ended', how: 'done' })
  expect(done.effects.filter(({ type }) => type === 'tell')).toHaveLength(2)
})

test('[ASK-8] it goes with its patient to another bed, and ends with their stay (HZ-6)', () => {
  const begun = [
    [0, making()],
    [500, sounds()],
  ] as const
  const moved = new Map<string, Stay>([
    ['b1', { epoch: 4, admissionId: null }],
    ['b2', { epoch: 8, admissionId: 'eero' }],
  ])
  const there = live(...begun, [600, { type: 'staysChanged', stays: moved }])
  expect(there.told.at(-1)).toMatchObject({ bedId: 'b2', stay: 8, state: { type: 'sent' } })
  const left = new Map<string, Stay>([['b1', { epoch: 4, admissionId: 'helmi' }]])
  expect(live(...begun, [600, { type: 'staysChanged', stays: left }]).last).toEqual({
    type: 'ended',
    how: 'stay-over',
  })
})

test('[ASK-9] unseen for 2 min it is said again, for 5 min to the whole ward, also by a server that slept (HZ-4)', () => {
  const start = [
    [0, making()],
    [500, sounds()],
  ] as const
  const levels = ({ told }: ReturnType<typeof live>) => told.map(({ alarm }) => alarm)
  expect(levels(live(...start, [500 + unseenMs - 1, clock]))).toEqual(['first', 'first'])
  expect(levels(live(...start, [500 + unseenMs, clock]))).toEqual(['first', 'first', 'again'])
  expect(levels(live(...start, [500 + wardMs, clock]))).toEqual(['first', 'first', 'again', 'ward'])
})

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc
    .record({ id: fc.integer({ min: 0, max: 5 }), reason: fc.constantFrom(...requestReasons) })
    .map(({ id, reason }): Act => ({ ...making(`r${id}`, reason), expiresAtMs: Number.MAX_SAFE_INTEGER })),
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 }))
    .map(([id, station]): Act => sounds(`s${station}`, `r${id}`)),
  fc.integer({ min: 0, max: 2 }).map((station): Act => silence(`s${station}`)),
  fc.integer({ min: 0, max: 5 }).map((id): Act => ({ ...sees(), requestId: `r${id}` })),
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(...comingMinutes))
    .map(([id, minutes]): Act => ({ ...comes(minutes), requestId: `r${id}` })),
  fc.integer({ min: 0, max: 5 }).map((id): Act => ({ type: 'done', requestId: `r${id}`, by: anna })),
  fc.constant<Act>(clock),
)
const lives = fc.array(fc.tuple(fc.integer({ min: 0, max: 150_000 }), acts), { maxLength: 40 })

test('[ASK-10] in every life: written before told, nothing due is left, and nobody is said to hear who does not', () => {
  fc.assert(
    fc.property(lives, (steps) => {
      let requests: Requests = new Map()
      let nowMs = t0
      const sounding = new Map<string, Set<string>>()
      for (const [laterMs, act] of steps) {
        nowMs += laterMs
        const { requests: next, effects } = decideRequest(
          requests,
          { ...act, nowMs } as RequestEvent,
          standardTimings,
        )
        effects.forEach((effect, index) => {
          if (effect.type !== 'tell') return
          const isRepeat = effect.request === requests.get(effect.request.requestId)
          const isOpen = effects.some((one) => one.type === 'refuse')
          if (!isRepeat && !isOpen) expect(effects[index - 1]?.type).toMatch(/record/)
        })
        if (act.type === 'fellSilent') for (const set of sounding.values()) set.delete(act.endpoint)
        if (act.type === 'sounded')
          sounding.set(act.requestId, (sounding.get(act.requestId) ?? new Set()).add(act.endpoint))
        for (const request of next.values()) {
          expect(dueMs(request, standardTimings)).toBeGreaterThan(nowMs)
          const { state } = viewOf(request, '1', 'hidden')
          if (state.type !== 'sent') continue
          const { hearing } = request
          if (hearing.type === 'heard')
            expect([...(sounding.get(request.requestId) ?? [])]).toEqual(
              expect.arrayContaining([...hearing.by]),
            )
          else expect(hearing).toMatchObject({ type: 'quiet', sinceMs: expect.any(Number) })
          if (hearing.type === 'quiet') expect(nowMs - hearing.sinceMs).toBeLessThan(askMs)
        }
        const needs = [...next.values()].map(({ bedId, reason }) => `${bedId} ${reason}`)
        expect(new Set(needs).size).toBe(needs.length)
        requests = next
      }
    }),
    { seed: 4, numRuns: 2_000 },
  )
})

const leaves = (staffId = 'anna') => ({ type: 'left', staffId }) as const
const handsOver = (from = 'anna', to = ben) => ({ type: 'handedOver', from, to }) as const

test('[SHIFT-6] what somebody had taken calls again when they leave, and then the whole ward (HZ-4)', () => {
  for (const taken of [sees(), comes(5)]) {
    const life = [
      [0, making()],
      [1, sounds()],
      [2, taken],
      [3, leaves()],
    ] as const
    const { requests, last, effects } = live(...life)
    const request = requests.get('r1')
    expect(last).toEqual({ type: 'sent' })
    expect(request && alarmOf(request)).toBe('again')
    expect(effects.at(-1), 'telephones are told').toMatchObject({ type: 'phone' })
    expect(live(...life, [3 + askMs, clock]).last, 'nobody sounds').toEqual({ type: 'unheard' })
    const ward = live(...life, [4, sounds()], [3 + wardMs - unseenMs, clock]).requests.get('r1')
    expect(ward && alarmOf(ward)).toBe('ward')
  }
})

test('[SHIFT-6] what is overdue loses its name and nothing of its loudness, and another’s is not touched', () => {
  const overdue = [
    [0, making()],
    [1, sounds()],
    [2, comes(0)],
    [2 + comeNowMs, clock],
  ] as const
  const again = live(...overdue, [3 + comeNowMs, leaves()]).requests.get('r1')
  const untouched = live(...overdue).requests.get('r1')
  expect(again?.progress).toMatchObject({ type: 'unseen', level: 'again' })
  expect(again && dueMs({ ...again, hearing: { type: 'unheard' } }, standardTimings)).toBe(
    untouched && dueMs({ ...untouched, hearing: { type: 'unheard' } }, standardTimings),
  )
  expect(live([0, making()], [1, sees(ben)], [2, leaves()]).last).toMatchObject({ type: 'seen' })
})

test('[SHIFT-4] what is handed over is the other’s by name, with the same promise and the same time (HZ-4)', () => {
  const before = live([0, making()], [1, sounds()], [2, comes(5)])
  const after = live([0, making()], [1, sounds()], [2, comes(5)], [3, handsOver()])
  expect(after.last).toEqual({ ...before.last, by: 'Ben Okafor' })
  expect(after.effects.filter(({ type }) => type === 'record').at(-1)).toMatchObject({
    act: { action: 'request-answered', detail: 'taken-over', by: ben },
  })
  expect(live([0, making()], [1, sees(ben)], [2, handsOver('cara')]).last).toMatchObject({ by: 'Ben Okafor' })
})
