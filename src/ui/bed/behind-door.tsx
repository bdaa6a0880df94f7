/** What stands behind *For staff*: the code, or why there is none to type, and then the settings. */
import '../self-test.css'
import '../settings.css'
import type { Bed } from '../../state/bed.ts'
import type { StaffDoor } from '../../state/staff-door.ts'
import { Button } from '../parts/button.tsx'
import { codeWords } from '../words-settings.ts'
import { BedDialog } from './bed-dialog.tsx'
import { CodePad } from './code-pad.tsx'
import { SettingsPage } from './settings-page.tsx'

type BehindDoorProps = { bed: Bed; door: StaffDoor }

export function BehindDoor({ bed, door }: BehindDoorProps) {
  const state = door.state.value
  if (state.type === 'open') return <SettingsPage bed={bed} onClose={door.shut} />
  if (state.type !== 'untold' && state.type !== 'broken') return <CodePad bed={bed} door={door} />
  return (
    <BedDialog
      title={codeWords.title}
      onClose={door.shut}
      acts={
        <Button kind="primary" onPress={door.shut}>
          {codeWords.close}
        </Button>
      }
    >
      <p>{codeWords[state.type]}</p>
    </BedDialog>
  )
}
