import { describe, expect, test } from 'vitest'
import { type CallEvent, claimsOf, graceMs, idle } from '../../src/core/call-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import {
  acceptedHere,
  answered,
  at,
  cameraOpened,
  dialled,
  linkUp,
  mine,
  play,
  playFrom,
  refused,
  reported,
  restored,
  sent,
  storyNames,
  timersOf,
  types,
  viewOf,
} from './call-fixtures.ts'

describe('[CALL-8] a reloaded caller comes back by itself', () => {
  test('[CALL-8] into an answered call: camera, fresh link, connecting', () => {
    const { state, effects } = play(restored({ part: 'caller', phase: 'accepted', epoch: 4 }))
    expect(state).toMatchObject({ type: 'connecting', camera: 'opening', accepted: true })
    expect(effects[0]).toEqual({ type: 'openCamera', callId: mine })
    expect(sent(effects)).toEqual([{ type: 'call.relink', callId: mine, epoch: 4 }])
    // As long as the other page, which may be gone, too, asks its person.
    expect(timersOf(effects)).toEqual({ connect: 60_000, relink: 5_000 })
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
    expect(types(effects)).toEqual(['openLink', 'attach', 'startTimer'])
    expect(playFrom(state, linkUp(2)).state.type).toBe('live')
  })
})

describe('[CALL-19] a call is taken over from another screen of the same person', () => {
  const takes = (part: 'caller' | 'callee'): CallEvent => ({
    type: 'taken',
    call: viewOf({ part, phase: 'accepted', epoch: 3 }),
  })

  test('[CALL-19] its camera opens, and the call is connecting; the one that was called makes its link at once', () => {
    const there = play(takes('caller'))
    expect(there.state).toMatchObject({ type: 'connecting', camera: 'opening', accepted: true })
    expect(types(there.effects)).toEqual(['openCamera', 'present', 'startTimer', 'startTimer'])
    expect(sent(there.effects)).toEqual([])
    expect(types(play(takes('callee')).effects)).toContain('openLink')
    const open = playFrom(there.state, cameraOpened)
    expect(types(open.effects)).toEqual(['openLink', 'attach'])
    expect(playFrom(open.state, linkUp(3)).state.type).toBe('live')
  })

  test('[CALL-19] a screen that has lost it and takes it back hears of it again', () => {
    const lost = play(takes('caller'), {
      type: 'serverEnded',
      callId: mine,
      reason: 'taken-elsewhere',
      by: 'me',
    }).state
    expect(lost.over).toContain(mine)
    const back = playFrom(lost, takes('caller')).state
    expect(back).toMatchObject({ type: 'connecting', over: [] })
    const next = playFrom(back, reported({ part: 'caller', phase: 'accepted', epoch: 4 })).state
    expect(next).toMatchObject({ call: { epoch: 4 } })
  })

  test('[CALL-19] in a call, or of one that still rings, it changes nothing (HZ-2)', () => {
    const live = at('live as caller')
    expect(playFrom(live, takes('caller')).state).toEqual(live)
    const rings: CallEvent = { type: 'taken', call: viewOf({ part: 'caller' }) }
    expect(play(rings).state.type).toBe('idle')
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

  test('[CALL-10] no link is made before its answer: what the peer offers the page before does not verify here', () => {
    const { state, effects } = play(restored({ phase: 'accepted', epoch: 2 }))
    expect(types(effects)).not.toContain('openLink')
    expect(types(playFrom(state, reported({ phase: 'accepted', epoch: 3 })).effects)).toEqual(['openLink'])
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
