import { describe, expect, test } from 'vitest'
import type { CallEvent, CallState } from '../../src/core/call-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import {
  acceptedHere,
  acceptedThere,
  allEffects,
  anna,
  answered,
  at,
  cameraOpened,
  dialled,
  elapsed,
  knocks,
  linkStalled,
  linkUp,
  mine,
  play,
  playFrom,
  renegotiate,
  reported,
  restored,
  rings,
  ringsAtColleague,
  ringsThere,
  type Story,
  sent,
  serverEnded,
  stories,
  timersOf,
  types,
} from './call-fixtures.ts'

const all = { type: 'attach', callId: mine, epoch: 1, tracks: 'all' } as const
const picture = { ...all, tracks: 'picture' } as const
const present = { type: 'present', callId: mine } as const
const attached = (...events: readonly CallEvent[]) =>
  allEffects(...events).flatMap((effect) => (effect.type === 'attach' ? [effect.tracks] : []))

describe('[CALL-5] nothing of a peer is seen or heard before both agreed and the server has recorded it', () => {
  test.each([
    ['the caller', [dialled, cameraOpened, ringsThere], acceptedThere],
    ['the caller whose camera is late', [dialled, ringsThere, acceptedThere], cameraOpened],
  ] as const)(
    '[CALL-5] the sound of %s leaves with the last of: camera open, answer recorded',
    (_who, before, last) => {
      expect(attached(...before)).not.toContain('all')
      expect(play(...before, last).effects).toContainEqual(all)
    },
  )

  test.each([
    ['before its camera', [dialled, ringsThere], cameraOpened],
    ['after its camera', [dialled, cameraOpened], ringsThere],
    ['again after its reload', [restored({ part: 'caller' })], cameraOpened],
  ] as const)(
    '[CALL-5] a caller’s picture leaves, without sound, once it rings at the bed: %s',
    (_when, before, last) => {
      expect(attached(...before)).toEqual([])
      const { state, effects } = play(...before, last)
      expect(state.type).toBe('calling')
      expect(effects.filter(({ type }) => type === 'attach')).toEqual([picture])
      expect(types(effects).indexOf('openLink')).toBeLessThan(types(effects).indexOf('attach'))
    },
  )

  test('[CALL-5] of a caller that rings at a colleague nothing leaves: any of their screens may hold the link', () => {
    const calling: CallEvent[] = [{ ...dialled, peer: anna }, cameraOpened, ringsAtColleague]
    expect(types(allEffects(...calling))).toContain('openLink')
    expect(attached(...calling)).toEqual([])
  })

  test.each([
    ['rings', [rings, linkUp()]],
    ['knocks', [knocks, linkUp()]],
    ['rings anew', [rings, linkUp(), reported({ epoch: 2 }), linkUp(2)]],
  ] as const)(
    '[CALL-5] of a callee nothing leaves and nothing is shown while it %s, whatever arrives (HZ-2)',
    (_how, story) => {
      const { state } = play(...story)
      expect(['ringing', 'knocking']).toContain(state.type)
      for (const effect of ['attach', 'present', 'openCamera'] as const)
        expect(types(allEffects(...story))).not.toContain(effect)
    },
  )

  test('[CALL-5] a callee’s tracks leave on its own consent, when its camera is open; nobody is shown yet', () => {
    for (const story of [[rings], [knocks], [rings, linkUp()]] as const) {
      const consents = story[0] === knocks ? elapsed('knock') : answered
      expect(attached(...story, consents)).toEqual([])
      const { state, effects } = play(...story, consents, cameraOpened)
      expect(state).toMatchObject({ type: 'connecting', accepted: false })
      expect(effects).toEqual([all])
      expect(types(allEffects(...story, consents, cameraOpened))).not.toContain('present')
    }
  })

  test('[CALL-5] nobody is shown before the news of the answer, even when pictures already arrive', () => {
    for (const story of [
      [rings, linkUp(), answered, cameraOpened],
      [rings, answered, cameraOpened, linkUp()],
      [dialled, cameraOpened, ringsThere, linkUp()],
    ])
      expect(types(allEffects(...story))).not.toContain('present')
    expect(play(rings, linkUp(), answered, acceptedHere).effects).toContainEqual(present)
    expect(play(dialled, cameraOpened, ringsThere, acceptedThere).effects).toContainEqual(present)
  })

  test('[CALL-5] an answer that turns out to be refused shows nobody and releases everything (HZ-2)', () => {
    for (const reason of ['taken-elsewhere', 'cancelled', 'no-answer'] as const) {
      const story: CallEvent[] = [rings, linkUp(), answered, cameraOpened, serverEnded(reason)]
      expect(types(play(...story).effects)).toContain('releaseMedia')
      expect(types(allEffects(...story))).not.toContain('present')
    }
  })

  test('[CALL-8] [CALL-10] after a reload the recorded answer stands: back by itself, or once asked again, it is shown', () => {
    expect(play(restored({ part: 'caller', phase: 'accepted' })).effects).toContainEqual(present)
    expect(types(play(restored({ phase: 'accepted' })).effects)).not.toContain('present')
    expect(play(restored({ phase: 'accepted' }), answered).effects).toContainEqual(present)
  })

  test.each([
    ['caller', [dialled, cameraOpened, ringsThere, linkUp()], acceptedThere],
    ['callee', [rings, answered, cameraOpened, linkUp()], acceptedHere],
    ['callee whose picture came while it rang', [rings, linkUp(), answered, cameraOpened], acceptedHere],
    ['callee whose picture came while it knocked', [knocks, linkUp(), elapsed('knock')], acceptedHere],
  ] as const)(
    '[CALL-5] a picture that came before the news of the answer counts when it comes: %s',
    (_who, before, news) => {
      const { state, effects } = play(...before, news)
      expect(state.type).toBe('live')
      expect(types(effects)).toContain('present')
      expect(types(effects)).toContain('stopTimers')
      expect(play(...before, linkStalled(), news).state.type).toBe('connecting')
    },
  )

  test('[CALL-5] a picture that came while it rang and stopped before *Answer* does not count', () => {
    expect(play(rings, linkUp(), linkStalled(), answered, acceptedHere).state.type).toBe('connecting')
    expect(play(rings, linkUp(), reported({ epoch: 2 }), answered).state).toMatchObject({ picture: 'none' })
  })

  test('[CALL-5] a caller warms its link once its camera is open, a callee at the ring', () => {
    expect(types(allEffects(dialled, ringsThere))).not.toContain('openLink')
    expect(play(dialled, ringsThere, cameraOpened).effects).toEqual([
      { type: 'openLink', callId: mine, epoch: 1, initiator: true },
      picture,
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

describe('[CALL-11] a silent link: live → reconnecting → live or ended', () => {
  test('[CALL-11] a stall is reconnecting at once (HZ-5), asks for a rebuild after 15 s and ends after 60 s', () => {
    const stalled = playFrom(at('live as caller'), linkStalled())
    expect(stalled.state.type).toBe('reconnecting')
    expect(timersOf(stalled.effects)).toEqual({ reconnect: 60_000, relink: 15_000, restart: 1_000 })
    const rebuild = playFrom(stalled.state, elapsed('relink'))
    expect(sent(rebuild.effects)).toEqual([{ type: 'call.relink', callId: mine, epoch: 1 }])
    expect(timersOf(rebuild.effects)).toEqual({ relink: 15_000 })
    expect(playFrom(rebuild.state, elapsed('reconnect')).state).toMatchObject({ reason: 'connection-lost' })
  })

  test('[CALL-11] pictures that come back by themselves are live again, and the timers stop', () => {
    const { state, effects } = play(...stories['reconnecting as callee'], linkUp())
    expect(state.type).toBe('live')
    expect(effects).toEqual(['reconnect', 'relink', 'restart'].map((timer) => ({ type: 'stopTimer', timer })))
  })

  test.each([
    ['the same link', 1],
    ['a newer one, whose offer nobody kept', 3],
  ])('[CALL-11] a new session while it is silent asks for a fresh link at once: %s', (_link, epoch) => {
    const { state, effects } = playFrom(at('reconnecting as callee'), restored({ phase: 'accepted', epoch }))
    expect(state.type).toBe('reconnecting')
    expect(sent(effects)).toEqual([{ type: 'call.relink', callId: mine, epoch }])
    expect(sent(playFrom(at('live as callee'), restored({ phase: 'accepted' })).effects)).toEqual([])
  })

  test('[CALL-11] a stall tells nobody: losing pictures is not ending', () => {
    expect(sent(playFrom(at('live as caller'), linkStalled()).effects)).toEqual([])
  })
})

describe('[CALL-18] a silent link looks for another way', () => {
  const search = { type: 'restartLink', callId: mine, epoch: 1 } as const
  const changed = (what: 'network' | 'server' | 'seen') => ({ type: 'wayChanged', what }) as const
  /** When, after the stall, a way is looked for, by the timers alone. */
  function searches(state: CallState): number[] {
    const first = playFrom(state, linkStalled())
    const atMs = [0]
    let now = first
    expect(now.effects).toContainEqual(search)
    for (;;) {
      const { restart } = timersOf(now.effects) as { restart?: number }
      if (restart === undefined) return atMs
      atMs.push((atMs.at(-1) ?? 0) + restart)
      now = playFrom(now.state, elapsed('restart'))
      expect(now.effects).toContainEqual(search)
    }
  }

  test.each(['live as caller', 'live as callee'] satisfies Story[])(
    '[CALL-18] %s: at once, and 1, 2, 4 and 8 s after the stall',
    (story) => {
      expect(searches(at(story))).toEqual([0, 1_000, 2_000, 4_000, 8_000])
    },
  )

  test.each(['network', 'server', 'seen'] as const)('[CALL-18] silent, it begins anew: %s', (what) => {
    let { state } = playFrom(at('live as caller'), linkStalled())
    for (let done = 0; done < 4; done += 1) state = playFrom(state, elapsed('restart')).state
    const again = playFrom(state, changed(what))
    expect(again.effects).toContainEqual(search)
    expect(timersOf(again.effects)).toEqual({ restart: 1_000 })
  })

  test('[CALL-18] live, only another network makes it look, and the call stays live', () => {
    const live = at('live as callee')
    expect(playFrom(live, changed('network'))).toMatchObject({ state: live, effects: [search] })
    for (const what of ['server', 'seen'] as const)
      expect(playFrom(live, changed(what)).effects.map(({ type }) => type)).toEqual(['log'])
  })

  test('[CALL-18] a fresh link makes its own way: nothing is looked for until something changes', () => {
    const { state } = playFrom(at('live as caller'), linkStalled())
    const fresh = playFrom(state, reported({ part: 'caller', phase: 'accepted', epoch: 2 }))
    expect(fresh.effects).toContainEqual({ type: 'stopTimer', timer: 'restart' })
    expect(timersOf(playFrom(fresh.state, elapsed('restart')).effects)).toEqual({})
    const again = playFrom(fresh.state, changed('network'))
    expect(again.effects).toContainEqual({ ...search, epoch: 2 })
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

  test('[CALL-12] a caller that rings sends its picture on the newer link too, and no sound', () => {
    const { effects } = play(dialled, cameraOpened, ringsThere, reported({ part: 'caller', epoch: 2 }))
    expect(effects).toEqual([
      { type: 'openLink', callId: mine, epoch: 2, initiator: true },
      { ...picture, epoch: 2 },
    ])
  })

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
