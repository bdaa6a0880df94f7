/** On the idle screen, about a call that may come: whether it is heard, and how it comes in. */
import silent from 'lucide-static/icons/volume-x.svg?raw'
import type { Bed } from '../../state/bed.ts'
import { Banner } from '../parts/banner.tsx'
import { Choice } from '../parts/choice.tsx'
import { idleWords, knockChoice } from '../words-bed.ts'

export function WhenCalled({ bed }: { bed: Bed }) {
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
