/** Several screens of one call that look at a scan together: links, carriers and readers that do only what a test says. */
import { createHash } from 'node:crypto'
import { signal } from '@preact/signals'
import { done, fail } from '../../src/core/scan/outcome.ts'
import type { Stack } from '../../src/core/scan/stacks.ts'
import { endIdOf } from '../../src/core/switchboard-parties.ts'
import type { Party } from '../../src/protocol/people.ts'
import type { Seat } from '../../src/state/calls.ts'
import type {
  OpenedScan,
  ReceivingListener,
  ScanIo,
  ScanReader,
  SendingListener,
  SharingIo,
  TalkListener,
  TalkPort,
} from '../../src/state/scan-ports.ts'
import { createScanShare } from '../../src/state/scan-share.ts'
import { opened } from './opened-scans.ts'
import { fakeWorld } from './ports.ts'

export const ben: Party = { type: 'staff', staffId: 'ben', name: 'Ben Okafor', role: 'doctor' }
export const maria: Party = { type: 'staff', staffId: 'maria', name: 'Maria Oja', role: 'doctor' }

/** What no reader opens. */
export const damaged = () => Uint8Array.of(0xff, 0xff).buffer
const isDamaged = (content: Blob | ArrayBuffer) =>
  content instanceof ArrayBuffer && new Uint8Array(content)[0] === 0xff

/** Opens anything else; what is closed and lived in memory is overwritten, as the real one does. */
function memoryReader(prefix: string) {
  const held = new Map<string, { file: OpenedScan; content: ArrayBuffer }>()
  let ids = 0
  const reader: ScanReader = {
    async open(sources, tell) {
      for (const { name, content } of sources) {
        ids += 1
        if (isDamaged(content)) {
          tell({ type: 'failed', name, ...fail('corrupt', 'pixels') })
          continue
        }
        const file = opened(`${prefix}-${ids}`, {
          name,
          identity: { patientName: 'Eero Salonen', patientId: 'DEMO-1', modality: 'CT' },
          windows: [{ name: null, centre: 40, width: 400 }],
        })
        if (content instanceof ArrayBuffer) held.set(file.fileId, { file, content })
        tell({ type: 'opened', file })
      }
    },
    frame: async (fileId) => done(held.get(fileId)?.file.first ?? opened('x', {}).first),
    picture: async () => fail('no-such-frame', 'none'),
    bytes: async (fileId) => held.get(fileId)?.content.slice(0) ?? null,
    close(fileIds) {
      for (const fileId of fileIds) {
        const one = held.get(fileId)
        if (one) new Uint8Array(one.content).fill(0)
        held.delete(fileId)
      }
    },
  }
  return { reader, held }
}

type Screen = ReturnType<typeof createScreen>
const sha256 = (content: string | ArrayBuffer) =>
  createHash('sha256')
    .update(typeof content === 'string' ? content : new Uint8Array(content))
    .digest('hex')

function createScreen(me: Party, net: { say(from: Party, callId: string, text: string): boolean }) {
  const { world, ports } = fakeWorld()
  const seats = signal<readonly Seat[]>([])
  const { reader, held } = memoryReader(endIdOf(me))
  const open = new Set<string>()
  const receiving = new Map<string, ReceivingListener>()
  const sending = new Map<string, (file: number) => Promise<ArrayBuffer | null>>()
  const served = new Map<string, SendingListener>()
  /** Which file was last asked for first, at either end. */
  const wanted = { sending: -1, receiving: -1 }
  /** Files that nothing may leave of. */
  const unfit = new Set<string>()
  let listener: TalkListener | null = null
  const talk: TalkPort = {
    listen(next) {
      listener = next
      return () => {}
    },
    say: (callId, text) => open.has(callId) && net.say(me, callId, text),
    isOpen: (callId) => open.has(callId),
  }
  const ended: string[] = []
  const progress = { files: 0, ofFiles: 0, bytes: 0, ofBytes: 0, bytesPerSecond: 0, leftMs: null, ready: [] }
  const sharing: SharingIo = {
    sha256: async (content) => sha256(content),
    carrier: {
      send(callId, _share, _manifest, bytesOf, hear) {
        sending.set(callId, bytesOf)
        if (hear) served.set(callId, hear)
        return { lookAt: (file) => (wanted.sending = file), progress: () => progress, stop() {} }
      },
      receive(callId, _share, _manifest, hear) {
        receiving.set(callId, hear)
        return { lookAt: (file) => (wanted.receiving = file), progress: () => progress, stop() {} }
      },
      hear() {},
      onSay() {},
      linkOpened() {},
      linkClosed() {},
      callIs() {},
      end: (shareId) => void ended.push(shareId),
    },
  }
  const io: ScanIo = {
    reader: async () => reader,
    sharing: async () => sharing,
    stripper: async () => ({
      strip: async (_share, fileId) => {
        if (unfit.has(fileId)) return fail('corrupt', 'pixels')
        const bytes = await reader.bytes(fileId)
        return bytes ? done(bytes) : fail('overtaken', 'closed')
      },
      forget() {},
    }),
    painter: () => ({ draw: async () => 'drawn', resize() {}, blank() {}, close() {} }),
    pages: async () => ({ ok: false, failure: 'not-a-pdf' }),
    camera: () => Promise.reject(new Error('no camera')),
    pacs: () => Promise.reject(new Error('nothing is asked of a PACS')),
  }
  world.scanIo = async () => io
  const share = createScanShare(
    { ports, me: () => me, relaysOf: () => ({ iceServers: [] }), serverNowMs: () => 1_000, seats },
    talk,
  )
  return {
    ...{ me, world, seats, share, reader, held, ended, receiving, sending, served, wanted, unfit, open },
    hear: (callId: string, text: string) => listener?.said(callId, text, 'steady'),
    linkUp(callId: string) {
      open.add(callId)
      listener?.opened(callId)
    },
    linkDown(callId: string) {
      open.delete(callId)
      listener?.closed(callId)
    },
  }
}

function seatWith(callId: string, peer: Party): Seat {
  return {
    ...{ callId, peer, table: null, showRemote() {} },
    state: signal({ type: 'idle', over: [] }),
    theirs: signal({ camera: true, microphone: true }),
    picture: signal(true),
    quality: signal(null),
    compared: signal<readonly number[]>([]),
    peerDevice: signal(null),
  }
}

async function settle(): Promise<void> {
  for (let round = 0; round < 40; round += 1) await new Promise((next) => setImmediate(next))
}

/** A call between every two of them. */
export function screensOf(...parties: readonly Party[]) {
  const cut = new Set<string>()
  const callIdOf = (one: Party, other: Party) => [endIdOf(one), endIdOf(other)].toSorted().join('-')
  const screens: Screen[] = parties.map((party) =>
    createScreen(party, {
      say(from, callId, text) {
        const to = screens.find(({ me }) => me !== from && callIdOf(me, from) === callId)
        if (to && !cut.has(callId)) queueMicrotask(() => to.hear(callId, text))
        return true
      },
    }),
  )
  const screenOf = (party: Party) => {
    const found = screens.find(({ me }) => me === party)
    if (!found) throw new Error('nobody')
    return found
  }
  for (const screen of screens)
    screen.seats.value = parties
      .filter((party) => party !== screen.me)
      .map((party) => seatWith(callIdOf(screen.me, party), party))
  for (const screen of screens) for (const { callId } of screen.seats.value) screen.linkUp(callId)
  return {
    screenOf,
    cut: (one: Party, other: Party) => cut.add(callIdOf(one, other)),
    mend: (one: Party, other: Party) => cut.delete(callIdOf(one, other)),
    hangUp(one: Party, other: Party) {
      for (const screen of [screenOf(one), screenOf(other)])
        screen.seats.value = screen.seats.value.filter(({ callId }) => callId !== callIdOf(one, other))
    },
    settle,
    async pass(ms: number) {
      for (let passed = 0; passed < ms; passed += 50) {
        for (const { world } of screens) world.advance(50)
        await Promise.resolve()
      }
      await settle()
    },
    /** What leaves one arrives at the other, file by file. */
    async carry(from: Party, to: Party, file: number) {
      const callId = callIdOf(from, to)
      const bytes = await screenOf(from).sending.get(callId)?.(file)
      if (bytes) screenOf(to).receiving.get(callId)?.file(file, bytes)
      await settle()
      return bytes ?? null
    },
  }
}

/** So many slices, open at this screen, as one series. */
export async function openSlices({ reader }: Screen, count: number): Promise<Stack<OpenedScan>> {
  const files: OpenedScan[] = []
  const sources = Array.from({ length: count }, (_, at) => ({
    name: `slice ${at}`,
    content: Uint8Array.of(at + 1, 2, 3, 4).buffer,
  }))
  await reader.open(sources, (opening) => {
    if (opening.type === 'opened') files.push(opening.file)
  })
  const [first] = files
  if (!first) throw new Error('nothing opened')
  const slices = files.map(({ fileId }) => ({ fileId, frame: 0 }))
  return { stackId: 'stack', kind: 'series', identity: first.scan.identity, files, slices }
}
