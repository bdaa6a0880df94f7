/** Asks whoever lies here whether they heard the sound of a call; an answer counts as *louder* or as enough. */
import type { Bed } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { soundWords } from '../words-bed.ts'
import { BedDialog } from './bed-dialog.tsx'

export function SoundCheck({ bed }: { bed: Bed }) {
  const { heard } = bed.soundCheck
  return (
    <BedDialog
      title={soundWords.asked}
      onClose={() => heard('well')}
      acts={
        <>
          <Button kind="primary" onPress={() => heard('well')}>
            {soundWords.yes}
          </Button>
          <Button onPress={() => heard('louder')}>{soundWords.louder}</Button>
        </>
      }
    />
  )
}
