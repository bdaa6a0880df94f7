/** Whom one cares for today: the way to one's own beds on the board. */
import mine from 'lucide-static/icons/user-check.svg?raw'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { boardWords } from '../words-station.ts'
import { later } from './part.ts'

/** All beds, or those I care for; who cares for none has nothing to choose. */
export function MyBeds({ station }: { station: Station }) {
  const { care, lock, mayEver } = station
  if (lock.locked.value || !mayEver('care.take')) return null
  const isOnlyMine = care.shown.value === 'mine'
  const part = later.part.value
  return (
    <>
      {care.mine.value.size > 0 && (
        <Button icon={mine} pressed={isOnlyMine} onPress={() => care.show(isOnlyMine ? 'all' : 'mine')}>
          {boardWords.onlyMine}
        </Button>
      )}
      {part && <part.StartRound station={station} />}
    </>
  )
}
