/** What a call's measurements make of its screen and of the picture that leaves. */
import { expect, test } from 'vitest'
import type { Measured } from '../../src/core/quality.ts'
import { bedInCall } from '../fakes/in-call.ts'
import { well } from '../fakes/measured.ts'

type InCall = Awaited<ReturnType<typeof bedInCall>>

function measure(
  { world }: InCall,
  what: Partial<Measured>,
  fromMs: number,
  forMs: number,
  callId = 'call-1',
): void {
  for (let atMs = fromMs; atMs <= fromMs + forMs; atMs += 500)
    world.media?.measured(callId, { ...well, ...what, atMs })
}

const shares = ({ world }: InCall) => world.did.filter((done) => /^picture (full|small|off)$/.test(done))

test('[QUALITY-1] a call is good, weak, lost, and good again; outside of one nothing is said', async () => {
  const call = await bedInCall()
  const { calls } = call.bed
  measure(call, {}, 0, 3_000)
  expect(calls.quality.value).toBe('good')
  measure(call, { lost: 0.3 }, 3_500, 5_000)
  expect(calls.quality.value).toBe('weak')
  call.world.media?.linkStalled('call-1', 1)
  expect(calls.quality.value).toBe('lost')
  call.world.media?.linkUp('call-1', 1)
  expect(calls.quality.value).toBe('weak')
  measure(call, {}, 20_000, 10_000)
  expect(calls.quality.value).toBe('good')
  calls.hangUp()
  expect(calls.quality.value).toBeNull()
})

test('[QUALITY-2] the picture is kept back and comes again, and a new call begins with all of it', async () => {
  const call = await bedInCall()
  const { calls } = call.bed
  measure(call, { lostThere: 0.3 }, 0, 5_000)
  expect(shares(call)).toEqual(['picture small', 'picture off'])
  expect(calls.held.value).toBe(true)
  measure(call, {}, 5_500, 21_000)
  expect(shares(call).slice(2)).toEqual(['picture small', 'picture full'])
  expect(calls.held.value).toBe(false)
  measure(call, { lostThere: 0.3 }, 40_000, 5_000)
  calls.hangUp()
  expect(calls.held.value).toBe(false)
  calls.dismiss()
  expect(calls.measured.value).toBeNull()
})

test('[QUALITY-2] what was measured of another call, or while nothing arrives, is no news', async () => {
  const call = await bedInCall()
  measure(call, { lostThere: 0.9, lost: 0.9 }, 0, 60_000, 'call-0')
  call.world.media?.linkStalled('call-1', 1)
  measure(call, { lostThere: 0.9, lost: 0.9 }, 70_000, 60_000)
  call.world.media?.linkUp('call-1', 1)
  expect(call.bed.calls.quality.value).toBe('good')
  expect(shares(call)).toEqual([])
})
