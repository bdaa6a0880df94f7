/** *Louder* and *Softer*, wherever there is sound; what the patient chose stays for the stay. */
import quieter from 'lucide-static/icons/volume-1.svg?raw'
import stronger from 'lucide-static/icons/volume-2.svg?raw'
import type { Bed } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { loudnessWord, soundWords } from '../words-aside.ts'

export function LouderSofter({ bed: { loudness } }: { bed: Bed }) {
  const level = loudness.level.value
  return (
    <div class="actions louder">
      <Button icon={quieter} disabled={level.isSoftest} onPress={loudness.softer}>
        {soundWords.softer}
      </Button>
      <Button icon={stronger} disabled={level.isLoudest} onPress={loudness.louder}>
        {soundWords.louder}
      </Button>
      <p class="unseen" role="status">
        {loudnessWord(level.step, level.steps)}
      </p>
    </div>
  )
}
