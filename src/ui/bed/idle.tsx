/** The screen between calls: what time it is, where one is, and whether a nurse can call. It has no buttons. */
import ready from 'lucide-static/icons/circle-check.svg?raw'
import waiting from 'lucide-static/icons/loader.svg?raw'
import silent from 'lucide-static/icons/volume-x.svg?raw'
import lost from 'lucide-static/icons/wifi-off.svg?raw'
import type { Bed, Readiness } from '../../state/bed.ts'
import { Banner } from '../parts/banner.tsx'
import { Choice } from '../parts/choice.tsx'
import { useNow } from '../parts/now.ts'
import { Status, type Tone } from '../parts/status.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { atRestWord, dayOf, timeOf } from '../words.ts'
import { knockChoice, readinessWords, touchOnce } from '../words-bed.ts'
import { Foot, Place } from './frame.tsx'

const looks: Record<Readiness['type'], { tone: Tone; icon: string }> = {
  ready: { tone: 'well', icon: ready },
  connecting: { tone: 'plain', icon: waiting },
  updating: { tone: 'plain', icon: waiting },
  unreachable: { tone: 'lost', icon: lost },
  replaced: { tone: 'lost', icon: lost },
  revoked: { tone: 'lost', icon: lost },
}

export function Idle({ bed }: { bed: Bed }) {
  return (
    <main class="screen idle">
      <header class="top">
        <div>
          <Today />
          <Place bed={bed} />
        </div>
        <Time />
      </header>
      <div class="middle">
        <State bed={bed} />
      </div>
      {bed.sound.value === 'blocked' && (
        <Banner tone="waits" icon={silent}>
          {touchOnce}
        </Banner>
      )}
      <KnockChoice bed={bed} />
      <Foot bed={bed} />
    </main>
  )
}

function Time() {
  const nowMs = useNow(1000)
  return <time class="time">{timeOf(nowMs)}</time>
}

function Today() {
  const nowMs = useNow(10_000)
  return <p class="today">{dayOf(nowMs)}</p>
}

function State({ bed }: { bed: Bed }) {
  const readiness = bed.readiness.value
  const { tone, icon } = looks[readiness.type]
  const { said, more } = readinessWords(readiness, bed.identity.value?.label ?? '')
  return (
    <>
      <Status tone={tone} icon={icon} word={said} />
      <p class="lead">{more}</p>
      <Tracks tracks={bed.calls.mine.value} word={atRestWord} />
    </>
  )
}

/** The patient decides on this tablet, never the caller (HZ-3). */
function KnockChoice({ bed }: { bed: Bed }) {
  return (
    <Choice
      legend={knockChoice.legend}
      options={[
        ['ring', knockChoice.ring],
        ['knock', knockChoice.knock],
      ]}
      chosen={bed.knock.value ? 'knock' : 'ring'}
      onChoose={(option) => bed.setKnock(option === 'knock')}
    />
  )
}
