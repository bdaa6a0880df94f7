/** Before the tablet knows what it is: the emergency line, and that something is on its way. */
import type { Bed } from '../../state/bed.ts'
import { idleWords } from '../words-bed.ts'
import { Frame } from './frame.tsx'

export function Starting({ bed }: { bed: Bed }) {
  return (
    <Frame bed={bed}>
      <div class="middle">
        <output class="lead">{idleWords.starting}</output>
      </div>
    </Frame>
  )
}
