/** What the steps of a test of one's device have in common: what is on, another device, steps for this very browser, and a way on. */
import allow from 'lucide-static/icons/check.svg?raw'
import waits from 'lucide-static/icons/circle-alert.svg?raw'
import well from 'lucide-static/icons/circle-check.svg?raw'
import touch from 'lucide-static/icons/pointer.svg?raw'
import back from 'lucide-static/icons/rotate-cw.svg?raw'
import settings from 'lucide-static/icons/settings-2.svg?raw'
import type { ComponentChildren } from 'preact'
import type { CameraFailure, MediaDevice } from '../../state/ports.ts'
import type { OutpatientVisit } from '../../state/visit.ts'
import { placeOf, testSteps, type VisitTest } from '../../state/visit-test.ts'
import { Page } from '../join/page.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { atRestWord } from '../words.ts'
import {
  cameraWords,
  type Found as FoundState,
  microphoneWords,
  speakerWords,
  testWords,
  triedTrouble,
} from '../words-visit-test.ts'

type StepProps = {
  visit: OutpatientVisit
  test: VisitTest
  title: string
  /** What is pressed, under what is on. */
  acts?: ComponentChildren
  children?: ComponentChildren
}

export function Step({ visit, test, title, acts, children }: StepProps) {
  const at = placeOf(test.step.value)
  return (
    <Page guest={visit} title={title}>
      <p class="aside">{testWords.step({ at, of: testSteps.length })}</p>
      {children}
      <Tracks tracks={test.tracks.value} word={atRestWord} />
      {acts}
      <Choose test={test} />
      <Button onPress={test.skip}>{testWords.skip}</Button>
    </Page>
  )
}

const labels: Record<MediaDevice['kind'], () => string> = {
  camera: () => cameraWords.label,
  microphone: () => microphoneWords.label,
  speaker: () => speakerWords.label,
}

/** Only where there is more than one to choose from. */
function Choose({ test }: { test: VisitTest }) {
  const devices = test.devices.value
  const [first] = devices
  if (!first || devices.length < 2) return null
  const pick = (deviceId: string) => {
    const device = devices.find((one) => one.deviceId === deviceId)
    if (device) test.choose(device)
  }
  return (
    <div class="field">
      <label for="visit-device">{labels[first.kind]()}</label>
      <select id="visit-device" onChange={({ currentTarget }) => pick(currentTarget.value)}>
        <option value="">{testWords.choose}</option>
        {devices.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId}>
            {label || testWords.unnamed}
          </option>
        ))}
      </select>
    </div>
  )
}

type TroubleProps = {
  visit: OutpatientVisit
  test: VisitTest
  kind: 'camera' | 'microphone'
  failure: CameraFailure
}

/** A finger, the settings behind it, and what is chosen there. */
const stepIcons = [touch, settings, allow]

export function Trouble({ visit, test, kind, failure }: TroubleProps) {
  const { said, steps } = triedTrouble(kind, failure, visit.browser.kind)
  return (
    <Page guest={visit} title={said}>
      <ol class="visit-steps">
        {steps.map((step, index) => (
          <li key={step}>
            <Icon svg={index === steps.length - 1 ? back : (stepIcons[index] ?? allow)} />
            <span>{step}</span>
          </li>
        ))}
      </ol>
      <Tracks tracks={test.tracks.value} word={atRestWord} />
      <Button kind="primary" onPress={test.again}>
        {testWords.again}
      </Button>
      <Button onPress={test.skip}>{kind === 'camera' ? testWords.soundOnly : testWords.without}</Button>
    </Page>
  )
}

export function Found({ what, tone, word }: FoundState & { what: string }) {
  return (
    <li class={tone}>
      <Icon svg={tone === 'well' ? well : waits} />
      <span>
        {what}: {word}
      </span>
    </li>
  )
}
