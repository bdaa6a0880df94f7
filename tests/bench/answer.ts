/** Tap *Answer* to the first remote frame, against a bare simple-peer pair that starts cold with its camera open. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { startCoturn } from '../coturn.ts'
import { freePort, newServer, type Server } from '../e2e/server.ts'
import { cameraClip } from '../fakes/clip.ts'
import { farServer, moveApart } from '../fakes/far.ts'
import { atMost, type Figure, median } from './figure.ts'

declare global {
  interface Window {
    stopwatch: { tapped: number; framed: Promise<number> }
    bare: { told: Promise<number>; go: () => { started: number; framed: Promise<number> }; end: () => void }
    SimplePeer: new (options: object) => BarePeer
  }
}
type BarePeer = {
  on(event: string, listener: (value: never) => void): void
  signal(data: unknown): void
  destroy(): void
}

const viewport = { width: 1280, height: 800 }

/**
 * Wall-clock time of the tap on *Answer*, and of the first rendering after it that shows a face: a frame that is not
 * black in a remote video that is visible and that nothing covers, whenever that frame was decoded.
 */
function installStopwatch(): void {
  const wall = (at: number) => performance.timeOrigin + at
  const stopwatch = { tapped: 0, framed: Promise.resolve(0) }
  window.stopwatch = stopwatch
  window.addEventListener(
    'click',
    (event) => {
      if (
        event.target instanceof Element &&
        event.target.closest('button')?.textContent?.includes('Answer')
      ) {
        stopwatch.tapped = wall(event.timeStamp)
      }
    },
    { capture: true },
  )
  const brush = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true })
  const isDark = (video: HTMLVideoElement) => {
    brush?.drawImage(video, 0, 0, 8, 8)
    const bytes = [...(brush?.getImageData(0, 0, 8, 8).data ?? [])]
    return bytes.reduce((sum, byte, at) => sum + (at % 4 === 3 ? 0 : byte), 0) < 20 * 3 * 64
  }
  const isShown = (video: HTMLVideoElement) => {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false
    if (!video.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
    const { left, top, width, height } = video.getBoundingClientRect()
    return document.elementFromPoint(left + width / 2, top + height / 2) === video && !isDark(video)
  }
  stopwatch.framed = new Promise((framed) => {
    const look = (now: number) => {
      const video = document.querySelector<HTMLVideoElement>(
        'video[aria-label="Patient video"], video[aria-label="Staff video"]',
      )
      if (video && isShown(video)) framed(wall(now))
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** Two pages that stay signed in and enrolled; each round loads them afresh. */
async function ward(browsers: [Browser, Browser], server: Server): Promise<[Page, Page]> {
  const demo = server.demo()
  const urls = [demo.staff[0]?.url, demo.beds[0]?.url]
  const pages = await Promise.all(
    browsers.map(async (browser, index) => {
      const context = await browser.newContext({ viewport, hasTouch: true })
      await context.addInitScript(installStopwatch)
      const page = await context.newPage()
      await page.goto(urls[index] ?? '')
      return page
    }),
  )
  const [station, bed] = pages
  if (!station || !bed) throw new Error('no pages')
  await bed.getByRole('button', { name: 'Start' }).click()
  await bed.getByText('Ready', { exact: true }).waitFor()
  return [station, bed]
}

/** Milliseconds from the tap to the first face at either screen; the later one counts. */
async function answerOnce(station: Page, bed: Page): Promise<{ station: number; bed: number }> {
  await Promise.all([station.reload(), bed.reload()])
  await bed.getByText('Ready', { exact: true }).waitFor()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  const answer = bed.getByRole('button', { name: 'Answer' })
  await answer.waitFor()
  const box = await answer.boundingBox()
  if (!box) throw new Error('no Answer')
  // A person takes longer than this to lift a hand; the link is warm by then.
  await station.waitForTimeout(1_500)
  // A finger, and not `click()`, whose checks keep the browser busy for the very moment that is measured.
  await bed.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
  const [atStation, atBed, tapped] = await Promise.all([
    station.evaluate(() => window.stopwatch.framed),
    bed.evaluate(() => window.stopwatch.framed),
    bed.evaluate(() => window.stopwatch.tapped),
  ])
  if (Math.min(atStation, atBed) < tapped) throw new Error('a face before the answer')
  await station.getByRole('button', { name: 'End call' }).click()
  await station.getByText('Call ended', { exact: false }).first().waitFor()
  return { station: atStation - tapped, bed: atBed - tapped }
}

/**
 * The same with two bare peers, each in a page of its own as large as ours and showing its remote picture as large.
 * Cameras are open before the clock starts; signals go over a BroadcastChannel, which costs them next to nothing.
 */
async function barePair(browser: Browser, server: Server): Promise<[Page, Page]> {
  const context = await browser.newContext({ viewport })
  const path = createRequire(import.meta.url).resolve('simple-peer/simplepeer.min.js')
  const library = readFileSync(path, 'utf8')
  const one = await context.newPage()
  await one.goto(`${server.origin}/healthz`)
  // A window of its own: the picture of a tab behind another is drawn once a second.
  const popup = context.waitForEvent('page')
  const size = `popup,width=${viewport.width},height=${viewport.height}`
  await one.evaluate(([url, features]) => void window.open(url, '_blank', features), [
    one.url(),
    size,
  ] as const)
  const two = await popup
  await two.waitForLoadState()
  for (const page of [one, two]) await page.evaluate(`${library}; void 0`)
  return [one, two]
}

/** Opens the camera of one side and lays everything out; the second starts when the first says so. */
function prepareBare(page: Page, initiator: boolean): Promise<void> {
  return page.evaluate(async (initiator) => {
    const wall = (at: number) => performance.timeOrigin + at
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: 640, height: 360 },
      audio: true,
    })
    const channel = new BroadcastChannel('bare')
    const video = document.createElement('video')
    Object.assign(video.style, {
      position: 'fixed',
      inset: '0',
      width: '100%',
      height: '100%',
      objectFit: 'cover',
    })
    document.body.append(video)
    const begin = () =>
      new Promise<number>((framed) => {
        const peer = new window.SimplePeer({ initiator, stream, config: { iceServers: [] } })
        peer.on('signal', (data) => channel.postMessage(data))
        channel.onmessage = ({ data }) => peer.signal(data)
        peer.on('stream', (remote: MediaStream) => {
          video.srcObject = remote
          video.requestVideoFrameCallback((now) => framed(wall(now)))
          void video.play()
        })
        window.bare.end = () => {
          peer.destroy()
          channel.close()
          video.remove()
          for (const track of stream.getTracks()) track.stop()
        }
      })
    const told = new Promise<number>((framed) => {
      channel.onmessage = () => framed(begin())
    })
    const go = () => {
      const started = wall(performance.now())
      channel.postMessage('go')
      return { started, framed: begin() }
    }
    window.bare = { told, go, end() {} }
  }, initiator)
}

/** Milliseconds from the start of the first to the later of the two first frames. */
async function bareOnce([one, two]: [Page, Page]): Promise<number> {
  await prepareBare(one, true)
  await prepareBare(two, false)
  const [first, second] = await Promise.all([
    one.evaluate(async () => {
      const { started, framed } = window.bare.go()
      return { started, framed: await framed }
    }),
    two.evaluate(() => window.bare.told),
  ])
  await Promise.all([one, two].map((page) => page.evaluate(() => window.bare.end())))
  return Math.max(first.framed, second) - first.started
}

/** A ward of two browsers whose ends stand `rttMs` apart, the server half-way between them. */
async function farWard(rttMs: number, more: Readonly<Record<string, string>> = {}) {
  const environment: Record<string, string> = { ...more }
  const server = await newServer(1, { environment })
  const far = await farServer(server.port, rttMs / 4)
  const origin = rttMs > 0 ? `http://localhost:${far.port}` : server.origin
  environment.BEDSIDE_ORIGIN = origin
  await server.start()
  const launch = (who: 'nurse' | 'patient') =>
    chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags(cameraClip(who)) })
  const browsers: [Browser, Browser] = [await launch('nurse'), await launch('patient')]
  const [station, bed] = await ward(browsers, server)
  // A page that came straight from the server would not be far from it, and the figure would flatter.
  if (![station, bed].every((page) => page.url().startsWith(`${origin}/`))) throw new Error('too near')
  for (const page of [station, bed]) if (rttMs > 0) await moveApart(page, rttMs)
  return {
    server,
    browsers,
    answer: () => answerOnce(station, bed),
    async close() {
      await Promise.all(browsers.map((browser) => browser.close()))
      far.close()
      await server.remove()
    },
  }
}

type Faces = Awaited<ReturnType<typeof answerOnce>>
const later = (face: Faces) => Math.max(face.station, face.bed)

function wordOf(faces: readonly Faces[]): string {
  const [bed, station] = (['bed', 'station'] as const).map((side) =>
    faces.map((face) => Math.round(face[side])),
  )
  return `${faces.map((face) => Math.round(later(face)))} ms (bed ${bed}, station ${station})`
}

/** Both pairs at the same distance; the median of ours against the median of theirs. */
async function compare(id: string, rttMs: number, rounds: number): Promise<Figure> {
  const far = await farWard(rttMs)
  const bare = await barePair(far.browsers[0], far.server)
  for (const page of bare) if (rttMs > 0) await moveApart(page, rttMs)
  const faces: Faces[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await bareOnce(bare))
    faces.push(await far.answer())
  }
  console.log(`  ${rttMs} ms apart: ours ${wordOf(faces)} · bare ${theirs.map(Math.round)} ms`)
  await far.close()
  return atMost(id, median(faces.map(later)) / median(theirs), 0.5, '× bare simple-peer')
}

/**
 * What warming saves are round trips, so the ends stand 100 ms apart (a phone outside, a ward over the hospital's
 * own network), the server half-way between them. On one machine a round trip costs nothing: that is measured too.
 */
export async function benchAnswer(rounds = 11): Promise<Figure[]> {
  return [
    await compare('answer-to-first-frame', 100, rounds),
    await compare('answer-to-first-frame-on-one-machine', 0, rounds),
  ]
}

const secret = 'the secret of the relay'

/** The same call where nothing but a relay (a real coturn, half-way between the ends) may carry it. */
export async function benchAnswerByRelay(rounds = 11): Promise<Figure[]> {
  const port = await freePort()
  const stop = startCoturn(port, secret, { carries: true })
  const direct = await farWard(100)
  const relayed = await farWard(100, {
    BEDSIDE_TURN_URLS: `turn:127.0.0.1:${port}?transport=udp`,
    BEDSIDE_TURN_SECRET: secret,
    BEDSIDE_TURN_WAYS: 'relay',
  })
  const faces: { direct: Faces[]; relayed: Faces[] } = { direct: [], relayed: [] }
  for (let round = 0; round < rounds; round += 1) {
    faces.direct.push(await direct.answer())
    faces.relayed.push(await relayed.answer())
  }
  console.log(`  100 ms apart: direct ${wordOf(faces.direct)} · relayed ${wordOf(faces.relayed)}`)
  await direct.close()
  await relayed.close()
  await stop()
  const ratio = median(faces.relayed.map(later)) / median(faces.direct.map(later))
  return [atMost('answer-to-first-frame-by-relay', ratio, 2, '× direct')]
}
