/** Who shares a room, and whom a ring would wake. */
import { expect, test } from 'vitest'
import { inAreas, inRooms, type Neighbour, roommatesOf, wokenBy } from '../../src/core/room.ts'
import { type QuietHours, unspoken } from '../../src/protocol/wishes.ts'

function bed(bedId: string, room: string | undefined, quiet: QuietHours | null = null): Neighbour {
  const stay = { epoch: 1, admissionId: `patient-${bedId}` }
  return { bedId, stay, wishes: { ...unspoken, quiet }, ...(room === undefined ? {} : { room }) }
}

const at = (hour: number, minute = 0) => hour * 60 + minute
const ids = (beds: readonly Neighbour[]) => beds.map(({ bedId }) => bedId)
const one = bed('1', 'A')
const ward = [
  one,
  bed('2', 'A'),
  bed('3', 'A', { fromMinute: at(13), untilMinute: at(15) }),
  bed('4', 'B'),
  bed('5', undefined),
]

test('[ROOM-1] those in the other beds of its room, and nobody of another one', () => {
  expect(ids(roommatesOf(ward, one))).toEqual(['2', '3'])
  expect(ids(roommatesOf(ward, bed('4', 'B')))).toEqual([])
})

test('[ROOM-1] without a room nobody shares it, and an empty bed is nobody’s', () => {
  expect(roommatesOf([...ward, bed('6', undefined)], bed('5', undefined))).toEqual([])
  const empty = { ...bed('7', 'A'), stay: { epoch: 4, admissionId: null } }
  expect(ids(roommatesOf([one, empty], one))).toEqual([])
})

test('[ROOM-2] whoever named quiet hours sleeps in them, everybody else at night (HZ-15)', () => {
  expect(ids(wokenBy(ward, one, at(14)))).toEqual(['3'])
  expect(ids(wokenBy(ward, one, at(12)))).toEqual([])
  for (const night of [at(21), at(2, 10), at(6, 59)]) expect(ids(wokenBy(ward, one, night))).toEqual(['2'])
  for (const day of [at(7), at(20, 59)]) expect(ids(wokenBy(ward, one, day))).toEqual([])
})

test('[ROOM-2] a ring that is soft anyway wakes nobody', () => {
  const quiet = bed('1', 'A', { fromMinute: at(21), untilMinute: at(7) })
  expect(wokenBy([quiet, ...ward.slice(1)], quiet, at(2))).toEqual([])
})

test('[ROOM-3] a soft call carries it from the caller to the tablet (HZ-15)', async () => {
  const { step } = await import('../../src/core/call.ts')
  const { idle } = await import('../../src/core/call-state.ts')
  const { standardTimings } = await import('../../src/core/timings.ts')
  const peer = { type: 'bed', bedId: 'b', label: '1', ward: 'Ward 4B' } as const
  const dialled = { type: 'dialled', callId: 'c', peer, mode: 'ring', stay: 1, expiresAtMs: 1 } as const
  const { effects } = step(idle, { ...dialled, softly: 'yes' }, standardTimings)
  expect(JSON.stringify(effects)).toContain('"softly":"yes"')
})

test('[ROOM-4] beds are found as people count, room by room, those without one last', () => {
  const named = (label: string, room?: string) => ({ label, ...(room === undefined ? {} : { room }) })
  const inB = ['12B', '12', '100', '2', '12A'].map((label) => named(label, 'B'))
  const rooms = inRooms([named('7'), ...inB, named('30', 'A 10'), named('31', 'A 2')])
  expect(rooms.map(({ name, beds }) => [name, beds.map(({ label }) => label)])).toEqual([
    ['A 2', ['31']],
    ['A 10', ['30']],
    ['B', ['2', '12', '12A', '12B', '100']],
    [null, ['7']],
  ])
})

test('[ROOM-4] one board shows the beds of two wards apart, each in its order', () => {
  const beds = [
    { label: 'B2', area: 'Ward 10' },
    { label: 'A10', area: 'Ward 4' },
    { label: 'A9', area: 'Ward 4' },
    { label: '1' },
  ]
  const areas = inAreas(beds).map(({ name, beds }) => [name, beds.map(({ label }) => label)])
  expect(areas).toEqual([
    ['Ward 4', ['A9', 'A10']],
    ['Ward 10', ['B2']],
    [null, ['1']],
  ])
})
