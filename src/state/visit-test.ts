/** A person tries their own device, one thing at a time; each is stopped when its step is left (HZ-2). */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { WaysFound } from '../core/ways.ts'
import type { DeviceTest } from '../protocol/visit-messages.ts'
import type { CameraFailure, MediaDevice, Result, Tracks } from './ports.ts'
import type { OpenDevice, OpenPicture, TestIo } from './visit-ports.ts'

export type { DeviceTest }

export const testSteps = ['camera', 'microphone', 'speaker', 'connection'] as const
export type TestStep = (typeof testSteps)[number]
type Place = TestStep | 'begin' | 'done'
const places: readonly Place[] = ['begin', ...testSteps, 'done']

/** The first is 1. */
export function placeOf(step: Place): number {
  return places.indexOf(step)
}

/** What a device of the present step is doing. */
export type Tried =
  | { readonly type: 'off' }
  | { readonly type: 'opening' }
  | { readonly type: 'on' }
  | { readonly type: 'failed'; readonly failure: CameraFailure }

export type VisitTest = {
  readonly step: ReadonlySignal<Place>
  readonly tried: ReadonlySignal<Tried>
  /** 0…1, while the microphone is tried. */
  readonly loud: ReadonlySignal<number>
  /** Somebody was heard. */
  readonly heard: ReadonlySignal<'yes' | 'not-yet'>
  readonly chiming: ReadonlySignal<'yes' | 'no'>
  readonly result: ReadonlySignal<DeviceTest>
  /** What is on now, as the tracks themselves tell it. */
  readonly tracks: ReadonlySignal<Tracks>
  /** Of the kind of the present step; empty until it is open. */
  readonly devices: ReadonlySignal<readonly MediaDevice[]>
  begin(): void
  /** Opens the present step's device again. */
  again(): void
  /** The step is over, as it was found. */
  next(): void
  /** To `speaker`: whether the notes were heard. */
  answer(heard: 'heard' | 'not-heard'): void
  skip(): void
  skipAll(): void
  choose(device: MediaDevice): void
  readonly showCamera: (video: HTMLVideoElement | null) => void
  /** Whatever is on is stopped, and nothing that still opens stays open. */
  stop(): void
}

export type VisitTestParts = {
  readonly io: TestIo
  readonly browser: string
  /** Chosen here is chosen for the call. */
  readonly choose: (device: MediaDevice) => void
  /** Which ways lead to the hospital's relay. */
  readonly findWays: () => Promise<WaysFound>
  readonly done: (result: DeviceTest) => void
}

/** Speech, and not the room: three within a few words, which have silence between them; a knock against the table is none. */
const spoken = 0.25
const spokenTicks = 3
const listenedTicks = 25

const off: Tracks = { camera: false, microphone: false }

export function createVisitTest({ io, browser, choose, findWays, done }: VisitTestParts): VisitTest {
  const step = signal<Place>('begin')
  const tried = signal<Tried>({ type: 'off' })
  const loud = signal(0)
  const heard = signal<'yes' | 'not-yet'>('not-yet')
  const chiming = signal<'yes' | 'no'>('no')
  const tracks = signal(off)
  const devices = signal<readonly MediaDevice[]>([])
  const result: Signal<DeviceTest> = signal({
    ...({ camera: 'skipped', microphone: 'skipped', speaker: 'skipped' } as const),
    ...{ ways: {}, downKbps: null, upKbps: null, browser },
  })
  const chosen = { camera: '', microphone: '', speaker: '' }
  /** Whatever opens under an old number is stopped at once. */
  let turn = 0
  let open: OpenDevice | null = null
  let picture: OpenPicture | null = null
  let video: HTMLVideoElement | null = null
  /** What was heard last, the newest at the end. */
  let ticks: number[] = []

  function stop(): void {
    turn += 1
    picture?.show(null)
    open?.stop()
    open = picture = null
    batch(() => {
      tracks.value = off
      tried.value = { type: 'off' }
      loud.value = 0
      chiming.value = 'no'
    })
  }

  function note(found: Partial<DeviceTest>): void {
    result.value = { ...result.peek(), ...found }
  }

  async function tryOut<T extends OpenDevice>(
    kind: 'camera' | 'microphone',
    opening: () => Promise<Result<T, CameraFailure>>,
    opened: (device: T) => void,
  ): Promise<void> {
    stop()
    const mine = turn
    tried.value = { type: 'opening' }
    const answer = await opening()
    if (mine !== turn) return answer.ok ? answer.value.stop() : undefined
    if (!answer.ok) return fail(kind, answer.failure)
    open = answer.value
    open.onEnded(() => mine === turn && fail(kind, 'taken'))
    opened(answer.value)
    batch(() => {
      tracks.value = { ...off, [kind]: true }
      tried.value = { type: 'on' }
    })
    await listDevices(kind, mine)
  }

  function fail(kind: 'camera' | 'microphone', failure: CameraFailure): void {
    stop()
    note({ [kind]: failure })
    tried.value = { type: 'failed', failure }
  }

  async function listDevices(kind: MediaDevice['kind'], mine: number): Promise<void> {
    const all = await io.devices().catch(() => [])
    if (mine === turn) devices.value = all.filter((device) => device.kind === kind)
  }

  function openCamera(): void {
    const show = (opened: OpenPicture) => {
      picture = opened
      opened.show(video)
    }
    void tryOut('camera', () => io.camera(chosen.camera), show)
  }

  function openMicrophone(): void {
    heard.value = 'not-yet'
    ticks = []
    const hear = (now: number) => {
      loud.value = now
      ticks = [...ticks, now].slice(-listenedTicks)
      if (ticks.filter((one) => one >= spoken).length >= spokenTicks) heard.value = 'yes'
    }
    void tryOut(
      'microphone',
      () => io.microphone(chosen.microphone, hear),
      () => {},
    )
  }

  async function chime(): Promise<void> {
    stop()
    const mine = turn
    chiming.value = 'yes'
    if (io.speakers === 'choice') void listDevices('speaker', mine)
    await io.chime(chosen.speaker).catch(() => {})
    if (mine === turn) chiming.value = 'no'
  }

  /** One after the other: each would make the other look slow. */
  async function measure(): Promise<void> {
    stop()
    const mine = turn
    tried.value = { type: 'opening' }
    const ways = await findWays().catch(() => ({}))
    if (mine !== turn) return
    note({ ways })
    const downKbps = await io.down()
    if (mine !== turn) return
    note({ downKbps })
    const upKbps = await io.up()
    if (mine !== turn) return
    note({ upKbps })
    enter('done')
  }

  const beginnings: Record<TestStep, () => void> = {
    camera: openCamera,
    microphone: openMicrophone,
    speaker: () => void chime(),
    connection: () => void measure(),
  }

  function enter(next: TestStep | 'done'): void {
    stop()
    devices.value = []
    step.value = next
    if (next !== 'done') return beginnings[next]()
    done(result.peek())
  }

  function following(): TestStep | 'done' {
    const next = places[placeOf(step.peek()) + 1]
    return next === undefined || next === 'begin' ? 'done' : next
  }

  function next(): void {
    const isOn = tried.peek().type === 'on'
    if (isOn && step.peek() === 'camera') note({ camera: 'works' })
    if (isOn && step.peek() === 'microphone')
      note({ microphone: heard.peek() === 'yes' ? 'heard' : 'silent' })
    enter(following())
  }

  return {
    ...{ step, tried, loud, heard, chiming, result, tracks, devices, next, stop },
    begin: () => enter('camera'),
    again() {
      const now = step.peek()
      if (now !== 'begin' && now !== 'done') beginnings[now]()
    },
    answer(verdict) {
      note({ speaker: verdict })
      enter(following())
    },
    skip: () => enter(following()),
    skipAll: () => enter('done'),
    choose(device) {
      chosen[device.kind] = device.deviceId
      choose(device)
      const now = step.peek()
      if (now === device.kind) beginnings[now]()
    },
    showCamera(shown) {
      video = shown
      picture?.show(shown)
    },
    stop,
  }
}
