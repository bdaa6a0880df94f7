/** "Still talking?": asked on both sides of a call that its station may have forgotten (HZ-13). */
import hangUp from 'lucide-static/icons/phone-off.svg?raw'
import siren from 'lucide-static/icons/siren.svg?raw'
import type { Calls } from '../../state/calls.ts'
import { appWords, tracksWords } from '../words.ts'
import { stillWords } from '../words-aside.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Icon } from './icon.tsx'

/** `emergency`: at a bed, whose red button is told of in every dialog; by default there alone. */
export function StillTalking({ calls, emergency }: { calls: Calls; emergency?: 'untold' }) {
  const state = calls.state.value
  if (!calls.isAsked.value || !('call' in state)) return null
  return (
    <Dialog label={stillWords.title} class="still">
      <h2 tabIndex={-1} data-first>
        {stillWords.title}
      </h2>
      <p>{stillWords.why}</p>
      <div class="actions">
        <Button kind="go" onPress={calls.stillTalking}>
          {stillWords.yes}
        </Button>
        <Button icon={hangUp} onPress={calls.hangUp}>
          {tracksWords.end}
        </Button>
      </div>
      {emergency !== 'untold' && state.call.peer.type === 'staff' && (
        <p class="emergency">
          <Icon svg={siren} />
          <span>{appWords.emergency}</span>
        </p>
      )}
    </Dialog>
  )
}
