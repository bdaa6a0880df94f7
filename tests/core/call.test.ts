import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CallEvent,
  type CallState,
  claimsOf,
  graceMs,
  idle,
  ringOnly,
  step,
} from '../../src/core/call.ts'
import { scaleTimings, standardTimings } from '../../src/core/timings.ts'
import { type EndReason, endReasons } from '../../src/protocol/call.ts'
import {
  acceptedHere,
  acceptedThere,
  allEffects,
  anna,
  answered,
  at,
  cameraDenied,
  cameraOpened,
  cameraTaken,
  dialled,
  dismissed,
  elapsed,
  glared,
  hungUp,
  knocks,
  linkStalled,
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
  ringsThere,
  type Story,
  sent,
  serverEnded,
  signedOut,
  stories,
  storyNames,
  timersOf,
  types,
  viewOf,
} from './call-fixtures.ts'

const timers = ['invite', 'ring', 'knock', 'relink', 'connect', 'reconnect'] as const
const renegotiate = { type: 'renegotiate' } as const

/** Every kind of event, about this call and about another, of this epoch and of others. */
const everyEvent: CallEvent[] = [
  dialled,
  { ...dialled, callId: 'call-3', peer: anna, mode: 'knock' },
  answered,
  refused,
  hungUp,
  signedOut,
  dismissed,
  ...[mine, other].flatMap((callId): CallEvent[] => [
    ...(['caller', 'callee'] as const).flatMap((part) =>
      (['ringing', 'accepted'] as const).flatMap((phase) =>
        [0, 1, 2].flatMap((epoch) => [
          reported({ callId, part, phase, epoch }),
          restored({ callId, part, phase, epoch, mode: 'knock' }),
        ]),
      ),
    ),
    glared({ callId }),
    { type: 'glared', callId: other, call: viewOf({ callId }), policy: ringOnly },
    ...endReasons.map((reason) => serverEnded(reason, 'peer', callId)),
    ...[0, 1, 2].flatMap((epoch): CallEvent[] => [
      { type: 'signalled', callId, epoch, signal: renegotiate },
      { type: 'linkUp', callId, epoch },
      { type: 'linkStalled', callId, epoch },
    ]),
    { type: 'cameraOpened', callId },
    { type: 'cameraFailed', callId, failure: 'denied' },
    { type: 'cameraFailed', callId, failure: 'unavailable' },
    { type: 'verificationFailed', callId },
    ...timers.map((timer) => elapsed(timer, callId)),
  ]),
]

const onCall = (state: CallState) => state.type !== 'idle' && state.type !== 'ended'

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
      [dialled, ringsThere, elapsed('ring')],
    ],
    'privacy-on': [
      [reported({}, curtain)],
      [reported({ mode: 'knock' }, curtain)],
      [dialled, glared({}, curtain)],
    ],
    away: [[reported({}, absent)], [reported({ mode: 'knock' }, absent)]],
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
    'taken-elsewhere': [
      [...ring, serverEnded('taken-elsewhere')],
      [...ring, answered, serverEnded('taken-elsewhere')],
    ],
    'verification-failed': [
      [...stories['connecting as caller'], { type: 'verificationFailed', callId: mine }],
    ],
    overridden: [[...stories['live as callee'], serverEnded('overridden')]],
    'connection-lost': [
      [dialled, elapsed('invite')],
      [...stories['connecting as caller'], elapsed('connect')],
      [...stories['reconnecting as callee'], elapsed('reconnect')],
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
      expect(state.over.length, event.type).toBeGreaterThanOrEqual(before.over.length)
      const isNews = ['reported', 'restored', 'glared', 'linkUp', 'linkStalled'].includes(event.type)
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
              expect(types(next.effects)).toEqual(['log'])
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

describe('[CALL-3] the device decides what an incoming call may do', () => {
  const policies = [true, false].flatMap((knock) =>
    [true, false].flatMap((privacy) =>
      [true, false].flatMap((away) => [true, false].map((audible) => ({ knock, privacy, away, audible }))),
    ),
  )

  test.each(policies)('[CALL-3] a knock under %o (HZ-3)', (policy) => {
    const { state, effects } = play(reported({ mode: 'knock' }, policy))
    if (policy.privacy) expect(state).toMatchObject({ type: 'ended', reason: 'privacy-on' })
    else if (policy.away) expect(state).toMatchObject({ type: 'ended', reason: 'away' })
    else expect(state.type).toBe(policy.knock && policy.audible ? 'knocking' : 'ringing')
    expect(types(effects)).not.toContain('openCamera')
  })

  test.each(policies)('[CALL-3] a ring never becomes a knock under %o', (policy) => {
    expect(play(reported({ mode: 'ring' }, policy)).state.type).toBe(
      policy.privacy || policy.away ? 'ended' : 'ringing',
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

  test('[CALL-4] of all events only dialling, answering, a knock and a caller’s reload open a camera (HZ-2)', () => {
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
    expect([...opening].sort()).toEqual(['answered', 'dialled', 'restored caller', 'timeElapsed knock'])
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

describe('[CALL-5] tracks leave only when both agreed and the server has recorded it', () => {
  test.each([
    ['the caller', [dialled, cameraOpened, ringsThere], [acceptedThere]],
    ['the callee', [rings, answered, cameraOpened], [acceptedHere]],
    ['the caller whose camera is late', [dialled, ringsThere, acceptedThere], [cameraOpened]],
    ['the callee whose camera is late', [rings, answered, acceptedHere], [cameraOpened]],
  ] as const)(
    '[CALL-5] %s attaches with the last of: camera open, answer recorded (HZ-2)',
    (_who, before, last) => {
      expect(types(allEffects(...before))).not.toContain('attach')
      expect(play(...before, ...last).effects).toContainEqual({ type: 'attach', callId: mine, epoch: 1 })
    },
  )

  test('[CALL-5] nothing attaches before the news of the answer, even when pictures already arrive', () => {
    expect(types(allEffects(rings, answered, cameraOpened, linkUp()))).not.toContain('attach')
    expect(types(allEffects(dialled, cameraOpened, ringsThere, linkUp()))).not.toContain('attach')
  })

  test.each([
    ['caller', [dialled, cameraOpened, ringsThere, linkUp()], acceptedThere],
    ['callee', [rings, answered, cameraOpened, linkUp()], acceptedHere],
  ] as const)(
    '[CALL-5] a picture that came before the news of the answer counts when it comes: %s',
    (_who, before, news) => {
      const { state, effects } = play(...before, news)
      expect(state.type).toBe('live')
      expect(types(effects)).toContain('attach')
      expect(types(effects)).toContain('stopTimers')
      expect(play(...before, linkStalled(), news).state.type).toBe('connecting')
    },
  )

  test('[CALL-5] a caller warms its link once its camera is open, a callee at the ring', () => {
    expect(types(allEffects(dialled, ringsThere))).not.toContain('openLink')
    expect(play(dialled, ringsThere, cameraOpened).effects).toEqual([
      { type: 'openLink', callId: mine, epoch: 1, initiator: true },
    ])
    expect(play(dialled, cameraOpened, ringsThere).effects).toContainEqual({
      type: 'openLink',
      callId: mine,
      epoch: 1,
      initiator: true,
    })
    expect(play(rings).effects).toContainEqual({
      type: 'openLink',
      callId: mine,
      epoch: 1,
      initiator: false,
    })
  })

  test('[CALL-5] the callee says again that it accepts until the server has recorded it', () => {
    const { state, effects } = play(rings, answered, elapsed('relink'))
    expect(state).toMatchObject({ type: 'connecting', accepted: false })
    expect(sent(effects)).toEqual([{ type: 'call.accept', callId: mine }])
    expect(timersOf(effects)).toEqual({ relink: standardTimings.relinkMs })
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

describe('[CALL-7] every state that waits has a timer that ends it', () => {
  const bounds: Partial<Record<CallState['type'], [string, number]>> = {
    dialling: ['invite', 5_000],
    calling: ['ring', 35_000],
    ringing: ['ring', 35_000],
    knocking: ['ring', 35_000],
    connecting: ['connect', 15_000],
    reconnecting: ['reconnect', 60_000],
  }

  test.each(storyNames.filter((story) => at(story).type in bounds))('[CALL-7] %s', (story) => {
    const [timer, ms] = bounds[at(story).type] ?? ['', 0]
    const running = new Map<string, number>()
    for (const effect of allEffects(...stories[story])) {
      if (effect.type === 'stopTimers') running.clear()
      if (effect.type === 'startTimer') running.set(effect.timer, effect.ms)
    }
    const expected = story === 'ringing after a reload' ? standardTimings.reconnectMs + graceMs : ms
    expect(running.get(timer)).toBe(expected)
    expect(playFrom(at(story), elapsed(timer as 'ring')).state.type).toBe('ended')
  })

  test('[CALL-7] a timer that elapses late, in another state, ends nothing', () => {
    for (const timer of timers) {
      expect(playFrom(at('live as callee'), elapsed(timer)).state).toEqual(at('live as callee'))
      expect(play(elapsed(timer)).state).toEqual(idle)
      expect(playFrom(at('ended'), elapsed(timer)).state).toEqual(at('ended'))
    }
  })

  test('[CALL-7] an endpoint waits a little longer than the server, whose word decides', () => {
    expect(timersOf(play(reported({ remainingMs: 12_000 })).effects)).toEqual({ ring: 12_000 + graceMs })
  })

  test('[CALL-7] live stops every timer, an end too', () => {
    expect(types(play(...stories['live as caller']).effects)).toContain('stopTimers')
    expect(types(play(...stories['live as caller'], hungUp).effects)).toContain('stopTimers')
  })

  test('[CALL-7] rehearsals may be faster, in the same proportions', () => {
    const fast = scaleTimings(standardTimings, 0.1)
    expect(timersOf(step(idle, dialled, fast).effects)).toEqual({ invite: 500 })
    expect(fast.reconnectMs).toBe(6_000)
  })
})

describe('[CALL-8] a reloaded caller comes back by itself', () => {
  test('[CALL-8] into an answered call: camera, fresh link, connecting', () => {
    const { state, effects } = play(restored({ part: 'caller', phase: 'accepted', epoch: 4 }))
    expect(state).toMatchObject({ type: 'connecting', camera: 'opening', accepted: true })
    expect(effects[0]).toEqual({ type: 'openCamera', callId: mine })
    expect(sent(effects)).toEqual([{ type: 'call.relink', callId: mine, epoch: 4 }])
    expect(timersOf(effects)).toEqual({ connect: 15_000, relink: 5_000 })
  })

  test('[CALL-8] into a call that still rings: it goes on ringing', () => {
    const { state, effects } = play(restored({ part: 'caller', remainingMs: 9_000 }))
    expect(state.type).toBe('calling')
    expect(effects).toContainEqual({ type: 'sound', sound: 'ringback' })
    expect(timersOf(effects)).toEqual({ ring: 9_000 + graceMs })
  })

  test('[CALL-8] only a snapshot brings a caller back, never a report', () => {
    expect(play(reported({ part: 'caller', phase: 'accepted' })).state.type).toBe('idle')
    expect(play(reported({ part: 'caller' })).state.type).toBe('idle')
  })

  test('[CALL-8] the page that was reloaded meets its peer under the next epoch', () => {
    const back = [restored({ part: 'caller', phase: 'accepted' }), cameraOpened]
    const { state, effects } = play(...back, reported({ part: 'caller', phase: 'accepted', epoch: 2 }))
    expect(state).toMatchObject({ type: 'connecting', call: { epoch: 2 } })
    expect(types(effects)).toEqual(['openLink', 'attach'])
    expect(playFrom(state, linkUp(2)).state.type).toBe('live')
  })
})

describe('[CALL-9] a reconnecting page says which call it is in', () => {
  test.each(storyNames)('[CALL-9] %s', (story) => {
    const state = at(story)
    const claim = 'call' in state ? [{ callId: mine, epoch: state.call.epoch }] : []
    expect(claimsOf(state)).toEqual(state.type === 'dialling' ? [{ callId: mine, epoch: 0 }] : claim)
  })

  test('[CALL-9] a snapshot of the very call a page is in disturbs nothing', () => {
    const live = at('live as callee')
    expect(playFrom(live, restored({ phase: 'accepted' }))).toEqual({ state: live, effects: [] })
  })

  test('[CALL-9] an answer given while the caller’s socket was away is followed at once', () => {
    const { state, effects } = play(dialled, cameraOpened, restored({ part: 'caller', phase: 'accepted' }))
    expect(state).toMatchObject({ type: 'connecting', accepted: true })
    expect(types(effects)).toContain('attach')
    expect(effects.filter((effect) => effect.type === 'sound').at(-1)).toEqual({
      type: 'sound',
      sound: 'none',
    })
  })
})

describe('[CALL-10] a reloaded callee is asked again', () => {
  test('[CALL-10] consent does not survive a reload: it rings, no camera opens, not even behind a knock (HZ-2, HZ-3)', () => {
    const { state, effects } = play(restored({ phase: 'accepted', mode: 'knock' }))
    expect(state).toMatchObject({ type: 'ringing', call: { continued: true } })
    expect(types(effects)).not.toContain('openCamera')
    expect(timersOf(effects)).toEqual({ ring: standardTimings.reconnectMs + graceMs })
  })

  test('[CALL-10] its answer asks for a fresh link, its refusal hangs up', () => {
    const again = [restored({ phase: 'accepted', epoch: 2 })]
    expect(sent(play(...again, answered).effects)).toEqual([{ type: 'call.relink', callId: mine, epoch: 2 }])
    expect(play(...again, refused).state).toMatchObject({ reason: 'hung-up' })
  })

  test('[CALL-10] a call that still rings rings again, or knocks again from ten', () => {
    expect(play(restored()).state.type).toBe('ringing')
    expect(timersOf(play(restored({ mode: 'knock' })).effects)).toMatchObject({ knock: 10_000 })
  })

  test('[CALL-10] an answered call that another page took is not taken up from a report', () => {
    expect(play(acceptedHere).state).toEqual(idle)
  })
})

describe('[CALL-11] a silent link: live → reconnecting → live or ended', () => {
  test('[CALL-11] a stall is reconnecting at once (HZ-5), asks for a rebuild after 15 s and ends after 60 s', () => {
    const stalled = playFrom(at('live as caller'), linkStalled())
    expect(stalled.state.type).toBe('reconnecting')
    expect(timersOf(stalled.effects)).toEqual({ reconnect: 60_000, relink: 15_000 })
    const rebuild = playFrom(stalled.state, elapsed('relink'))
    expect(sent(rebuild.effects)).toEqual([{ type: 'call.relink', callId: mine, epoch: 1 }])
    expect(timersOf(rebuild.effects)).toEqual({ relink: 15_000 })
    expect(playFrom(rebuild.state, elapsed('reconnect')).state).toMatchObject({ reason: 'connection-lost' })
  })

  test('[CALL-11] pictures that come back by themselves are live again, and the timers stop', () => {
    const { state, effects } = play(...stories['reconnecting as callee'], linkUp())
    expect(state.type).toBe('live')
    expect(types(effects)).toEqual(['stopTimers'])
  })

  test('[CALL-11] a stall tells nobody: losing pictures is not ending', () => {
    expect(sent(playFrom(at('live as caller'), linkStalled()).effects)).toEqual([])
  })
})

describe('[CALL-12] only the present epoch counts', () => {
  test.each(['live as caller', 'live as callee', 'reconnecting as callee'] satisfies Story[])(
    '[CALL-12] %s: a newer epoch is a fresh link with the same tracks',
    (story) => {
      const part = story === 'live as caller' ? 'caller' : 'callee'
      const { state, effects } = playFrom(at(story), reported({ part, phase: 'accepted', epoch: 2 }))
      expect(state).toMatchObject({ type: 'reconnecting', call: { epoch: 2 } })
      expect(types(effects).slice(0, 2)).toEqual(['openLink', 'attach'])
    },
  )

  test('[CALL-12] while ringing a newer epoch warms a fresh link and attaches nothing', () => {
    const { state, effects } = play(rings, reported({ epoch: 2 }))
    expect(state).toMatchObject({ type: 'ringing', call: { epoch: 2 } })
    expect(types(effects)).toEqual(['openLink'])
  })

  test('[CALL-12] signals, links and reports of another epoch are dropped', () => {
    const live = playFrom(at('live as callee'), reported({ phase: 'accepted', epoch: 2 }), linkUp(2)).state
    const old: CallEvent[] = [
      { type: 'signalled', callId: mine, epoch: 1, signal: renegotiate },
      linkStalled(1),
      linkUp(1),
      reported({ phase: 'accepted', epoch: 1 }),
    ]
    for (const event of old) expect(types(playFrom(live, event).effects)).toEqual(['log'])
    expect(playFrom(live, ...old).state).toEqual(live)
  })

  test('[CALL-12] a signal of the present epoch is passed to the link, as it is', () => {
    const event: CallEvent = { type: 'signalled', callId: mine, epoch: 1, signal: renegotiate }
    expect(playFrom(at('ringing'), event).effects).toEqual([
      { type: 'applySignal', callId: mine, epoch: 1, signal: renegotiate },
    ])
    for (const story of ['idle', 'dialling', 'ended'] satisfies Story[])
      expect(types(playFrom(at(story), event).effects)).toEqual(['log'])
  })

  test('[CALL-12] a picture of the old link does not count for the new one', () => {
    const { state } = play(
      dialled,
      cameraOpened,
      ringsThere,
      linkUp(),
      reported({ part: 'caller', phase: 'accepted', epoch: 2 }),
    )
    expect(state.type).toBe('connecting')
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

describe('[CALL-14] what is heard is what is so', () => {
  const sounds = { calling: 'ringback', ringing: 'ring', knocking: 'knock' } as const

  test.each(storyNames)('[CALL-14] %s (HZ-3, HZ-4)', (story) => {
    const heard = allEffects(...stories[story]).filter((effect) => effect.type === 'sound')
    const { type } = at(story)
    const expected = type in sounds ? sounds[type as keyof typeof sounds] : 'none'
    expect(heard.at(-1)?.sound ?? 'none').toBe(expected)
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
        const running = new Set<string>()
        for (const event of story) {
          if ('call' in event && event.call.phase === 'accepted') accepted.add(event.call.callId)
          const next = step(state, event, standardTimings)
          state = next.state
          for (const effect of next.effects) {
            if (effect.type === 'openCamera') isCameraWanted = true
            if (effect.type === 'releaseMedia') isCameraWanted = false
            if (effect.type === 'attach') expect(accepted).toContain(effect.callId)
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
