/** Trying one's own device, step by step: what is on, what one should see or hear, and what to do if not (HZ-2). */
import go from 'lucide-static/icons/arrow-right.svg?raw'
import type { OutpatientVisit } from '../../state/visit.ts'
import type { VisitTest } from '../../state/visit-test.ts'
import { Page } from '../join/page.tsx'
import { Button } from '../parts/button.tsx'
import { OwnVideo } from '../parts/video.tsx'
import {
  allFound,
  cameraWords,
  connectionWords,
  doneWords,
  microphoneWords,
  speakerWords,
  testWords,
} from '../words-visit-test.ts'
import { Found, Step, Trouble } from './test-parts.tsx'

type TestProps = { visit: OutpatientVisit; test: VisitTest }

export function Test({ visit, test }: TestProps) {
  switch (test.step.value) {
    case 'begin':
      return <Begin visit={visit} test={test} />
    case 'camera':
      return <Camera visit={visit} test={test} />
    case 'microphone':
      return <Microphone visit={visit} test={test} />
    case 'speaker':
      return <Speaker visit={visit} test={test} />
    case 'connection':
      return (
        <Step visit={visit} test={test} title={connectionWords.title}>
          <p>{connectionWords.todo}</p>
        </Step>
      )
    case 'done':
      return <Done visit={visit} test={test} />
  }
}

function Begin({ visit, test }: TestProps) {
  const skipAll = () => {
    test.skipAll()
    visit.closeTest()
  }
  return (
    <Page guest={visit} title={testWords.title}>
      <p>{testWords.lead}</p>
      <p>{testWords.allow}</p>
      <Button
        kind="go"
        icon={go}
        onPress={() => {
          visit.arm()
          test.begin()
        }}
      >
        {testWords.begin}
      </Button>
      <Button onPress={skipAll}>{testWords.skipAll}</Button>
    </Page>
  )
}

function Camera({ visit, test }: TestProps) {
  const tried = test.tried.value
  if (tried.type === 'failed')
    return <Trouble visit={visit} test={test} kind="camera" failure={tried.failure} />
  const isOn = tried.type === 'on'
  return (
    <Step
      visit={visit}
      test={test}
      title={isOn ? cameraWords.title : cameraWords.opening}
      acts={
        isOn && (
          <Button kind="go" onPress={test.next}>
            {cameraWords.yes}
          </Button>
        )
      }
    >
      <p>{isOn ? cameraWords.only : testWords.allow}</p>
      <div class="own mirror">
        <OwnVideo show={test.showCamera} />
      </div>
    </Step>
  )
}

function Microphone({ visit, test }: TestProps) {
  const tried = test.tried.value
  if (tried.type === 'failed')
    return <Trouble visit={visit} test={test} kind="microphone" failure={tried.failure} />
  const isOn = tried.type === 'on'
  const isHeard = test.heard.value === 'yes'
  return (
    <Step
      visit={visit}
      test={test}
      title={isOn ? microphoneWords.title : microphoneWords.opening}
      acts={
        isOn && (
          <Button kind={isHeard ? 'go' : 'plain'} onPress={test.next}>
            {testWords.next}
          </Button>
        )
      }
    >
      <p>{isOn ? microphoneWords.moves : testWords.allow}</p>
      <meter class="loudness" min={0} max={1} value={test.loud.value} aria-label={microphoneWords.meter} />
      <p class={isHeard ? 'visit-said well' : ''} role="status">
        {isOn && (isHeard ? microphoneWords.heard : microphoneWords.silent)}
      </p>
    </Step>
  )
}

function Speaker({ visit, test }: TestProps) {
  const isPlaying = test.chiming.value === 'yes'
  return (
    <Step
      visit={visit}
      test={test}
      title={isPlaying ? speakerWords.playing : speakerWords.title}
      acts={
        <>
          <Button kind="go" disabled={isPlaying} onPress={() => test.answer('heard')}>
            {speakerWords.yes}
          </Button>
          <Button disabled={isPlaying} onPress={test.again}>
            {speakerWords.play}
          </Button>
          <Button disabled={isPlaying} onPress={() => test.answer('not-heard')}>
            {speakerWords.no}
          </Button>
        </>
      }
    >
      <p>{speakerWords.todo}</p>
    </Step>
  )
}

function Done({ visit, test }: TestProps) {
  const found = allFound(test.result.value)
  const isGood = found.every(({ tone }) => tone === 'well')
  return (
    <Page guest={visit} title={doneWords.title}>
      {isGood && <p>{doneWords.good}</p>}
      <ul class="visit-found">
        {found.map((one) => (
          <Found key={one.what} {...one} />
        ))}
      </ul>
      <p>{doneWords.told}</p>
      <Button kind="go" icon={go} onPress={visit.closeTest}>
        {testWords.room}
      </Button>
      {!isGood && <Button onPress={test.begin}>{testWords.again}</Button>}
    </Page>
  )
}
