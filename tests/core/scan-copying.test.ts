/** What a copy's two ends decide by themselves (SPEC.md, COPY). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkContents,
  copyTimes,
  endOf,
  forMoreKeys,
  nextPiece,
  numberFor,
  whoseAreThey,
} from '../../src/core/scan/copying.ts'
import { sealedLength, sealing } from '../../src/core/scan/sealed.ts'
import type { CopyLetter } from '../../src/protocol/scan-copy.ts'
import type { Manifest } from '../../src/protocol/scan-share.ts'

const of = (...numbers: readonly (string | null)[]) => numbers.map((patientId) => ({ patientId }))

test('[COPY-5] nobody chooses longer than a copy may last, and what is usual is among what is chosen', () => {
  expect(Math.max(...copyTimes)).toBe(sealing.mostMs)
  expect(copyTimes).toContain(sealing.usualMs)
})

test('[COPY-9] (HZ-1) a copy goes under the number that its pictures have, and one is typed only where they have none', () => {
  expect(whoseAreThey(of('4711', null, ' 4711 '), '4711')).toEqual({ type: 'known', number: '4711' })
  expect(whoseAreThey(of('4711'), null)).toEqual({ type: 'known', number: '4711' })
  expect(whoseAreThey(of('4711'), '4712')).toEqual({ type: 'other', number: '4711' })
  expect(whoseAreThey(of(null, ''), '4711')).toEqual({ type: 'unknown' })
  expect(whoseAreThey(of('1', '2'), null)).toEqual({ type: 'mixed' })
  expect(numberFor({ type: 'other', number: '4711' }, '4712')).toBe('4711')
  expect(numberFor({ type: 'unknown' }, ' 4712 ')).toBe('4712')
  expect([numberFor({ type: 'unknown' }, '  '), numberFor({ type: 'mixed' }, '1')]).toEqual([null, null])
  expect(numberFor({ type: 'unknown' }, '9'.repeat(33))).toBeNull()
})

const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 })

test('[COPY-10] piece after piece, wherever the server is, each byte is sent once and all of them are', () => {
  fc.assert(
    fc.property(lengths, fc.infiniteStream(fc.nat(40)), fc.integer({ min: 1, max: 9 }), (all, has, most) => {
      let there = all.map((length) => Math.min(length, has.next().value ?? 0))
      for (let steps = 0; steps < 300; steps += 1) {
        const piece = nextPiece(all, there, most)
        if (piece === 'whole') {
          expect(there).toEqual(all)
          return
        }
        if (piece === 'wrong') throw new Error('nothing was wrong')
        expect(piece.from).toBe(there[piece.file])
        expect(piece.to - piece.from).toBeGreaterThan(0)
        expect(piece.to - piece.from).toBeLessThanOrEqual(most)
        there = there.with(piece.file, piece.to)
      }
      throw new Error('it never ends')
    }),
    { seed: 3 },
  )
})

test('[COPY-10] a server that has more than there is, or another number of files, is not believed', () => {
  expect(nextPiece([5, 5], [5, 6], 3)).toBe('wrong')
  expect(nextPiece([5, 5], [5], 3)).toBe('wrong')
})

const bound = { copyId: 'copy-1', patientNumber: '4711' }
const manifest = (changes: Partial<Manifest> = {}): Manifest => ({
  shareId: 'copy-1',
  files: [{ sha256: 'a'.repeat(64), bytes: 100, kind: 'dicom', frames: 1 }],
  series: [{ label: null, modality: 'CT', studyDate: null, files: [0] }],
  identity: null,
  ...changes,
})
const person = {
  ...{ patientName: 'Eero', patientId: '4711', patientBirthDate: null },
}

test('[COPY-11] a list of contents is of this copy, of this patient, and of the files that came', () => {
  const sizes = [500, sealedLength(100)]
  const failureOf = (text: string, of = sizes) => {
    const checked = checkContents(text, bound, of)
    return checked.ok ? 'none' : checked.failure
  }
  const text = (changes: Partial<Manifest> = {}) => JSON.stringify(manifest(changes))
  expect(failureOf(text())).toBe('none')
  expect(failureOf(text({ identity: person }))).toBe('none')
  expect(failureOf(text({ identity: { ...person, patientId: '4712' } }))).toBe('wrong-patient')
  expect(failureOf(text({ shareId: 'copy-2' }))).toBe('tampered')
  expect(failureOf(text(), [500, sealedLength(101)])).toBe('tampered')
  expect(failureOf(text(), [...sizes, 40])).toBe('tampered')
  expect(failureOf('{"shareId":')).toBe('malformed')
})

test('[COPY-12] (HZ-9) what is shown goes when its time is over, when it is taken back, and when the server knows it no more', () => {
  expect(endOf(1_000, 'there', 999)).toBeNull()
  expect(endOf(1_000, 'there', 1_000)).toBe('expired')
  expect(endOf(1_000, 'expired', 10)).toBe('expired')
  expect(endOf(1_000, 'withdrawn', 10)).toBe('withdrawn')
  expect(endOf(1_000, null, 10)).toBe('withdrawn')
})

test('[COPY-13] (HZ-10) a letter is written for more keys by nobody but the device that wrote it, and says the same of the same', () => {
  const letter: CopyLetter = {
    v: 1,
    context: 'bedside-copy/1',
    ...{
      copyId: 'copy-1',
      from: 'me',
      patientNumber: '4711',
      madeMs: 1,
      expiresMs: 2,
      contents: 'c',
      keys: 'k',
    },
  }
  expect(forMoreKeys(letter, 'me', 'more')).toEqual({ ok: true, value: { ...letter, keys: 'more' } })
  expect(forMoreKeys(letter, 'other', 'more')).toEqual({ ok: false, failure: 'not-for-us' })
})
