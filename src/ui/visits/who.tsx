/** Who has the visit: the name and the date of birth, never one without the other (HZ-1), and what their device can do. */
import unknown from 'lucide-static/icons/circle-help.svg?raw'
import silent from 'lucide-static/icons/mic-off.svg?raw'
import works from 'lucide-static/icons/video.svg?raw'
import soundOnly from 'lucide-static/icons/video-off.svg?raw'
import { remarksOn, type Usable, usableBy } from '../../core/device-test.ts'
import type { VisitView } from '../../state/visits.ts'
import { Icon } from '../parts/icon.tsx'
import type { Tone } from '../parts/status.tsx'
import { remarkWords, usableWords, visitBornWord } from '../words-visits.ts'

export function Identifiers({ visit }: { visit: Pick<VisitView, 'name' | 'born'> }) {
  return (
    <p class="visit-who">
      <b>{visit.name}</b> <span>{visitBornWord(visit)}</span>
    </p>
  )
}

const looks: Record<Usable, { tone: Tone; icon: string }> = {
  works: { tone: 'well', icon: works },
  'sound-only': { tone: 'waits', icon: soundOnly },
  silent: { tone: 'waits', icon: silent },
  'no-microphone': { tone: 'waits', icon: silent },
  untested: { tone: 'plain', icon: unknown },
}

export function TestResult({ visit: { test } }: { visit: VisitView }) {
  const usable = usableBy(test)
  const { tone, icon } = looks[usable]
  return (
    <div class="visit-test">
      <p class={`status ${tone}`}>
        <Icon svg={icon} />
        <span>{usableWords[usable]}</span>
      </p>
      {remarksOn(test).map((remark) => (
        <p key={remark} class="waits">
          {remarkWords[remark]}
        </p>
      ))}
      {test && <p class="soft">{test.browser}</p>}
    </div>
  )
}
