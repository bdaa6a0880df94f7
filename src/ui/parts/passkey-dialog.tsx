/** The dialog in which one makes the passkey that opens this browser's lock. */
import key from 'lucide-static/icons/key-round.svg?raw'
import type { Lock } from '../../state/lock.ts'
import { passkeyWords } from '../words-sign-in.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Problem } from './lock.tsx'

export function PasskeyDialog({ lock, onClose }: { lock: Lock; onClose: () => void }) {
  const isDone = lock.registered.value
  return (
    <Dialog label={passkeyWords.title} class="passkey" onClose={onClose}>
      <h2>{passkeyWords.title}</h2>
      <p>{passkeyWords.why}</p>
      <output>{passkeyWords[isDone ? 'done' : passkeyWordOf(lock)]}</output>
      <Problem lock={lock} />
      <div class="actions">
        {!isDone && (
          <Button kind="primary" icon={key} disabled={lock.busy.value} onPress={() => void lock.register()}>
            {passkeyWords.make}
          </Button>
        )}
        <Button onPress={onClose}>{passkeyWords.close}</Button>
      </div>
    </Dialog>
  )
}

function passkeyWordOf({ ways }: Lock): 'have' | 'none' | 'unlocked' {
  if (ways.value?.passkey) return 'have'
  return ways.value?.password || ways.value?.provider ? 'none' : 'unlocked'
}
