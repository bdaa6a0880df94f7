/** Tries a person's own device, one thing at a time: each opens for its step alone and is stopped with it (HZ-2). */
import type { OpenDevice, TestIo } from '../state/visit-ports.ts'
import { listDevices, openTracks, type TrackKind } from './camera.ts'

const levelEveryMs = 100
/** Speech is around a tenth of what a microphone can carry. */
const fullLoudness = 0.15
/** No longer than anybody likes to wait; what came until then tells as much. */
const downMs = 6_000
const upMs = 8_000
/** The server reads no more from whoever is not known; together they are an upload. */
const pieceBytes = 16_000
const pieces = 8
const upBytes = pieces * pieceBytes
const speedPath = '/api/visit/speed'
const ours = { 'x-bedside': '1' }

export async function open(kind: TrackKind, deviceId: string) {
  return await openTracks([kind], new Map(deviceId ? [[kind, deviceId]] : []))
}

export function deviceOf(tracks: readonly MediaStreamTrack[], also: () => void = () => {}): OpenDevice {
  return {
    onEnded(hear) {
      for (const track of tracks) track.onended = hear
    },
    stop() {
      for (const track of tracks) {
        track.onended = null
        track.stop()
      }
      also()
    },
  }
}

/** How loud it is now, 0…1: the root mean square of what the microphone carries. */
export function listen(tracks: MediaStreamTrack[], hear: (loud: number) => void): () => void {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 4_096 })
  context.createMediaStreamSource(new MediaStream(tracks)).connect(analyser)
  void context.resume()
  const samples = new Float32Array(analyser.fftSize)
  const ticking = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    const square = samples.reduce((sum, one) => sum + one * one, 0) / samples.length
    hear(Math.min(1, Math.sqrt(square) / fullLoudness))
  }, levelEveryMs)
  return () => {
    clearInterval(ticking)
    void context.close()
  }
}

/** Some browsers never say that sound has begun, or is over: nobody waits for them longer than this. */
export const soundMs = 3_000

export async function within(sounding: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise((over) => {
    timer = setTimeout(over, soundMs)
  })
  await Promise.race([sounding, late]).finally(() => clearTimeout(timer))
}

/** Two notes; by an element where a loudspeaker was chosen, since only that can be sent to one everywhere. */
async function chime(speakerId: string): Promise<void> {
  const context = new AudioContext()
  try {
    await within(context.resume())
    const out = speakerId ? await through(context, speakerId) : context.destination
    await within(notes(context, out))
  } finally {
    void context.close()
  }
}

function notes(context: AudioContext, out: AudioNode): Promise<unknown> {
  const tones = [523, 784].map((frequency, index) => {
    const from = context.currentTime + index * 0.35
    const tone = new OscillatorNode(context, { frequency })
    const level = new GainNode(context, { gain: 0 })
    level.gain.setValueAtTime(0, from)
    level.gain.linearRampToValueAtTime(0.5, from + 0.02)
    level.gain.exponentialRampToValueAtTime(0.001, from + 0.9)
    tone.connect(level).connect(out)
    tone.start(from)
    tone.stop(from + 0.9)
    return tone
  })
  return new Promise((over) => tones.at(-1)?.addEventListener('ended', over))
}

async function through(context: AudioContext, speakerId: string): Promise<AudioNode> {
  const carried = context.createMediaStreamDestination()
  const element = new Audio()
  element.srcObject = carried.stream
  await element.setSinkId(speakerId).catch(() => {})
  await within(element.play().catch(() => {}))
  return carried
}

function kbps(bytes: number, ms: number): number {
  return Math.round((bytes * 8) / Math.max(1, ms))
}

/** Counted as it comes: a slow way is known without waiting for all of it. */
async function down(): Promise<number | null> {
  try {
    const answer = await fetch(speedPath, {
      headers: ours,
      cache: 'no-store',
      signal: AbortSignal.timeout(downMs),
    })
    if (!answer.ok || !answer.body) return null
    return await countIn(answer.body.getReader())
  } catch {
    return null
  }
}

async function countIn(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<number | null> {
  const fromMs = performance.now()
  let bytes = 0
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length
  } catch {
    // It took too long: what came says how slow it is.
  }
  return bytes === 0 ? null : kbps(bytes, performance.now() - fromMs)
}

async function up(): Promise<number | null> {
  const fromMs = performance.now()
  const headers = { ...ours, 'content-type': 'application/octet-stream' }
  const signal = AbortSignal.timeout(upMs)
  const body = crypto.getRandomValues(new Uint8Array(pieceBytes))
  try {
    const answers = await Promise.all(
      Array.from({ length: pieces }, () => fetch(speedPath, { method: 'POST', headers, body, signal })),
    )
    return answers.every(({ ok }) => ok) ? kbps(upBytes, performance.now() - fromMs) : null
  } catch (error) {
    const isSlow = error instanceof DOMException && error.name === 'TimeoutError'
    return isSlow ? kbps(upBytes, upMs) : null
  }
}

export const deviceTester: TestIo = {
  async camera(deviceId) {
    const opened = await open('camera', deviceId)
    if (!opened.ok) return opened
    const stream = new MediaStream(opened.value)
    let shown: HTMLVideoElement | null = null
    const show = (video: HTMLVideoElement | null) => {
      if (shown && shown !== video) shown.srcObject = null
      shown = video
      if (video) video.srcObject = stream
    }
    return { ok: true, value: { ...deviceOf(opened.value), show } }
  },
  async microphone(deviceId, hear) {
    const opened = await open('microphone', deviceId)
    if (!opened.ok) return opened
    return { ok: true, value: deviceOf(opened.value, listen(opened.value, hear)) }
  },
  chime,
  devices: listDevices,
  speakers: 'setSinkId' in HTMLMediaElement.prototype ? 'choice' : 'one',
  down,
  up,
}
