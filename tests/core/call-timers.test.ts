import { describe, expect, test } from 'vitest'
import { step } from '../../src/core/call.ts'
import { type CallState, graceMs, idle } from '../../src/core/call-state.ts'
import { scaleTimings, standardTimings } from '../../src/core/timings.ts'
import {
  allEffects,
  at,
  dialled,
  elapsed,
  hungUp,
  play,
  playFrom,
  reported,
  stories,
  storyNames,
  timers,
  timersOf,
  types,
} from './call-fixtures.ts'

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
    const { reconnectMs } = standardTimings
    const reloaded: Partial<Record<string, number>> = {
      'ringing after a reload': reconnectMs + graceMs,
      'connecting after a reload': reconnectMs,
    }
    expect(running.get(timer)).toBe(reloaded[story] ?? ms)
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

  test('[CALL-7] a caller that the server left alone does not say that nobody answered', () => {
    expect(playFrom(at('calling'), elapsed('ring')).state).toMatchObject({ reason: 'connection-lost' })
    expect(playFrom(at('ringing'), elapsed('ring')).state).toMatchObject({ reason: 'no-answer' })
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

describe('[CALL-14] what is heard is what is so', () => {
  const sounds = { calling: 'ringback', ringing: 'ring', knocking: 'knock' } as const

  test.each(storyNames)('[CALL-14] %s (HZ-3, HZ-4)', (story) => {
    const heard = allEffects(...stories[story]).filter((effect) => effect.type === 'sound')
    const { type } = at(story)
    const expected = type in sounds ? sounds[type as keyof typeof sounds] : 'none'
    expect(heard.at(-1)?.sound ?? 'none').toBe(expected)
  })
})
