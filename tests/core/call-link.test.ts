import { describe, expect, test } from 'vitest'
import type { CallEvent } from '../../src/core/call.ts'
import { standardTimings } from '../../src/core/timings.ts'
import {
  acceptedHere,
  acceptedThere,
  allEffects,
  answered,
  at,
  cameraOpened,
  dialled,
  elapsed,
  linkStalled,
  linkUp,
  mine,
  play,
  playFrom,
  renegotiate,
  reported,
  rings,
  ringsThere,
  type Story,
  sent,
  stories,
  timersOf,
  types,
} from './call-fixtures.ts'

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
