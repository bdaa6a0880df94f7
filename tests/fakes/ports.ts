/** A world that does only what a test says, and remembers what was asked of it. */
import * as v from 'valibot'
import { standardTimings } from '../../src/core/timings.ts'
import type { CallView } from '../../src/protocol/call.ts'
import type { BedParty, StaffParty } from '../../src/protocol/people.ts'
import type { ClientMessage, Welcome } from '../../src/protocol/wire.ts'
import type {
  ApiFailure,
  BedIdentity,
  BedSettings,
  CameraFailure,
  MediaListener,
  Ports,
  Result,
  SocketListener,
  Waiting,
} from '../../src/state/ports.ts'

export const anna: StaffParty = { type: 'staff', staffId: 'anna', name: 'Anna Laine', role: 'nurse' }
export const bedOne: BedParty = { type: 'bed', bedId: 'bed-1', label: '1', ward: 'Ward 4B' }

export function ringingAt(part: 'caller' | 'callee', over: Partial<CallView> = {}): CallView {
  const peer = part === 'caller' ? bedOne : anna
  return {
    callId: 'call-1',
    epoch: 1,
    phase: 'ringing',
    mode: 'ring',
    part,
    peer,
    stay: 1,
    remainingMs: 30_000,
    ...over,
  }
}

export function welcomeOf(me: Welcome['me'], over: Partial<Welcome> = {}): Welcome {
  return {
    type: 'welcome',
    sessionId: 'session-1',
    resumed: false,
    received: 0,
    serverTimeMs: 0,
    demo: true,
    ward: 'Ward 4B',
    me,
    stay: me.type === 'bed' ? { epoch: 1, admissionId: 'admission-1' } : null,
    counter: me.type === 'bed' ? 1 : null,
    timings: standardTimings,
    iceServers: [],
    snapshot: { beds: [], calls: [] },
    ...over,
  }
}

type Timer = { readonly dueMs: number; readonly then: () => void }

/** Everything a test may set or look at. */
export function fakeWorld() {
  let nowMs = 0
  let timers: Timer[] = []
  let ids = 0
  const did: string[] = []
  const sent: ClientMessage[] = []
  const world = {
    did,
    sent,
    socket: null as SocketListener | null,
    media: null as MediaListener | null,
    hear: (_state: 'on' | 'blocked') => {},
    secret: null as string | null,
    identity: null as BedIdentity | null,
    settings: { started: false, knock: false, stayEpoch: null } as BedSettings,
    past: null as BedIdentity | null,
    waiting: null as Waiting | null,
    keyGone: false,
    alone: false,
    counter: 0,
    /** What the routes answer, by path; a list is answered one by one. */
    answers: {} as Record<string, readonly (unknown | ApiFailure)[]>,
    asked: [] as { path: string; said: unknown }[],
    permission: 'granted' as 'granted' | 'denied' | 'unknown',
    camera: null as CameraFailure | null,
    refusal: null as ApiFailure | null,
    cameraOn: false,
    over: [] as readonly string[],
    /** Lets virtual time pass, timers firing in their order. */
    advance(ms: number) {
      const endMs = nowMs + ms
      for (;;) {
        const next = timers.filter((timer) => timer.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0]
        if (!next) break
        nowMs = next.dueMs
        timers = timers.filter((timer) => timer !== next)
        next.then()
      }
      nowMs = endMs
    },
    /** Lets promises settle; no time passes. */
    async settle() {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    },
    types: () => sent.map((message) => message.type),
  }
  function tried(): Result<null, CameraFailure> {
    return world.camera === null ? { ok: true, value: null } : { ok: false, failure: world.camera }
  }
  const ports: Ports = {
    clock: {
      nowMs: () => nowMs,
      after(ms, then) {
        const timer = { dueMs: nowMs + ms, then }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
    socket: {
      open(listener) {
        world.socket = listener
      },
      send: (message) => void sent.push(message),
      close: () => void did.push('close socket'),
    },
    api: {
      async ask(_method, path, said, schema) {
        world.asked.push({ path, said })
        const [next = 'unreachable', ...rest] = world.answers[path] ?? []
        world.answers[path] = rest
        if (typeof next === 'string') return { ok: false, failure: next as ApiFailure }
        return { ok: true, value: v.parse(schema, next) }
      },
      signIn: async () => (world.refusal ? { ok: false, failure: world.refusal } : { ok: true, value: anna }),
      async signOut() {
        did.push('sign out')
        return true
      },
      enrol: async () =>
        world.refusal
          ? { ok: false, failure: world.refusal }
          : { ok: true, value: { deviceId: 'device-1', bed: bedOne } },
    },
    media: {
      listen(listener) {
        world.media = listener
      },
      preload: () => void did.push('preload'),
      tryOut: async () => tried(),
      permission: async () => world.permission,
      openCamera(callId) {
        did.push(`open camera ${callId}`)
        world.cameraOn = true
      },
      openLink: (callId, epoch) => void did.push(`open link ${callId} ${epoch}`),
      attach: (callId, epoch) => void did.push(`attach ${callId} ${epoch}`),
      applySignal: (_callId, _epoch, signal) => void did.push(`apply ${signal.type}`),
      release() {
        did.push('release')
        world.cameraOn = false
      },
      setTrack: (kind, on) => void did.push(`${kind} ${on ? 'on' : 'off'}`),
      devices: async () => [],
      choose() {},
      showRemote() {},
      showLocal() {},
    },
    sound: {
      play: (sound) => void did.push(`sound ${sound}`),
      arm: () => void did.push('arm'),
      listen(heard) {
        world.hear = heard
        heard('on')
      },
    },
    device: {
      identity: async () => world.identity,
      newKey: async () => ({
        publicKey: 'public',
        nonce: 'nonce',
        commitment: 'c'.repeat(43),
        digits: async () => '123456',
        async wait(waiting) {
          world.waiting = waiting
        },
        async keep(identity) {
          world.identity = identity
        },
      }),
      sign: async (nonce) =>
        world.keyGone ? null : { signature: `signed ${nonce}`, counter: world.counter },
      async keepCounter(counter) {
        world.counter = counter
      },
      waiting: async () =>
        world.waiting && {
          waiting: world.waiting,
          key: {
            async keep(identity: BedIdentity) {
              world.identity = identity
              world.waiting = null
            },
          },
        },
      past: async () => world.past,
      async stopWaiting() {
        world.waiting = null
      },
      async forget() {
        world.past = null
      },
      announce() {},
      isAlone: async () => world.alone,
      settings: async () => world.settings,
      async saveSettings(settings) {
        world.settings = settings
      },
    },
    page: {
      takeSecret: () => world.secret,
      tabId: () => 'tab-1',
      over: () => world.over,
      saveOver(callIds) {
        world.over = callIds
      },
      newId: () => `call-${++ids}`,
      keepAwake: () => void did.push('keep awake'),
      update: () => void did.push('update'),
    },
  }
  return { world, ports }
}
