/** Which occasion stands for one that an edit of its series took away. */
import { expect, test } from 'vitest'
import { heirsOf } from '../../src/core/visit-heirs.ts'
import type { Appointment } from '../../src/protocol/plan.ts'
import { appointment } from '../server/plan-fake.ts'

const timo = { name: 'Timo Korhonen', born: '1961-04-30', email: null, phone: null }
const occasionOf = (seriesId: string, at: string, outpatient: Appointment['outpatient'] = timo) =>
  appointment({
    id: `${seriesId} ${at}`,
    occasion: { seriesId, at, detached: false, shifted: false },
    outpatient,
  })
const heirs = (gone: readonly Appointment[], made: readonly Appointment[]) =>
  [...heirsOf(gone, made)].map(([id, heir]) => [id, heir.id])

test('[VISIT-6] an occasion of the same day stands for it, under another time or another series', () => {
  const gone = ['2027-01-14T09:00', '2027-01-15T09:00'].map((at) => occasionOf('a', at))
  const made = ['2027-01-15T10:30', '2027-01-14T10:30'].map((at) => occasionOf('b', at))
  expect(heirs(gone, made)).toEqual([
    ['a 2027-01-14T09:00', 'b 2027-01-14T10:30'],
    ['a 2027-01-15T09:00', 'b 2027-01-15T10:30'],
  ])
})

test('[VISIT-6] or the only one of its week, which begins on Monday', () => {
  const sunday = occasionOf('a', '2027-01-17T09:00')
  const [before, after] = [occasionOf('a', '2027-01-11T09:00'), occasionOf('a', '2027-01-18T09:00')]
  expect(heirs([sunday], [before, after])).toEqual([[sunday.id, before.id]])
  expect(heirs([sunday], [after])).toEqual([])
})

test('[VISIT-6] where there is a choice, or another patient, nothing stands for it', () => {
  const gone = occasionOf('a', '2027-01-14T09:00')
  const two = ['2027-01-14T10:00', '2027-01-14T11:00'].map((at) => occasionOf('a', at))
  expect(heirs([gone], two)).toEqual([])
  expect(heirs([gone], [occasionOf('a', '2027-01-14T10:00', { ...timo, born: '1944-02-02' })])).toEqual([])
  expect(heirs([gone], [appointment({ id: 'alone', outpatient: timo })])).toEqual([])
})
