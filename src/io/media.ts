/** Local tracks, the links they leave by, and the video elements: one holder, so that one release ends them all. */
import type { PictureShare } from '../core/sparing.ts'
import type { Signal } from '../protocol/call.ts'
import type { Relays } from '../protocol/ice.ts'
import type {
  CameraFailure,
  LinkTerms,
  MediaDevice,
  MediaListener,
  MediaPort,
  Opening,
  Tracks,
} from '../state/ports.ts'
import { adapt, kindOf, listDevices, openTracks, type TrackKind } from './camera.ts'
import { onFirstFrame } from './first-frame.ts'
import type { LinkListener, MediaLink } from './media-link.ts'
import type { Credentials, Signer } from './notary.ts'
import { permission } from './permission.ts'
import { playWhatComes } from './sound-alone.ts'
import { createTalkDesk } from './talk.ts'

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
  compared() {},
  verified() {},
  unverified() {},
}

const previewMs = 250

/** What one call of this screen's table has of its own. */
type Line = {
  readonly callId: string
  epoch: number
  link: MediaLink | null
  leaving: 'nothing' | 'picture' | 'all'
  /** [CALL-5] Its peer may be seen and heard. */
  presented: boolean
  /** The peer's camera and microphone are off, or as good as: no track of it will arrive. */
  silentPeer: boolean
  /** How much of the picture the way there carries. */
  share: PictureShare
  /** The peer looks at something closely. */
  sharp: boolean
  /** What was said before the link was there. */
  waiting: Signal[]
  /** [PROOF-4] The nonces of the call, whichever of its links they came on. */
  readonly seen: Set<string>
}

function newLine(callId: string): Line {
  return {
    ...{ callId, epoch: 0, link: null, leaving: 'nothing', presented: false, silentPeer: false },
    ...{ share: 'full', sharp: false, waiting: [], seen: new Set<string>() },
  }
}

const loadLink = () => import('./link.ts')

/** `credentialsOf`: what this browser signs with, as whatever it is; null while it has no certificate. */
export function createMedia(credentialsOf: (part: Signer) => Promise<Credentials | null>): MediaPort {
  let listener = silent
  /** Counts what was released: whatever finishes under an old number is stopped at once. */
  let turn = 0
  let local = new MediaStream()
  /** One for each call of this screen's table. */
  const lines = new Map<string, Line>()
  /** The calls that the camera is open for: it stops with the last of them (HZ-2). */
  const users = new Set<string>()
  /** How many others the pictures go to; one at least. */
  let peers = 1
  /** How many devices are being opened. */
  let opening = 0
  /** Which video shows which call; of the screen's, and there before the call's link is. */
  const videos = new Map<string, HTMLVideoElement>()
  let volume = 1
  let localVideo: HTMLVideoElement | null = null
  const chosen = new Map<TrackKind, string>()
  let speakerId = ''
  /** What was plugged in when it was last looked at. */
  let known: readonly MediaDevice[] = []
  let preferred: Opening = 'both'
  /** The person said yes before: opening asks nothing. */
  let permitted = false
  const talk = createTalkDesk((callId) => lines.get(callId)?.link ?? null)

  function track(kind: TrackKind): MediaStreamTrack | null {
    return local.getTracks().find((one) => kindOf(one) === kind && one.readyState === 'live') ?? null
  }

  function lineOf(callId: string): Line {
    const line = lines.get(callId) ?? newLine(callId)
    lines.set(callId, line)
    return line
  }

  function tell(): void {
    const tracks: Tracks = { camera: track('camera') !== null, microphone: track('microphone') !== null }
    listener.tracks(tracks)
    for (const { callId, epoch, leaving, share, sharp } of lines.values()) {
      if (leaving !== 'all') continue
      const held = tracks.camera && share === 'off' ? ({ held: 'yes' } as const) : {}
      const sharpened = tracks.camera && sharp ? ({ sharp: 'yes' } as const) : {}
      listener.signal(callId, epoch, { type: 'media', ...tracks, ...held, ...sharpened })
    }
  }

  const isSharp = () => [...lines.values()].some(({ sharp }) => sharp)

  function hold(one: MediaStreamTrack): void {
    local.addTrack(one)
    if ((isSharp() || peers > 1) && one.kind === 'video') void adapt(one, isSharp(), peers)
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
    const kind = kindOf(one)
    const isDenied = !isSpared([kind]) && (await permission([kind])) === 'denied'
    if (mine !== turn) return
    if (isDenied) return failAll('denied')
    chosen.delete(kind)
    await setTrack(kind, true)
    if (mine !== turn) return
    const label = track(kind)?.label
    listener.device(label === undefined ? { type: 'gone', kind } : { type: 'replaced', kind, label })
  }

  function failAll(failure: CameraFailure): void {
    for (const callId of [...users]) listener.cameraFailed(callId, failure)
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

  function closeLink(line: Line): void {
    line.link?.close()
    line.link = null
    talk.closed(line.callId)
    line.leaving = 'nothing'
    line.waiting = []
    const video = videos.get(line.callId)
    if (video) video.srcObject = null
  }

  function closeLine(callId: string): void {
    users.delete(callId)
    const line = lines.get(callId)
    if (!line) return
    closeLink(line)
    lines.delete(callId)
    if (line.sharp) tellInspected()
    weighPictures()
  }

  function release(callId: string | null): void {
    for (const one of callId === null ? [...lines.keys(), ...users] : [callId]) closeLine(one)
    // Somebody else at the table is still seen and heard.
    if (users.size > 0) return
    turn += 1
    opening = 0
    for (const one of local.getTracks()) drop(one)
    local = new MediaStream()
    if (localVideo) localVideo.srcObject = null
    tell()
  }

  /**
   * With the permission already given, both devices open side by side: the picture does not wait for the microphone.
   * Otherwise together, so that the person is asked once. Whoever comes to a table later finds them as they are, off perhaps.
   */
  async function openCamera(callId: string): Promise<void> {
    const isFirst = users.size === 0
    users.add(callId)
    if (!isFirst) return opening > 0 ? undefined : listener.cameraOpened(callId)
    turn += 1
    const mine = turn
    const all: TrackKind[] = preferred === 'sound' ? ['microphone'] : ['camera', 'microphone']
    const wanted = permitted ? all.map((kind) => [kind]) : [all]
    opening = wanted.length
    await Promise.all(wanted.map((kinds) => openFor(mine, kinds)))
  }

  /** Whether the call goes on without these. */
  function isSpared(kinds: readonly TrackKind[]): boolean {
    return preferred !== 'both' && !kinds.includes('microphone')
  }

  /** A camera that will not open takes the microphone that was asked for with it; that one may open by itself. */
  async function openSparing(kinds: TrackKind[]): ReturnType<typeof openTracks> {
    const opened = await openTracks(kinds, chosen)
    if (opened.ok) return opened
    if (isSpared(kinds)) return { ok: true, value: [] }
    return preferred === 'sound-at-least' && kinds.length > 1
      ? await openTracks(['microphone'], chosen)
      : opened
  }

  async function openFor(mine: number, kinds: TrackKind[]): Promise<void> {
    const opened = await openSparing(kinds)
    if (mine !== turn) {
      if (opened.ok) for (const one of opened.value) one.stop()
      return
    }
    opening -= 1
    if (!opened.ok) return failAll(opened.failure)
    permitted ||= opened.value.length === kinds.length
    // A camera that was spared is no news: the microphone's is.
    if (opened.value.length === 0) return
    for (const one of opened.value) {
      if (track(kindOf(one)) === null) hold(one)
      else one.stop()
    }
    // What is said of the tracks waits for nothing: not for a link that may be gone (HZ-2).
    tell()
    for (const callId of [...users]) listener.cameraOpened(callId)
    await attachTracks()
    if (mine !== turn) return
    // In an answered call the other's face comes first: one's own picture costs the same to start.
    const isAnswered = [...lines.values()].some(({ leaving }) => leaving === 'all')
    setTimeout(preview, isAnswered ? previewMs : 0)
  }

  function preview(): void {
    if (localVideo && local.getTracks().length > 0) localVideo.srcObject = local
  }

  async function openLink(
    callId: string,
    epoch: number,
    initiator: boolean,
    relays: Relays,
    terms: LinkTerms,
  ): Promise<void> {
    const line = lineOf(callId)
    closeLink(line)
    line.epoch = epoch
    // Looking for devices wakes the browser's capture process, so that *Answer* does not have to.
    void listDevices().then((devices) => (known = devices))
    const [part, credentials] = await Promise.all([
      loadLink().catch(() => null),
      credentialsOf(terms.me.type === 'staff' ? 'station' : terms.me.type).catch(() => null),
    ])
    if (lines.get(callId) !== line || line.epoch !== epoch || line.link) return
    if (!part) return listener.cameraFailed(callId, 'missing')
    const options = { initiator, relays, credentials, terms, seen: line.seen }
    line.link = part.openLink(options, events(line, epoch))
    for (const signal of line.waiting.splice(0)) line.link.apply(signal)
    if (line.presented) line.link.present()
    expectSilence(line)
    weighPictures()
    showRemote(callId, videos.get(callId) ?? null)
    await attachTracks()
  }

  function events(line: Line, epoch: number): LinkListener {
    const { callId } = line
    const current = () => lines.get(callId) === line && line.epoch === epoch
    return {
      signal: (signal) => current() && listener.signal(callId, epoch, signal),
      up: () => current() && listener.linkUp(callId, epoch),
      stalled: () => current() && listener.linkStalled(callId, epoch),
      picture: (moving) => current() && line.presented && notePicture(line, moving),
      measured: (measured) => current() && listener.measured(callId, measured),
      line: (text) => current() && listener.line(callId, text),
      compared: (words) => current() && listener.compared(callId, words),
      verified: (peer) => current() && listener.verified(callId, peer),
      unverified: (failure) => current() && listener.unverified(callId, failure),
      talkOpened: () => current() && talk.opened(callId),
      talkClosed: () => current() && talk.closed(callId),
      said: (text, manner) => current() && talk.said(callId, text, manner),
    }
  }

  function notePicture({ callId, link }: Line, moving: boolean): void {
    const video = videos.get(callId)
    if (video && link) playWhatComes(video, link.remote, moving)
    listener.picture(callId, moving && playing(callId))
  }

  /** Decoded is not shown: a picture that the browser has paused stands still (HZ-5). */
  function playing(callId: string): boolean {
    const video = videos.get(callId)
    if (video?.paused) void video.play().catch(() => {})
    return video !== undefined && !video.paused
  }

  async function attachTracks(): Promise<void> {
    await Promise.all([...lines.values()].map(attachTo))
  }

  async function attachTo({ leaving, link }: Line): Promise<void> {
    if (leaving === 'nothing') return
    const [microphone, camera] = [leaving === 'all' ? track('microphone') : null, track('camera')]
    await Promise.all([link?.setOutgoing('audio', microphone), link?.setOutgoing('video', camera)])
  }

  function attach(callId: string, epoch: number, tracks: 'picture' | 'all'): void {
    const line = lines.get(callId)
    if (line?.epoch !== epoch) return
    line.leaving = tracks
    void attachTo(line)
    weighPictures()
    if (tracks === 'picture') return
    // A browser that kept the page silent until *Answer* was touched plays it now.
    void playing(callId)
    tell()
  }

  function present(callId: string): void {
    const line = lineOf(callId)
    line.presented = true
    line.link?.present()
    expectSilence(line)
    watchFirstFrame(line)
  }

  function expectSilence({ silentPeer, presented, link }: Line): void {
    if (silentPeer && presented) link?.expectSilence()
  }

  function applySignal(callId: string, epoch: number, signal: Signal): void {
    const line = lineOf(callId)
    // Of the call and not of its link: a caller whose camera still opens has none yet, and the peer says it but once.
    if (signal.type === 'media') {
      const { type: _, ...tracks } = signal
      line.silentPeer = !tracks.microphone && (!tracks.camera || tracks.held === 'yes')
      expectSilence(line)
      return listener.peerTracks(callId, tracks)
    }
    if (signal.type === 'inspect') return inspect(line, signal.wanted === 'sharp')
    if (line.epoch !== epoch) return
    if (line.link) line.link.apply(signal)
    else line.waiting.push(signal)
  }

  /** [TABLE-6] The uplink is one, however many it is shared by. */
  function weighPictures(): void {
    const before = peers
    peers = Math.max(1, [...lines.values()].filter(({ leaving }) => leaving === 'all').length)
    for (const { link, sharp, share } of lines.values())
      link?.setPicture(sharp && share === 'full' ? 'sharp' : share, peers)
    if (peers !== before) adaptCamera()
  }

  function inspect(line: Line, closely: boolean): void {
    // Nobody looks closely at what was not answered yet.
    if (closely === line.sharp || line.leaving !== 'all') return
    line.sharp = closely
    tellInspected()
    weighPictures()
    tell()
  }

  /** As somebody begins or ends to look closely. */
  function tellInspected(): void {
    listener.inspected(isSharp())
    adaptCamera()
  }

  function adaptCamera(): void {
    const camera = track('camera')
    if (camera) void adapt(camera, isSharp(), peers)
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
      for (const video of videos.values()) void useSpeaker(video)
      return
    }
    chosen.set(device.kind, device.deviceId)
    if (track(device.kind) === null) return
    const mine = turn
    await setTrack(device.kind, false)
    if (mine === turn) await setTrack(device.kind, true)
  }

  async function useSpeaker(video: HTMLVideoElement): Promise<void> {
    if (speakerId && 'setSinkId' in video) await video.setSinkId(speakerId).catch(() => {})
  }

  function showRemote(callId: string, video: HTMLVideoElement | null): void {
    if (!video) return void videos.delete(callId)
    videos.set(callId, video)
    const line = lines.get(callId)
    if (!line?.link) return
    video.volume = volume
    video.srcObject = line.link.remote
    watchFirstFrame(line)
    void video.play().catch(() => {})
    void useSpeaker(video)
  }

  function watchFirstFrame(line: Line): void {
    const { callId, link: shown } = line
    const video = videos.get(callId)
    if (!video || !shown || !line.presented) return
    const isCurrent = () => videos.get(callId) === video && line.link === shown
    onFirstFrame(video, isCurrent, () => listener.picture(callId, true))
  }

  function playAll(): void {
    for (const callId of videos.keys()) void playing(callId)
  }

  globalThis.navigator?.mediaDevices?.addEventListener('devicechange', () => void noticeDevices())
  // A page that was reloaded may not play before it is touched; the first touch makes up for it.
  for (const touch of ['pointerup', 'keydown']) globalThis.addEventListener?.(touch, playAll)

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
    prefer(wanted) {
      preferred = wanted
    },
    openCamera: (callId) => void openCamera(callId),
    openLink: (...wanted) => void openLink(...wanted),
    restartLink(callId, epoch) {
      const line = lines.get(callId)
      if (line?.epoch === epoch) line.link?.restart()
    },
    renewRelays: (callId, relays) => lines.get(callId)?.link?.renewRelays(relays),
    attach,
    present,
    applySignal,
    release,
    setTrack: (kind, on) => void setTrack(kind, on),
    setShare(callId, share) {
      const line = lines.get(callId)
      if (line) line.share = share
      weighPictures()
      tell()
    },
    linkMake: async (callId) => (await lines.get(callId)?.link?.make()) ?? null,
    sendLine: (callId, text) => lines.get(callId)?.link?.sendLine(text),
    talk: async () => talk.port,
    devices: listDevices,
    choose: (device) => void choose(device),
    showRemote,
    setVolume(chosen) {
      volume = chosen
      for (const video of videos.values()) video.volume = chosen
    },
    showLocal(video) {
      localVideo = video
      if (video) video.srcObject = local.getTracks().length > 0 ? local : null
    },
  }
}
