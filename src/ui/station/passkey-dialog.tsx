/** Where a passkey for the lock is made: asked for from the top bar. */
import key from 'lucide-static/icons/key-round.svg?raw'
import type { Lock } from '../../state/lock.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Problem } from '../parts/lock.tsx'
import { passkeyWords } from '../words-sign-in.ts'

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
