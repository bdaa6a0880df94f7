/** A photo between an outpatient's page and a station: what is on, what arrives, what is let in, and that nothing stays. */
import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import type { CallState } from '../../src/core/call-state.ts'
import type { Seat } from '../../src/state/calls.ts'
import type { Result } from '../../src/state/ports.ts'
import { createVisitPhoto } from '../../src/state/visit-photo.ts'
import type { OpenPhoto, VisitCamera } from '../../src/state/visit-photo-ports.ts'
import { createVisitPhotos } from '../../src/state/visit-photos.ts'
import { anna, fakeWorld } from '../fakes/ports.ts'
import { aino } from '../fakes/visit.ts'
import { pass, photoFile, takenPhoto, talkEnd } from '../fakes/visit-photo.ts'

// Only what is looked at of a call is there.
const stateOf = (type: 'live' | 'ended') =>
  (type === 'live' ? { type, camera: 'on' } : { type }) as unknown as CallState

function seatOf(peer: Seat['peer']): Seat {
  return { callId: 'call-1', peer, state: signal(stateOf('live')) } as unknown as Seat
}

// A test draws nothing.
const [video, canvas] = [{} as HTMLVideoElement, {} as HTMLCanvasElement]

function atHome(bytes = photoFile(100_000), cameras: 'one' | 'several' = 'several') {
  const { world, ports } = fakeWorld()
  const end = talkEnd('call-1')
  const did: string[] = []
  const mine = signal({ camera: true, microphone: true })
  const state = signal(stateOf('live'))
  const seats = signal<readonly Seat[]>([seatOf(anna)])
  const device = {
    opens: { ok: true, value: null } as Awaited<ReturnType<VisitCamera['open']>>,
    gate: Promise.resolve(),
    ended: () => {},
    isOn: false,
  }
  const camera: VisitCamera = {
    async open(_video, ended) {
      await device.gate
      const opened: Result<null, 'denied' | 'missing' | 'taken'> = device.opens
      did.push(opened.ok ? 'camera on' : opened.failure)
      if (opened.ok) Object.assign(device, { isOn: true, ended })
      return opened
    },
    take: async () => takenPhoto(bytes),
    close: () => {
      device.isOn = false
    },
  }
  const photo = createVisitPhoto({
    calls: {
      ...{ state, seats, mine },
      setTrack(kind, on) {
        did.push(`${kind} ${on ? 'on' : 'off'}`)
        mine.value = { ...mine.value, [kind]: on }
      },
    },
    talk: async () => end.port,
    camera: async () => camera,
    cameras,
    clock: ports.clock,
    newId: ports.page.newId,
  })
  const taken = async () => {
    await photo.open(video)
    await photo.take(canvas)
  }
  return { world, photo, end, did, mine, state, seats, device, bytes, taken }
}

function atStation(peer: Seat['peer'] = aino) {
  const end = talkEnd('call-1')
  const seats = signal<readonly Seat[]>([seatOf(peer)])
  const told: string[] = []
  const opened: Uint8Array[] = []
  const wiped: string[] = []
  const opener = { fails: false }
  const photos = createVisitPhotos({
    seats,
    talk: end.port,
    opener: {
      bytesOf: (data) => new Uint8Array(Buffer.from(data, 'base64url')),
      async open(bytes, size): Promise<OpenPhoto | null> {
        if (opener.fails) return null
        opened.push(bytes.slice())
        return { ...size, draw() {}, wipe: () => void wiped.push('photo') }
      },
    },
    tell: (visitId, callId) => void told.push(`${visitId} in ${callId}`),
  })
  return { photos, end, seats, told, opened, wiped, opener }
}

async function sending(home = atHome(), station = atStation()) {
  await home.taken()
  home.photo.send()
  await home.world.settle()
  home.end.set('open')
  station.end.set('open')
  return { home, station }
}

async function settled({ home, station }: Awaited<ReturnType<typeof sending>>) {
  for (let turn = 0; turn < 4; turn += 1) {
    pass(home.end, station.end)
    await home.world.settle()
  }
}

test('[VISIT-5] it is taken, looked at, sent and shown, whole, and the server told that there was one', async () => {
  const file = photoFile(100_000)
  const ends = await sending(atHome(file.slice()))
  const { home, station } = ends
  expect(home.photo.step.value).toMatchObject({ type: 'sending', percent: 0 })
  pass(home.end, station.end, 5)
  expect(station.photos.coming.value).toMatchObject({ from: aino, link: 'there' })
  expect(station.photos.coming.value?.percent).toBeGreaterThan(0)
  await settled(ends)
  expect(home.photo.step.value).toEqual({ type: 'sent' })
  expect(station.opened).toEqual([file])
  expect(station.photos.here.value).toMatchObject([{ from: aino, photo: { width: 1_600, height: 1_200 } }])
  expect(station.photos.shown.value).toBe(station.photos.here.value[0]?.photoId)
  expect([station.photos.coming.value, station.told]).toEqual([null, ['visit-1 in call-1']])
  expect(
    home.bytes.every((one) => one === 0),
    'overwritten where it was taken (HZ-6)',
  ).toBe(true)
})

test('[VISIT-5] after a lost link it goes on where it was cut', async () => {
  const ends = await sending()
  const { home, station } = ends
  pass(home.end, station.end, 4)
  const before = station.photos.coming.value?.percent ?? 0
  expect(before).toBeGreaterThan(0)
  for (const { end } of [home, station]) end.set('closed')
  expect(home.photo.step.value).toMatchObject({ type: 'sending', link: 'lost' })
  expect(station.photos.coming.value).toMatchObject({ link: 'lost', percent: before })
  home.world.advance(60_000)
  for (const { end } of [station, home]) end.set('open')
  pass(home.end, station.end, 1)
  expect(station.photos.coming.value?.percent, 'not from its beginning').toBe(before)
  await settled(ends)
  expect([home.photo.step.value.type, station.opened.length]).toEqual(['sent', 1])
})

test.each([
  ['a bomb of 40,000 × 40,000 is never decoded', photoFile(50_000, 40_000, 40_000), 'wrong-size'],
  ['what is no JPEG is never decoded', new Uint8Array(50_000), 'broken'],
] as const)('[VISIT-5] %s', async (_title, file, why) => {
  const ends = await sending(atHome(file))
  await settled(ends)
  const { home, station } = ends
  expect(home.photo.step.value).toEqual({ type: 'failed', why })
  expect([station.opened, station.photos.here.value, station.told]).toEqual([[], [], []])
  expect(station.photos.trouble.value).toBe(why)
})

test('[VISIT-5] one that does not decode as it says is refused', async () => {
  const station = atStation()
  station.opener.fails = true
  const ends = await sending(atHome(), station)
  await settled(ends)
  expect(ends.home.photo.step.value).toEqual({ type: 'failed', why: 'broken' })
  expect(station.photos.here.value).toEqual([])
})

test('[VISIT-5] nobody but an outpatient with a visit sends one', async () => {
  for (const peer of [anna, { ...aino, kind: 'family' as const }]) {
    const station = atStation(peer)
    const ends = await sending(atHome(), station)
    await settled(ends)
    expect([station.photos.coming.value, station.photos.here.value]).toEqual([null, []])
    ends.home.world.advance(30_000)
    expect(ends.home.photo.step.value).toEqual({ type: 'failed', why: 'unanswered' })
  }
})

test('[VISIT-5] with the call what came is overwritten, and so is what was on its way (HZ-6)', async () => {
  const ends = await sending()
  await settled(ends)
  const { station } = ends
  station.seats.value = []
  expect([station.photos.here.value, station.photos.shown.value]).toEqual([[], null])
  expect(station.wiped).toEqual(['photo'])

  const cut = await sending()
  pass(cut.home.end, cut.station.end, 4)
  cut.station.seats.value = []
  cut.home.state.value = stateOf('ended')
  expect([cut.station.photos.coming.value, cut.home.photo.step.value.type]).toEqual([null, 'closed'])
  expect(cut.home.bytes.every((one) => one === 0)).toBe(true)
})

test('[VISIT-5] taken back while it is sent, nothing of it is shown, and the next one may come', async () => {
  const ends = await sending()
  const { home, station } = ends
  pass(home.end, station.end, 4)
  home.photo.close()
  await settled(ends)
  expect([station.photos.coming.value, station.photos.here.value]).toEqual([null, []])
  expect(home.end.listeners.size).toBe(0)
})

test('a telephone opens one camera at a time: the call’s is off meanwhile and comes back as it was (HZ-2)', async () => {
  const { photo, did, mine } = atHome(photoFile(99), 'one')
  await photo.open(video)
  expect([did, photo.lent.value]).toEqual([['camera off', 'camera on'], 'yes'])
  await photo.take(canvas)
  expect([did.at(-1), mine.value.camera, photo.lent.value]).toEqual(['camera on', true, 'no'])

  const off = atHome(photoFile(99), 'one')
  off.mine.value = { camera: false, microphone: true }
  await off.taken()
  expect(off.did, 'one that was off stays off').toEqual(['camera on'])
})

test('a camera that the call has is lent by it; otherwise the call’s goes on (HZ-2)', async () => {
  const other = atHome()
  await other.photo.open(video)
  expect(other.did).toEqual(['camera on'])
  const same = atHome()
  same.device.opens = { ok: false, failure: 'taken' }
  await same.photo.open(video)
  expect(same.did).toEqual(['taken', 'camera off', 'taken', 'camera on'])
  expect(same.photo.step.value).toEqual({ type: 'failed', why: 'taken' })
})

test('whatever comes in its way, its camera is off, and after a call none comes back (HZ-2)', async () => {
  const ended = atHome(photoFile(99), 'one')
  await ended.photo.open(video)
  ended.state.value = stateOf('ended')
  expect([ended.device.isOn, ended.photo.step.value.type, ended.did.at(-1)]).toEqual([
    false,
    'closed',
    'camera on',
  ])
  expect(ended.mine.value.camera, 'the call’s own stays off').toBe(false)

  const left = atHome(photoFile(99))
  const { promise, resolve } = Promise.withResolvers<void>()
  left.device.gate = promise
  const opening = left.photo.open(video)
  await left.world.settle()
  left.photo.close()
  resolve()
  await opening
  expect(left.photo.step.value.type, 'nobody is shown what opens for somebody who has left').toBe('closed')

  const gone = atHome(photoFile(99))
  await gone.photo.open(video)
  gone.device.ended()
  expect(gone.photo.step.value).toEqual({ type: 'failed', why: 'ended' })
})

test('[VISIT-5] *Again* takes another one, and *Send* without anybody says so', async () => {
  const { photo, seats, bytes, taken } = atHome(photoFile(99))
  await taken()
  expect(photo.step.value.type).toBe('taken')
  await photo.open(video)
  expect(bytes.every((one) => one === 0)).toBe(true)
  await photo.take(canvas)
  seats.value = []
  photo.send()
  expect(photo.step.value).toEqual({ type: 'failed', why: 'gone' })
})
