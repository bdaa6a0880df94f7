/** An outpatient's browser, in a world that does only what a test says. */
import type { VisitYours } from '../../src/protocol/visit-messages.ts'
import type { CameraFailure, MediaDevice } from '../../src/state/ports.ts'
import { createVisit } from '../../src/state/visit.ts'
import type { Browser, KnownVisit, TestIo } from '../../src/state/visit-ports.ts'
import { fakeWorld } from './ports.ts'

export const token = 'A'.repeat(27)
export const aino = { type: 'guest', guestId: 'visit-1', name: 'Aino Virtanen', kind: 'visitor' } as const

export const link = {
  state: 'open',
  ward: 'Ward 4B',
  startMs: 600_000,
  endMs: 1_800_000,
  zone: 'Europe/Helsinki',
  language: 'fi',
  phone: '+358 9 123 456',
  mayRenew: true,
} as const

export const yours: VisitYours = {
  state: 'waiting',
  startMs: 600_000,
  endMs: 1_800_000,
  zone: 'Europe/Helsinki',
  before: 1,
  notes: [],
  phone: '+358 9 123 456',
}

/** A device to be tried: what opens, what fails, how loud it is, and what is on. */
export function fakeTester() {
  const tester = {
    failing: {} as { camera?: CameraFailure; microphone?: CameraFailure },
    devices: [] as MediaDevice[],
    /** By kind, what is open now. */
    on: new Set<string>(),
    hear: (_loud: number) => {},
    end: () => {},
    /** Every opening waits for it, where a test sets one. */
    gate: null as Promise<void> | null,
    chimes: [] as string[],
    /** What shows the camera's picture. */
    shown: null as HTMLVideoElement | null,
    downKbps: 4_000 as number | null,
    upKbps: 900 as number | null,
  }
  async function open(kind: 'camera' | 'microphone') {
    await tester.gate
    const failure = tester.failing[kind]
    if (failure) return { ok: false, failure } as const
    tester.on.add(kind)
    const onEnded = (hear: () => void) => {
      tester.end = hear
    }
    const show = (video: HTMLVideoElement | null) => {
      tester.shown = video
    }
    return { ok: true, value: { onEnded, show, stop: () => void tester.on.delete(kind) } } as const
  }
  const io: TestIo = {
    camera: () => open('camera'),
    microphone(_deviceId, hear) {
      tester.hear = hear
      return open('microphone')
    },
    chime: async (speakerId) => void tester.chimes.push(speakerId),
    devices: async () => tester.devices,
    speakers: 'choice',
    down: async () => tester.downKbps,
    up: async () => tester.upKbps,
  }
  return { tester, io }
}

/** `device.known`: what this browser keeps; `truth`: whether certificates are believed. */
export function visitWorld(browser: Partial<Browser> = {}) {
  const { world, ports } = fakeWorld()
  const { tester, io } = fakeTester()
  const device = {
    known: null as KnownVisit | null,
    keyGone: false,
    truth: true,
    /** Keeping certificates takes so long. */
    keeping: Promise.resolve(),
    forgotten: [] as string[],
    address: 'clean' as string,
  }
  world.secret = token
  world.answers = { '/visit/look': link, '/visit/enter': { type: 'in', me: aino } }
  const change = (changed: Partial<KnownVisit>) => {
    if (device.known) device.known = { ...device.known, ...changed }
  }
  const begin = () =>
    createVisit({
      ...ports,
      browser: {
        ...{ kind: 'safari-ios', name: 'Safari 18 on iPhone', inApp: null, better: 'Safari' },
        calls: 'able',
        ...browser,
      },
      window: {
        showLink(shown) {
          device.address = shown
        },
        hideLink() {
          device.address = 'clean'
        },
        copyLink: async () => 'copied',
        buzz: (state) => void world.did.push(`buzz ${state}`),
      },
      tester: async () => io,
      camera: () => Promise.reject(new Error('no camera')),
      visit: {
        async open(given) {
          const asked = given ?? device.known?.token ?? null
          if (asked === null) return null
          if (device.known?.token !== asked)
            device.known = { token: asked, visitId: null, isVouched: false, tested: 'no', language: null }
          return device.known
        },
        prepare: async () => 'p'.repeat(122),
        begin: async (_token, visitId) => change({ visitId }),
        note: async (_token, what) => change(what),
        sign: async (_token, nonce) =>
          device.known?.visitId && !device.keyGone
            ? { guestId: device.known.visitId, signature: `signed ${nonce}` }
            : null,
        async vouch() {
          await device.keeping
          if (device.truth) change({ isVouched: true })
          return device.truth
        },
        async forget(gone) {
          device.forgotten.push(gone)
          device.known = null
        },
      },
    })
  return { world, device, tester, begin }
}
