/** Before unsent changes are deleted, or copies left waiting, it is asked; somebody else's that wait here are told of. */
import type { Station } from '../../state/station.ts'
import type { Unsent } from '../../state/station-plan.ts'
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
        {leavingWords.title}
      </h2>
      <What unsent={unsent} />
      <div class="actions">
        <Button kind="primary" onPress={station.stay}>
          {leavingWords.stay}
        </Button>
        <Button onPress={() => void station.signOut()}>
          {unsent.changes > 0 ? leavingWords.leave : leavingWords.leaveCopies}
        </Button>
      </div>
    </Dialog>
  )
}

function What({ unsent: { changes, copies } }: { unsent: Unsent }) {
  return (
    <>
      {changes > 0 && (
        <p>
          <b>{leavingWords.unsent({ count: changes })}</b> {leavingWords.meaning}
        </p>
      )}
      {copies > 0 && (
        <p>
          <b>{leavingWords.copies({ count: copies })}</b> {leavingWords.copiesMeaning}
        </p>
      )}
    </>
  )
}

export function OthersWaiting({ station }: { station: Station }) {
  const count = station.home.others.value
  return count === 0 || station.lock.locked.value ? null : <p class="hint">{othersWord(count)}</p>
}
