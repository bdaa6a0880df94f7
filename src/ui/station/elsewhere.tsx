/** The call that this person left running at another of their screens: taken over here, or ended there (HZ-2). */
import take from 'lucide-static/icons/monitor-down.svg?raw'
import hangUp from 'lucide-static/icons/phone-off.svg?raw'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { nameOf } from '../words.ts'
import { elsewhereWords } from '../words-station.ts'

export function Elsewhere({ station: { calls, lock, connection } }: { station: Station }) {
  const call = calls.elsewhere.value
  const { type } = calls.state.value
  const isFree = type === 'idle' || type === 'ended'
  if (!call || !isFree || lock.locked.value || connection.value.type !== 'open') return null
  return (
    <div class="banner waits">
      <Icon svg={take} />
      <span role="status">{elsewhereWords.said({ name: nameOf(call.peer) })}</span>
      <Button kind="primary" icon={take} onPress={calls.takeOver}>
        {elsewhereWords.take}
      </Button>
      <Button icon={hangUp} onPress={calls.endElsewhere}>
        {elsewhereWords.end}
      </Button>
    </div>
  )
}
