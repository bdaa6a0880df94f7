import { describe, expect, test } from 'vitest'
import { step } from '../../src/core/call.ts'
import { type CallEvent, graceMs, ringOnly } from '../../src/core/call-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import {
  acceptedHere,
  allEffects,
  anna,
  answered,
  at,
  cameraDenied,
  cameraOpened,
  cameraTaken,
  curtainDrawn,
  dialled,
  dismissed,
  elapsed,
  everyEvent,
  glared,
  hungUp,
  knocks,
  linkUp,
  mine,
  open,
  other,
  play,
  playFrom,
  refused,
  reported,
  restored,
  rings,
  sent,
  storyNames,
  timersOf,
  types,
} from './call-fixtures.ts'

describe('[CALL-15] a tablet rings for its own patient only', () => {
  const policy = { ...open, stay: 4 }

  test.each(['ring', 'knock'] as const)(
    '[CALL-15] a %s for another stay ends at the door, unheard (HZ-1)',
    (mode) => {
      for (const stay of [3, 5, null]) {
        const { state, effects } = play(reported({ mode, stay }, policy))
        expect(state).toMatchObject({ type: 'ended', reason: 'left', by: 'server' })
        expect(effects).toContainEqual({
          type: 'send',
          message: { type: 'call.end', callId: 'call-1', reason: 'left' },
        })
        expect(effects).not.toContainEqual({ type: 'sound', sound: mode })
        expect(types(effects)).not.toContain('openLink')
      }
    },
  )

  test('[CALL-15] its own patient’s call rings; one that a reload continues is asked about the same way (HZ-6)', () => {
    expect(play(reported({ stay: 4 }, policy)).state.type).toBe('ringing')
    expect(play(restored({ stay: 3, phase: 'accepted' }, policy)).state.type).toBe('ended')
  })
})

describe('[CALL-3] the device decides what an incoming call may do', () => {
  const policies = [true, false].flatMap((knock) =>
    [true, false].flatMap((privacy) =>
      [true, false].flatMap((away) =>
        [true, false].flatMap((audible) =>
          [true, false].map((inPerson) => ({
            knock,
            overriddenKnock: true,
            privacy,
            away,
            inPerson,
            audible,
            stay: null,
          })),
        ),
      ),
    ),
  )

  test.each(policies)('[CALL-3] a knock under %o (HZ-3)', (policy) => {
    const { state, effects } = play(reported({ mode: 'knock' }, policy))
    if (policy.privacy) expect(state).toMatchObject({ type: 'ended', reason: 'privacy-on' })
    else if (policy.away) expect(state).toMatchObject({ type: 'ended', reason: 'away' })
    else if (policy.inPerson) expect(state).toMatchObject({ type: 'ended', reason: 'in-person' })
    else expect(state.type).toBe(policy.knock && policy.audible ? 'knocking' : 'ringing')
    expect(types(effects)).not.toContain('openCamera')
  })

  test.each(policies)('[CALL-3] a ring never becomes a knock under %o', (policy) => {
    expect(play(reported({ mode: 'ring' }, policy)).state.type).toBe(
      policy.privacy || policy.away || policy.inPerson ? 'ended' : 'ringing',
    )
  })

  test('[CALL-3] a knock nobody can hear is a ring (HZ-3)', () => {
    const { effects } = play(reported({ mode: 'knock' }, { ...open, audible: false }))
    expect(effects).toContainEqual({ type: 'sound', sound: 'ring' })
    expect(timersOf(effects)).not.toHaveProperty('knock')
  })

  test('[CALL-3] a station is never knocked at', () => {
    expect(play(reported({ mode: 'knock' }, ringOnly)).state.type).toBe('ringing')
  })

  test('[CALL-3] a drawn curtain sounds nothing and warms nothing, and says why (HZ-3)', () => {
    const { effects } = play(reported({}, { ...open, privacy: true }))
    expect(types(effects)).not.toContain('openLink')
    expect(sent(effects)).toEqual([{ type: 'call.end', callId: mine, reason: 'privacy-on' }])
  })

  test('[CALL-3] behind a curtain not even a call that is said to go on rings (HZ-3)', () => {
    const { state, effects } = play(restored({ phase: 'accepted' }, { ...open, privacy: true }))
    expect(state).toMatchObject({ type: 'ended', reason: 'privacy-on' })
    expect(types(effects)).not.toContain('openLink')
  })

  test.each(['ring', 'knock'] as const)(
    '[CALL-3] [PRIV-6] an override comes through a curtain as a ring, whatever it says it is: a %s (HZ-3)',
    (mode) => {
      const override = { over: 'privacy', why: 'worried', words: 'no answer at the door' } as const
      const { state, effects } = play(reported({ mode, override }, { ...open, privacy: true }))
      expect(state).toMatchObject({ type: 'ringing', call: { override } })
      expect(effects).toContainEqual({ type: 'sound', sound: 'ring' })
      expect(timersOf(effects)).not.toHaveProperty('knock')
      expect(types(effects)).not.toContain('openCamera')
      const away = play(reported({ mode, override }, { ...open, away: true }))
      expect(away.state).toMatchObject({ type: 'ended', reason: 'away' })
      expect(playFrom(state, refused).state).toMatchObject({ type: 'ended', reason: 'declined' })
    },
  )

  test('[CALL-3] [ADMIT-13] an override of quiet hours knocks only where that is allowed, counts down, and opens no curtain (HZ-3)', () => {
    const override = { over: 'quiet', why: 'worried', words: 'she does not answer me' } as const
    const comes = (mode: 'ring' | 'knock', policy = {}) =>
      play(reported({ mode, override }, { ...open, knock: false, ...policy }))
    const knocking = comes('knock')
    expect(knocking.state).toMatchObject({ type: 'knocking', call: { override } })
    expect(timersOf(knocking.effects)).toHaveProperty('knock')
    expect(types(knocking.effects)).not.toContain('openCamera')
    expect(playFrom(knocking.state, refused).state).toMatchObject({ type: 'ended', reason: 'declined' })
    expect(comes('ring').state.type).toBe('ringing')
    expect(comes('knock', { overriddenKnock: false }).state.type).toBe('ringing')
    expect(comes('knock', { audible: false }).state.type).toBe('ringing')
    for (const mode of ['ring', 'knock'] as const) {
      const behind = comes(mode, { privacy: true })
      expect(behind.state).toMatchObject({ type: 'ended', reason: 'privacy-on' })
      expect(behind.effects).not.toContainEqual({ type: 'sound', sound: 'ring' })
      expect(comes(mode, { inPerson: true }).state).toMatchObject({ type: 'ended', reason: 'in-person' })
    }
  })

  test.each([
    ['rings', rings],
    ['knocks', knocks],
  ] as const)(
    '[CALL-3] a curtain drawn while it %s ends it as privacy-on, without a camera (HZ-2)',
    (_how, comes) => {
      const { state, effects } = play(comes, curtainDrawn, elapsed('knock'), answered)
      expect(state).toMatchObject({ type: 'ended', reason: 'privacy-on', by: 'me' })
      expect(types(allEffects(comes, curtainDrawn, elapsed('knock'), answered))).not.toContain('openCamera')
      expect(types(effects)).toEqual(['log'])
      expect(sent(allEffects(comes, curtainDrawn)).at(-1)).toEqual({
        type: 'call.end',
        callId: mine,
        reason: 'privacy-on',
      })
    },
  )

  test('[PRIV-1] drawn at rest it stops whatever is open; in a call it changes nothing (HZ-2)', () => {
    expect(types(play(curtainDrawn).effects)).toEqual(['releaseMedia'])
    const live = play(rings, answered, cameraOpened, acceptedHere, linkUp())
    const next = playFrom(live.state, curtainDrawn)
    expect(next.state).toBe(live.state)
    expect(types(next.effects)).toEqual(['log'])
  })

  test('[CALL-3] a knock is heard, counts down ten seconds, and only then answers', () => {
    const knocking = play(knocks)
    expect(knocking.effects).toContainEqual({ type: 'sound', sound: 'knock' })
    expect(timersOf(knocking.effects)).toEqual({ knock: 10_000, ring: 30_000 + graceMs })
    const done = playFrom(knocking.state, elapsed('knock'))
    expect(done.state.type).toBe('connecting')
    expect(types(done.effects)).toContain('openCamera')
  })

  test('[CALL-3] declined at the last moment: the countdown that ends just then opens nothing (HZ-3)', () => {
    const { state, effects } = play(knocks, refused, elapsed('knock'))
    expect(state).toMatchObject({ type: 'ended', reason: 'declined', by: 'me' })
    expect(types(effects)).toEqual(['log'])
  })

  test('[CALL-3] the countdown of another call opens nothing', () => {
    expect(play(knocks, elapsed('knock', other)).state.type).toBe('knocking')
  })

  test('[CALL-3] a knock may be answered at once', () => {
    expect(play(knocks, answered).state.type).toBe('connecting')
  })
})

describe('[CALL-4] consent is the one place where a callee’s camera starts', () => {
  test('[CALL-4] ringing and knocking open no camera; answering does, and tells the server', () => {
    expect(types(allEffects(rings))).not.toContain('openCamera')
    expect(types(allEffects(knocks))).not.toContain('openCamera')
    const { effects } = play(rings, answered)
    expect(types(effects)).toContain('openCamera')
    expect(sent(effects)).toEqual([{ type: 'call.accept', callId: mine }])
  })

  test('[CALL-4] of all events only dialling, answering, taking over, a knock and a caller’s reload open a camera (HZ-2)', () => {
    const opening = new Set<string>()
    for (const story of storyNames) {
      for (const event of everyEvent) {
        const { effects } = step(at(story), event, standardTimings)
        if (!types(effects).includes('openCamera')) continue
        const part = event.type === 'restored' ? ` ${event.call.part}` : ''
        const timer = event.type === 'timeElapsed' ? ` ${event.timer}` : ''
        opening.add(`${event.type}${part}${timer}`)
      }
    }
    expect([...opening].sort()).toEqual([
      'answered',
      'dialled',
      'restored caller',
      'taken',
      'timeElapsed knock',
    ])
  })

  test.each([
    ['idle', []],
    ['ended', [dialled, hungUp]],
  ] as const)('[CALL-4] a camera that opens late, when %s, is stopped at once (HZ-2)', (_state, story) => {
    expect(types(play(...story, cameraOpened).effects)).toEqual(['releaseMedia', 'log'])
  })

  test('[CALL-4] a late camera of an old call is stopped while another rings, which gets a fresh link (HZ-2)', () => {
    const { state, effects } = play(dialled, hungUp, reported({ callId: other, epoch: 3 }), cameraOpened)
    expect(state.type).toBe('ringing')
    expect(types(effects)).toEqual(['releaseMedia', 'send', 'log'])
    expect(sent(effects)).toEqual([{ type: 'call.relink', callId: other, epoch: 3 }])
  })

  test('[CALL-4] a late camera of an old call does not stop the one that the present call uses', () => {
    const { state, effects } = playFrom(at('live as caller'), { type: 'cameraOpened', callId: other })
    expect(state).toEqual(at('live as caller'))
    expect(types(effects)).toEqual(['log'])
  })

  test('[CALL-4] a second answer, and a refusal after the answer, change nothing', () => {
    const connecting = play(rings, answered).state
    expect(playFrom(connecting, answered).state).toEqual(connecting)
    expect(playFrom(connecting, refused).state).toEqual(connecting)
  })
})

describe('[CALL-6] two who ring each other have one call', () => {
  test('[CALL-6] my attempt ends without a word, camera and timers stop, the other’s rings here', () => {
    const { state, effects } = play(dialled, cameraOpened, glared())
    expect(state).toMatchObject({ type: 'ringing', call: { callId: other, peer: anna } })
    expect(types(effects)).toEqual(['releaseMedia', 'stopTimers', 'openLink', 'sound', 'startTimer'])
    expect(sent(effects)).toEqual([])
  })

  test('[CALL-6] the other’s call obeys this device’s policy (HZ-3)', () => {
    expect(play(dialled, glared({ mode: 'knock' })).state.type).toBe('knocking')
    expect(play(dialled, glared({}, { ...open, away: true })).state).toMatchObject({ reason: 'away' })
  })

  test('[CALL-6] a glare that comes after I gave up rings all the same (HZ-4)', () => {
    expect(play(dialled, hungUp, glared()).state).toMatchObject({ type: 'ringing', call: { callId: other } })
    expect(play(dialled, hungUp, dismissed, glared()).state.type).toBe('ringing')
  })

  test('[CALL-6] a glare about another attempt, or once in a call, changes nothing', () => {
    expect(playFrom(at('live as caller'), glared()).state).toEqual(at('live as caller'))
    const attempt = play({ ...dialled, callId: 'call-3' }).state
    expect(playFrom(attempt, glared()).state).toEqual(attempt)
  })
})

describe('[CALL-13] a camera that fails ends the call, and says which way', () => {
  const withCamera = storyNames.filter((story) => 'camera' in at(story))

  test.each(withCamera)(
    '[CALL-13] %s: denied is permission-lost, unavailable is device-unready (HZ-11)',
    (story) => {
      expect(playFrom(at(story), cameraDenied).state).toMatchObject({
        type: 'ended',
        reason: 'permission-lost',
      })
      const { state, effects } = playFrom(at(story), cameraTaken)
      expect(state).toMatchObject({ type: 'ended', reason: 'device-unready' })
      expect(sent(effects)).toEqual([{ type: 'call.end', callId: mine, reason: 'device-unready' }])
    },
  )

  test('[CALL-13] the failure of another call’s camera, or one without a camera, ends nothing', () => {
    for (const story of storyNames) {
      const failure: CallEvent = { type: 'cameraFailed', callId: other, failure: 'denied' }
      expect(playFrom(at(story), failure).state).toEqual(at(story))
    }
    expect(play(rings, cameraDenied).state.type).toBe('ringing')
  })
})
