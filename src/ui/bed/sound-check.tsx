/** Asks whoever lies here whether they heard the sound of a call; an answer counts as *louder* or as enough. */
import siren from 'lucide-static/icons/siren.svg?raw'
import type { Bed } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { appWords } from '../words.ts'
import { soundWords } from '../words-bed.ts'

export function SoundCheck({ bed }: { bed: Bed }) {
  const { heard } = bed.soundCheck
  return (
    <Dialog label={soundWords.asked} class="my-day" onClose={() => heard('well')}>
      <h2 tabIndex={-1} data-first>
        {soundWords.asked}
      </h2>
      <div class="actions">
        <Button kind="primary" onPress={() => heard('well')}>
          {soundWords.yes}
        </Button>
        <Button onPress={() => heard('louder')}>{soundWords.louder}</Button>
      </div>
      <p class="emergency">
        <Icon svg={siren} />
        <span>{appWords.emergency}</span>
      </p>
    </Dialog>
  )
}
