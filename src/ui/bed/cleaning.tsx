/** Cleaning: a quiet way in that asks once, and a screen that nothing but a long press ends (HZ-2, HZ-12). */
import '../desk.css'
import broom from 'lucide-static/icons/brush-cleaning.svg?raw'
import unlock from 'lucide-static/icons/lock-open.svg?raw'
import sparkles from 'lucide-static/icons/sparkles.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { cleaningWords, leftWord } from '../words-desk.ts'
import { BedDialog } from './bed-dialog.tsx'
import { Emergency } from './frame.tsx'
import { HoldButton } from './hold-button.tsx'

const holdMs = 3_000
/** Left open, it closes: the next hand on the screen may be the patient's. */
const askedMs = 30_000

export function CleaningDoor({ bed: { cleaning, beside } }: { bed: Bed }) {
  const [isAsked, setAsked] = useState<'no' | 'yes'>('no')
  const close = () => setAsked('no')
  useEffect(() => (isAsked === 'yes' ? beside.clock.after(askedMs, close) : undefined), [isAsked])
  const begin = () => {
    close()
    cleaning.begin()
  }
  return (
    <>
      <Button icon={broom} onPress={() => setAsked('yes')}>
        {cleaningWords.open}
      </Button>
      {isAsked === 'yes' && (
        <BedDialog
          title={cleaningWords.title}
          onClose={close}
          acts={
            <>
              <Button kind="primary" onPress={begin}>
                {cleaningWords.lock}
              </Button>
              <Button onPress={close}>{cleaningWords.not}</Button>
            </>
          }
        >
          <p>{cleaningWords.lead}</p>
        </BedDialog>
      )}
    </>
  )
}

/** Over all else of the page, which is out of reach meanwhile. */
export function Cleaning({ bed: { cleaning, beside } }: { bed: Bed }) {
  const state = cleaning.state.value
  useNow(250)
  if (state.type !== 'locked') return null
  const time = leftWord(state.untilUpMs - beside.clock.upMs())
  return (
    <Dialog label={cleaningWords.locked} class="wiping">
      <div class="wiping-said">
        <Icon svg={sparkles} />
        <h1>{cleaningWords.locked}</h1>
        <p class="lead">{cleaningWords.ignores}</p>
        <p class="wiping-left" role="timer">
          {cleaningWords.left({ time })}
        </p>
      </div>
      <HoldButton clock={beside.clock} holdMs={holdMs} icon={unlock} onHeld={cleaning.end}>
        {cleaningWords.end}
      </HoldButton>
      <Emergency />
    </Dialog>
  )
}
