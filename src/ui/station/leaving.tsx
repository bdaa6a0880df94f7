/** Before unsent changes are deleted it is asked; somebody else's that wait here are told of. */
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { leavingWords, othersWord } from '../words-leaving.ts'

/** The first focus is on staying: a stray key deletes nothing. */
export function Leaving({ station }: { station: Station }) {
  const unsent = station.home.leaving.value
  if (unsent === null) return null
  return (
    <Dialog label={leavingWords.title} onClose={station.stay}>
      <h2 data-first tabIndex={-1}>
        {leavingWords.unsent({ count: unsent })}
      </h2>
      <p>{leavingWords.meaning}</p>
      <div class="actions">
        <Button kind="primary" onPress={station.stay}>
          {leavingWords.stay}
        </Button>
        <Button onPress={() => void station.signOut()}>{leavingWords.leave}</Button>
      </div>
    </Dialog>
  )
}

export function OthersWaiting({ station }: { station: Station }) {
  const count = station.home.others.value
  return count === 0 || station.lock.locked.value ? null : <p class="hint">{othersWord(count)}</p>
}
