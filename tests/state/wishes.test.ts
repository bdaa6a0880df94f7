/** What is agreed at the admission holds on the tablet, at the hour it is, and is gone with the stay. */
import { expect, test } from 'vitest'
import { ringGain } from '../../src/core/loudness.ts'
import { minuteAt } from '../../src/core/minutes.ts'
import type { Wishes } from '../../src/protocol/wishes.ts'
import { createBed } from '../../src/state/bed.ts'
import { bedOne, fakeWorld, knockAgreed, ringingAt, welcomeOf } from '../fakes/ports.ts'

const hourMs = 3_600_000

/** A tablet whose server says that it is so many hours after midnight. */
async function readyBed(wishes: Wishes | null, hours = 12) {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne, { wishes, serverTimeMs: hours * hourMs }))
  await world.settle()
  return { world, bed, ports }
}
const knocks = (world: Awaited<ReturnType<typeof readyBed>>['world']) =>
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { mode: 'knock' }) })
const reported = (world: Awaited<ReturnType<typeof readyBed>>['world']) =>
  world.sent.filter((said) => said.type === 'bed.report').at(-1)?.report

test('[ADMIT-9] a knock that was agreed is allowed until the patient chooses less (HZ-3)', async () => {
  const { world, bed } = await readyBed(knockAgreed)
  expect(reported(world)?.knock).toBe(true)
  bed.choose('ring')
  expect(reported(world)?.knock).toBe(false)
  knocks(world)
  expect(bed.calls.state.value.type).toBe('ringing')
  await world.settle()
  expect(world.settings).toMatchObject({ choice: 'ring', wishes: knockAgreed })
})

test('[ADMIT-10] at night, by the ward’s clock and not the tablet’s, a knock by day rings (HZ-3)', async () => {
  const { world, bed } = await readyBed({ ...knockAgreed, answer: 'knock-by-day' }, 20.95)
  expect(reported(world)?.knock).toBe(true)
  world.advance(0.1 * hourMs)
  expect(reported(world)?.knock, 'the station is told when it is night').toBe(false)
  knocks(world)
  expect(bed.calls.state.value.type).toBe('ringing')
})

test('[ADMIT-11] in quiet hours the ring is soft, and loud again after them (HZ-15)', async () => {
  const { world, bed } = await readyBed(
    { ...knockAgreed, quiet: { fromMinute: 22 * 60, untilMinute: 6 * 60 } },
    5.9,
  )
  expect([bed.wishes.isQuiet.value, world.gain]).toEqual([true, 0.2])
  knocks(world)
  expect(bed.calls.state.value.type).toBe('ringing')
  world.advance(0.2 * hourMs)
  expect([bed.wishes.isQuiet.value, world.gain]).toEqual([false, 1])
})

test('[ADMIT-13] an override of quiet hours rings as loud as by day, and softly again after it', async () => {
  const quiet = { fromMinute: 22 * 60, untilMinute: 6 * 60 }
  const { world, bed } = await readyBed({ ...knockAgreed, quiet }, 2)
  const override = { over: 'quiet', why: 'worried', words: 'she does not answer me' } as const
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { override }) })
  expect([bed.calls.state.value.type, world.gain]).toEqual(['ringing', ringGain(3)])
  bed.calls.refuse()
  expect(world.gain).toBe(0.2)
})

test('[ADMIT-12] in person only: no sound, no link, no camera, and the caller is told (HZ-3)', async () => {
  const { world } = await readyBed({ ...knockAgreed, answer: 'in-person' })
  knocks(world)
  expect(world.sent.at(-1)).toEqual({ type: 'call.end', callId: 'call-1', reason: 'in-person' })
  expect(world.did.filter((what) => /^(sound (ring|knock)|open)/.test(what))).toEqual([])
})

test('wishes that change take effect at once, and begin no stay', async () => {
  const { world, bed } = await readyBed(knockAgreed)
  bed.choose('ring')
  const stay = { epoch: 1, admissionId: 'admission-1' }
  const wishes: Wishes = { ...knockAgreed, language: 'sv-FI', textSize: 150 }
  world.socket?.received({ type: 'stay.changed', stay, wishes })
  expect(bed.language.value).toBe('sv')
  expect(bed.wishes.choice.value, 'less than was agreed is still what they chose').toBe('ring')
  bed.useLanguage('fi')
  expect(bed.language.value, 'the patient’s own choice comes first').toBe('fi')
})

test('[HZ-6] a tablet says that it is clean when its keys are gone, and not when its store has failed', async () => {
  const { world, bed, ports } = await readyBed(knockAgreed)
  expect(reported(world)?.cleanEpoch).toBe(1)
  const next = (epoch: number) =>
    world.socket?.received({ type: 'stay.changed', stay: { epoch, admissionId: null }, wishes: null })
  next(2)
  expect(reported(world)?.cleanEpoch, 'not before it is so').toBe(1)
  await world.settle()
  expect(reported(world)?.cleanEpoch).toBe(2)
  expect(world.settings).toMatchObject({ stayEpoch: 2, wishes: null, choice: 'agreed' })
  ports.patientPlan.forget = () => Promise.reject(new Error('no store'))
  next(3)
  await world.settle()
  expect(reported(world)?.cleanEpoch).toBe(2)
  expect(bed.wishes.agreed.value).toBeNull()
})

test('minutes are those of the ward’s wall, also where it is another day', () => {
  const midnight = Date.UTC(2026, 6, 1)
  expect(minuteAt(midnight, 'Europe/Helsinki')).toBe(3 * 60)
  expect(minuteAt(midnight, 'America/New_York')).toBe(20 * 60)
  expect(minuteAt(midnight + 59_000, 'UTC')).toBe(0)
})

test('[HZ-11] the sound of a call is played once when staff ask; louder stays louder for the stay, and not beyond it', async () => {
  const { world, bed } = await readyBed(knockAgreed)
  world.socket?.received({ type: 'sound.play' })
  expect(bed.soundCheck.isAsking.value).toBe(true)
  world.advance(2_000)
  expect(world.did.filter((what) => what.startsWith('sound'))).toEqual(['sound ring', 'sound none'])
  bed.soundCheck.heard('louder')
  expect(world.gain).toBe(ringGain(4))
  bed.soundCheck.heard('louder')
  bed.soundCheck.heard('louder')
  expect(world.gain, 'and no louder than it can').toBe(ringGain(4))
  bed.soundCheck.heard('well')
  await world.settle()
  expect(bed.soundCheck.isAsking.value).toBe(false)
  expect(world.settings.loudness).toBe(4)
  world.socket?.received({ type: 'stay.changed', stay: { epoch: 2, admissionId: null }, wishes: null })
  expect(world.gain).toBe(1)
})

test('[HZ-11] a call that rings is not silenced by a sound that was tried', async () => {
  const { world, bed } = await readyBed(knockAgreed)
  world.socket?.received({ type: 'sound.play' })
  world.advance(500)
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee') })
  const before = world.did.length
  world.advance(5_000)
  expect(world.did.slice(before)).not.toContain('sound none')
  bed.calls.refuse()
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { callId: 'call-2' }) })
  world.socket?.received({ type: 'sound.play' })
  expect(world.did.filter((what) => what === 'sound ring')).toHaveLength(3)
})

test('[HZ-6] a tablet that is revoked forgets what its patient wished', async () => {
  const { world, bed } = await readyBed({ ...knockAgreed, language: 'fi' })
  world.socket?.refused('unauthenticated')
  await world.settle()
  expect(bed.wishes.agreed.value).toBeNull()
  expect(bed.language.value).toBe('en')
  expect(world.settings).toMatchObject({ stayEpoch: null, wishes: null, language: null })
})
