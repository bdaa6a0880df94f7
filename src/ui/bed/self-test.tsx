/** The self-test: one page, a line for each thing that a call needs, green when all of them are well (HZ-2, HZ-11). */
import '../self-test.css'
import troubled from 'lucide-static/icons/circle-alert.svg?raw'
import well from 'lucide-static/icons/circle-check.svg?raw'
import waits from 'lucide-static/icons/circle-dashed.svg?raw'
import runs from 'lucide-static/icons/loader.svg?raw'
import again from 'lucide-static/icons/rotate-cw.svg?raw'
import { useLayoutEffect } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import {
  createSelfTest,
  isAnswered,
  type LineState,
  type SelfTest as Test,
  type TestAsk,
  type TestLine,
  testLines,
} from '../../state/self-test.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { OwnVideo } from '../parts/video.tsx'
import { atRestWord } from '../words.ts'
import { askWord, lineWord, selfTestWords, stateWord } from '../words-self-test.ts'
import { BedDialog } from './bed-dialog.tsx'

/** One for the life of the page: what still opens when it is closed has somebody who stops it. */
let made: Test | null = null

function testOf(bed: Bed): Test {
  made ??= createSelfTest({ ...bed, ...bed.beside })
  return made
}

type SelfTestProps = { bed: Bed; onClose: () => void }

export function SelfTest({ bed, onClose }: SelfTestProps) {
  const test = testOf(bed)
  useOpen(test, onClose)
  const lines = test.lines.value
  const ask = test.ask.value
  const isReady = test.isReady.value
  if (!lines) return null
  return (
    <BedDialog
      title={isReady ? selfTestWords.ready : selfTestWords.title}
      label={selfTestWords.title}
      class={`self-test ${isReady ? 'all-good' : ''}`}
      onClose={onClose}
      acts={<Acts test={test} ask={ask} onClose={onClose} />}
    >
      <Said test={test} ask={ask} />
      <ul class="test-lines">
        {testLines.map((line) => (
          <Line key={line} line={line} state={lines[line]} />
        ))}
      </ul>
    </BedDialog>
  )
}

/** As long as it is seen, and no longer (HZ-2). */
function useOpen(test: Test, onClose: () => void): void {
  useLayoutEffect(() => {
    test.open()
    const hidden = () => document.visibilityState === 'hidden' && test.close()
    document.addEventListener('visibilitychange', hidden)
    const stop = test.lines.subscribe((lines) => lines === null && onClose())
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      stop()
      test.close()
    }
  }, [])
}

function Said({ test, ask }: { test: Test; ask: TestAsk | null }) {
  const device = test.device.value
  const over = test.isReady.value ? selfTestWords.allGood : selfTestWords.some
  return (
    <div class="test-said">
      <p role="status">{ask ? askWord(ask) : over}</p>
      {device && ask === 'camera' && <OwnVideo show={device.showCamera} />}
      {device && ask === 'recording' && (
        <meter
          class="loudness"
          min={0}
          max={1}
          value={device.loud.value}
          aria-label={lineWord('microphone')}
        />
      )}
      {device && <Tracks tracks={device.tracks.value} word={atRestWord} />}
    </div>
  )
}

function Acts({ test, ask, onClose }: { test: Test; ask: TestAsk | null; onClose: () => void }) {
  return (
    <>
      {ask && isAnswered(ask) && (
        <>
          <Button kind="primary" onPress={() => test.answer('yes')}>
            {selfTestWords.yes}
          </Button>
          <Button onPress={() => test.answer('no')}>{selfTestWords.no}</Button>
        </>
      )}
      {!ask && (
        <Button icon={again} onPress={test.open}>
          {selfTestWords.again}
        </Button>
      )}
      <Button kind={test.isReady.value ? 'primary' : 'plain'} onPress={onClose}>
        {selfTestWords.close}
      </Button>
    </>
  )
}

const looks = {
  waits: { tone: 'waiting', icon: waits },
  runs: { tone: 'running', icon: runs },
  good: { tone: 'well', icon: well },
} as const

function Line({ line, state }: { line: TestLine; state: LineState }) {
  const look =
    state === 'waits' || state === 'runs' || state === 'good'
      ? looks[state]
      : ({ tone: 'waits', icon: troubled } as const)
  return (
    <li class={look.tone}>
      <Icon svg={look.icon} />
      <span>
        <b>{lineWord(line)}.</b> {stateWord(state)}
      </span>
    </li>
  )
}
