/** Tries a tablet as an outpatient's device is tried, but its loudspeaker says what its microphone has just heard. */
import type { TestIo } from '../state/visit-ports.ts'
import { deviceOf, deviceTester, listen, open, soundMs, within } from './device-test.ts'

/** They live until they are played, and nowhere but here (HZ-6). */
type Words = Promise<Blob | null>
const none: Words = Promise.resolve(null)

/** What is said until the microphone is stopped; null in a browser that cannot record. */
function record(tracks: readonly MediaStreamTrack[]): Words {
  if (!('MediaRecorder' in globalThis)) return none
  try {
    const recorder = new MediaRecorder(new MediaStream([...tracks]))
    const words: Words = new Promise((heard) => {
      recorder.ondataavailable = ({ data }) => heard(data.size > 0 ? data : null)
      recorder.onerror = () => heard(null)
    })
    // It stops by itself with its last track (MediaStream Recording §2.4).
    recorder.start()
    return words
  } catch {
    return none
  }
}

/** The end of it: whoever waits for their own words knows them by a few. */
async function play(words: Blob): Promise<void> {
  const context = new AudioContext()
  try {
    await within(context.resume())
    const buffer = await context.decodeAudioData(await words.arrayBuffer())
    const source = new AudioBufferSourceNode(context, { buffer })
    const over = new Promise((ended) => source.addEventListener('ended', ended))
    source.connect(context.destination)
    source.start(0, Math.max(0, buffer.duration - soundMs / 1_000))
    await within(over)
  } finally {
    void context.close()
  }
}

export function createTabletTester(): TestIo {
  let words: Words = none
  return {
    ...deviceTester,
    async microphone(deviceId, hear) {
      words = none
      const opened = await open('microphone', deviceId)
      if (!opened.ok) return opened
      words = record(opened.value)
      return { ok: true, value: deviceOf(opened.value, listen(opened.value, hear)) }
    },
    async chime(speakerId) {
      const said = await words
      words = none
      await (said ? play(said) : deviceTester.chime(speakerId))
    },
  }
}
