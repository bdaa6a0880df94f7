/** The screen between calls: what time it is, where one is, and whether a nurse can call. It has no buttons. */
import elsewhere from 'lucide-static/icons/circle-alert.svg?raw'
import ready from 'lucide-static/icons/circle-check.svg?raw'
import waiting from 'lucide-static/icons/loader.svg?raw'
import unbound from 'lucide-static/icons/unlink.svg?raw'
import silent from 'lucide-static/icons/volume-x.svg?raw'
import lost from 'lucide-static/icons/wifi-off.svg?raw'
import type { Bed, Readiness } from '../../state/bed.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { Choice } from '../parts/choice.tsx'
import { Status, type Tone } from '../parts/status.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { atRestWord } from '../words.ts'
import { idleWords, knockChoice, readinessWords } from '../words-bed.ts'
import { Foot, Top } from './frame.tsx'
import { MyPlanPart } from './my-plan-part.tsx'
import { SoundCheckPart } from './sound-check-part.tsx'

const looks: Record<Readiness['type'], { tone: Tone; icon: string }> = {
  ready: { tone: 'well', icon: ready },
  connecting: { tone: 'plain', icon: waiting },
  updating: { tone: 'plain', icon: waiting },
  uncertified: { tone: 'waits', icon: elsewhere },
  unreachable: { tone: 'lost', icon: lost },
  replaced: { tone: 'lost', icon: elsewhere },
  revoked: { tone: 'lost', icon: unbound },
}

/** Where a call may still come: only there is it worth asking how. */
const mayReturn: ReadonlySet<Readiness['type']> = new Set(['ready', 'connecting', 'unreachable'])

export function Idle({ bed }: { bed: Bed }) {
  return (
    <main class="screen idle">
      <Top bed={bed} />
      <div class="middle">
        <State bed={bed} />
      </div>
      <MyPlanPart bed={bed} />
      <SoundCheckPart bed={bed} />
      {mayReturn.has(bed.readiness.value.type) && <WhenCalled bed={bed} />}
      <Foot bed={bed} />
    </main>
  )
}

function State({ bed }: { bed: Bed }) {
  const readiness = bed.readiness.value
  const { tone, icon } = looks[readiness.type]
  const { said, more } = readinessWords(readiness, bed.identity.value?.label ?? '')
  return (
    <>
      <Status tone={tone} icon={icon} word={said} />
      <p class="lead">{more}</p>
      {readiness.type === 'replaced' && (
        <Button kind="primary" onPress={bed.useHere}>
          {idleWords.useHere}
        </Button>
      )}
      <Tracks tracks={bed.calls.mine.value} word={atRestWord} />
    </>
  )
}

function WhenCalled({ bed }: { bed: Bed }) {
  return (
    <>
      {bed.sound.value === 'blocked' && (
        <Banner tone="waits" icon={silent}>
          {idleWords.touchOnce}
        </Banner>
      )}
      {bed.wishes.mayKnock.value && <KnockChoice bed={bed} />}
    </>
  )
}

/** What was agreed at the admission, or less: the patient decides on this tablet, never the caller (HZ-3). */
function KnockChoice({ bed }: { bed: Bed }) {
  return (
    <Choice
      legend={knockChoice.legend}
      options={[
        ['ring', knockChoice.ring],
        ['knock', knockChoice.knock],
      ]}
      chosen={bed.wishes.choice.value === 'agreed' ? 'knock' : 'ring'}
      onChoose={(option) => bed.choose(option === 'knock' ? 'agreed' : 'ring')}
    />
  )
}
