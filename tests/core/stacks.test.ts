/** Whose pictures they are, which belong together, what can be chosen for them (SPEC.md, VIEW). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ctPresets, ctWindows, presetsOf } from '../../src/core/scan/presets.ts'
import type { Scan, ScanFrame, ScanIdentity } from '../../src/core/scan/scan.ts'
import { byPatient, type Filed, patientOf, stacksOf, withoutTwins } from '../../src/core/scan/stacks.ts'
import { thumbnailOf } from '../../src/core/scan/thumbnail.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { openScan } from '../../src/io/scan/open.ts'
import { type FrameChanges, frameLike, opened } from '../fakes/opened-scans.ts'
import { binaryFromDisk, phantomSlices, readScan } from '../fakes/scans.ts'

const seed = 20261202

const bundle = () => 'one'
const named = (changes: Partial<ScanIdentity>) => opened('a', { identity: changes })

describe('[VIEW-10] one patient at a time (HZ-1)', () => {
  test('number, name and birth date are all the same, or it is somebody else', () => {
    const jane = { patientId: '1', patientName: 'Doe, Jane', patientBirthDate: '19500101' }
    const others: Partial<ScanIdentity>[] = [
      { ...jane, patientId: '2' },
      { ...jane, patientName: 'Doe, Joan' },
      { ...jane, patientBirthDate: '19500102' },
      { ...jane, patientBirthDate: null },
      {},
    ]
    for (const other of others) expect(patientOf(named(other))).not.toBe(patientOf(named(jane)))
    expect(patientOf(named({ ...jane, patientName: ' DOE, jane ' }))).toBe(patientOf(named(jane)))
  })

  test('whatever a name is made of, it is never taken for another number or date', () => {
    const text = fc.string({ maxLength: 8 }).map((one) => one.trim().toLowerCase().normalize('NFC'))
    const person = fc.record({ patientId: text, patientName: text, patientBirthDate: text })
    fc.assert(
      fc.property(person, person, (a, b) => {
        const isOne = JSON.stringify(a) === JSON.stringify(b)
        expect(patientOf(named(a)) === patientOf(named(b))).toBe(isOne)
      }),
      { seed },
    )
  })

  test('files that name nobody are of one who is not known; a photograph says nothing of whom it shows', () => {
    expect(patientOf(named({}))).not.toBeNull()
    const photo = opened('p', { kind: 'photo' })
    expect(patientOf(photo)).toBeNull()
    const both = byPatient([
      named({ patientId: '1' }),
      photo,
      named({ patientId: '2' }),
      named({ patientId: '1' }),
    ])
    expect([...both.values()].map((files) => files.length)).toEqual([2, 1])
  })
})

test('[VIEW-11] an instance is shown once: the first that came', () => {
  const files = [
    opened('a', { identity: { sopInstance: '1.1' } }),
    opened('b', { identity: { sopInstance: '1.2' } }),
    opened('c', { identity: { sopInstance: '1.1' } }),
    opened('d', { identity: { sopInstance: null } }),
    opened('e', { identity: { sopInstance: null } }),
  ]
  const { kept, twins } = withoutTwins(files)
  expect(kept.map(({ fileId }) => fileId)).toEqual(['a', 'b', 'd', 'e'])
  expect(twins.map(({ fileId }) => fileId)).toEqual(['c'])
})

describe('[VIEW-12] stacks', () => {
  const slice = (series: number, at: number, changes: FrameChanges = {}): Filed =>
    opened(`s${series}-${at}`, {
      identity: {
        study: '1',
        series: `1.${series}`,
        seriesNumber: series,
        instanceNumber: 99 - at,
        sopInstance: `1.${series}.${at}`,
        studyDate: '20260102',
      },
      position: [0, 0, at],
      ...changes,
    })
  const all = [
    ...[0, 1, 2, 3].map((at) => slice(2, at)),
    ...[0, 1].map((at) => slice(1, at)),
    slice(3, 0, { frames: 10 }),
    opened('photo', { kind: 'photo' }),
    slice(4, 0, { study: '20250101' }),
  ]

  test('the same files are the same stacks in whichever order they came, and each file is in one', () => {
    const ids = (files: readonly Filed[]) =>
      stacksOf(files, bundle).map(({ stackId, slices }) => [stackId, slices.map(({ fileId }) => fileId)])
    const wanted = ids(all)
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (mixed) => {
        expect(ids(mixed)).toEqual(wanted)
        const files = stacksOf(mixed, bundle).flatMap((stack) => stack.files)
        expect(files.map(({ fileId }) => fileId).toSorted()).toEqual(
          all.map(({ fileId }) => fileId).toSorted(),
        )
      }),
      { seed },
    )
  })

  test('a series in the order of the body, a film by itself, photographs last, the newest study first', () => {
    const stacks = stacksOf(all.toReversed(), bundle)
    expect(stacks.map(({ kind, slices }) => [kind, slices.length])).toEqual([
      ['series', 2],
      ['series', 4],
      ['film', 10],
      ['series', 1],
      ['photos', 1],
    ])
    expect(stacks[1]?.slices.map(({ fileId }) => fileId)).toEqual(['s2-0', 's2-1', 's2-2', 's2-3'])
    expect(stacks[2]?.slices.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('a file without a series stands alone; photographs stay with what they came with', () => {
    const lone = [opened('x', { identity: { series: null } }), opened('y', { identity: { series: null } })]
    expect(stacksOf(lone, bundle)).toHaveLength(2)
    const photos = ['p', 'q', 'r'].map((fileId) => opened(fileId, { kind: 'photo' }))
    const stacks = stacksOf(photos, ({ fileId }) => (fileId === 'r' ? 'letter.pdf' : 'shots'))
    expect(stacks.map(({ slices }) => slices.map(({ fileId }) => fileId))).toEqual([['p', 'q'], ['r']])
  })

  test('the 60 slices of the plastic head are one stack, from end to end', () => {
    const decode = createDecoder(binaryFromDisk)
    const files = phantomSlices.map((name): Filed => {
      const scan = openScan(readScan(name), decode)
      const first = scan.ok ? scan.value.frame(0) : scan
      if (!scan.ok || !first.ok) throw new Error(name)
      return { fileId: name, name, kind: 'dicom', scan: scan.value.scan, first: first.value }
    })
    const [stack, ...others] = stacksOf(files.toReversed(), bundle)
    expect(others).toEqual([])
    const heights = stack?.files.map(({ first }) => first.geometry.position?.[2] ?? 0) ?? []
    expect(heights).toHaveLength(60)
    expect(heights).toEqual(heights.toSorted((a, b) => a - b))
    expect(byPatient(files).size).toBe(1)
  })
})

describe('[VIEW-9] presets', () => {
  const windows = [
    { centre: 40, width: 80, name: 'BRAIN' },
    { centre: 500, width: 2_000, name: null },
  ]
  test('of CT: the file’s own, what everybody knows by name, its other windows, everything', () => {
    const found = presetsOf(frameLike({ identity: { modality: 'CT' }, windows }))
    expect(found.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', null, '0'])
    expect(found.flatMap((one) => (one.type === 'ct' ? one.preset : []))).toEqual(ctPresets)
    expect(ctWindows.brain).toEqual({ centre: 40, width: 80 })
  })
  test('of anything else: its own windows and everything; of colours none', () => {
    const found = presetsOf(frameLike({ identity: { modality: 'MR' }, windows }))
    expect(found.map(({ type, key }) => [type, key])).toEqual([
      ['own', '1'],
      ['named', '2'],
      ['full', '0'],
    ])
    expect(presetsOf(frameLike({ isColour: true }))).toEqual([])
  })
})

describe('[VIEW-13] a small picture', () => {
  const picture = (
    rows: number,
    columns: number,
    samples: Uint8Array<ArrayBuffer>,
    samplesPerPixel: 1 | 3 = 1,
  ) => ({
    rows,
    columns,
    samplesPerPixel,
    samples,
  })
  test('is of its frame’s own values, through the file’s window, and opaque', () => {
    const frame: ScanFrame = frameLike({ rows: 2, columns: 2 })
    const { width, height, rgba } = thumbnailOf(frame, picture(2, 2, Uint8Array.of(0, 85, 170, 255)), 2)
    expect([width, height]).toEqual([2, 2])
    expect([...rgba]).toEqual([0, 0, 0, 255, 85, 85, 85, 255, 170, 170, 170, 255, 255, 255, 255, 255])
  })
  test('keeps colours, and the shape that pixels have', () => {
    const colour = frameLike({ rows: 1, columns: 2, isColour: true })
    const { rgba } = thumbnailOf(colour, picture(1, 2, Uint8Array.of(1, 2, 3, 4, 5, 6), 3), 2)
    expect([...rgba]).toEqual([1, 2, 3, 255, 4, 5, 6, 255])
    const tall = frameLike({ rows: 100, columns: 100, pixelAspect: 2 })
    const { width, height } = thumbnailOf(tall, picture(100, 100, new Uint8Array(10_000)), 96)
    expect([width, height]).toEqual([48, 96])
  })
  test('is never empty, however flat the picture', () => {
    const flat = frameLike({ rows: 1, columns: 16_384 })
    const { width, height } = thumbnailOf(flat, picture(1, 16_384, new Uint8Array(16_384)), 96)
    expect([width, height]).toEqual([96, 1])
  })
})

test('[VIEW-10] nothing but the identity decides: the same pixels of two people are two people', () => {
  const scan: Scan = opened('a', {}).scan
  const one: Filed = { fileId: '1', name: 'same', kind: 'dicom', scan, first: frameLike({}) }
  const two: Filed = {
    ...one,
    fileId: '2',
    scan: { ...scan, identity: { ...scan.identity, patientId: 'other' } },
  }
  expect(byPatient([one, two]).size).toBe(2)
})
