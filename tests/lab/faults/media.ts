/** A page's camera, microphone and link as `io/media.ts` holds them. */
import type { TrackKind } from '../../../src/io/camera.ts'
import type { Signal } from '../../../src/protocol/call.ts'
import type { Clock, LinkTerms, MediaListener, MediaPort } from '../../../src/state/ports.ts'
import { between } from '../prng.ts'
import { type FakeLink, openFakeLink } from './link.ts'
import { certificateOf } from './notary.ts'
import type { Device, World } from './world.ts'

export type PageMedia = MediaPort & {
  /** The tracks that are open, and for which call they were asked. */
  open(): ReadonlySet<TrackKind>
  link(): FakeLink | null
  /** How long its present link has been there. */
  linkMs(): number
  /** How many links this page has had. */
  links(): number
  unload(goodbye: boolean): void
}

type Listener = Pick<
  MediaListener,
  'cameraOpened' | 'linkUp' | 'linkStalled' | 'signal' | 'tracks' | 'verified' | 'unverified' | 'peerTracks'
>

const silent: Listener = {
  cameraOpened() {},
  linkUp() {},
  linkStalled() {},
  signal() {},
  tracks() {},
  verified() {},
  unverified() {},
  peerTracks() {},
}

const both = ['camera', 'microphone'] as const

export function createPageMedia(world: World, device: Device, clock: Clock, rest: MediaPort): PageMedia {
  let listener: Listener = silent
  let turn = 0
  let callId = ''
  let tracks = new Set<TrackKind>()
  let link: FakeLink | null = null
  let linkEpoch = 0
  let links = 0
  let linkedMs = 0
  let nonces = { callId: '', seen: new Set<string>() }
  let leaving: 'nothing' | 'picture' | 'all' = 'nothing'
  let presented: string | null = null
  let silentPeer = false
  let waiting: Signal[] = []

  function tell(): void {
    const now = { camera: tracks.has('camera'), microphone: tracks.has('microphone') }
    listener.tracks(now)
    world.note(() => `${device.part}: ${[...tracks].join(' and ') || 'nothing'} open`)
    if (leaving === 'all') listener.signal(callId, linkEpoch, { type: 'media', ...now })
  }

  function closeLink(): void {
    link?.close()
    link = null
    leaving = 'nothing'
    waiting = []
  }

  function release(): void {
    turn += 1
    closeLink()
    linkEpoch = 0
    presented = null
    silentPeer = false
    tracks = new Set()
    tell()
  }

  function attachTracks(): void {
    if (leaving === 'nothing') return
    link?.setOutgoing('microphone', leaving === 'all' && tracks.has('microphone'))
    link?.setOutgoing('camera', tracks.has('camera'))
  }

  function openCamera(forCall: string): void {
    turn += 1
    const mine = turn
    callId = forCall
    const opensMs = world.calm ? between(world.chance, 20, 300) : between(world.chance, 20, 1_500)
    clock.after(opensMs, () => {
      if (mine !== turn) return
      tracks = new Set(both)
      tell()
      listener.cameraOpened(forCall)
      attachTracks()
    })
  }

  function openLink(forCall: string, epoch: number, initiator: boolean, terms: LinkTerms): void {
    closeLink()
    callId = forCall
    linkEpoch = epoch
    if (nonces.callId !== forCall) nonces = { callId: forCall, seen: new Set() }
    const { seen } = nonces
    clock.after(between(world.chance, 1, 20), () => {
      if (callId !== forCall || linkEpoch !== epoch || link) return
      links += 1
      linkedMs = world.clock.nowMs()
      link = openFakeLink(world, device, clock, { initiator, terms, seen }, events(forCall, epoch, terms))
      for (const signal of waiting.splice(0)) link.apply(signal)
      if (presented === forCall) link.present()
      expectSilence()
      attachTracks()
    })
  }

  function events(forCall: string, epoch: number, { peer }: LinkTerms) {
    const current = () => callId === forCall && linkEpoch === epoch
    return {
      signal: (signal: Signal) => current() && listener.signal(forCall, epoch, signal),
      up: () => current() && listener.linkUp(forCall, epoch),
      stalled: () => current() && listener.linkStalled(forCall, epoch),
      verified: () => current() && listener.verified(forCall, certificateOf(peer)),
      unverified: (failure: Parameters<MediaListener['unverified']>[1]) =>
        current() && listener.unverified(forCall, failure),
    }
  }

  function applySignal(forCall: string, epoch: number, signal: Signal): void {
    if (callId !== forCall) return
    if (signal.type === 'media') {
      const { type: _, ...theirs } = signal
      silentPeer = !theirs.microphone && !theirs.camera
      expectSilence()
      return listener.peerTracks(forCall, theirs)
    }
    if (signal.type === 'inspect' || linkEpoch !== epoch) return
    if (link) link.apply(signal)
    else waiting.push(signal)
  }

  function expectSilence(): void {
    if (silentPeer && presented === callId) link?.expectSilence()
  }

  function setTrack(kind: TrackKind, on: boolean): void {
    if (on === tracks.has(kind)) return
    if (!on) {
      tracks.delete(kind)
      tell()
      return attachTracks()
    }
    const mine = turn
    clock.after(between(world.chance, 20, 300), () => {
      if (mine !== turn) return
      tracks.add(kind)
      tell()
      attachTracks()
    })
  }

  return {
    ...rest,
    listen(next) {
      listener = next
    },
    prefer() {},
    openCamera,
    openLink: (forCall, epoch, initiator, _relays, terms) => openLink(forCall, epoch, initiator, terms),
    restartLink(forCall, epoch) {
      if (callId === forCall && linkEpoch === epoch) link?.restart()
    },
    attach(forCall, epoch, what) {
      if (callId !== forCall || linkEpoch !== epoch) return
      leaving = what
      attachTracks()
      if (what === 'all') tell()
    },
    present(forCall) {
      presented = forCall
      if (callId === forCall) link?.present()
      expectSilence()
    },
    applySignal,
    release,
    setTrack,
    open: () => tracks,
    link: () => link,
    linkMs: () => world.clock.nowMs() - linkedMs,
    links: () => links,
    unload(goodbye) {
      turn += 1
      tracks = new Set()
      link?.close(goodbye)
      link = null
    },
  }
}
