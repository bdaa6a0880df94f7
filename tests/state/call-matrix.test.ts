/** What calls survive, one thing at a time, over modelled links; docs/failures.md names the tests in real browsers beside these. */
import { describe, expect, test } from 'vitest'
import type { Signal } from '../../src/protocol/call.ts'
import { block, change, hangUp, move, reload, sleep, tellNetwork } from '../lab/faults/acts.ts'
import { realRules } from '../lab/faults/run.ts'
import { answer, callOf, linksOf, pageOf, stateOf, troubleOf } from '../lab/faults/scene.ts'
import { devicesOf, type Rules, type World } from '../lab/faults/world.ts'
import { seedOf } from '../lab/prng.ts'

const seeds = Array.from({ length: 20 }, (_, index) => seedOf(8, index))

/** Twenty calls to which the same is done. */
function inEach(doIt: (world: World) => void, rules: Rules = realRules): void {
  for (const seed of seeds) {
    const world = callOf(seed, rules)
    doIt(world)
  }
}

function expectLive(world: World): void {
  expect(troubleOf(world)).toBeNull()
}

/** The first signal of this kind that an end says after `spoil` is said as often as that, or late. */
function spoiling(type: Signal['type'], times: number) {
  let left = 0
  const rules: Rules = {
    ...realRules,
    socket: (port) => ({
      ...port,
      send(message) {
        const isIt = left > 0 && message.type === 'call.signal' && message.signal.type === type
        if (isIt) left -= 1
        for (let time = isIt ? times : 1; time > 0; time -= 1) port.send(message)
      },
    }),
  }
  const spoil = () => {
    left = 1
  }
  return { rules, spoil }
}

describe('the air', () => {
  test.each([5, 20, 45])('[CALL-11] is gone for %i s at both ends: the call goes on (HZ-5)', (seconds) => {
    inEach((world) => {
      block(world, devicesOf(world), 'radio', seconds * 1_000)
      world.clock.advance(2_500)
      for (const device of devicesOf(world)) expect(stateOf(device).type).toBe('reconnecting')
      world.clock.advance(seconds * 1_000 + 12_000)
      expectLive(world)
    })
  })

  test('[CALL-11] is gone for 70 s: both ends say that the connection was lost, and nothing stays open (HZ-2)', () => {
    inEach((world) => {
      block(world, devicesOf(world), 'radio', 70_000)
      world.clock.advance(65_000)
      for (const device of devicesOf(world)) {
        expect(stateOf(device)).toMatchObject({ type: 'ended', reason: 'connection-lost' })
        expect(pageOf(device).media.open().size).toBe(0)
      }
    })
  })

  test.each(['station', 'bed'] as const)(
    '[CALL-18] another address at the %s: both hear each other again, by the same link',
    (part) => {
      inEach((world) => {
        const links = linksOf(world)
        move(world, world[part])
        world.clock.advance(15_000)
        expectLive(world)
        expect(linksOf(world)).toEqual(links)
      })
    },
  )

  test('[CALL-18] both ends look for another way in the same moment: one is found, by the same link', () => {
    inEach((world) => {
      const links = linksOf(world)
      change(world, 'all', () => {
        for (const device of devicesOf(world)) tellNetwork(device, 'network')
      })
      world.clock.advance(5_000)
      expectLive(world)
      expect(linksOf(world)).toEqual(links)
    })
  })
})

describe('the way to the server', () => {
  test('[SWITCH-5] is gone for two minutes, as when no name is found: pictures go on, and the end is told after', () => {
    inEach((world) => {
      const links = linksOf(world)
      block(world, devicesOf(world), 'server', 120_000)
      for (let second = 0; second < 150; second += 10) {
        world.clock.advance(10_000)
        for (const device of devicesOf(world)) expect(stateOf(device).type).toBe('live')
      }
      expectLive(world)
      expect(linksOf(world)).toEqual(links)
      hangUp(world, pageOf(world.station))
      world.clock.advance(3_000)
      expect(stateOf(world.bed)).toMatchObject({ type: 'ended', reason: 'hung-up', by: 'peer' })
    })
  })

  test('[SWITCH-11] the server is killed in a call and started again: the same link, and each act once', () => {
    inEach((world) => {
      const links = linksOf(world)
      world.server.kill(0)
      world.clock.advance(8_000)
      world.server.restart()
      world.clock.advance(15_000)
      expectLive(world)
      expect(linksOf(world)).toEqual(links)
      hangUp(world, pageOf(world.bed))
      world.clock.advance(3_000)
      const [callId] = pageOf(world.bed).device.over
      expect(world.record.acts(callId ?? '')).toEqual(['invited', 'answered', 'ended'])
    })
  })
})

const spoilt = [
  ['offer', 'lost', 0],
  ['offer', 'doubled', 2],
  ['answer', 'lost', 0],
  ['answer', 'doubled', 2],
] as const

describe('what two links say to each other', () => {
  test.each(spoilt)(
    '[SWITCH-4] the first %s is %s while it rings: answered, both see each other',
    (type, _how, times) => {
      const { rules, spoil } = spoiling(type, times)
      for (const seed of seeds) {
        spoil()
        expectLive(callOf(seed, rules))
      }
    },
  )

  test.each(spoilt)('[CALL-18] an %s that is %s: another way is found all the same', (type, _how, times) => {
    const { rules, spoil } = spoiling(type, times)
    inEach((world) => {
      spoil()
      move(world, world.station)
      world.clock.advance(20_000)
      expectLive(world)
    }, rules)
  })

  test('[CALL-12] answers and candidates of an older attempt, or of another call, come late: nothing changes', () => {
    inEach((world) => {
      tellNetwork(world.bed, 'network')
      world.clock.advance(3_000)
      const links = linksOf(world)
      for (const { to, message } of world.said) {
        world.server.repeat(to, message)
        world.server.repeat(to, { ...message, callId: 'another' })
      }
      world.clock.advance(5_000)
      expectLive(world)
      expect(linksOf(world)).toEqual(links)
    })
  })
})

describe('the devices', () => {
  test('[CALL-8] [CALL-10] both pages are reloaded in the same moment: the bed is asked again, then both are live', () => {
    inEach((world) => {
      reload(world, devicesOf(world))
      while (world.bed.page === null || stateOf(world.bed).type === 'idle') world.clock.advance(100)
      expect(stateOf(world.bed).type).toBe('ringing')
      expect(pageOf(world.bed).media.open().size).toBe(0)
      // Whoever lies there takes a while to find the button.
      world.clock.advance(40_000)
      answer(world)
      world.clock.advance(15_000)
      expectLive(world)
    })
  })

  test('[CALL-11] a laptop sleeps for 30 s: the bed says that it reconnects, and both are live when it wakes (HZ-5)', () => {
    inEach((world) => {
      sleep(world, world.station, 30_000)
      world.clock.advance(2_500)
      expect(stateOf(world.bed).type).toBe('reconnecting')
      world.clock.advance(27_500 + 15_000)
      expectLive(world)
    })
  })

  test('[CALL-11] the clock of either device jumps by an hour: nothing changes', () => {
    inEach((world) => {
      const links = linksOf(world)
      world.station.aheadMs += 3_600_000
      world.bed.aheadMs -= 3_600_000
      world.clock.advance(60_000)
      expectLive(world)
      expect(linksOf(world)).toEqual(links)
    })
  })
})
