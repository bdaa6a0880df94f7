/** Looking at a scan together, at the screens: what follows, what is told, and what is left when it is over. */
import { expect, test } from 'vitest'
import type { ScanIdentity } from '../../src/core/scan/scan.ts'
import type { View } from '../../src/core/scan/view.ts'
import { guestKinds, type Party } from '../../src/protocol/people.ts'
import { decodeManifest } from '../../src/protocol/scan-share.ts'
import { createTurn } from '../../src/state/scan-turn.ts'
import { opened } from '../fakes/opened-scans.ts'
import { bedOne } from '../fakes/ports.ts'
import { ben, damaged, maria, openSlices, screensOf } from '../fakes/sharing.ts'

const viewOf = (fileId: string, centre = 40): View => ({
  ...{ fileId, frame: 0, voi: { centre, width: 400 }, isInverted: false },
  ...{ centre: [2, 2], scale: 4, rotation: 0, isFlipped: false },
})

/** Ben shows three slices to the tablet at bed 1, which has the first one. */
async function shown(identity: 'shown' | 'hidden' = 'shown') {
  const call = screensOf(ben, bedOne)
  const [doctor, tablet] = [call.screenOf(ben), call.screenOf(bedOne)]
  const stack = await openSlices(doctor, 3)
  const fileIds = stack.files.map(({ fileId }) => fileId)
  const boxes = new Map(fileIds.map((fileId) => [fileId, []] as const))
  await doctor.share.start({ stacks: [stack], boxes, leftOut: new Set(), identity })
  doctor.share.show(viewOf(fileIds[0] ?? ''))
  await call.pass(1_500)
  await call.carry(ben, bedOne, 0)
  return { ...call, doctor, tablet, fileIds }
}

test('[LIVE-1] a doctor shows, the tablet at the bed follows slice, window and zoom, and may not show (HZ-9)', async () => {
  const { doctor, tablet, fileIds, pass, carry } = await shown()
  expect([doctor.share.role.value, tablet.share.role.value]).toEqual(['presenting', 'following'])
  expect([doctor.share.mayPresent.value, tablet.share.mayPresent.value]).toEqual([true, false])
  expect(tablet.share.incoming.value?.look.value?.view).toMatchObject({
    voi: { centre: 40, width: 400 },
    scale: 4,
  })
  await carry(ben, bedOne, 1)
  doctor.share.show(viewOf(fileIds[1] ?? '', 80))
  await pass(500)
  const incoming = tablet.share.incoming.value
  expect(incoming?.slice.value).toEqual({ file: 1, frame: 0 })
  expect(incoming?.look.value?.view.voi).toEqual({ centre: 80, width: 400 })
})

test.each(guestKinds)(
  '[LIVE-1] a guest, %s, is shown what a doctor shows, and may neither show anything nor ask for the turn (HZ-10)',
  async (kind) => {
    const guest: Party = { type: 'guest', guestId: 'guest-1', name: 'Kaarina Lahti', kind }
    const call = screensOf(ben, guest)
    const [doctor, theirs] = [call.screenOf(ben), call.screenOf(guest)]
    const showOne = async ({ share }: typeof doctor, stack: Awaited<ReturnType<typeof openSlices>>) => {
      const boxes = new Map(stack.files.map(({ fileId }) => [fileId, []] as const))
      await share.start({ stacks: [stack], boxes, leftOut: new Set(), identity: 'shown' })
      await call.pass(1_500)
    }
    await showOne(theirs, await openSlices(theirs, 1))
    expect([theirs.share.mayPresent.value, doctor.share.state.value.share]).toEqual([false, null])
    const stack = await openSlices(doctor, 1)
    await showOne(doctor, stack)
    doctor.share.show(viewOf(stack.files[0]?.fileId ?? ''))
    await call.pass(500)
    await call.carry(ben, guest, 0)
    expect(theirs.share.incoming.value?.slice.value).toEqual({ file: 0, frame: 0 })
    theirs.share.ask()
    await call.pass(500)
    expect(doctor.share.state.value.share?.asks).toEqual([])
    const { shareId } = doctor.share.state.value.share ?? {}
    await call.pass(300)
    expect(theirs.world.sent).toContainEqual({ type: 'scan.seen', callId: expect.any(String), shareId })
  },
)

test('[LIVE-10] a slice that has not come is said so, at both ends, and shown as soon as it is there', async () => {
  const { doctor, tablet, fileIds, pass, carry } = await shown()
  doctor.share.show(viewOf(fileIds[2] ?? ''))
  await pass(500)
  const incoming = tablet.share.incoming.value
  expect([incoming?.isLacking.value, incoming?.slice.value]).toEqual([true, { file: 0, frame: 0 }])
  expect(doctor.share.state.value.share?.reports.get('bed-1')).toMatchObject({ manner: 'lacking' })
  await carry(ben, bedOne, 2)
  await pass(300)
  expect(incoming?.isLacking.value).toBe(false)
  expect(doctor.share.state.value.share?.reports.get('bed-1')).toMatchObject({ manner: 'following', has: 2 })
})

test('whose it is comes with the manifest, or with nothing', async () => {
  const named = await shown()
  expect(named.tablet.share.incoming.value?.plate.value).toMatchObject({
    patientName: 'Eero Salonen',
    slice: { at: 1, of: 3 },
  })
  const { tablet } = await shown('hidden')
  expect(tablet.share.incoming.value?.plate.value).toMatchObject({ patientName: null, patientId: null })
})

test('[LIVE-7] with the link lost the tablet is blank after five seconds, and shows again when it is back (HZ-9)', async () => {
  const { tablet, pass, cut, mend } = await shown()
  cut(ben, bedOne)
  await pass(6_000)
  expect(tablet.share.incoming.value?.look.value).toBeNull()
  mend(ben, bedOne)
  await pass(1_500)
  expect(tablet.share.incoming.value?.look.value).not.toBeNull()
})

test('[LIVE-8] when the call ends what came is overwritten and let go, also what comes too late (HZ-9)', async () => {
  const { doctor, tablet, settle, hangUp } = await shown()
  const [kept] = [...tablet.held.values()].map(({ content }) => new Uint8Array(content))
  expect(kept).toEqual(Uint8Array.of(1, 2, 3, 4))
  const late = Uint8Array.of(9, 9, 9).buffer
  const hear = [...tablet.receiving.values()][0]
  hangUp(ben, bedOne)
  hear?.file(1, late)
  await settle()
  expect(kept).toEqual(new Uint8Array(4))
  expect(new Uint8Array(late)).toEqual(new Uint8Array(3))
  for (const { share } of [doctor, tablet])
    expect([share.state.value.share, share.incoming.value, share.received.value]).toEqual([null, null, null])
  expect(tablet.held.size).toBe(0)
  expect(doctor.held.size, 'what is the doctor’s own stays open').toBe(3)
  expect([tablet.ended, doctor.ended]).toEqual([[expect.any(String)], [expect.any(String)]])
})

test('[LIVE-8] the server is told once what was shown, seen and ended, and of whom only the number', async () => {
  const { doctor, tablet, pass } = await shown()
  doctor.share.stop()
  await pass(500)
  const [shared, ended] = doctor.world.sent
  expect(shared).toMatchObject({ type: 'scan.shared', files: 3, patientNumber: 'DEMO-1' })
  expect([ended?.type, doctor.world.sent.length]).toEqual(['scan.ended', 2])
  expect(tablet.world.types()).toEqual(['scan.seen', 'scan.ended'])
  expect(JSON.stringify(doctor.world.sent)).not.toContain('Salonen')
})

test('[LIVE-5] what is drawn at the bed is seen at the station, and gone with the share', async () => {
  const { doctor, tablet, pass } = await shown()
  tablet.share.draw({ file: 0, frame: 0 }, [
    [1, 1],
    [2, 3],
  ])
  tablet.share.point({ file: 0, frame: 0 }, [2, 2])
  await pass(100)
  expect(doctor.share.state.value.share).toMatchObject({
    marks: [
      {
        author: 'bed-1',
        points: [
          [1, 1],
          [2, 3],
        ],
      },
    ],
    pointers: [{ author: 'bed-1', at: [2, 2] }],
  })
})

test('a view that moves leaves no more than thirty times a second, and once more at rest', async () => {
  const { doctor, tablet, fileIds, pass } = await shown()
  const before = doctor.share.state.value.share?.seq ?? 0
  for (let step = 0; step < 100; step += 1) {
    doctor.share.show(viewOf(fileIds[0] ?? '', step))
    doctor.world.advance(5)
  }
  await pass(400)
  const said = (doctor.share.state.value.share?.seq ?? 0) - before
  expect(said).toBeGreaterThan(10)
  expect(said).toBeLessThanOrEqual(20)
  expect(tablet.share.state.value.share?.view?.voi?.centre).toBe(99)
})

test('[LIVE-11] a picture that does not come leaves its place empty, says which it is, and is said to whoever shows it (HZ-1, HZ-9)', async () => {
  const { doctor, tablet, fileIds, pass, carry } = await shown()
  const hear = [...tablet.receiving.values()][0]
  hear?.failed(1, 'wrong-hash')
  const incoming = tablet.share.incoming.value
  expect([incoming?.missing.value, incoming?.look.value === null], 'another one is meant').toEqual([
    null,
    false,
  ])
  doctor.share.show(viewOf(fileIds[1] ?? ''))
  await pass(500)
  expect(incoming?.missing.value).toBe('wrong-hash')
  expect(incoming?.look.value, 'no former picture stands in its place').toBeNull()
  expect(incoming?.plate.value).toMatchObject({ patientName: 'Eero Salonen', slice: { at: 2, of: 3 } })
  const report = () => doctor.share.state.value.share?.reports.get('bed-1')
  expect(report()).toMatchObject({ shows: null, manner: 'missing' })
  await carry(ben, bedOne, 2)
  doctor.share.show(viewOf(fileIds[2] ?? ''))
  await pass(500)
  expect([incoming?.missing.value, incoming?.slice.value]).toEqual([null, { file: 2, frame: 0 }])
  expect(report()).toMatchObject({ manner: 'following' })
})

test('[LIVE-11] what came and cannot be opened or drawn is said like what did not come (HZ-9)', async () => {
  const { doctor, tablet, fileIds, pass } = await shown()
  const hear = [...tablet.receiving.values()][0]
  const bytes = damaged()
  hear?.file(1, bytes)
  doctor.share.show(viewOf(fileIds[1] ?? ''))
  await pass(500)
  const incoming = tablet.share.incoming.value
  expect(incoming?.missing.value).toMatchObject({ failure: 'corrupt' })
  expect(new Uint8Array(bytes), 'overwritten').toEqual(new Uint8Array(2))
  doctor.share.show(viewOf(fileIds[0] ?? ''))
  await pass(500)
  const view = incoming?.look.value?.view
  if (!view) throw new Error('nothing to draw')
  incoming.drew(view, { failure: 'no-codec', detail: 'jpeg' })
  await pass(500)
  expect(doctor.share.state.value.share?.reports.get('bed-1')).toMatchObject({ manner: 'missing' })
  incoming.drew(view, 'drawn')
  await pass(500)
  expect(doctor.share.state.value.share?.reports.get('bed-1')).toMatchObject({ manner: 'following' })
})

test('[LIVE-11] whoever shows reads which of their pictures nobody is shown, and who gets nothing more', async () => {
  const call = screensOf(ben, bedOne)
  const doctor = call.screenOf(ben)
  const stack = await openSlices(doctor, 3)
  const fileIds = stack.files.map(({ fileId }) => fileId)
  doctor.unfit.add(fileIds[1] ?? '')
  const boxes = new Map(fileIds.map((fileId) => [fileId, []] as const))
  await doctor.share.start({ stacks: [stack], boxes, leftOut: new Set(), identity: 'shown' })
  expect(doctor.share.refused.value).toEqual({
    of: 3,
    files: [{ name: 'slice 1', failure: 'corrupt', detail: 'pixels' }],
  })
  expect(doctor.share.state.value.share?.manifest?.files).toHaveLength(2)
  doctor.share.show(viewOf(fileIds[0] ?? ''))
  await call.pass(1_500)
  const [callId = '', hear] = [...doctor.served][0] ?? []
  hear?.failed('no-way')
  expect([...doctor.share.unserved.value]).toEqual([[callId, 'no-way']])
  // Served anew, as after a reload of theirs.
  doctor.linkDown(callId)
  call.screenOf(bedOne).linkDown(callId)
  await call.pass(2_500)
  call.screenOf(bedOne).linkUp(callId)
  doctor.linkUp(callId)
  await call.pass(2_500)
  expect(doctor.share.unserved.value.size).toBe(0)
  doctor.share.stop()
  expect(doctor.share.refused.value).toBeNull()
})

test('[LIVE-11] where nothing may leave, why not is said of each picture', async () => {
  const doctor = screensOf(ben, bedOne).screenOf(ben)
  const stack = await openSlices(doctor, 1)
  const fileIds = stack.files.map(({ fileId }) => fileId)
  for (const fileId of fileIds) doctor.unfit.add(fileId)
  const boxes = new Map(fileIds.map((fileId) => [fileId, []] as const))
  const ask = { stacks: [stack], boxes, leftOut: new Set<string>(), identity: 'shown' } as const
  await doctor.share.start(ask)
  expect(doctor.share.trouble.value).toBe('nothing')
  expect(doctor.share.refused.value).toEqual({
    of: 1,
    files: [{ name: 'slice 0', failure: 'corrupt', detail: 'pixels' }],
  })
  doctor.unfit.clear()
  await doctor.share.start(ask)
  expect([doctor.share.trouble.value, doctor.share.refused.value]).toEqual([null, null])
})

test('[CARRY-2] what is looked at comes first by whoever shows it: a viewer that follows orders nothing', async () => {
  const { doctor, tablet, fileIds, pass } = await shown()
  doctor.share.show(viewOf(fileIds[2] ?? ''))
  await pass(500)
  expect([doctor.wanted.sending, tablet.wanted.receiving]).toEqual([2, -1])
})

/** Ben’s three slices, of which all came to Maria, who has the turn. */
async function turned() {
  const call = screensOf(ben, maria, bedOne)
  const [doctor, other, tablet] = [call.screenOf(ben), call.screenOf(maria), call.screenOf(bedOne)]
  const stack = await openSlices(doctor, 3)
  const fileIds = stack.files.map(({ fileId }) => fileId)
  const boxes = new Map(fileIds.map((fileId) => [fileId, []] as const))
  await doctor.share.start({ stacks: [stack], boxes, leftOut: new Set(), identity: 'shown' })
  doctor.share.show(viewOf(fileIds[0] ?? ''))
  await call.pass(1_500)
  for (const file of [0, 1, 2]) for (const to of [maria, bedOne]) await call.carry(ben, to, file)
  other.share.ask()
  await call.pass(300)
  expect(doctor.share.state.value.share?.asks).toEqual(['maria'])
  doctor.share.grant('maria')
  await call.pass(300)
  const incoming = other.share.incoming.value
  if (!incoming) throw new Error('nothing came')
  const turn = createTurn(other.share, incoming, other.reader)
  turn.resized({ width: 400, height: 400 })
  const seen = () => tablet.share.incoming.value?.look.value?.view
  return { ...call, doctor, other, tablet, fileIds, turn, seen }
}

test('[LIVE-12] whoever was given the turn changes slice, window, zoom and place for everybody, and it is taken back', async () => {
  const { doctor, other, tablet, fileIds, turn, seen, pass } = await turned()
  expect(other.share.role.value).toBe('presenting')
  const before = seen()
  turn.step(1)
  turn.step(1)
  await pass(500)
  expect(tablet.share.incoming.value?.slice.value, 'no step is lost to the pace').toEqual({
    file: 2,
    frame: 0,
  })
  turn.step(5)
  await pass(500)
  expect(tablet.share.incoming.value?.slice.value, 'a series ends at its ends').toEqual({ file: 2, frame: 0 })
  const from = turn.windowNow()
  expect(from).toEqual({ centre: 40, width: 400 })
  turn.dragWindow({ centre: 40, width: 400 }, [160, 0])
  turn.zoom([200, 200], 2)
  turn.pan([100, 0])
  turn.turn()
  await pass(500)
  expect(seen()).toMatchObject({ voi: { centre: 40, width: 800 }, rotation: 90 })
  expect([seen()?.centre, seen()?.scale]).not.toEqual([before?.centre, before?.scale])
  expect(doctor.share.incoming.value?.look.value?.view, 'its source follows with its own').toMatchObject({
    fileId: fileIds[2],
    voi: { centre: 40, width: 800 },
  })
  const { epoch = 0 } = doctor.share.state.value.share ?? {}
  doctor.share.takeBack()
  turn.step(-1)
  await pass(500)
  expect([doctor.share.role.value, other.share.role.value]).toEqual(['presenting', 'following'])
  expect(doctor.share.state.value.share?.epoch).toBe(epoch + 1)
  turn.step(-1)
  await pass(500)
  expect(tablet.share.incoming.value?.slice.value, 'a turn that is over changes nothing').toEqual({
    file: 2,
    frame: 0,
  })
})

test('[STRIP-7] [HZ-9] what somebody had to look at and did not does not leave', async () => {
  const call = screensOf(ben, bedOne)
  const doctor = call.screenOf(ben)
  const stack = await openSlices(doctor, 3)
  const ask = { stacks: [stack], leftOut: new Set<string>(), identity: 'shown' } as const
  await doctor.share.start({ ...ask, boxes: new Map() })
  expect([doctor.share.trouble.value, doctor.share.state.value.share]).toEqual(['nothing', null])
  await doctor.share.start({ ...ask, boxes: new Map([[stack.files[1]?.fileId ?? '', []]]) })
  expect(doctor.share.state.value.share?.manifest?.files).toHaveLength(1)
})

test('without its parts nothing begins, and that is said', async () => {
  const call = screensOf(ben, bedOne)
  const doctor = call.screenOf(ben)
  const stack = await openSlices(doctor, 1)
  doctor.world.scanIo = () => Promise.reject(new Error('no network'))
  await doctor.share.start({ stacks: [stack], boxes: new Map(), leftOut: new Set(), identity: 'shown' })
  expect([doctor.share.trouble.value, doctor.share.state.value.share]).toEqual(['unreachable', null])
})

test('what was made ready while somebody else came to the call is shown to nobody, and that is said (HZ-1)', async () => {
  const call = screensOf(ben, bedOne, maria)
  const doctor = call.screenOf(ben)
  const everybody = doctor.seats.value
  doctor.seats.value = everybody.slice(0, 1)
  const stack = await openSlices(doctor, 3)
  const boxes = new Map(stack.files.map(({ fileId }) => [fileId, []] as const))
  const showing = doctor.share.start({ stacks: [stack], boxes, leftOut: new Set(), identity: 'shown' })
  doctor.seats.value = everybody
  await showing
  expect([doctor.share.trouble.value, doctor.share.state.value.share]).toEqual(['others', null])
})

test('nor is it shown in the next call (HZ-1)', async () => {
  const call = screensOf(ben, bedOne, maria)
  const doctor = call.screenOf(ben)
  const [first, second] = doctor.seats.value
  if (!first || !second) throw new Error('nobody')
  doctor.seats.value = [first]
  const stack = await openSlices(doctor, 3)
  const boxes = new Map(stack.files.map(({ fileId }) => [fileId, []] as const))
  const showing = doctor.share.start({ stacks: [stack], boxes, leftOut: new Set(), identity: 'shown' })
  doctor.seats.value = [second]
  await showing
  expect([doctor.share.trouble.value, doctor.share.state.value.share]).toEqual(['others', null])
})

/** What Ben shows of files that say this of whom they are. */
async function manifestOf(identity: 'shown' | 'hidden', said: Partial<ScanIdentity>) {
  const doctor = screensOf(ben, bedOne).screenOf(ben)
  const stack = await openSlices(doctor, 1)
  const { identity: own } = opened('x', { identity: said }).scan
  const boxes = new Map(stack.files.map(({ fileId }) => [fileId, []] as const))
  const stacks = [{ ...stack, identity: own }]
  await doctor.share.start({ stacks, boxes, leftOut: new Set(), identity })
  return doctor.share.state.value.share?.manifest ?? null
}

test('without the identity no word that a person typed goes along (HZ-9)', async () => {
  const said = { patientName: 'Salonen', seriesDescription: 'Salonen Eero 1950', studyDate: '20190301' }
  const hidden = await manifestOf('hidden', said)
  expect(JSON.stringify(hidden)).not.toMatch(/Salonen|2019/)
  const shown = await manifestOf('shown', said)
  expect(shown?.series).toMatchObject([{ label: 'Salonen Eero 1950', studyDate: '20190301' }])
})

test('a name of five long parts is cut, and whoever follows can read the manifest', async () => {
  const shown = await manifestOf('shown', {
    patientName: 'Ää'.repeat(80),
    seriesDescription: 'b'.repeat(200),
  })
  expect(decodeManifest(JSON.stringify(shown))?.identity?.patientName).toHaveLength(64)
})
