/** What reads scans, and a camera, as a test decides: files by their names, pictures by the numbers of their frames. */
import { done, fail, type Outcome, type ScanFailure } from '../../src/core/scan/outcome.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import type { CameraFailure } from '../../src/state/ports.ts'
import type {
  OpenedScan,
  Opening,
  Pages,
  ScanIo,
  ScanReader,
  ScanSource,
} from '../../src/state/scan-ports.ts'
import { type FrameChanges, frameLike, opened } from './opened-scans.ts'

/** What a file of this name is. */
export type FakeFile = FrameChanges | ScanFailure
const isFailure = (file: FakeFile): file is ScanFailure => 'failure' in file

export const source = (name: string): ScanSource => ({ name, content: new ArrayBuffer(8) })
export const sources = (...names: readonly string[]): readonly ScanSource[] => names.map(source)

export function fakeScans(files: Readonly<Record<string, FakeFile>>) {
  const open = new Map<string, { readonly file: OpenedScan; readonly said: FrameChanges }>()
  const world = {
    /** Files of these names that are open now. */
    openNames: () => [...open.values()].map(({ file }) => file.name).toSorted(),
    closed: [] as string[],
    /** Pictures in the order in which they were asked for, `name frame`. */
    pictures: [] as string[],
    pages: { ok: false, failure: 'not-a-pdf' } as Pages,
    camera: null as CameraFailure | null,
    cameraOn: 'off' as 'off' | 'own' | 'call',
    callsCamera: 'off' as 'off' | 'on',
    /** Of the camera that is open: whether it shows something already, and what unplugs it. */
    cameraSees: 'all' as 'all' | 'nothing' | 'no memory',
    unplug: () => {},
    /** Holds back what is opened next, until it is let go. */
    gate: Promise.resolve(),
  }
  let ids = 0

  function openOne({ name }: ScanSource): Opening {
    const said = files[name] ?? { failure: 'not-dicom', detail: 'prefix' }
    if (isFailure(said)) return { type: 'failed', name, ...said }
    ids += 1
    const file = opened(`file-${ids}`, { ...said, name })
    open.set(file.fileId, { file, said })
    return { type: 'opened', file }
  }

  function pictureOf(fileId: string, frame: number): Outcome<Picture> {
    const there = open.get(fileId)
    if (!there) return fail('no-such-frame', 'closed')
    world.pictures.push(`${there.file.name} ${frame}`)
    const { rows, columns, samplesPerPixel } = there.file.scan.pixels
    const samples = Uint8Array.from({ length: rows * columns * samplesPerPixel }, (_, at) => at % 200)
    return done({ rows, columns, samplesPerPixel, samples })
  }

  const reader: ScanReader = {
    async open(some, tell, signal) {
      for (const one of some) {
        await world.gate
        if (signal?.aborted) return
        tell(openOne(one))
      }
    },
    frame: async (fileId, frame) => {
      const there = open.get(fileId)
      return there ? done(frameLike(there.said, frame)) : fail('no-such-frame', 'closed')
    },
    picture: async (fileId, frame) => pictureOf(fileId, frame),
    bytes: async () => null,
    close(fileIds) {
      for (const fileId of fileIds) {
        const there = open.get(fileId)
        if (there) world.closed.push(there.file.name)
        open.delete(fileId)
      }
    },
  }
  const io: ScanIo = {
    reader: async () => reader,
    painter: () => ({ draw: async () => 'drawn', resize() {}, blank() {}, close() {} }),
    pages: async () => world.pages,
    sharing: () => Promise.reject(new Error('nothing is shared')),
    stripper: () => Promise.reject(new Error('nothing leaves')),
    camera: async () => ({
      async open(_video, ended) {
        await world.gate
        world.unplug = () => {
          world.cameraOn = 'off'
          ended()
        }
        if (world.camera) return { ok: false, failure: world.camera }
        world.cameraOn = world.callsCamera === 'on' ? 'call' : 'own'
        return { ok: true, value: world.cameraOn }
      },
      async take(name) {
        await world.gate
        if (world.cameraOn === 'off' || world.cameraSees === 'nothing') return null
        if (world.cameraSees === 'no memory') throw new RangeError('memory')
        return source(name)
      },
      close() {
        world.cameraOn = 'off'
      },
    }),
    pacs: async () => ({
      studies: async () => ({ ok: false, failure: 'not-configured' }),
      series: async () => ({ ok: false, failure: 'not-configured' }),
      open: async () => ({ ok: false, failure: 'not-configured' }),
    }),
  }
  return { io, reader, world }
}
