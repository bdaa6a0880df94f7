/** What colleagues are asked when nobody answers: it calls again, passes on, and is never lost. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  alarmOf,
  askedOf,
  type Consult,
  type ConsultEvent,
  type Consults,
  consultDueMs,
  type DutyBook,
  decideConsult,
} from '../../src/core/consult.ts'
import { standardTimings } from '../../src/core/timings.ts'
import { consultMinutes } from '../../src/protocol/duty.ts'
import type { StaffParty } from '../../src/protocol/people.ts'

const person = (staffId: string): StaffParty => ({ type: 'staff', staffId, name: staffId, role: 'doctor' })
const [anna, ben, cara] = [person('anna'), person('ben'), person('cara')]
const { unseenMs, wardMs, comeNowMs, minuteMs } = standardTimings

function bookOf(
  holders: Readonly<Record<string, readonly string[]>>,
  canHear: DutyBook['canHear'] = () => true,
): DutyBook {
  const order = ['neuro', 'senior', 'chief']
  return {
    holders: (dutyId) => holders[dutyId] ?? [],
    behind: (dutyId) => order.slice(order.indexOf(dutyId) + 1),
    canHear,
  }
}

const all = bookOf({ neuro: ['ben'], senior: ['cara'], chief: ['dan'] })

const made: ConsultEvent = {
  type: 'made',
  consultId: 'k1',
  by: anna,
  to: { type: 'duty', dutyId: 'neuro' },
  reason: 'a scan',
  nowMs: 0,
}

function run(events: readonly ConsultEvent[], book: DutyBook = all) {
  let consults: Consults = new Map()
  const acts: string[] = []
  let phones = 0
  for (const event of events) {
    const decision = decideConsult(consults, event, book, standardTimings)
    consults = decision.consults
    for (const effect of decision.effects) {
      if (effect.type === 'record') acts.push(`${effect.act.action} ${effect.act.detail}`)
      if (effect.type === 'phone') phones += 1
    }
  }
  return { consults, acts, phones, one: consults.get('k1') }
}

const clock = (nowMs: number): ConsultEvent => ({ type: 'clock', nowMs })
const seen = (by: StaffParty, inMinutes: 0 | 5 | 15 | 30, nowMs: number): ConsultEvent => ({
  type: 'seen',
  consultId: 'k1',
  by,
  inMinutes,
  nowMs,
})

test('[DUTY-4] unacknowledged it calls again after 2 min, passes on after 5, and tells whoever asked when nobody is left', () => {
  expect(run([made, clock(unseenMs - 1)]).acts).toEqual(['consult-made null'])
  const again = run([made, clock(unseenMs)])
  expect(again.one && alarmOf(again.one)).toBe('again')
  const passed = run([made, clock(unseenMs), clock(wardMs)])
  expect(passed.one).toMatchObject({ to: { dutyId: 'neuro' }, at: { dutyId: 'senior' } })
  expect(passed.one && askedOf(passed.one, all)).toEqual(['cara'])
  const last = run([made, clock(unseenMs), clock(wardMs), clock(2 * wardMs), clock(3 * wardMs)])
  expect(last.one?.progress).toMatchObject({ type: 'waiting', level: 'last' })
  expect(last.acts).toEqual([
    'consult-made null',
    'consult-alerted again',
    'consult-passed duty senior',
    'consult-alerted again',
    'consult-passed duty chief',
    'consult-alerted again',
    'consult-alerted last',
  ])
  expect(last.phones).toBe(7)
  expect(last.one && consultDueMs(last.one, standardTimings)).toBe(Number.POSITIVE_INFINITY)
})

test('[DUTY-4] a duty that nobody has is passed by at once, now and when it is let go', () => {
  const passed = run([made], bookOf({ senior: ['cara'] }))
  expect(passed.one).toMatchObject({ at: { dutyId: 'senior' }, progress: { level: 'first' } })
  expect(passed.phones).toBe(1)
  expect(run([made], bookOf({})).one?.progress).toMatchObject({ level: 'last' })
  const letGo = decideConsult(
    run([made]).consults,
    { type: 'dutiesChanged', nowMs: 1 },
    bookOf({ chief: ['dan'] }),
    standardTimings,
  )
  expect(letGo.consults.get('k1')).toMatchObject({ at: { dutyId: 'chief' } })
})

test('[DUTY-4] [HZ-4] what nobody would be told of is passed on at once to who can hear it, or its asker is told', () => {
  const holders = { neuro: ['ben'], senior: ['cara'], chief: ['dan'] }
  const hears = (...who: readonly string[]) => bookOf(holders, (staffId) => who.includes(staffId))
  expect(run([made], hears('ben')).one).toMatchObject({ at: { dutyId: 'neuro' } })
  const passed = run([made], hears('dan'))
  expect(passed.one).toMatchObject({ at: { dutyId: 'chief' }, progress: { level: 'first' } })
  expect(passed.phones).toBe(1)
  expect(run([made], hears()).one).toMatchObject({ at: { dutyId: 'neuro' }, progress: { level: 'last' } })
  // Who heard of it and went away is passed by when it would call again.
  const { consults } = run([made])
  const due = decideConsult(consults, clock(unseenMs), hears('cara'), standardTimings)
  expect(due.consults.get('k1')).toMatchObject({ at: { dutyId: 'senior' } })
})

test('[DUTY-4] nobody is left to wait with themselves, whatever duty they have', () => {
  const { one } = run([made], bookOf({ neuro: ['anna'], senior: ['anna', 'cara'] }))
  expect(one).toMatchObject({ at: { dutyId: 'senior' } })
  expect(one && askedOf(one, bookOf({ senior: ['anna', 'cara'] }))).toEqual(['cara'])
})

test('[DUTY-4] one asker has one with one addressee; said twice it changes nothing, asked anew it calls again with the new words', () => {
  const { consults, acts } = run([made, made])
  expect([[...consults.keys()], acts]).toEqual([['k1'], ['consult-made null']])
  const anew: ConsultEvent = { ...made, consultId: 'k2', reason: 'he is worse', nowMs: 2 * minuteMs }
  const again = run([made, seen(ben, 30, 1), anew])
  expect([...again.consults.keys()]).toEqual(['k1'])
  expect(again.one).toMatchObject({ reason: 'he is worse', progress: { type: 'waiting', level: 'again' } })
  expect(again.acts.at(-1)).toBe('consult-alerted asked-again')
  expect(again.phones).toBe(2)
  const passed = run([made, anew, clock(2 * minuteMs + wardMs - unseenMs)])
  expect(passed.one).toMatchObject({ at: { dutyId: 'senior' } })
})

test('[DUTY-4] what somebody was asked, or promised, moves on at once when they may be here no more', () => {
  const gone = (staffId: string): ConsultEvent => ({ type: 'left', staffId, nowMs: 2 })
  expect(run([made, seen(ben, 30, 1), gone('ben')]).one).toMatchObject({
    at: { dutyId: 'senior' },
    progress: { type: 'waiting', level: 'first' },
  })
  expect(run([made, seen(ben, 30, 1), gone('cara')]).one?.progress.type).toBe('seen')
  const personal: ConsultEvent = { ...made, to: { type: 'staff', staffId: 'ben' } }
  const left = run([personal, gone('ben')])
  expect(left.one?.progress).toMatchObject({ type: 'waiting', level: 'last' })
  expect(left.acts).toEqual(['consult-made null', 'consult-alerted last'])
})

test('[DUTY-4] a clock that is set back makes nothing wait longer than it would from then', () => {
  const hourMs = 60 * minuteMs
  const set = run([{ ...made, nowMs: hourMs }, clock(0), clock(unseenMs)])
  expect(set.one && alarmOf(set.one)).toBe('again')
})

test('[DUTY-5] whoever it is asked of says when they call; when that time is over it calls again', () => {
  expect(run([made, seen(cara, 5, 1)]).one?.progress.type).toBe('waiting')
  const { one } = run([made, seen(ben, 5, 1)])
  expect(one?.progress).toEqual({ type: 'seen', by: ben, untilMs: 1 + 5 * minuteMs })
  expect(one && alarmOf(one)).toBe('none')
  const over = run([made, seen(ben, 0, 1), clock(1 + comeNowMs)])
  expect(over.one && alarmOf(over.one)).toBe('again')
  expect(over.acts.at(-1)).toBe('consult-alerted overdue')
  expect(run([made, seen(ben, 0, 1), clock(1 + comeNowMs + wardMs - unseenMs)]).one).toMatchObject({
    at: { dutyId: 'senior' },
  })
})

test('[DUTY-6] it is over when they talked, when it was taken back, or when whoever was asked says so', () => {
  const back: ConsultEvent = { type: 'ended', consultId: 'k1', by: anna, nowMs: 1 }
  expect(run([made, back]).acts.at(-1)).toBe('consult-ended taken-back')
  expect(run([made, { ...back, by: ben }]).acts.at(-1)).toBe('consult-ended done')
  expect(run([made, { ...back, by: cara }]).one).toBeDefined()
  const talked = (one: string, other: string): ConsultEvent => ({
    type: 'talked',
    staffIds: [one, other],
    sinceMs: 1,
    nowMs: 1,
  })
  expect(run([made, talked('ben', 'anna')]).acts.at(-1)).toBe('consult-ended called')
  expect(run([made, talked('anna', 'cara')]).one).toBeDefined()
  expect(run([made, talked('ben', 'cara')]).one).toBeDefined()
  const before: ConsultEvent = { type: 'talked', staffIds: ['ben', 'anna'], sinceMs: -1, nowMs: 1 }
  expect(run([made, before]).one, 'asked within the call').toBeDefined()
})

const event = fc.oneof(
  fc.record({ type: fc.constant('clock' as const) }),
  fc.record({ type: fc.constant('dutiesChanged' as const) }),
  fc.record({
    type: fc.constant('made' as const),
    consultId: fc.constantFrom('k1', 'k2'),
    by: fc.constantFrom(anna, ben),
    to: fc.constantFrom(
      { type: 'duty', dutyId: 'neuro' } as const,
      { type: 'duty', dutyId: 'senior' } as const,
      { type: 'staff', staffId: 'cara' } as const,
    ),
    reason: fc.constant('a scan'),
  }),
  fc.record({
    type: fc.constant('seen' as const),
    consultId: fc.constantFrom('k1', 'k2'),
    by: fc.constantFrom(anna, ben, cara),
    inMinutes: fc.constantFrom(...consultMinutes),
  }),
  fc.record({
    type: fc.constant('talked' as const),
    staffIds: fc.constantFrom(['anna', 'ben'] as const, ['cara', 'anna'] as const),
    sinceMs: fc.constant(Number.MAX_SAFE_INTEGER),
  }),
)
const book = fc.record({
  neuro: fc.subarray(['ben', 'cara']),
  senior: fc.subarray(['cara']),
  chief: fc.subarray(['dan']),
})

test('[DUTY-7] whatever happens it is on record before it is told, and while it is open somebody is asked or its asker knows', () => {
  const turns = fc.array(fc.record({ event, book, afterMs: fc.nat(2 * wardMs) }), { maxLength: 30 })
  fc.assert(
    fc.property(turns, (all) => {
      let consults: Consults = new Map()
      const kept = new Map<string, Consult>()
      let nowMs = 0
      for (const { event, book, afterMs } of all) {
        nowMs += afterMs
        const now = bookOf(book)
        // Whoever takes or lets go a duty is heard of at once.
        const changed = decideConsult(consults, { type: 'dutiesChanged', nowMs }, now, standardTimings)
        const decision = decideConsult(changed.consults, { ...event, nowMs }, now, standardTimings)
        consults = decision.consults
        let isTold = true
        for (const effect of [...changed.effects, ...decision.effects]) {
          if (effect.type === 'record') kept.set(effect.consult.consultId, effect.consult)
          if (effect.type === 'tell') expect(isTold || kept.size > 0).toBe(true)
          isTold = effect.type === 'tell'
        }
        for (const consult of consults.values()) {
          expect(kept.get(consult.consultId)).toEqual(consult)
          expect(consultDueMs(consult, standardTimings)).toBeGreaterThan(nowMs)
          const { progress } = consult
          if (progress.type === 'waiting' && progress.level !== 'last')
            expect(askedOf(consult, now).length).toBeGreaterThan(0)
        }
        for (const one of kept.values())
          if (one.progress.type !== 'ended') expect(consults.has(one.consultId)).toBe(true)
      }
    }),
    { seed: 74, numRuns: 500 },
  )
})

const wentOut = (staffId: string, nowMs: number): ConsultEvent => ({ type: 'wentOut', staffId, nowMs })
const handedOver = (from: string, to: StaffParty, nowMs: number): ConsultEvent => ({
  type: 'handedOver',
  from,
  to,
  nowMs,
})

test('[SHIFT-6] what somebody promised calls again when they go out, at whoever else is asked; where nobody hears, it passes on', () => {
  const both = bookOf({ neuro: ['ben', 'dan'], senior: ['cara'] })
  const again = run([made, seen(ben, 15, 1), wentOut('ben', 2)], both)
  expect(again.one).toMatchObject({ at: { dutyId: 'neuro' }, progress: { type: 'waiting', level: 'again' } })
  const deaf = bookOf({ neuro: ['ben'], senior: ['cara'] }, (staffId) => staffId === 'cara')
  const passed = run([made, seen(ben, 15, 1), wentOut('ben', 2)], { ...deaf, canHear: () => true })
  expect(passed.one?.at).toMatchObject({ dutyId: 'neuro' })
  const events = [made, seen(ben, 15, 1)]
  const { consults } = run(events)
  const gone = decideConsult(consults, wentOut('ben', 2), deaf, standardTimings).consults.get('k1')
  expect(gone?.at).toMatchObject({ dutyId: 'senior' })
  expect(run([...events, wentOut('cara', 2)]).one?.progress, 'nobody else’s').toMatchObject({ type: 'seen' })
})

test('[SHIFT-4] what one was asked, and promised, is the receiver’s; nobody calls themselves back', () => {
  const toBen: ConsultEvent = { ...made, to: { type: 'staff', staffId: 'ben' } }
  const waiting = run([toBen, handedOver('ben', cara, 1)])
  expect(waiting.one).toMatchObject({ at: { staffId: 'cara' }, progress: { type: 'waiting', sinceMs: 0 } })
  const promised = run([toBen, seen(ben, 15, 1), handedOver('ben', cara, 2)])
  expect(promised.one?.progress).toMatchObject({ type: 'seen', by: { staffId: 'cara' } })
  const both = bookOf({ neuro: ['ben', 'cara'] })
  const ofDuty = run([made, seen(ben, 15, 1), handedOver('ben', cara, 2)], both)
  expect(ofDuty.one).toMatchObject({ at: { dutyId: 'neuro' }, progress: { by: { staffId: 'cara' } } })
  const own = run([toBen, seen(ben, 15, 1), handedOver('ben', anna, 2)])
  expect(own.one?.progress).toMatchObject({ type: 'waiting', level: 'last' })
})
