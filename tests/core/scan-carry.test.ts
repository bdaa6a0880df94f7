/** Files from a presenter to a viewer (SPEC.md, CARRY): order, acknowledgements, resumption, and ends that lie. */
import { expect, test } from 'vitest'
import { noBits, readBits, withBits, writeBits } from '../../src/core/scan/bits.ts'
import { blockBytes, type CarryManifest, outwards, runsOf } from '../../src/core/scan/carry.ts'
import { looked, progressOf } from '../../src/core/scan/carry-progress.ts'
import {
  type Arrival,
  arrived,
  awaited,
  checked,
  haveOf,
  type Incoming,
  incomingOf,
  lacked,
  offered,
} from '../../src/core/scan/carry-receive.ts'
import {
  heardAgain,
  heardHave,
  heardWant,
  isSettled,
  left,
  lookedAt,
  lost,
  type Outgoing,
  outgoingOf,
  reconnecting,
  type Stretch,
  unacknowledged,
  upcoming,
  windowBytes,
} from '../../src/core/scan/carry-send.ts'

const shareId = 'share'
const sha256 = '0'.repeat(64)
const manifest = (...bytes: readonly number[]): CarryManifest => ({
  files: bytes.map((size) => ({ sha256, bytes: size })),
})
const five = manifest(100, 200, 300, 400, 500)

/** Both ends on a first connection, on which the viewer has said that it has nothing. */
function begun(files: CarryManifest): { presenter: Outgoing; viewer: Incoming } {
  const viewer = offered(incomingOf(files), 1)
  return { presenter: heardHave(reconnecting(outgoingOf(files)), haveOf(viewer, shareId)), viewer }
}

function stretchOf(state: Outgoing): Stretch {
  const stretch = upcoming(state)
  if (!stretch) throw new Error('nothing leaves')
  return stretch
}

/** A block leaves whole and arrives. */
function carry(
  presenter: Outgoing,
  viewer: Incoming,
): { presenter: Outgoing; viewer: Incoming; file: number } {
  const stretch = stretchOf(presenter)
  const length = stretch.end - stretch.offset
  const arrival = arrived(viewer, stretch.file, stretch.offset, length)
  return { presenter: left(presenter, stretch, length), viewer: arrival.state, file: stretch.file }
}

/** The files in the order in which their blocks leave. */
function orderFrom(state: Outgoing): readonly number[] {
  const order: number[] = []
  for (let now = state; upcoming(now); now = left(now, stretchOf(now), stretchOf(now).end)) {
    order.push(stretchOf(now).file)
  }
  return order
}

const have = (blocks: string, kept = '00', refused = '00', generation = 1) => ({
  ...{ type: 'carry.have' as const, shareId, generation },
  ...{ blocks, kept, refused },
})

test('[CARRY-2] files leave from what is looked at outwards', () => {
  expect([...outwards(2, 5)]).toEqual([2, 3, 1, 4, 0])
  expect([...outwards(0, 3)]).toEqual([0, 1, 2])
  expect([...outwards(9, 3)]).toEqual([2, 1, 0])
  expect([...outwards(0, 0)]).toEqual([])
  expect(orderFrom(lookedAt(begun(five).presenter, 3))).toEqual([3, 4, 2, 1, 0])
})

test('[CARRY-2] who looks elsewhere is served next, after the block that was begun', () => {
  let { presenter } = begun(manifest(3 * blockBytes, 10, 10, 10))
  presenter = left(presenter, stretchOf(presenter), 1_000)
  presenter = lookedAt(presenter, 2)
  expect(upcoming(presenter)).toEqual({ file: 0, offset: 1_000, end: blockBytes })
  presenter = left(presenter, stretchOf(presenter), blockBytes - 1_000)
  expect(orderFrom(presenter)).toEqual([2, 3, 1, 0, 0])
  expect(upcoming(heardWant(presenter, { type: 'carry.want', shareId, file: 3 }))).toMatchObject({ file: 3 })
})

test('[CARRY-2] no more is under way than the window, until some of it is acknowledged', () => {
  const files = manifest(windowBytes + 2 * blockBytes)
  let { presenter, viewer } = begun(files)
  while (upcoming(presenter)) ({ presenter, viewer } = carry(presenter, viewer))
  expect(unacknowledged(presenter)).toBe(windowBytes)
  presenter = heardHave(presenter, haveOf(viewer, shareId))
  expect(unacknowledged(presenter)).toBe(0)
  expect(upcoming(presenter)).toMatchObject({ offset: windowBytes })
})

test('[CARRY-3] bits are said first bit first, and read only where they fit', () => {
  const bits = withBits(withBits(noBits(10), 0), 8, 10)
  expect(writeBits(bits)).toBe('80c0')
  expect(readBits('80c0', 10)).toEqual(bits)
  for (const wrong of ['80', '80c000', '80e0']) expect(readBits(wrong, 10), wrong).toBeNull()
  expect(readBits('', 0)).toEqual(noBits(0))
})

test('[CARRY-3] what is said twice, or of another connection, changes nothing', () => {
  const first = begun(five)
  const { presenter, viewer } = carry(first.presenter, first.viewer)
  const once = heardHave(presenter, haveOf(viewer, shareId))
  expect(heardHave(once, haveOf(viewer, shareId))).toEqual(once)
  const next = reconnecting(once)
  expect(heardHave(next, haveOf(viewer, shareId))).toBe(next)
})

test('[CARRY-4] on another connection nothing leaves before the viewer has spoken, and then what it has not', () => {
  const first = begun(manifest(3 * blockBytes))
  let { presenter, viewer } = carry(first.presenter, first.viewer)
  // The second block is cut in its middle, the first was never acknowledged.
  const second = stretchOf(presenter)
  presenter = reconnecting(left(presenter, second, 5_000))
  viewer = offered(arrived(viewer, 0, second.offset, 5_000).state, 2)
  expect(upcoming(presenter)).toBeNull()
  presenter = heardHave(presenter, haveOf(viewer, shareId))
  expect(upcoming(presenter)).toEqual({ file: 0, offset: blockBytes, end: 2 * blockBytes })
  expect(carry(presenter, viewer).viewer.failure).toBeNull()
})

test('[CARRY-4] connections that bring nothing end it, one that brings a block begins the count anew', () => {
  let { presenter, viewer } = begun(five)
  ;({ presenter, viewer } = carry(presenter, viewer))
  presenter = heardHave(presenter, haveOf(viewer, shareId))
  for (let times = 0; times < 6; times += 1) presenter = reconnecting(presenter)
  expect(presenter.failure).toBeNull()
  viewer = offered(viewer, presenter.generation)
  presenter = heardHave(presenter, haveOf(viewer, shareId))
  expect(reconnecting(presenter).failure).toBe('no-way')
  ;({ presenter, viewer } = carry(presenter, viewer))
  expect(reconnecting(heardHave(presenter, haveOf(viewer, shareId))).failure).toBeNull()
})

test('[CARRY-5] another file than the manifest’s is asked for once more, and then has failed; the rest comes', () => {
  let { presenter, viewer } = begun(manifest(10, 20))
  const again = () => ({ type: 'carry.again' as const, shareId, generation: 1, file: 0 })
  ;({ presenter, viewer } = carry(presenter, viewer))
  let check = checked(viewer, 0, false)
  expect(check.outcome).toBe('again')
  presenter = heardHave(heardAgain(presenter, again()), haveOf(check.state, shareId))
  expect(presenter.failure).toBeNull()
  ;({ presenter, viewer } = carry(presenter, check.state))
  check = checked(viewer, 0, false)
  expect(check.outcome).toBe('failed')
  presenter = heardHave(presenter, haveOf(check.state, shareId))
  ;({ presenter, viewer } = carry(presenter, check.state))
  check = checked(viewer, 1, true)
  expect(check.outcome).toBe('kept')
  expect(awaited(check.state)).toEqual([])
  presenter = heardHave(presenter, haveOf(check.state, shareId))
  expect([presenter.failure, isSettled(presenter)]).toEqual([null, true])
  expect(checked(check.state, 1, true).outcome, 'once').toBe('nothing')
})

test('[CARRY-5] a file that the presenter has no more is given up at both ends', () => {
  const { presenter, viewer } = begun(manifest(10, 20))
  const without = lost(presenter, 0)
  expect(orderFrom(without)).toEqual([1])
  const told = lacked(viewer, 0)
  expect([told.isNews, awaited(told.state)]).toEqual([true, [1]])
  expect(lacked(told.state, 0).isNews).toBe(false)
  expect(lacked(viewer, 7).isNews).toBe(false)
  expect(heardHave(without, haveOf(told.state, shareId)).failure).toBeNull()
})

test.each([
  ['has-unsent', 'blocks that never left', have('c0')],
  ['has-unsent', 'a file whose blocks it has not', have('00', '80')],
  ['malformed', 'more blocks than there are', have('80ff')],
  ['malformed', 'blocks beyond the last', have('84')],
] as const)('[CARRY-6] %s: a viewer that says it has %s is sent nothing more', (failure, _, said) => {
  let { presenter, viewer } = begun(five)
  ;({ presenter, viewer } = carry(presenter, viewer))
  const after = heardHave(presenter, said)
  expect([after.failure, upcoming(after), isSettled(after)]).toEqual([failure, null, true])
})

test('[CARRY-6] took-back: a viewer that has no longer what it had', () => {
  let { presenter, viewer } = begun(five)
  ;({ presenter, viewer } = carry(presenter, viewer))
  presenter = heardHave(presenter, haveOf(checked(viewer, 0, true).state, shareId))
  expect(heardHave(presenter, have('00')).failure).toBe('took-back')
  expect(heardHave(presenter, have('80')).failure).toBe('took-back')
  const again = { type: 'carry.again' as const, shareId, generation: 1, file: 0 }
  expect(heardAgain(presenter, again).failure, 'what was right').toBe('took-back')
})

test('[CARRY-6] asked-too-often, not-offered, has-unsent: a viewer that asks for what it may not', () => {
  let { presenter, viewer } = begun(five)
  const again = (file: number) => ({ type: 'carry.again' as const, shareId, generation: 1, file })
  expect(heardAgain(presenter, again(0)).failure).toBe('has-unsent')
  expect(heardAgain(presenter, again(5)).failure).toBe('not-offered')
  expect(heardWant(presenter, { type: 'carry.want', shareId, file: 5 }).failure).toBe('not-offered')
  ;({ presenter, viewer } = carry(presenter, viewer))
  presenter = heardAgain(presenter, again(0))
  expect(presenter.failure).toBeNull()
  ;({ presenter } = carry(presenter, checked(viewer, 0, false).state))
  expect(heardAgain(presenter, again(0)).failure).toBe('asked-too-often')
})

const lies: readonly (readonly [Incoming['failure'], string, (viewer: Incoming) => Arrival])[] = [
  ['not-offered', 'a file that is not in the manifest', (viewer) => arrived(viewer, 2, 0, 10)],
  ['out-of-place', 'more than the file is long', (viewer) => arrived(viewer, 1, 0, 21)],
  ['out-of-place', 'a piece that begins nowhere', (viewer) => arrived(viewer, 1, 5, 5)],
  ['out-of-place', 'a piece of nothing', (viewer) => arrived(viewer, 1, 0, 0)],
  ['out-of-place', 'a piece over the end of its block', (viewer) => arrived(viewer, 0, 0, blockBytes + 1)],
  ['out-of-place', 'a piece behind its file', (viewer) => arrived(viewer, 1, 5 * blockBytes, 1)],
  ['out-of-place', 'what overlaps', (viewer) => arrived(arrived(viewer, 0, 0, 100).state, 0, 50, 100)],
  ['out-of-place', 'what leaves a gap', (viewer) => arrived(arrived(viewer, 0, 0, 100).state, 0, 101, 9)],
  [
    'out-of-place',
    'another file before a block is whole',
    (viewer) => arrived(arrived(viewer, 0, 0, 9).state, 1, 0, 20),
  ],
  ['out-of-place', 'a block that is here', (viewer) => arrived(arrived(viewer, 1, 0, 20).state, 1, 0, 20)],
  ['out-of-place', 'a file that was given up', (viewer) => arrived(lacked(viewer, 1).state, 1, 0, 20)],
]

test.each(lies)('[CARRY-7] %s: a presenter that sends %s is not listened to', (failure, _, lie) => {
  const { state, keep, finished } = lie(begun(manifest(2 * blockBytes, 20)).viewer)
  expect([state.failure, keep, finished]).toEqual([failure, false, 'nothing'])
  const more = arrived(state, 0, 0, 10)
  expect([more.state, more.keep]).toEqual([state, false])
})

test('[CARRY-7] a file of nothing comes in a piece of nothing', () => {
  const { presenter, viewer } = begun(manifest(0))
  const stretch = stretchOf(presenter)
  expect(stretch).toEqual({ file: 0, offset: 0, end: 0 })
  expect(arrived(viewer, 0, 0, 0)).toMatchObject({ keep: true, finished: 'file' })
  expect(upcoming(left(presenter, stretch, 0))).toBeNull()
})

test('how far it is: files that do not come count for nothing, and the rate is of two seconds', () => {
  const { cargo } = outgoingOf(manifest(100, 200, 300))
  const bits = (...set: readonly number[]) => set.reduce((all, one) => withBits(all, one), noBits(3))
  let come = looked([], { atMs: 0, bytes: 0 })
  for (let atMs = 500; atMs <= 4_000; atMs += 500) come = looked(come, { atMs, bytes: atMs / 20 })
  expect(come[0]?.atMs).toBe(2_000)
  expect(progressOf(cargo, bits(0, 1), bits(0), (file) => file === 2, come)).toEqual({
    ...{ files: 1, ofFiles: 2, bytes: 300, ofBytes: 300, bytesPerSecond: 50, leftMs: 0, ready: [[0, 0]] },
  })
  expect(progressOf(cargo, bits(), bits(), () => false, []).leftMs).toBeNull()
  expect(runsOf([true, true, false, true])).toEqual([
    [0, 1],
    [3, 3],
  ])
})
