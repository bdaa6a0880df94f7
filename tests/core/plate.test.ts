/** What stands on a picture whatever else does (SPEC.md, VIEW). */
import { expect, test } from 'vitest'
import { plateOf, throughOf } from '../../src/core/scan/plate.ts'
import { frameLike } from '../fakes/opened-scans.ts'

test('[VIEW-14] whose it is, of which day, which of how many, through what, and what was lost (HZ-1, HZ-9)', () => {
  const identity = {
    patientName: 'Doe, Jane',
    patientId: '1',
    patientBirthDate: '19500101',
    studyDate: '20260102',
    modality: 'CT',
    seriesDescription: 'Head',
  }
  const frame = frameLike({ identity, isLossy: true, pixelAspect: 2 })
  const voi = { centre: 40, width: 80 }
  expect(plateOf(frame, 'dicom', 11, 60, voi)).toEqual({
    ...identity,
    slice: { at: 12, of: 60 },
    through: { type: 'window', voi },
    lossy: { ratio: null },
    pixelAspect: 2,
    isPhoto: false,
  })
})

test('[VIEW-14] what the file does not say is null, and never another file’s', () => {
  const plate = plateOf(frameLike({}), 'photo', 0, 1, null)
  expect(plate).toMatchObject({ patientName: null, studyDate: null, lossy: null, isPhoto: true })
  expect(plate.through).toEqual({ type: 'unknown' })
})

test('[VIEW-14] a table is said by its name, colours by none', () => {
  const table = { first: 0, bits: 8, entries: Uint16Array.of(0, 255), explanation: 'BONE' }
  expect(throughOf(frameLike({}), table)).toEqual({ type: 'table', name: 'BONE' })
  expect(throughOf(frameLike({ isColour: true }), { centre: 1, width: 1 })).toEqual({ type: 'colour' })
})
