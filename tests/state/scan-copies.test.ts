/** Copies at a station's screen: what goes, what came, what is looked at, and when that has to end. */
import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import type { CopiesNow, ReceivedCopy, SentCopy } from '../../src/protocol/scan-copies.ts'
import type { Manifest } from '../../src/protocol/scan-share.ts'
import { createCopies } from '../../src/state/scan-copies.ts'
import type {
  CopiesPort,
  CopyDraft,
  CopyPosted,
  CopyTrouble,
  WaitingCopy,
} from '../../src/state/scan-copies-ports.ts'
import { sendCopy } from '../../src/state/scan-copies-send.ts'
import type { Refused } from '../../src/state/scan-outgoing.ts'
import { createViewer } from '../../src/state/scan-viewer.ts'
import { fakeWorld } from '../fakes/ports.ts'
import { fakeScans } from '../fakes/scan-reader.ts'

const hour = 3_600_000
const anna = { type: 'staff', staffId: 'anna', name: 'Anna', role: 'doctor' } as const
const ben = { ...anna, staffId: 'ben', name: 'Ben' }

const received = (changes: Partial<ReceivedCopy> = {}): ReceivedCopy => ({
  ...{ copyId: 'copy-1', to: 'Ben', patientNumber: '4711', madeMs: 0, expiresMs: 72 * hour },
  ...{ state: 'there', files: 3, bytes: 1_000, from: anna, openedMs: null },
  ...changes,
})
const sentCopy = (changes: Partial<SentCopy> = {}): SentCopy => ({
  ...{ copyId: 'copy-2', to: 'Ben', patientNumber: '4711', madeMs: 0, expiresMs: 72 * hour },
  ...{ state: 'there', files: 3, bytes: 1_000, readers: [{ who: ben, openedMs: null }], asked: [] },
  ...changes,
})
const listOf = (changes: Partial<CopiesNow> = {}): CopiesNow => ({
  nowMs: 0,
  sent: [],
  received: [],
  ...changes,
})

const manifest: Manifest = {
  shareId: 'copy-1',
  files: [0, 1].map(() => ({ sha256: 'a'.repeat(64), bytes: 8, kind: 'dicom', frames: 1 })),
  series: [{ label: 'Thorax', modality: 'CT', studyDate: null, files: [0, 1] }],
  identity: { patientName: 'Eero Salonen', patientId: '4711', patientBirthDate: null },
}

function screen(list: CopiesNow = listOf()) {
  const { world, ports } = fakeWorld()
  world.answers['/copies'] = list
  for (const path of ['opened', 'withdraw']) world.answers[`/copies/${path}`] = {}
  const scans = fakeScans({ 1: {}, 2: {}, 3: {} })
  const [me, session, news] = [signal<string | null>('ben'), signal<number | null>(1), signal(0)]
  const [isLocked, isCertified] = [signal(false), signal(true)]
  const io = {
    kept: [] as CopyDraft[],
    waiting: [] as WaitingCopy[],
    posted: 'sent' as CopyPosted['type'],
    posts: 0,
    enrolled: 0,
    asks: [] as string[],
    reseals: [] as string[],
    reseal: 'sealed' as 'sealed' | CopyTrouble,
    trouble: null as CopyTrouble | null,
    files: [] as ArrayBuffer[],
    gate: Promise.resolve(),
  }
  const port: CopiesPort = {
    sha256: async () => 'a'.repeat(64),
    async enrol() {
      io.enrolled += 1
      return { ok: true, value: null }
    },
    async keep(draft, bytesOf) {
      io.kept.push(draft)
      bytesOf(0)
      const { copyId, toName, patientNumber, files } = draft
      io.waiting = [
        ...io.waiting,
        ...[{ copyId, about: { toName, patientNumber }, expiresMs: 72 * hour, files, bytes: 8, stop: null }],
      ]
      return { ok: true, value: null }
    },
    waiting: async (staffId) => (staffId === 'ben' ? io.waiting : []),
    othersWaiting: async (staffId) => (staffId === 'ben' ? 0 : io.waiting.length),
    async drop(copyId) {
      io.waiting = io.waiting.filter((one) => one.copyId !== copyId)
    },
    async tryAgain(copyId) {
      io.waiting = io.waiting.map((one) => (one.copyId === copyId ? { ...one, stop: null } : one))
    },
    async post(copyId, _now, hear) {
      io.posts += 1
      hear(4, 8)
      if (io.posted === 'sent') io.waiting = io.waiting.filter((one) => one.copyId !== copyId)
      if (io.posted === 'stopped') {
        io.waiting = io.waiting.map((one) => (one.copyId === copyId ? { ...one, stop: 'refused' } : one))
        return { type: 'stopped', why: 'refused' }
      }
      return { type: io.posted }
    },
    async open(_asked, _now, hear, over) {
      await io.gate
      if (over.aborted) return { ok: false, failure: 'stopped' }
      if (io.trouble) return { ok: false, failure: io.trouble }
      hear.contents(manifest)
      for (const index of [0, 1]) {
        const bytes = new Uint8Array(8).fill(7).buffer
        io.files.push(bytes)
        hear.progress(index + 1, 2)
        await hear.file(index, bytes)
      }
      return { ok: true, value: null }
    },
    async ask(copyId) {
      io.asks.push(copyId)
      return { ok: true, value: null }
    },
    async reseal({ copyId }, to) {
      io.reseals.push(copyId)
      if (io.reseal !== 'sealed') return { ok: false, failure: io.reseal }
      return { ok: true, value: to.map(({ staffId }) => staffId) }
    },
  }
  const copies = createCopies({
    ...{ port, api: ports.api, clock: ports.clock, me, session, news, isLocked, isCertified },
    serverNowMs: ports.clock.nowMs,
    scanIo: async () => scans.io,
    newViewer: async (its, reader) => createViewer(its, reader, ports.clock),
  })
  const says = (next: CopiesNow) => {
    world.answers['/copies'] = next
    news.value += 1
  }
  return { ...{ world, copies, io, port, me, session, news, isLocked, isCertified, scans, says } }
}

test('what came and was not opened is counted; a locked screen, and whoever signs in next, know nothing of it', async () => {
  const { world, copies, isLocked, me, io } = screen(
    listOf({ received: [received(), received({ copyId: 'b', openedMs: 5 })] }),
  )
  await world.settle()
  expect([copies.unread.value, io.enrolled]).toEqual([1, 1])
  isLocked.value = true
  expect([copies.list.value, copies.unread.value]).toEqual([null, 0])
  isLocked.value = false
  await world.settle()
  expect(copies.unread.value).toBe(1)
  me.value = 'clara'
  expect(copies.list.value).toBeNull()
})

test('a device says which key copies may be sealed to as soon as an administrator has signed it, and at each welcome', async () => {
  const { world, io, isCertified, session } = screen()
  isCertified.value = false
  await world.settle()
  const before = io.enrolled
  session.value = 2
  await world.settle()
  expect(io.enrolled).toBe(before)
  isCertified.value = true
  await world.settle()
  expect(io.enrolled).toBe(before + 1)
  session.value = 3
  await world.settle()
  expect(io.enrolled).toBe(before + 2)
})

test('an opened copy is seen with whose it is, and its sender is told of it', async () => {
  const { world, copies } = screen(listOf({ received: [received()] }))
  await world.settle()
  await copies.reading.open(received())
  await world.settle()
  const opened = copies.reading.opened.value
  expect(opened?.viewer.plate.value).toMatchObject({
    ...{ patientName: 'Eero Salonen', patientId: '4711', modality: 'CT', seriesDescription: 'Thorax' },
  })
  expect(world.asked).toContainEqual(
    expect.objectContaining({ path: '/copies/opened', said: { copyId: 'copy-1' } }),
  )
})

test('[COPY-12] (HZ-9) a copy that is looked at is closed and wiped when its time is over, without the server', async () => {
  const { world, copies, session, scans } = screen(listOf({ received: [received({ expiresMs: 10_000 })] }))
  await world.settle()
  await copies.reading.open(received({ expiresMs: 10_000 }))
  await world.settle()
  expect(scans.world.openNames()).toEqual(['1', '2'])
  session.value = null
  world.advance(9_000)
  expect(copies.reading.opened.value).not.toBeNull()
  world.advance(1_000)
  expect(copies.reading.opened.value).toBeNull()
  expect(copies.reading.ended.value).toMatchObject({ why: 'expired' })
  expect(scans.world.openNames()).toEqual([])
})

test('[COPY-12] (HZ-9) one that is taken back while it is looked at is closed and wiped with the news of it', async () => {
  const { world, copies, scans, says } = screen(listOf({ received: [received()] }))
  await world.settle()
  await copies.reading.open(received())
  await world.settle()
  says(listOf({ received: [received({ state: 'withdrawn' })] }))
  await world.settle()
  expect([copies.reading.opened.value, scans.world.openNames()]).toEqual([null, []])
  expect(copies.reading.ended.value).toMatchObject({ why: 'withdrawn', copy: { copyId: 'copy-1' } })
  copies.reading.dismiss()
  expect(copies.reading.ended.value).toBeNull()
})

test('[COPY-12] (HZ-9) taken back while it is on its way it is never shown, and what had come is overwritten', async () => {
  const { world, copies, io, says } = screen(listOf({ received: [received()] }))
  await world.settle()
  const { promise, resolve } = Promise.withResolvers<void>()
  io.gate = promise
  const opening = copies.reading.open(received())
  await world.settle()
  expect(copies.reading.opening.value).toMatchObject({ copyId: 'copy-1' })
  says(listOf())
  await world.settle()
  resolve()
  await opening
  expect([copies.reading.opened.value, copies.reading.opening.value]).toEqual([null, null])
  expect(io.files.every((bytes) => new Uint8Array(bytes).every((byte) => byte === 0))).toBe(true)
})

test('(HZ-9) whoever signs out leaves nothing of a copy open', async () => {
  const { world, copies, me, scans } = screen(listOf({ received: [received()] }))
  await world.settle()
  await copies.reading.open(received())
  await world.settle()
  me.value = null
  expect([copies.reading.opened.value, scans.world.openNames()]).toEqual([null, []])
})

const troubles: CopyTrouble[] = [
  'tampered',
  'not-for-us',
  'expired',
  'withdrawn',
  'wrong-patient',
  'untrusted',
  'unreachable',
]
test.each(troubles)('a copy that is %s is not seen, and why is said', async (why) => {
  const { world, copies, io } = screen(listOf({ received: [received()] }))
  await world.settle()
  io.trouble = why
  await copies.reading.open(received())
  expect([copies.reading.opened.value, copies.reading.opening.value]).toEqual([null, null])
  expect(copies.reading.trouble.value).toMatchObject({ why })
  expect(world.asked.some(({ path }) => path === '/copies/opened')).toBe(false)
})

test('a copy that this device has no key for is asked for', async () => {
  const { world, copies, io } = screen(listOf({ received: [received()] }))
  await copies.askSender('copy-1')
  await world.settle()
  expect([io.asks, copies.asked.value.get('copy-1')]).toEqual([['copy-1'], 'asked'])
})

const key = (text: string) => ({
  staffId: 'ben',
  key: { statement: { text, signature: 'A'.repeat(86) }, chain: certificates },
})
const certificates = Array.from({ length: 3 }, () => ({ text: '{}', signature: 'A'.repeat(86) }))

test('[COPY-13] a device that asks is sealed to once, by itself, and whose it is is said', async () => {
  const asking = listOf({ sent: [sentCopy({ asked: [key('{"a":1}')] })] })
  const { world, copies, io, says } = screen(asking)
  await world.settle()
  expect(io.reseals).toEqual(['copy-2'])
  expect(copies.resealed.value).toMatchObject([{ copyId: 'copy-2', name: 'Ben', outcome: 'sealed' }])
  says(asking)
  await world.settle()
  expect(io.reseals).toHaveLength(1)
  says(listOf({ sent: [sentCopy({ asked: [key('{"b":1}')] })] }))
  await world.settle()
  expect(io.reseals).toHaveLength(2)
})

test('[COPY-13] (HZ-10) a device that cannot be believed is said, one that is another device’s to seal to is not', async () => {
  const { world, copies, io, says } = screen()
  await world.settle()
  io.reseal = 'untrusted'
  says(listOf({ sent: [sentCopy({ asked: [key('{"a":1}')] })] }))
  await world.settle()
  expect(copies.resealed.value).toMatchObject([{ outcome: 'untrusted', name: 'Ben' }])
  io.reseal = 'not-for-us'
  says(listOf({ sent: [sentCopy({ asked: [key('{"c":1}')] })] }))
  await world.settle()
  expect(copies.resealed.value).toHaveLength(1)
})

const draft: Omit<CopyDraft, 'staffId'> = {
  ...{ copyId: 'new', to: { type: 'staff', staffId: 'anna' }, toName: 'Anna', patientNumber: '4711' },
  ...{ madeMs: 0, lastsMs: 72 * hour, contents: '{}', files: 1 },
}

test('made without the server it waits, and goes with the next welcome', async () => {
  const { world, copies, io, session } = screen()
  session.value = null
  await copies.outbox.keep(draft, () => new ArrayBuffer(8))
  await world.settle()
  expect([io.posts, copies.outbox.waiting.value.length]).toEqual([0, 1])
  session.value = 2
  await world.settle()
  expect([io.posts, copies.outbox.waiting.value.length]).toEqual([1, 0])
})

test('what does not get through is tried again, more and more seldom; what stopped waits for a person', async () => {
  const { world, copies, io } = screen()
  io.posted = 'later'
  await copies.outbox.keep(draft, () => new ArrayBuffer(8))
  await world.settle()
  expect(io.posts).toBe(1)
  for (const ms of [5_000, 10_000, 20_000, 40_000]) {
    world.advance(ms - 1)
    await world.settle()
    const before = io.posts
    world.advance(1)
    await world.settle()
    expect(io.posts).toBe(before + 1)
  }
  io.posted = 'stopped'
  world.advance(60_000)
  await world.settle()
  const stopped = io.posts
  expect(copies.outbox.waiting.value).toMatchObject([{ stop: 'refused' }])
  world.advance(600_000)
  await world.settle()
  expect(io.posts).toBe(stopped)
  io.posted = 'sent'
  await copies.outbox.tryAgain('new')
  await world.settle()
  expect(copies.outbox.waiting.value).toEqual([])
})

test('(HZ-6) what waits belongs to whoever made it: to the next person only that something waits', async () => {
  const { world, copies, io, me } = screen()
  io.posted = 'later'
  await copies.outbox.keep(draft, () => new ArrayBuffer(8))
  await world.settle()
  me.value = 'clara'
  await world.settle()
  expect([copies.outbox.waiting.value, copies.outbox.others.value]).toEqual([[], 1])
  const before = io.posts
  world.advance(600_000)
  await world.settle()
  expect(io.posts).toBe(before)
})

test('given up it is gone; taken back it is said to the server', async () => {
  const { world, copies, io } = screen(listOf({ sent: [sentCopy()] }))
  io.posted = 'later'
  await copies.outbox.keep(draft, () => new ArrayBuffer(8))
  await world.settle()
  await copies.outbox.giveUp('new')
  expect(copies.outbox.waiting.value).toEqual([])
  expect(await copies.withdraw('copy-2')).toBe(true)
  expect(world.asked).toContainEqual(
    expect.objectContaining({ path: '/copies/withdraw', said: { copyId: 'copy-2' } }),
  )
})

test('what is sent is stripped like what is shown live, goes under one number, and is overwritten here; what stays behind is said', async () => {
  const { world, copies, io, port, scans } = screen()
  io.posted = 'later'
  const made: ArrayBuffer[] = []
  const refused: Refused[] = []
  const viewer = createViewer(scans.io, scans.reader, fakeWorld().ports.clock)
  await viewer.open([
    { name: '1', content: new ArrayBuffer(8) },
    { name: '2', content: new ArrayBuffer(8) },
    { name: '3', content: new ArrayBuffer(8) },
  ])
  const stacks = viewer.files.stacks.value
  const fileIds = stacks.flatMap(({ files }) => files.map(({ fileId }) => fileId))
  const failed = await sendCopy(
    {
      io: {
        stripper: async () => ({
          async strip(_shareId, fileId) {
            if (fileId === fileIds[2]) return { ok: false, failure: 'no-codec', detail: 'canvas' }
            const bytes = new Uint8Array(8).fill(7).buffer
            made.push(bytes)
            return { ok: true, value: bytes }
          },
          forget() {},
        }),
      },
      ...{ port, outbox: copies.outbox, serverNowMs: () => 5, newId: () => 'new' },
    },
    {
      ...{ stacks, boxes: new Map(fileIds.map((id) => [id, []])), leftOut: new Set(), identity: 'shown' },
      ...{
        told() {},
        refused: (file) => refused.push(file),
        isOver: () => false,
        to: draft.to,
        toName: 'Anna',
        patientNumber: '4711',
      },
      lastsMs: 72 * hour,
    },
  )
  await world.settle()
  expect(failed).toBeNull()
  expect(io.kept).toMatchObject([
    { copyId: 'new', staffId: 'ben', madeMs: 5, files: 2, patientNumber: '4711' },
  ])
  expect(JSON.parse(io.kept[0]?.contents ?? '')).toMatchObject({ shareId: 'new' })
  expect(refused).toEqual([{ name: '3', failure: 'no-codec', detail: 'canvas' }])
  expect(made.map((bytes) => new Uint8Array(bytes)[0])).toEqual([0, 0])
})
