/** Watches a page from outside the app: every track it ever opened and every connection it ever made. */
import type { Page } from 'playwright/test'
import { expect } from 'playwright/test'

declare global {
  interface Window {
    witness: {
      tracks: MediaStreamTrack[]
      links: RTCPeerConnection[]
      /** How often a track was given to a link. */
      attached: number
      /** What each link that was closed had received until then. */
      closed: Promise<RTCStatsReport>[]
      violations: string[]
    }
  }
}

/** What is asked of a page, whoever drives it. */
export type Evaluating = { evaluate<T>(work: () => T | Promise<T>): Promise<T> }

/** Runs in the page before anything else does. */
export function installWitness(): void {
  const witness: Window['witness'] = { tracks: [], links: [], attached: 0, closed: [], violations: [] }
  window.witness = witness
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, sample }) =>
    witness.violations.push(`${effectiveDirective} ${sample}`),
  )
  const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices)
  if (open) {
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints)
      witness.tracks.push(...stream.getTracks())
      return stream
    }
  }
  const Real = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Real {
    constructor(config?: RTCConfiguration) {
      super(config)
      witness.links.push(this)
    }

    override close() {
      if (this.signalingState !== 'closed') witness.closed.push(this.getStats())
      super.close()
    }
  }
  const replace = RTCRtpSender.prototype.replaceTrack
  RTCRtpSender.prototype.replaceTrack = function (track) {
    if (track) witness.attached += 1
    return replace.call(this, track)
  }
}

/** What this page's links, closed and open, ever received of pictures and sound, and what was ever sent from here. */
export function exchangedBy(page: Page): Promise<{ frames: number; bytes: number; attached: number }> {
  return page.evaluate(async () => {
    const { links, closed, attached } = window.witness
    const open = links.filter((link) => link.signalingState !== 'closed').map((link) => link.getStats())
    const exchanged = { frames: 0, bytes: 0, attached }
    for (const stats of await Promise.all([...open, ...closed])) {
      for (const report of stats.values()) {
        if (report.type !== 'inbound-rtp') continue
        exchanged.frames += report.framesDecoded ?? 0
        exchanged.bytes += report.bytesReceived ?? 0
      }
    }
    return exchanged
  })
}

/** From now on only what comes after counts: an honest call, in which a picture was rightly under way, is over. */
export async function forgetExchanged(...pages: Page[]): Promise<void> {
  for (const page of pages) {
    const open = await page.evaluate(() => {
      const { witness } = window
      const open = witness.links.filter((link) => link.signalingState !== 'closed').length
      Object.assign(witness, { attached: 0, links: [], closed: [] })
      return open
    })
    expect(open, 'links that are still open').toBe(0)
  }
}

export type Media = {
  liveTracks: number
  opened: number
  framesDecoded: number
  audioEnergy: number
  links: number
}

/** What the page receives and holds now, by all of its links that are open; once all are closed, by the last. */
export function mediaOf(page: Evaluating): Promise<Media> {
  return page.evaluate(async () => {
    const { tracks, links } = window.witness
    const media = {
      liveTracks: 0,
      opened: tracks.length,
      framesDecoded: 0,
      audioEnergy: 0,
      links: links.length,
    }
    media.liveTracks = tracks.filter((track) => track.readyState === 'live').length
    const open = links.filter((link) => link.signalingState !== 'closed')
    for (const link of open.length > 0 ? open : links.slice(-1)) {
      for (const report of (await link.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue
        media.framesDecoded += report.framesDecoded ?? 0
        media.audioEnergy += report.totalAudioEnergy ?? 0
      }
    }
    return media
  })
}

/** How much of the picture in this video changes within a third of a second (0…1), and how bright it is (0…255). */
export async function motionIn(element: Element): Promise<{ changed: number; bright: number }> {
  const video = element as HTMLVideoElement
  const canvas = new OffscreenCanvas(64, 36)
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  if (!brush || video.videoWidth === 0) return { changed: 0, bright: 0 }
  const look = () => {
    brush.drawImage(video, 0, 0, 64, 36)
    return brush.getImageData(0, 0, 64, 36).data
  }
  const first = look()
  await new Promise((next) => setTimeout(next, 333))
  const second = look()
  let changed = 0
  let bright = 0
  for (let at = 0; at < first.length; at += 4) {
    if (Math.abs((first[at] ?? 0) - (second[at] ?? 0)) > 12) changed += 1
    bright += second[at] ?? 0
  }
  return { changed: changed / (64 * 36), bright: bright / (64 * 36) }
}

/** What arrives at this page by its last link, whether or not it is shown. */
export function arrivingAt(page: Page): Promise<{ frames: number; soundBytes: number }> {
  return page.evaluate(async () => {
    const arriving = { frames: 0, soundBytes: 0 }
    for (const report of (await window.witness.links.at(-1)?.getStats())?.values() ?? []) {
      if (report.type !== 'inbound-rtp') continue
      if (report.kind === 'video') arriving.frames += report.framesDecoded ?? 0
      else arriving.soundBytes += report.bytesReceived ?? 0
    }
    return arriving
  })
}

/** Which kinds of track this page's last link sends now. */
export function leavingFrom(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (window.witness.links.at(-1)?.getSenders() ?? [])
      .flatMap(({ track }) => (track ? [track.kind] : []))
      .sort(),
  )
}

/** [CALL-5] The video is black for half a second whatever CSS says, and its sound is silent. */
export async function expectNobodyShown(page: Page, label: string): Promise<void> {
  const seen = await page.getByLabel(label, { exact: true }).evaluate(async (element) => {
    const video = element as HTMLVideoElement
    const stream = video.srcObject as MediaStream
    const brush = new OffscreenCanvas(16, 9).getContext('2d', { willReadFrequently: true })
    const listening = new AudioContext()
    const ear = listening.createAnalyser()
    const tracks = stream.getAudioTracks()
    if (tracks.length > 0) listening.createMediaStreamSource(new MediaStream(tracks)).connect(ear)
    const heard = new Float32Array(ear.fftSize)
    const most = { bright: 0, loud: 0 }
    for (let look = 0; look < 10; look += 1) {
      await new Promise((next) => setTimeout(next, 50))
      brush?.drawImage(video, 0, 0, 16, 9)
      const bytes = [...(brush?.getImageData(0, 0, 16, 9).data ?? [])].filter((_, at) => at % 4 < 3)
      ear.getFloatTimeDomainData(heard)
      most.bright = Math.max(most.bright, ...bytes)
      most.loud = Math.max(most.loud, ...heard.map(Math.abs))
    }
    await listening.close()
    return most
  })
  expect(seen, `${label} is black and silent`).toEqual({ bright: 0, loud: 0 })
}

/** The picture is there, moves, is being decoded, and there is sound with it. */
export function expectLivePicture(page: Page, label: string): Promise<void> {
  return expectLive(page, label, () => page.getByLabel(label).evaluate(motionIn))
}

/** The same, where `motion` is how this page's video is looked at. */
export async function expectLive(
  page: Evaluating,
  label: string,
  motion: () => ReturnType<typeof motionIn>,
): Promise<void> {
  await expectMotion(label, motion)
  await expectMore(page, 'framesDecoded', 3)
  await expectMore(page, 'audioEnergy', 0)
}

/** The picture is there and moves: which of a page's links it comes by is the page's own business. */
export function expectMoving(page: Page, label: string): Promise<void> {
  return expectMotion(label, () => page.getByLabel(label, { exact: true }).evaluate(motionIn))
}

async function expectMotion(label: string, motion: () => ReturnType<typeof motionIn>): Promise<void> {
  await expect(async () => {
    const { changed, bright } = await motion()
    expect(changed, `${label} moves`).toBeGreaterThan(0.02)
    expect(bright, `${label} is not black`).toBeGreaterThan(20)
  }).toPass({ timeout: 60_000 })
}

/** Every video, track and link of this page, a line each, for whoever reads why nothing was seen. Runs in the page. */
export async function describeMedia(): Promise<string> {
  const { tracks, links } = window.witness
  const said = document.body.innerText.replaceAll(/\s+/g, ' ').slice(0, 600)
  const lines = [`the page is ${document.visibilityState} and says: ${said}`]
  for (const video of document.querySelectorAll('video')) {
    const stream = video.srcObject as MediaStream | null
    const shown = stream?.getTracks().map(({ kind, muted, readyState }) => ({ kind, muted, readyState }))
    const { paused, readyState, videoWidth, currentTime } = video
    const state = { paused, readyState, videoWidth, currentTime, shown }
    lines.push(`video ${video.ariaLabel}: ${JSON.stringify(state)}`)
  }
  for (const { kind, muted, enabled, readyState } of tracks)
    lines.push(`opened here: ${JSON.stringify({ kind, muted, enabled, readyState })}`)
  const telling =
    /^(state|nominated|packets|frames|framesPer|bytes|quality|jitterBufferEmitted|pliCount|keyFrames)/
  for (const link of links) {
    const { signalingState, iceConnectionState, iceGatheringState, connectionState } = link
    lines.push(
      `link: ${JSON.stringify({ signalingState, iceConnectionState, iceGatheringState, connectionState })}`,
    )
    for (const report of signalingState === 'closed' ? [] : (await link.getStats()).values()) {
      if (!['inbound-rtp', 'outbound-rtp', 'candidate-pair', 'media-source'].includes(report.type)) continue
      const kept = Object.entries(report).filter(([name]) => name === 'kind' || telling.test(name))
      lines.push(`  ${report.type}: ${JSON.stringify(Object.fromEntries(kept))}`)
    }
  }
  return lines.join('\n')
}

/** Until so much more of it has come; what a link had that is closed meanwhile, for a fresh one, is not taken off. */
/** [QUALITY-2] A picture that bad air took away comes back after 10 s without loss, and after a try that failed in 20 s more. */
const longestSparedMs = 45_000

async function expectMore(
  page: Evaluating,
  what: 'framesDecoded' | 'audioEnergy',
  least: number,
): Promise<void> {
  let [last, more] = [(await mediaOf(page))[what], 0]
  const come = async () => {
    const now = (await mediaOf(page))[what]
    more += Math.max(0, now - last)
    last = now
    return more
  }
  await expect.poll(come, { message: what, timeout: longestSparedMs }).toBeGreaterThan(least)
}

/** [HZ-2] Off means stopped: no track this page ever opened is live. */
export async function expectCameraOff(page: Evaluating): Promise<void> {
  await expect.poll(async () => (await mediaOf(page)).liveTracks, { message: 'live tracks' }).toBe(0)
}
