/** A call that its station forgot (HZ-13). */
import { describe, expect, test } from 'vitest'
import {
  allEffects,
  at,
  elapsed,
  linkStalled,
  linkUp,
  mine,
  play,
  playFrom,
  reported,
  sent,
  still,
  stillAsked,
  stillTalking,
  stories,
  timersOf,
  touched,
  types,
} from './call-fixtures.ts'

const ask = { type: 'call.signal', callId: mine, epoch: 1, signal: { type: 'still', said: 'asked' } }
const yes = { ...ask, signal: { type: 'still', said: 'yes' } }

describe('[CALL-16] a forgotten call is asked about, and ends', () => {
  test('[CALL-16] at the station 15 minutes begin with the first live moment, and anew with each touch (HZ-13)', () => {
    expect(timersOf(play(...stories['live as caller']).effects)).toEqual({ untouched: 15 * 60_000 })
    const again = playFrom(at('live as caller'), touched)
    expect(timersOf(again.effects)).toEqual({ untouched: 15 * 60_000 })
    expect(again.state).toEqual(at('live as caller'))
  })

  test('[CALL-16] at the bed nothing is counted: who is there is not watched', () => {
    expect(timersOf(allEffects(...stories['live as callee']))).not.toHaveProperty('untouched')
    expect(timersOf(playFrom(at('live as callee'), touched).effects)).toEqual({})
  })

  test('[CALL-16] when they are over both sides are asked, and have a minute (HZ-13)', () => {
    const station = playFrom(at('live as caller'), elapsed('untouched'))
    expect(station.state).toMatchObject({ type: 'live', still: 'asked' })
    expect(sent(station.effects)).toEqual([ask])
    expect(timersOf(station.effects)).toEqual({ unanswered: 60_000 })
    const bed = playFrom(at('live as callee'), stillAsked)
    expect(bed.state).toMatchObject({ type: 'live', still: 'asked' })
    expect(timersOf(bed.effects)).toEqual({ unanswered: 60_000 })
  })

  test.each(['asked as caller', 'asked as callee'] as const)(
    '[CALL-16] no reply ends it at each side by itself, camera and microphone stopped: %s (HZ-2, HZ-13)',
    (story) => {
      const { state, effects } = playFrom(at(story), elapsed('unanswered'))
      expect(state).toMatchObject({ type: 'ended', reason: 'forgotten', by: 'server' })
      expect(types(effects)).toContain('releaseMedia')
      expect(sent(effects)).toEqual([{ type: 'call.end', callId: mine, reason: 'forgotten' }])
    },
  )

  test('[CALL-16] Yes at the station goes on, and is told; the 15 minutes begin again', () => {
    const { state, effects } = playFrom(at('asked as caller'), stillTalking)
    expect(state).toMatchObject({ type: 'live', still: 'talking' })
    expect(sent(effects)).toEqual([yes])
    expect(effects).toContainEqual({ type: 'stopTimer', timer: 'unanswered' })
    expect(timersOf(effects)).toEqual({ untouched: 15 * 60_000 })
  })

  test('[CALL-16] Yes at the bed goes on at both', () => {
    const bed = playFrom(at('asked as callee'), stillTalking)
    expect(sent(bed.effects)).toEqual([yes])
    expect(bed.state).toMatchObject({ still: 'talking' })
    const station = playFrom(at('asked as caller'), still('yes'))
    expect(station.state).toMatchObject({ still: 'talking' })
    expect(timersOf(station.effects)).toEqual({ untouched: 15 * 60_000 })
  })

  test('[CALL-16] a touch is no reply: only Yes is', () => {
    expect(playFrom(at('asked as caller'), touched).state).toEqual(at('asked as caller'))
  })

  test('[CALL-16] a link that comes and goes begins nothing anew, and a question that was lost with it is asked again', () => {
    const back = playFrom(at('live as caller'), linkStalled(), linkUp())
    expect(types(back.effects)).not.toContain('stopTimers')
    expect(timersOf(back.effects)).toEqual({})
    const asked = playFrom(at('asked as caller'), linkStalled(), linkUp())
    expect(asked.state).toMatchObject({ type: 'live', still: 'asked' })
    expect(sent(asked.effects)).toEqual([ask])
    const fresh = playFrom(at('asked as caller'), reported({ part: 'caller', phase: 'accepted', epoch: 2 }))
    expect(fresh.state).toMatchObject({ type: 'reconnecting', still: 'asked' })
    expect(playFrom(fresh.state, elapsed('unanswered')).state).toMatchObject({ reason: 'forgotten' })
  })

  test('[CALL-16] it is asked while the link is away, too', () => {
    const { state, effects } = playFrom(at('reconnecting as caller'), elapsed('untouched'))
    expect(state).toMatchObject({ type: 'reconnecting', still: 'asked' })
    expect(sent(effects)).toEqual([ask])
  })

  test('[CALL-16] a bed cannot put the question to a station, nor anybody one of an older link (CALL-12)', () => {
    expect(playFrom(at('live as caller'), stillAsked).state).toEqual(at('live as caller'))
    expect(playFrom(at('live as callee'), still('asked', 0)).state).toEqual(at('live as callee'))
    expect(playFrom(at('ringing'), stillAsked).state).toEqual(at('ringing'))
  })
})
