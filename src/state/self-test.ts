/** A tablet is tried line by line until all of it is green; whoever rings, and every other end, stops what was open (HZ-2, HZ-11). */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { remarksOn } from '../core/device-test.ts'
import type { WaysFound } from '../core/ways.ts'
import type { Calls } from './calls.ts'
import type { CameraFailure, Clock, HealthPort, SeenHealth } from './ports.ts'
import type { SoundCheck } from './sound-check.ts'
import type { Awake } from './tablet-health.ts'
import { createVisitTest, type DeviceTest, placeOf, type TestStep, type VisitTest } from './visit-test.ts'

/** In the order in which they are tried. */
export const testLines = [
  ...(['camera', 'microphone', 'echo', 'path'] as const),
  ...(['permission', 'awake', 'storage', 'ring'] as const),
] as const
export type TestLine = (typeof testLines)[number]

export type LineTrouble =
  | CameraFailure
  | 'not-seen'
  | 'silent'
  | 'not-heard'
  | 'no-way'
  | 'no-server'
  | 'slow'
  | 'not-allowed'
  | 'not-awake'
  | 'not-kept'
  | 'not-told'
export type LineState = 'waits' | 'runs' | 'good' | LineTrouble
type Lines = Readonly<Record<TestLine, LineState>>

/** What is said while it goes on; `camera`, `echo`, `notes` and `ring` are answered by whoever stands before it. */
export type TestAsk = 'opening' | 'camera' | 'recording' | 'playing' | 'echo' | 'notes' | 'path' | 'ring'
const answered: ReadonlySet<TestAsk> = new Set(['camera', 'echo', 'notes', 'ring'])

export function isAnswered(ask: TestAsk): boolean {
  return answered.has(ask)
}

export type SelfTest = {
  /** Null: it is closed. */
  readonly lines: ReadonlySignal<Lines | null>
  /** Null: there is nothing more to try. */
  readonly ask: ReadonlySignal<TestAsk | null>
  readonly isReady: ReadonlySignal<boolean>
  /** What is open now, how loud it is and where its picture is shown; null: nothing is. */
  readonly device: ReadonlySignal<VisitTest | null>
  /** From the first line on; between calls alone. */
  open(): void
  answer(is: 'yes' | 'no'): void
  close(): void
}

export type SelfTestParts = {
  readonly clock: Pick<Clock, 'after'>
  readonly calls: Pick<Calls, 'state'>
  readonly soundCheck: Pick<SoundCheck, 'ring'>
  readonly awake: ReadonlySignal<Awake>
  readonly health: () => Promise<HealthPort>
  readonly findWays: () => Promise<WaysFound>
}

/** Left open, it closes: nobody stands before a camera that is on (HZ-2). */
const untouchedMs = 120_000
/** Nobody says anything: it was silent. */
const listenMs = 20_000
/** After somebody was heard: the rest of their sentence. */
const wordsMs = 2_000

const verdicts: Record<TestStep, (found: DeviceTest) => LineState> = {
  camera({ camera }) {
    if (camera === 'works') return 'good'
    return camera === 'skipped' ? 'not-seen' : camera
  },
  microphone({ microphone }) {
    if (microphone === 'heard') return 'good'
    return microphone === 'skipped' ? 'silent' : microphone
  },
  speaker: ({ speaker }) => (speaker === 'heard' ? 'good' : 'not-heard'),
  connection(found) {
    const remarks = remarksOn(found)
    if (found.downKbps === null || found.upKbps === null) return 'no-server'
    if (remarks.includes('no-way')) return 'no-way'
    return remarks.includes('slow') ? 'slow' : 'good'
  },
}

function lineOf(step: TestStep, { step: now, result }: VisitTest): LineState {
  const ahead = placeOf(step) - placeOf(now.value)
  if (ahead > 0) return 'waits'
  return ahead === 0 ? 'runs' : verdicts[step](result.value)
}

type Rest = Pick<Lines, 'permission' | 'awake' | 'storage' | 'ring'>
const untried: Rest = { permission: 'waits', awake: 'waits', storage: 'waits', ring: 'waits' }

/** A browser that does not say what it allows has just shown it. */
function restOf({ camera, microphone, storage }: SeenHealth, awake: Awake): Omit<Rest, 'ring'> {
  const isRefused = [camera, microphone].some((now) => now === 'denied' || now === 'prompt')
  const kept = storage?.isKept ? 'good' : 'not-kept'
  return {
    permission: isRefused ? 'not-allowed' : 'good',
    awake: awake === 'held' ? 'good' : 'not-awake',
    storage: storage === null ? 'not-told' : kept,
  }
}

export function createSelfTest(parts: SelfTestParts): SelfTest {
  const { clock, calls, soundCheck, awake } = parts
  const state = signal<'closed' | 'open' | 'failed'>('closed')
  const device = signal<VisitTest | null>(null)
  const rest = signal(untried)
  /** Whatever comes of an earlier opening is nobody's any more. */
  let turn = 0
  let stops: (() => void)[] = []
  let stopUntouched = () => {}

  const lines = computed<Lines | null>(() => {
    const tried = device.value
    if (state.value === 'closed') return null
    const of = (step: TestStep) => (tried ? lineOf(step, tried) : 'waits')
    const path = state.value === 'failed' ? 'no-server' : of('connection')
    return { ...rest.value, camera: of('camera'), microphone: of('microphone'), echo: of('speaker'), path }
  })
  const ask = computed(() => (state.value === 'open' ? askOf(device.value, rest.value.ring) : null))
  const isReady = computed(
    () => lines.value !== null && testLines.every((one) => lines.value?.[one] === 'good'),
  )

  function close(): void {
    turn += 1
    stopUntouched()
    for (const stop of stops) stop()
    stops = []
    device.peek()?.stop()
    batch(() => {
      state.value = 'closed'
      device.value = null
      rest.value = untried
    })
  }

  function touched(): void {
    stopUntouched()
    stopUntouched = clock.after(untouchedMs, close)
  }

  async function begin(mine: number): Promise<void> {
    const health = await parts.health()
    const io = await health.tester()
    if (mine !== turn) return
    const done = () => void finish(mine, health)
    const { findWays } = parts
    const tried = createVisitTest({ io, browser: '', choose: () => {}, findWays, done })
    stops.push(...goOn(tried))
    device.value = tried
    tried.begin()
  }

  /** What needs nobody's finger goes on by itself. */
  function goOn(tried: VisitTest): (() => void)[] {
    let cancel = () => {}
    const nextIn = (ms: number) => {
      cancel()
      cancel = clock.after(ms, tried.next)
    }
    return [
      tried.tried.subscribe(({ type }) => {
        cancel()
        if (type === 'failed') tried.skip()
        if (type === 'on' && tried.step.peek() === 'microphone') nextIn(listenMs)
      }),
      tried.heard.subscribe((heard) => heard === 'yes' && nextIn(wordsMs)),
      () => cancel(),
    ]
  }

  async function finish(mine: number, health: HealthPort): Promise<void> {
    const seen = await health.look()
    if (mine !== turn) return
    rest.value = { ...restOf(seen, awake.peek()), ring: 'runs' }
    soundCheck.ring()
  }

  return {
    ...{ lines, ask, isReady, device, close },
    open() {
      // Whoever sees it closed leaves: anew is not closed.
      batch(() => {
        close()
        if (calls.state.peek().type === 'idle') state.value = 'open'
      })
      if (state.peek() === 'closed') return
      const mine = turn
      touched()
      stops.push(calls.state.subscribe(({ type }) => type !== 'idle' && close()))
      begin(mine).catch(() => {
        if (mine === turn) state.value = 'failed'
      })
    },
    answer(is) {
      const asked = ask.peek()
      const tried = device.peek()
      touched()
      if (asked === 'ring') rest.value = { ...rest.peek(), ring: is === 'yes' ? 'good' : 'not-heard' }
      if (asked === 'camera' && is === 'yes') tried?.next()
      if (asked === 'camera' && is === 'no') tried?.skip()
      if (asked === 'echo' || asked === 'notes') tried?.answer(is === 'yes' ? 'heard' : 'not-heard')
    },
  }
}

function askOf(tried: VisitTest | null, ring: LineState): TestAsk | null {
  const step = tried?.step.value ?? 'begin'
  const isOn = tried?.tried.value.type === 'on'
  switch (step) {
    case 'begin':
      return 'opening'
    case 'camera':
      return isOn ? 'camera' : 'opening'
    case 'microphone':
      return isOn ? 'recording' : 'opening'
    case 'speaker':
      if (tried?.result.value.microphone !== 'heard') return 'notes'
      return tried.chiming.value === 'yes' ? 'playing' : 'echo'
    case 'connection':
      return 'path'
    case 'done':
      if (ring === 'waits') return 'path'
      return ring === 'runs' ? 'ring' : null
  }
}
