/** What is said while an outpatient tries their device, and what of it works. */
import type { CameraFailure } from '../state/ports.ts'
import type { BrowserKind } from '../state/visit-ports.ts'
import type { DeviceTest } from '../state/visit-test.ts'
import { visitTest } from './texts/visit-test.ts'
import type { Trouble } from './words.ts'

export const testWords = visitTest('test')
export const cameraWords = visitTest('camera')
export const microphoneWords = visitTest('microphone')
export const speakerWords = visitTest('speaker')
export const connectionWords = visitTest('connection')
export const doneWords = visitTest('done')
export const foundWords = visitTest('found')
const failed = visitTest('failed')
const deniedSteps = visitTest('denied')

/** Why it would not open, and what to do in this very browser. */
export function triedTrouble(
  kind: 'camera' | 'microphone',
  failure: CameraFailure,
  browser: BrowserKind,
): Trouble {
  const said = failed[`${kind}-${failure}`]
  if (failure !== 'denied') return { said, steps: failed[failure].split('\n') }
  return { said, steps: [...deniedSteps[browser].split('\n'), deniedSteps.back] }
}

/** A picture of this size and sound need as much. */
const enoughKbps = 500

/** Every way to the relay is shut, where there is one. */
function isShut({ ways }: DeviceTest): boolean {
  const tried = Object.values(ways)
  return tried.length > 0 && tried.every((way) => way === 'closed')
}

/** `well`: nothing has to be done about it. */
export type Found = { readonly tone: 'well' | 'waits'; readonly word: string }

function found(tone: Found['tone'], word: string): Found {
  return { tone, word }
}

export function connectionFound(test: DeviceTest): Found {
  if (isShut(test)) return found('waits', foundWords.blocked)
  const measured = [test.downKbps, test.upKbps].filter((kbps) => kbps !== null)
  if (measured.length === 0) return found('waits', foundWords.unknown)
  return Math.min(...measured) < enoughKbps ? found('waits', foundWords.slow) : found('well', foundWords.fast)
}

function deviceFound(state: DeviceTest['camera' | 'microphone' | 'speaker']): Found {
  return found(state === 'works' || state === 'heard' ? 'well' : 'waits', foundWords[state])
}

/** What was found, thing by thing. */
export function allFound(test: DeviceTest): readonly (Found & { readonly what: string })[] {
  return [
    { what: foundWords.camera, ...deviceFound(test.camera) },
    { what: foundWords.microphone, ...deviceFound(test.microphone) },
    { what: foundWords.speaker, ...deviceFound(test.speaker) },
    { what: foundWords.connection, ...connectionFound(test) },
  ]
}
