/** A person's viewer: files and whose they are, slices, windows, films, what is left when it is closed. */
import { describe, expect, test } from 'vitest'
import type { View } from '../../src/core/scan/view.ts'
import { mostFiles } from '../../src/state/scan-files.ts'
import { createViewer, type Viewer } from '../../src/state/scan-viewer.ts'
import type { FrameChanges } from '../fakes/opened-scans.ts'
import { fakeWorld } from '../fakes/ports.ts'
import { type FakeFile, fakeScans, source, sources } from '../fakes/scan-reader.ts'

const jane = { patientId: '1', patientName: 'Doe, Jane', patientBirthDate: '19500101' }
const john = { patientId: '2', patientName: 'Roe, John', patientBirthDate: '19600101' }
const slice = (at: number, changes: FrameChanges = {}): FrameChanges => ({
  rows: 8,
  columns: 8,
  position: [0, 0, at],
  windows: [{ centre: 40, width: 80, name: null }],
  ...changes,
  identity: {
    ...jane,
    study: '1',
    series: '1.1',
    modality: 'CT',
    sopInstance: `1.1.${at}`,
    instanceNumber: at,
    ...changes.identity,
  },
})
const ofJohn = slice(0, { identity: { ...john, study: '2', series: '2.1', sopInstance: '2.1.0' } })
const photo: FrameChanges = { kind: 'photo', isColour: true, rows: 3, columns: 6 }

const head: Readonly<Record<string, FakeFile>> = {
  c: slice(2),
  a: slice(0),
  b: slice(1),
  john: ofJohn,
  photo,
  'again.dcm': slice(0),
  'broken.dcm': { failure: 'truncated', detail: 'stream' },
  'letter.pdf': { failure: 'not-dicom', detail: 'PDF' },
  page1: photo,
  page2: photo,
  film: slice(0, {
    frames: 4,
    frameTimeMs: 50,
    identity: { series: '1.9', sopInstance: '1.9' },
    windows: [],
  }),
}

function viewing(files = head) {
  const scans = fakeScans(files)
  const { world: time, ports } = fakeWorld()
  const viewer = createViewer(scans.io, scans.reader, ports.clock)
  viewer.resized({ width: 400, height: 300 })
  return { ...scans, viewer, time, drew: () => drew(viewer) }
}
function viewOf(viewer: Viewer): View {
  const view = viewer.view.peek()
  if (!view) throw new Error('nothing is looked at')
  return view
}
const drew = (viewer: Viewer) => viewer.drew(viewOf(viewer), 'drawn')
const nameNow = ({ shown }: Viewer) => shown.peek()?.file.name
const settled = () => new Promise<void>((then) => setTimeout(then))

describe('opening', () => {
  test('a series is shown whole, in the order of the body, its first slice first', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('c', 'a', 'b'))
    expect(viewer.shown.value?.stack.files.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(nameNow(viewer)).toBe('a')
    expect(viewer.plate.value).toMatchObject({ patientName: 'Doe, Jane', slice: { at: 1, of: 3 } })
    expect(viewer.files.opening.value).toBeNull()
  })

  test('what fails is named with its reason; the rest is shown', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('a', 'broken.dcm', 'song.mp3'))
    expect(viewer.files.failed.value).toEqual([
      { name: 'broken.dcm', failure: 'truncated', detail: 'stream' },
      { name: 'song.mp3', failure: 'not-dicom', detail: 'prefix' },
    ])
    expect(nameNow(viewer)).toBe('a')
    viewer.files.dismiss()
    expect(viewer.files.failed.value).toEqual([])
  })

  test('how far it is is told while it goes on', async () => {
    const { viewer, world } = viewing()
    let go = () => {}
    world.gate = new Promise((then) => {
      go = then
    })
    const opening = viewer.open(sources('a', 'b'))
    expect(viewer.files.opening.value).toEqual({ done: 0, of: 2 })
    go()
    await opening
    expect(viewer.files.opening.value).toBeNull()
  })

  test('a file that is open already is named, closed, and not shown twice', async () => {
    const { viewer, world } = viewing()
    await viewer.open(sources('a', 'b'))
    await viewer.open(sources('again.dcm'))
    expect(viewer.files.twins.value).toEqual(['again.dcm'])
    expect(world.openNames()).toEqual(['a', 'b'])
  })

  test('a PDF becomes its pages, in one stack', async () => {
    const { viewer, world } = viewing()
    world.pages = { ok: true, value: sources('page1', 'page2') }
    await viewer.open(sources('letter.pdf'))
    expect(viewer.files.failed.value).toEqual([])
    expect(viewer.shown.value?.stack.slices).toHaveLength(2)
    expect(viewer.plate.value).toMatchObject({ isPhoto: true, through: { type: 'colour' } })
  })

  test('a PDF that is locked says so', async () => {
    const { viewer, world } = viewing()
    world.pages = { ok: false, failure: 'locked' }
    await viewer.open(sources('letter.pdf'))
    expect(viewer.files.failed.value).toEqual([{ name: 'letter.pdf', failure: 'locked', detail: '' }])
  })

  test('what is opened next is shown; what was looked at is as it was left', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('a', 'b', 'c'))
    viewer.go(2)
    viewer.zoom([200, 150], 2)
    const [left, id] = [viewer.view.value, viewer.shown.value?.stack.stackId ?? '']
    await viewer.open([source('photo')])
    expect(viewer.plate.value?.isPhoto).toBe(true)
    viewer.showStack(id)
    expect(viewer.view.value).toEqual(left)
  })

  test('more slices of the same series come in between, and the one that is looked at stays', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('a', 'c'))
    viewer.go(1)
    await viewer.open(sources('b'))
    expect(nameNow(viewer)).toBe('c')
    expect(viewer.plate.value?.slice).toEqual({ at: 3, of: 3 })
  })
})

describe('[HZ-1] two patients', () => {
  test('in one hand: nothing is shown until a person has chosen, and the other’s files are closed', async () => {
    const { viewer, world } = viewing()
    await viewer.open(sources('a', 'john', 'b'))
    expect(viewer.files.patients.value.map(({ identity, files }) => [identity.patientName, files])).toEqual([
      ['Doe, Jane', 2],
      ['Roe, John', 1],
    ])
    expect([viewer.shown.value, viewer.view.value, viewer.plate.value]).toEqual([null, null, null])
    viewer.files.choose(viewer.files.patients.value[1]?.patient ?? '')
    expect(viewer.plate.value?.patientName).toBe('Roe, John')
    expect(world.openNames()).toEqual(['john'])
  })

  test('one after the other: what was there is covered, not joined', async () => {
    const { viewer, world } = viewing()
    await viewer.open(sources('a', 'b'))
    await viewer.open(sources('john'))
    expect(viewer.shown.value).toBeNull()
    viewer.files.choose(viewer.files.patients.value[0]?.patient ?? '')
    expect(viewer.plate.value?.patientName).toBe('Doe, Jane')
    expect(world.openNames()).toEqual(['a', 'b'])
  })

  test('nobody’s window or zoom is carried over to another patient', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('a'))
    viewer.zoom([0, 0], 3)
    viewer.dragWindow({ centre: 1, width: 10 }, [0, 0])
    await viewer.open(sources('john'))
    viewer.files.choose(viewer.files.patients.value[1]?.patient ?? '')
    expect(viewer.view.value).toMatchObject({ voi: null, centre: [4, 4] })
  })

  test('a photograph stays with the patient beside whom it was taken, and never comes to another', async () => {
    const { viewer, world } = viewing()
    await viewer.open(sources('a'))
    await viewer.open(sources('photo'))
    await viewer.open(sources('john'))
    viewer.files.choose(viewer.files.patients.value[1]?.patient ?? '')
    expect(world.openNames()).toEqual(['john'])
  })

  test('photographs that came in one hand with two people are nobody’s', async () => {
    const { viewer, world } = viewing()
    await viewer.open(sources('a', 'john', 'photo'))
    viewer.files.choose(viewer.files.patients.value[0]?.patient ?? '')
    expect(world.openNames()).toEqual(['a'])
  })

  test('a photograph that was there first stays with whoever is chosen', async () => {
    const { viewer, world } = viewing()
    await viewer.open(sources('photo'))
    await viewer.open(sources('a', 'john'))
    viewer.files.choose(viewer.files.patients.value[0]?.patient ?? '')
    expect(world.openNames()).toEqual(['a', 'photo'])
  })

  test('a name made of markup is a name', async () => {
    const name = '<img src=x onerror=alert(1)>'
    const { viewer } = viewing({ evil: slice(0, { identity: { ...jane, patientName: name } }) })
    await viewer.open(sources('evil'))
    expect(viewer.plate.value?.patientName).toBe(name)
  })
})

describe('looking', () => {
  test('steps end at the ends; the look stays from slice to slice', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('a', 'b', 'c'))
    viewer.turn()
    viewer.invert()
    viewer.dragWindow({ centre: 40, width: 80 }, [160, 0])
    viewer.step(10)
    expect(nameNow(viewer)).toBe('c')
    expect(viewer.view.value).toMatchObject({
      rotation: 90,
      isInverted: true,
      voi: { centre: 40, width: 160 },
    })
    expect(viewer.plate.value).toMatchObject({
      slice: { at: 3, of: 3 },
      through: { type: 'window', voi: { centre: 40, width: 160 } },
    })
    viewer.step(-10)
    expect(nameNow(viewer)).toBe('a')
  })

  test('a picture that fills its place goes on doing so when the place changes, and when it is turned', async () => {
    const { viewer } = viewing({ wide: slice(0, { rows: 10, columns: 20 }) })
    await viewer.open(sources('wide'))
    expect(viewOf(viewer).scale).toBe(15)
    viewer.resized({ width: 100, height: 300 })
    expect(viewOf(viewer).scale).toBe(20)
    viewer.turn()
    expect(viewOf(viewer).scale).toBe(10)
    viewer.zoom([50, 150], 2)
    viewer.resized({ width: 400, height: 300 })
    expect(viewOf(viewer).scale).toBe(5)
    viewer.reset()
    expect(viewer.view.value).toMatchObject({ rotation: 0, scale: 15 })
  })

  test('presets: the file’s own, one by name, everything by the pixels themselves', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('a'))
    const [own, bone, full] = [
      viewer.presets.value.find(({ type }) => type === 'own'),
      viewer.presets.value.find((one) => one.type === 'ct' && one.preset === 'bone'),
      viewer.presets.value.find(({ type }) => type === 'full'),
    ]
    if (!own || !bone || !full) throw new Error('a preset is missing')
    viewer.choose(bone)
    expect(viewer.view.value?.voi).toEqual({ centre: 480, width: 2500 })
    viewer.choose(full)
    await settled()
    expect(viewer.view.value?.voi).toEqual({ centre: 32, width: 64 })
    viewer.choose(own)
    expect(viewer.plate.value?.through).toEqual({
      type: 'window',
      voi: { centre: 40, width: 80, name: null },
    })
  })

  test('where the file names no window, the one of everything is worked out once the picture is there', async () => {
    const { viewer } = viewing({ bare: slice(0, { windows: [] }) })
    await viewer.open(sources('bare'))
    expect(viewer.plate.value?.through).toEqual({ type: 'unknown' })
    drew(viewer)
    await settled()
    expect(viewer.plate.value?.through).toEqual({ type: 'window', voi: { centre: 32, width: 64 } })
    expect(viewer.view.value?.voi).toBeNull()
    expect(viewer.windowNow()).toEqual({ centre: 32, width: 64 })
  })

  test('a photograph has no window to drag', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('photo'))
    drew(viewer)
    await settled()
    expect(viewer.windowNow()).toBeNull()
    expect(viewer.presets.value).toEqual([])
  })

  test('neighbours are fetched once a picture is there, those ahead first, and no more when one has gone on', async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`s${at}`, slice(at)]))
    const { viewer, world } = viewing(many)
    await viewer.open(sources(...Object.keys(many)))
    viewer.go(4)
    drew(viewer)
    await settled()
    expect(world.pictures).toEqual(['s5 0', 's6 0', 's3 0', 's7 0'])
    world.pictures.length = 0
    viewer.step(-1)
    drew(viewer)
    viewer.step(-1)
    drew(viewer)
    await settled()
    expect(world.pictures).toEqual(['s2 0', 's1 0', 's0 0', 's3 0'])
  })

  test('a picture that cannot be drawn says why, until another is asked for', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('a', 'b'))
    viewer.drew(viewOf(viewer), { failure: 'corrupt', detail: 'stream header' })
    expect(viewer.trouble.value?.failure).toBe('corrupt')
    const old = viewOf(viewer)
    viewer.step(1)
    expect(viewer.trouble.value).toBeNull()
    viewer.drew(old, { failure: 'corrupt', detail: 'late news of the one before' })
    expect(viewer.trouble.value).toBeNull()
  })
})

describe('a film', () => {
  test('runs in the file’s time, waits for its pictures, begins again at its end, and stops at a touch', async () => {
    const { viewer, time, drew } = viewing()
    await viewer.open(sources('film'))
    drew()
    viewer.film.run()
    const seen: (number | undefined)[] = []
    for (let at = 0; at < 4; at++) {
      seen.push(viewer.view.peek()?.frame)
      drew()
      time.advance(50)
    }
    expect(seen).toEqual([1, 2, 3, 0])
    time.advance(5_000)
    expect(viewer.view.peek()?.frame).toBe(1)
    drew()
    viewer.step(1)
    expect(viewer.film.isRunning.value).toBe(false)
    time.advance(5_000)
    expect(viewer.view.peek()?.frame).toBe(2)
  })

  test('stops at a picture that fails, and with another stack', async () => {
    const { viewer } = viewing()
    await viewer.open(sources('film'))
    viewer.film.run()
    viewer.drew(viewOf(viewer), { failure: 'corrupt', detail: 'stream' })
    expect(viewer.film.isRunning.value).toBe(false)
    viewer.film.run()
    await viewer.open(sources('photo'))
    expect(viewer.film.isRunning.value).toBe(false)
  })
})

describe('closing', () => {
  test('nothing stays open, and what still comes is closed, too', async () => {
    const { viewer, world } = viewing()
    await viewer.open(sources('a', 'photo'))
    let go = () => {}
    world.gate = new Promise((then) => {
      go = then
    })
    const late = viewer.open(sources('b', 'c'))
    viewer.close()
    go()
    await late
    expect(world.openNames()).toEqual([])
    expect([viewer.shown.value, viewer.view.value]).toEqual([null, null])
  })

  test('(HZ-6) what comes into a viewer that was closed is not opened, and wiped', async () => {
    const { viewer, world } = viewing()
    viewer.close()
    const late = [{ name: 'a', content: new Uint8Array([1, 2, 3]).buffer }]
    await viewer.open(late)
    expect(world.openNames()).toEqual([])
    expect([...new Uint8Array(late[0]?.content ?? new ArrayBuffer(1))]).toEqual([0, 0, 0])
  })
})

test('[SCAN-1] what did not open is counted beyond what has a name, and so is what was too much at once', async () => {
  const { viewer } = viewing()
  await viewer.open(Array.from({ length: mostFiles + 5 }, (_, at) => source(`text ${at}`)))
  const { failed, unnamed } = viewer.files
  expect(failed.value[0]).toMatchObject({ name: `text ${mostFiles}`, failure: 'too-large' })
  expect(failed.value.length + unnamed.value).toBe(mostFiles + 5)
  viewer.files.dismiss()
  expect([failed.value.length, unnamed.value]).toEqual([0, 0])
})
