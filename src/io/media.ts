/** Local tracks, the link they leave by, and the two video elements: one holder, so that one release ends them all. */
import type { PictureShare } from '../core/sparing.ts'
import type { Signal } from '../protocol/call.ts'
import type { Relays } from '../protocol/ice.ts'
import type { LinkTerms, MediaDevice, MediaListener, MediaPort, Tracks } from '../state/ports.ts'
import { kindOf, listDevices, openTracks, permission, sharpen, type TrackKind } from './camera.ts'
import { onFirstFrame } from './first-frame.ts'
import type { LinkListener, MediaLink } from './media-link.ts'
import type { Credentials } from './notary.ts'

const silent: MediaListener = {
  cameraOpened() {},
  cameraFailed() {},
  linkUp() {},
  linkStalled() {},
  signal() {},
  tracks() {},
  inspected() {},
  peerTracks() {},
  picture() {},
  measured() {},
  device() {},
  line() {},
  verified() {},
  unverified() {},
}

const previewMs = 250

const loadLink = () => import('./link.ts')

/** `credentialsOf`: what this browser signs with as a bed or as a station; null while it has no certificate. */
export function createMedia(
  credentialsOf: (part: 'bed' | 'station') => Promise<Credentials | null>,
): MediaPort {
  let listener = silent
  /** Counts calls and releases: whatever finishes under an old number is stopped at once. */
  let turn = 0
  let callId = ''
  let local = new MediaStream()
  let link: MediaLink | null = null
  /** [PROOF-4] The nonces of one call, whichever of its links they came on. */
  let nonces = { callId: '', seen: new Set<string>() }
  let linkEpoch = 0
  let leaving: 'nothing' | 'picture' | 'all' = 'nothing'
  let share: PictureShare = 'full'
  /** The peer looks at something closely. */
  let sharp = false
  /** [CALL-5] The call whose peer may be seen and heard. */
  let presented: string | null = null
  /** The peer's camera and microphone are off, or as good as: no track of it will arrive. */
  let silentPeer = false
  let waiting: Signal[] = []
  let remoteVideo: HTMLVideoElement | null = null
  let volume = 1
  let localVideo: HTMLVideoElement | null = null
  const chosen = new Map<TrackKind, string>()
  let speakerId = ''
  /** What was plugged in when it was last looked at. */
  let known: readonly MediaDevice[] = []
  /** The person said yes before: opening asks nothing. */
  let permitted = false

  function track(kind: TrackKind): MediaStreamTrack | null {
    return local.getTracks().find((one) => kindOf(one) === kind && one.readyState === 'live') ?? null
  }

  function tell(): void {
    const tracks: Tracks = { camera: track('camera') !== null, microphone: track('microphone') !== null }
    listener.tracks(tracks)
    if (leaving !== 'all') return
    const held = tracks.camera && share === 'off' ? ({ held: 'yes' } as const) : {}
    const sharpened = tracks.camera && sharp ? ({ sharp: 'yes' } as const) : {}
    listener.signal(callId, linkEpoch, { type: 'media', ...tracks, ...held, ...sharpened })
  }

  function hold(one: MediaStreamTrack): void {
    local.addTrack(one)
    if (sharp && one.kind === 'video') void sharpen(one, true)
    one.onended = () => lostTrack(one)
  }

  /**
   * The browser ended a track by itself: the permission was withdrawn, or a device unplugged. Another of its kind takes
   * over at once, if there is one.
   */
  async function lostTrack(one: MediaStreamTrack): Promise<void> {
    local.removeTrack(one)
    tell()
    const mine = turn
    const isDenied = (await permission()) === 'denied'
    if (mine !== turn) return
    if (isDenied) return listener.cameraFailed(callId, 'denied')
    const kind = kindOf(one)
    chosen.delete(kind)
    await setTrack(kind, true)
    if (mine !== turn) return
    const label = track(kind)?.label
    listener.device(label === undefined ? { type: 'gone', kind } : { type: 'replaced', kind, label })
  }

  /** A headset that is plugged in during a call is noticed; whether it is used, the person decides. */
  async function noticeDevices(): Promise<void> {
    const before = known
    known = await listDevices().catch(() => before)
    if (local.getTracks().length === 0) return
    const isNew = ({ kind, deviceId }: MediaDevice) =>
      kind === 'microphone' && !before.some((one) => one.deviceId === deviceId)
    const device = known.find(isNew)
    if (device && before.length > 0) listener.device({ type: 'arrived', device })
  }

  function drop(one: MediaStreamTrack): void {
    one.onended = null
    one.stop()
    local.removeTrack(one)
  }

  function closeLink(): void {
    link?.close()
    link = null
    leaving = 'nothing'
    waiting = []
    if (remoteVideo) remoteVideo.srcObject = null
  }

  function release(): void {
    turn += 1
    closeLink()
    linkEpoch = 0
    share = 'full'
    if (sharp) listener.inspected(false)
    sharp = false
    presented = null
    silentPeer = false
    for (const one of local.getTracks()) drop(one)
    local = new MediaStream()
    if (localVideo) localVideo.srcObject = null
    tell()
  }

  /**
   * With the permission already given, both devices open side by side: the picture does not wait for the microphone.
   * Otherwise together, so that the person is asked once.
   */
  async function openCamera(forCall: string): Promise<void> {
    turn += 1
    const mine = turn
    callId = forCall
    const both: TrackKind[] = ['camera', 'microphone']
    const wanted = permitted ? both.map((kind) => [kind]) : [both]
    await Promise.all(wanted.map((kinds) => openFor(forCall, mine, kinds)))
  }

  async function openFor(forCall: string, mine: number, kinds: TrackKind[]): Promise<void> {
    const opened = await openTracks(kinds, chosen)
    if (mine !== turn) {
      if (opened.ok) for (const one of opened.value) one.stop()
      return
    }
    if (!opened.ok) return listener.cameraFailed(forCall, opened.failure)
    permitted = true
    for (const one of opened.value) {
      if (track(kindOf(one)) === null) hold(one)
      else one.stop()
    }
    // What is said of the tracks waits for nothing: not for a link that may be gone (HZ-2).
    tell()
    listener.cameraOpened(forCall)
    await attachTracks()
    if (mine !== turn) return
    // In an answered call the other's face comes first: one's own picture costs the same to start.
    setTimeout(preview, leaving === 'all' ? previewMs : 0)
  }

  function preview(): void {
    if (localVideo && local.getTracks().length > 0) localVideo.srcObject = local
  }

  async function openLink(
    forCall: string,
    epoch: number,
    initiator: boolean,
    relays: Relays,
    terms: LinkTerms,
  ): Promise<void> {
    closeLink()
    callId = forCall
    linkEpoch = epoch
    // Looking for devices wakes the browser's capture process, so that *Answer* does not have to.
    void listDevices().then((devices) => (known = devices))
    if (nonces.callId !== forCall) nonces = { callId: forCall, seen: new Set() }
    const { seen } = nonces
    const [part, credentials] = await Promise.all([
      loadLink().catch(() => null),
      credentialsOf(terms.me.type === 'bed' ? 'bed' : 'station').catch(() => null),
    ])
    if (callId !== forCall || linkEpoch !== epoch || link) return
    if (!part) return listener.cameraFailed(forCall, 'missing')
    const options = { initiator, relays, credentials, terms, seen }
    link = part.openLink(options, events(forCall, epoch))
    for (const signal of waiting.splice(0)) link.apply(signal)
    if (presented === forCall) link.present()
    expectSilence()
    weighPicture()
    showRemote(remoteVideo)
    await attachTracks()
  }

  function events(forCall: string, epoch: number): LinkListener {
    const current = () => callId === forCall && linkEpoch === epoch
    return {
      signal: (signal) => current() && listener.signal(forCall, epoch, signal),
      up: () => current() && listener.linkUp(forCall, epoch),
      stalled: () => current() && listener.linkStalled(forCall, epoch),
      picture: (moving) => current() && presented === forCall && listener.picture(moving && playing()),
      measured: (measured) => current() && listener.measured(forCall, measured),
      line: (text) => current() && listener.line(text),
      verified: (peer) => current() && listener.verified(forCall, peer),
      unverified: (failure) => current() && listener.unverified(forCall, failure),
    }
  }

  /** Decoded is not shown: a picture that the browser has paused stands still (HZ-5). */
  function playing(): boolean {
    if (remoteVideo?.paused) void remoteVideo.play().catch(() => {})
    return remoteVideo !== null && !remoteVideo.paused
  }

  async function attachTracks(): Promise<void> {
    if (leaving === 'nothing') return
    const [microphone, camera] = [leaving === 'all' ? track('microphone') : null, track('camera')]
    await Promise.all([link?.setOutgoing('audio', microphone), link?.setOutgoing('video', camera)])
  }

  function attach(forCall: string, epoch: number, tracks: 'picture' | 'all'): void {
    if (callId !== forCall || linkEpoch !== epoch) return
    leaving = tracks
    void attachTracks()
    if (tracks === 'picture') return
    // A browser that kept the page silent until *Answer* was touched plays it now.
    void playing()
    tell()
  }

  function present(forCall: string): void {
    presented = forCall
    if (callId !== forCall) return
    link?.present()
    expectSilence()
    watchFirstFrame()
  }

  function expectSilence(): void {
    if (silentPeer && presented === callId) link?.expectSilence()
  }

  function applySignal(forCall: string, epoch: number, signal: Signal): void {
    if (callId !== forCall) return
    // Of the call and not of its link: a caller whose camera still opens has none yet, and the peer says it but once.
    if (signal.type === 'media') {
      const { type: _, ...tracks } = signal
      silentPeer = !tracks.microphone && (!tracks.camera || tracks.held === 'yes')
      expectSilence()
      return listener.peerTracks(tracks)
    }
    if (signal.type === 'inspect') return inspect(signal.wanted === 'sharp')
    if (linkEpoch !== epoch) return
    if (link) link.apply(signal)
    else waiting.push(signal)
  }

  function weighPicture(): void {
    link?.setPicture(sharp && share === 'full' ? 'sharp' : share)
  }

  function inspect(closely: boolean): void {
    // Nobody looks closely at what was not answered yet.
    if (closely === sharp || leaving !== 'all') return
    sharp = closely
    listener.inspected(closely)
    const camera = track('camera')
    if (camera) void sharpen(camera, closely)
    weighPicture()
    tell()
  }

  async function setTrack(kind: TrackKind, on: boolean): Promise<void> {
    const present = track(kind)
    if (on === (present !== null)) return
    if (present) drop(present)
    else await reopen(kind)
    tell()
    preview()
    await attachTracks()
  }

  async function reopen(kind: TrackKind): Promise<void> {
    const mine = turn
    const opened = await openTracks([kind], chosen)
    if (!opened.ok) return
    for (const one of opened.value) {
      if (mine === turn && track(kind) === null) hold(one)
      else one.stop()
    }
  }

  async function choose(device: MediaDevice): Promise<void> {
    if (device.kind === 'speaker') {
      speakerId = device.deviceId
      return useSpeaker()
    }
    chosen.set(device.kind, device.deviceId)
    if (track(device.kind) === null) return
    const mine = turn
    await setTrack(device.kind, false)
    if (mine === turn) await setTrack(device.kind, true)
  }

  async function useSpeaker(): Promise<void> {
    if (speakerId && remoteVideo && 'setSinkId' in remoteVideo)
      await remoteVideo.setSinkId(speakerId).catch(() => {})
  }

  function showRemote(video: HTMLVideoElement | null): void {
    remoteVideo = video
    if (!video || !link) return
    video.volume = volume
    video.srcObject = link.remote
    watchFirstFrame()
    void video.play().catch(() => {})
    void useSpeaker()
  }

  function watchFirstFrame(): void {
    const [video, shown] = [remoteVideo, link]
    if (!video || !shown || presented !== callId) return
    const isCurrent = () => video === remoteVideo && shown === link
    onFirstFrame(video, isCurrent, () => listener.picture(true))
  }

  globalThis.navigator?.mediaDevices?.addEventListener('devicechange', () => void noticeDevices())
  // A page that was reloaded may not play before it is touched; the first touch makes up for it.
  for (const touch of ['pointerup', 'keydown']) globalThis.addEventListener?.(touch, () => void playing())

  return {
    listen(next) {
      listener = next
    },
    preload: () => void loadLink(),
    async permission() {
      const answer = await permission()
      permitted ||= answer === 'granted'
      return answer
    },
    async tryOut() {
      const opened = await openTracks(['camera', 'microphone'], chosen)
      if (!opened.ok) return opened
      for (const one of opened.value) one.stop()
      permitted = true
      return { ok: true, value: null }
    },
    openCamera: (forCall) => void openCamera(forCall),
    openLink: (...wanted) => void openLink(...wanted),
    restartLink(forCall, epoch) {
      if (callId === forCall && linkEpoch === epoch) link?.restart()
    },
    renewRelays(forCall, relays) {
      if (callId === forCall) link?.renewRelays(relays)
    },
    attach,
    present,
    applySignal,
    release,
    setTrack: (kind, on) => void setTrack(kind, on),
    setShare(next) {
      share = next
      weighPicture()
      tell()
    },
    async linkMake() {
      return (await link?.make()) ?? null
    },
    sendLine: (text) => link?.sendLine(text),
    devices: listDevices,
    choose: (device) => void choose(device),
    showRemote,
    setVolume(chosen) {
      volume = chosen
      if (remoteVideo) remoteVideo.volume = chosen
    },
    showLocal(video) {
      localVideo = video
      if (video) video.srcObject = local.getTracks().length > 0 ? local : null
    },
  }
}
