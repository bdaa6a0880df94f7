/** How long the patient wants to be alone. */
import siren from 'lucide-static/icons/siren.svg?raw'
import type { Bed } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { appWords } from '../words.ts'
import { lengthWord, privacyLengths, privacyWords } from '../words-aside.ts'

export function HowLong({ bed, onClose }: { bed: Bed; onClose: () => void }) {
  return (
    <Dialog label={privacyWords.title} class="how-long" onClose={onClose}>
      <h2 tabIndex={-1} data-first>
        {privacyWords.ask}
      </h2>
      <p>{privacyWords.means}</p>
      <div class="actions">
        {privacyLengths.map((minutes) => (
          <Button key={minutes} kind="primary" onPress={() => bed.drawCurtain(minutes)}>
            {lengthWord(minutes)}
          </Button>
        ))}
      </div>
      <Button onPress={onClose}>{privacyWords.back}</Button>
      <p class="emergency">
        <Icon svg={siren} />
        <span>{appWords.emergency}</span>
      </p>
    </Dialog>
  )
}
