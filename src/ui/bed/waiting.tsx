/** A tablet that waits to be confirmed: which bed it is for and six digits, large enough to be read from the door. */
import type { Bed, Setup } from '../../state/bed.ts'
import { placeOf } from '../words.ts'
import { idleWords } from '../words-bed.ts'
import { digitsWord } from '../words-digits.ts'
import { waitingWords } from '../words-setup.ts'
import { Frame } from './frame.tsx'

type WaitingProps = { bed: Bed; setup: Extract<Setup, { type: 'waiting' }> }

export function Waiting({ bed, setup: { why, bed: place, digits } }: WaitingProps) {
  const { said, todo } = waitingWords[why]
  return (
    <Frame bed={bed}>
      <div class="middle waiting">
        <p class="place">{placeOf(place.label, place.ward)}</p>
        <h1>{said}</h1>
        <output class="digits">{digits === null ? idleWords.forServer : digitsWord(digits)}</output>
        {digits !== null && <p class="lead">{todo}</p>}
      </div>
    </Frame>
  )
}
