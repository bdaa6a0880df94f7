/** How long the patient wants to be alone. */
import type { Bed } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { lengthWord, privacyLengths, privacyWords } from '../words-aside.ts'
import { BedDialog } from './bed-dialog.tsx'

export function HowLong({ bed, onClose }: { bed: Bed; onClose: () => void }) {
  return (
    <BedDialog
      label={privacyWords.title}
      title={privacyWords.ask}
      onClose={onClose}
      acts={
        <>
          {privacyLengths.map((minutes) => (
            <Button key={minutes} kind="primary" onPress={() => bed.drawCurtain(minutes)}>
              {lengthWord(minutes)}
            </Button>
          ))}
          <Button onPress={onClose}>{privacyWords.back}</Button>
        </>
      }
    >
      <p>{privacyWords.means}</p>
    </BedDialog>
  )
}
