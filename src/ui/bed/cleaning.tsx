/** Cleaning: a quiet way in that asks once, and a screen that nothing but a long press ends (HZ-2, HZ-12). */
import '../desk.css'
import broom from 'lucide-static/icons/brush-cleaning.svg?raw'
import unlock from 'lucide-static/icons/lock-open.svg?raw'
import sparkles from 'lucide-static/icons/sparkles.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { createCleaning, type Cleaning as Lock } from '../../state/cleaning.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { cleaningWords, leftWord } from '../words-desk.ts'
import { BedDialog } from './bed-dialog.tsx'
import { Emergency } from './frame.tsx'
import { HoldButton } from './hold-button.tsx'
import { lockTouches } from './touch-lock.ts'

const holdMs = 3_000
/** Left open, it closes: the next hand on the screen may be the patient's. */
const askedMs = 30_000

/** One for the life of the page: it settles also when a call has taken the screen. */
let made: Lock | null = null

function cleaningOf(bed: Bed): Lock {
  if (made === null) {
    made = createCleaning({ ...bed, ...bed.beside })
    lockTouches(made)
  }
  return made
}

export function CleaningDoor({ bed }: { bed: Bed }) {
  const { beside } = bed
  const cleaning = cleaningOf(bed)
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
export function Cleaning({ bed }: { bed: Bed }) {
  const { beside } = bed
  const cleaning = cleaningOf(bed)
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
