import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { step } from '../../src/core/call.ts'
import { type CallEvent, type CallState, idle, isPatient } from '../../src/core/call-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import { type EndReason, endReasons } from '../../src/protocol/call.ts'
import {
  anna,
  answered,
  at,
  bedOne,
  cameraDenied,
  cameraTaken,
  dialled,
  dismissed,
  elapsed,
  everyEvent,
  glared,
  hungUp,
  knocks,
  mine,
  onCall,
  open,
  other,
  play,
  playFrom,
  refused,
  reported,
  restored,
  rings,
  ringsThere,
  sent,
  serverEnded,
  signedOut,
  stillAsked,
  stories,
  storyNames,
  types,
} from './call-fixtures.ts'

describe('[CALL-1] an end is possible in every state, at once, and is told', () => {
  const active = storyNames.filter((story) => onCall(at(story)))

  test.each(active)('[CALL-1] hanging up while %s ends, and the server is told why (HZ-2)', (story) => {
    const { state, effects } = playFrom(at(story), hungUp)
    expect(state.type).toBe('ended')
    expect(types(effects).slice(0, 3)).toEqual(['releaseMedia', 'sound', 'stopTimers'])
    expect(sent(effects)).toMatchObject([{ type: 'call.end', callId: mine }])
  })

  test.each(active)(
    '[CALL-1] the server ends it while %s: camera, link, sound and timers stop (HZ-2)',
    (story) => {
      const { state, effects } = playFrom(at(story), serverEnded('hung-up', 'peer'))
      expect(state).toMatchObject({ type: 'ended', reason: 'hung-up', by: 'peer', callId: mine })
      expect(effects).toEqual([
        { type: 'releaseMedia' },
        { type: 'sound', sound: 'none' },
        { type: 'stopTimers' },
      ])
    },
  )

  test('[CALL-1] an end of another call ends nothing here', () => {
    for (const story of active)
      expect(playFrom(at(story), serverEnded('busy', 'server', other)).state).toEqual(at(story))
  })
})

describe('every end reason is reached', () => {
  const ring: CallEvent[] = [rings]
  const knock: CallEvent[] = [knocks]
  const curtain = { ...open, privacy: true }
  const absent = { ...open, away: true }
  const visited = { ...open, inPerson: true }
  const reasons: Record<EndReason, readonly (readonly CallEvent[])[]> = {
    'hung-up': [
      [...stories['live as caller'], hungUp],
      [...stories['live as callee'], hungUp],
      [...stories['reconnecting as callee'], hungUp],
      [...ring, answered, hungUp],
      [restored({ phase: 'accepted' }), refused],
    ],
    cancelled: [
      [dialled, hungUp],
      [dialled, ringsThere, hungUp],
    ],
    declined: [
      [...ring, refused],
      [...knock, refused],
      [...knock, hungUp],
    ],
    'no-answer': [
      [...ring, elapsed('ring')],
      [...knock, elapsed('ring')],
    ],
    'privacy-on': [
      [reported({}, curtain)],
      [reported({ mode: 'knock' }, curtain)],
      [dialled, glared({}, curtain)],
    ],
    away: [[reported({}, absent)], [reported({ mode: 'knock' }, absent)]],
    'in-person': [[reported({}, visited)], [reported({ mode: 'knock' }, visited)]],
    'device-unready': [
      [dialled, cameraTaken],
      [...ring, answered, cameraTaken],
      [...knock, elapsed('knock'), cameraTaken],
    ],
    'permission-lost': [
      [dialled, ringsThere, cameraDenied],
      [...stories['live as callee'], cameraDenied],
    ],
    busy: [[dialled, serverEnded('busy')]],
    'rung-too-often': [[dialled, serverEnded('rung-too-often')]],
    'taken-elsewhere': [
      [...ring, serverEnded('taken-elsewhere')],
      [...ring, answered, serverEnded('taken-elsewhere')],
    ],
    'verification-failed': [
      [...stories['connecting as caller'], { type: 'verificationFailed', callId: mine }],
    ],
    'table-full': [[dialled, serverEnded('table-full')]],
    overridden: [[...stories['live as callee'], serverEnded('overridden')]],
    'connection-lost': [
      [dialled, elapsed('invite')],
      [dialled, ringsThere, elapsed('ring')],
      [...stories['connecting as caller'], elapsed('connect')],
      [...stories['reconnecting as callee'], elapsed('reconnect')],
    ],
    forgotten: [
      [...stories['live as caller'], elapsed('untouched'), elapsed('unanswered')],
      [...stories['live as callee'], stillAsked, elapsed('unanswered')],
    ],
    left: [
      [...stories['live as caller'], signedOut],
      [dialled, signedOut],
    ],
  }

  test.each(endReasons)('[CALL-1] %s', (reason) => {
    for (const story of reasons[reason]) {
      const { state, effects } = play(...story)
      expect(state).toMatchObject({ type: 'ended', reason })
      expect(types(effects)).toContain('releaseMedia')
      expect(effects).toContainEqual({ type: 'sound', sound: 'none' })
    }
  })
})

describe('[CALL-2] what is repeated, late or foreign changes nothing', () => {
  test.each(storyNames)('[CALL-2] every event has an answer while %s', (story) => {
    const before = at(story)
    for (const event of everyEvent) {
      const { state, effects } = step(before, event, standardTimings)
      // What is taken back is over no more (CALL-19).
      const least = event.type === 'taken' ? 0 : before.over.length
      expect(state.over.length, event.type).toBeGreaterThanOrEqual(least)
      const isNews = ['reported', 'restored', 'glared', 'linkUp', 'linkStalled', 'touched'].includes(
        event.type,
      )
      if (state === before && !isNews) expect(effects.length, event.type).toBeGreaterThan(0)
    }
  })

  test.each(storyNames)('[CALL-2] the same news twice is the same as once while %s', (story) => {
    for (const event of everyEvent) {
      if (!['reported', 'glared', 'serverEnded'].includes(event.type)) continue
      const once = playFrom(at(story), event)
      const twice = step(once.state, event, standardTimings)
      expect(twice.state, JSON.stringify(event)).toEqual(once.state)
      expect(types(twice.effects).filter((type) => type !== 'log')).toEqual([])
    }
  })

  test('[CALL-2] an event that does not belong to a state is logged and leaves it as it is', () => {
    const live = at('live as caller')
    expect(step(live, answered, standardTimings)).toEqual({
      state: live,
      effects: [{ type: 'log', ignored: 'answered', in: 'live' }],
    })
  })

  test.each([
    ['declined', [rings, refused]],
    ['hung up', [...stories['live as caller'], hungUp]],
    ['ended by the peer', [...stories['live as callee'], serverEnded('hung-up', 'peer')]],
    ['lost to glare', [dialled, glared()]],
  ] as const)(
    '[CALL-2] a call that was %s never comes back, whatever is reported later (HZ-2)',
    (_how, story) => {
      const moved = [...story, dismissed, { ...dialled, callId: 'call-9' }, hungUp, dismissed]
      const gone = [play(...story), play(...story, dismissed), play(...moved)].map(({ state }) => state)
      for (const state of gone) {
        for (const part of ['caller', 'callee'] as const) {
          for (const phase of ['ringing', 'accepted'] as const) {
            for (const late of [
              reported({ part, phase, epoch: 7 }),
              restored({ part, phase, epoch: 7, mode: 'knock' }),
            ]) {
              const next = step(state, late, standardTimings)
              expect(next.state).toEqual(state)
              const again = {
                type: 'call.end',
                callId: 'call' in late ? late.call.callId : '',
                reason: 'left',
              }
              if (late.type === 'reported') expect(types(next.effects)).toEqual(['log'])
              else expect(next.effects).toEqual([{ type: 'send', message: again }])
            }
          }
        }
      }
    },
  )

  test('[CALL-2] a glare with a call I am done with is a busy one (HZ-2)', () => {
    const { state } = play(reported({ callId: other }), refused, dialled, glared())
    expect(state).toMatchObject({ type: 'ended', callId: mine, reason: 'busy' })
  })

  test('[CALL-2] a page remembers the last 64 calls it is done with', () => {
    let state: CallState = idle
    for (let call = 0; call < 100; call += 1) {
      state = playFrom(state, { ...dialled, callId: `call-${call}` }, hungUp).state
    }
    expect(state.over).toHaveLength(64)
    expect(state.over.at(-1)).toBe('call-99')
  })

  test('[CALL-2] nothing but the person dials: while in a call, dialling is ignored', () => {
    for (const story of storyNames.filter((name) => onCall(at(name)))) {
      expect(playFrom(at(story), { ...dialled, callId: other }).state).toEqual(at(story))
    }
  })
})

describe('whatever happens, in any order', () => {
  const bounded: Record<string, string> = {
    dialling: 'invite',
    calling: 'ring',
    ringing: 'ring',
    knocking: 'ring',
    connecting: 'connect',
    reconnecting: 'reconnect',
  }

  test('[CALL-1] [CALL-4] [CALL-5] [CALL-7] [CALL-14] camera, tracks, timers and sound follow the state (HZ-2)', () => {
    const events = fc.array(fc.constantFrom(...everyEvent), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(events, (story) => {
        let state: CallState = idle
        let isCameraWanted = false
        let sound = 'none'
        const accepted = new Set<string>()
        const consented = new Set<string>()
        const running = new Set<string>()
        for (const event of story) {
          if ('call' in event && event.call.phase === 'accepted') accepted.add(event.call.callId)
          const next = step(state, event, standardTimings)
          state = next.state
          const isCaller = 'call' in state && state.call.part === 'caller'
          for (const effect of next.effects) {
            if (effect.type === 'openCamera') {
              isCameraWanted = true
              consented.add(effect.callId)
            }
            if (effect.type === 'releaseMedia') isCameraWanted = false
            if (effect.type === 'present') expect(accepted).toContain(effect.callId)
            if (effect.type === 'attach') {
              expect(consented).toContain(effect.callId)
              if (isCaller && effect.tracks === 'all') expect(accepted).toContain(effect.callId)
            }
            if (effect.type === 'sound') sound = effect.sound
            if (effect.type === 'startTimer') running.add(effect.timer)
            if (effect.type === 'stopTimers') running.clear()
          }
          expect(isCameraWanted).toBe('camera' in state)
          expect(sound).toBe(
            { calling: 'ringback', ringing: 'ring', knocking: 'knock' }[state.type as string] ?? 'none',
          )
          const bound = bounded[state.type]
          if (bound) expect(running).toContain(bound)
          if (!onCall(state)) expect(running.size).toBe(0)
        }
      }),
      { seed: 20_261_122, numRuns: 3_000 },
    )
  })
})

describe('[VISIT-4] whoever has a visit is rung as a bed is', () => {
  const kaarina = { type: 'guest', guestId: 'v1', name: 'Kaarina Lahti', kind: 'visitor' } as const
  const ringing = play({ ...dialled, peer: kaarina, stay: null })

  test('[VISIT-4] the invitation names the visit, and no bed and no stay', () => {
    expect(sent(ringing.effects)).toEqual([
      {
        type: 'call.invite',
        callId: mine,
        to: { type: 'visitor', visitId: 'v1' },
        mode: 'ring',
        stay: null,
        expiresAtMs: dialled.expiresAtMs,
      },
    ])
    expect(ringing.state).toMatchObject({ type: 'dialling', peer: kaarina })
  })

  test('[VISIT-4] the camera here opens as for any ring, and every end stops it (HZ-2)', () => {
    expect(types(ringing.effects)).toContain('openCamera')
    const rung = playFrom(ringing.state, reported({ part: 'caller', peer: kaarina, stay: null }))
    expect(rung.state).toMatchObject({ type: 'calling', call: { peer: kaarina } })
    expect(types(playFrom(rung.state, serverEnded('no-answer', 'server')).effects)).toContain('releaseMedia')
  })

  test('[VISIT-4] a patient is whoever lies in a bed or has a visit, and no other guest', () => {
    expect([bedOne, kaarina, anna, { ...kaarina, kind: 'family' } as const].map(isPatient)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
