/** In which state a sealed copy is, who may have what of it, and which devices it is sealed to. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CopyLife,
  copyStateOf,
  devicesToSeal,
  isSameCopy,
  mayHave,
  mayReceive,
  readersOf,
  standingTo,
} from '../../src/core/scan/copies.ts'
import type { StaffParty, StaffRole } from '../../src/protocol/people.ts'
import type { CopyLetter } from '../../src/protocol/scan-copy.ts'

const person = (staffId: string, role: StaffRole = 'nurse'): StaffParty => ({
  ...{ type: 'staff', staffId, name: `Name of ${staffId}`, role },
})
const ids = (people: readonly { readonly staffId: string }[]) => people.map(({ staffId }) => staffId)

const life = fc.record<CopyLife>({
  expiresMs: fc.nat(1_000),
  wholeMs: fc.option(fc.nat(1_000)),
  ended: fc.constantFrom(null, 'withdrawn', 'expired'),
})

test('[COPY-6] a copy is there from when it is whole until its end, and an end is for good (HZ-9)', () => {
  const copy = { expiresMs: 100, wholeMs: null, ended: null }
  expect(copyStateOf(copy, 0)).toBe('coming')
  expect(copyStateOf({ ...copy, wholeMs: 5 }, 99)).toBe('there')
  expect(copyStateOf({ ...copy, wholeMs: 5 }, 100)).toBe('expired')
  expect(copyStateOf(copy, 100)).toBe('expired')
  expect(copyStateOf({ ...copy, wholeMs: 5, ended: 'withdrawn' }, 6)).toBe('withdrawn')
  fc.assert(
    fc.property(life, fc.nat(1_000), fc.nat(1_000), (one, at, later) => {
      const [before, after] = [copyStateOf(one, at), copyStateOf(one, at + later)]
      if (before === 'withdrawn' || before === 'expired') expect(after).toBe(before)
    }),
    { seed: 6, numRuns: 500 },
  )
})

test('[COPY-6] nothing of one that is not there is handed to anybody, whoever they are (HZ-9)', () => {
  for (const state of ['coming', 'withdrawn', 'expired'] as const)
    for (const standing of ['sender', 'reader', 'addressed', 'nobody'] as const)
      for (const what of ['envelope', 'files'] as const) expect(mayHave(what, standing, state)).toBe(false)
})

test('[COPY-7] its reader has all of it, whoever it is addressed to its envelope, everybody else nothing (HZ-10)', () => {
  const has = (['sender', 'reader', 'addressed', 'nobody'] as const).map((standing) =>
    (['envelope', 'files'] as const).filter((what) => mayHave(what, standing, 'there')),
  )
  expect(has).toEqual([['envelope', 'files'], ['envelope', 'files'], ['envelope'], []])
})

test('[COPY-7] who had the duty keeps it, who has it now is addressed, and nobody else is anything to it', () => {
  const copy = { senderId: 'a', to: { type: 'duty', dutyId: 'd' } as const, readerIds: ['b'] }
  const none = new Set<string>()
  expect(standingTo(copy, 'a', new Set(['d']))).toBe('sender')
  expect(standingTo(copy, 'b', none)).toBe('reader')
  expect(standingTo(copy, 'c', new Set(['e', 'd']))).toBe('addressed')
  expect(standingTo(copy, 'c', new Set(['e']))).toBe('nobody')
  const personal = { ...copy, to: { type: 'staff', staffId: 'c' } as const }
  expect(standingTo(personal, 'c', none)).toBe('addressed')
  expect(standingTo(personal, 'd', new Set(['c']))).toBe('nobody')
})

test('[COPY-7] it goes to nurses and doctors with a device that it is sealed to, and not to its sender', () => {
  const people = [
    person('a'),
    person('b', 'doctor'),
    person('c', 'admin'),
    person('d', 'interpreter'),
    person('e'),
  ]
  const addressed = mayReceive(people, 'a')
  expect(ids(addressed)).toEqual(['b', 'e'])
  const devices = [
    { staffId: 'b', keyId: 'one' },
    { staffId: 'e', keyId: 'two' },
    { staffId: 'a', keyId: 'three' },
  ]
  expect(ids(readersOf(addressed, devices, new Set(['one', 'three'])))).toEqual(['b'])
})

test('[COPY-7] each person has one device before any has two, the last used first', () => {
  const device = fc.record({ staffId: fc.constantFrom('a', 'b', 'c', 'd'), seenMs: fc.nat(50) })
  fc.assert(
    fc.property(fc.array(device, { maxLength: 40 }), fc.nat(45), (devices, most) => {
      const chosen = devicesToSeal(devices, most)
      expect(chosen.length).toBe(Math.min(most, devices.length))
      expect(new Set(chosen).size).toBe(chosen.length)
      const of = (list: typeof devices, staffId: string) => list.filter((one) => one.staffId === staffId)
      for (const { staffId } of chosen) {
        const left = of(devices, staffId).filter((one) => !chosen.includes(one))
        const oldest = Math.min(...of(chosen, staffId).map(({ seenMs }) => seenMs))
        for (const { seenMs } of left) expect(seenMs).toBeLessThanOrEqual(oldest)
        for (const other of devices.filter((one) => !chosen.includes(one)))
          expect(of(chosen, other.staffId).length).toBeGreaterThanOrEqual(of(chosen, staffId).length - 1)
      }
    }),
    { seed: 7, numRuns: 300 },
  )
})

test('[COPY-8] sealed anew it is of the same contents and patient, and of no longer life (HZ-1)', () => {
  const letter: CopyLetter = {
    ...{ v: 1, context: 'bedside-copy/1', copyId: 'c', from: 'f', patientNumber: '4711' },
    ...{ madeMs: 0, expiresMs: 100, contents: 'h', keys: 'k' },
  }
  expect(isSameCopy(letter, { ...letter, from: 'another', keys: 'more', madeMs: 5, expiresMs: 99 })).toBe(
    true,
  )
  const others = [{ copyId: 'd' }, { patientNumber: '4712' }, { contents: 'i' }, { expiresMs: 101 }]
  for (const other of others) expect(isSameCopy(letter, { ...letter, ...other })).toBe(false)
})
