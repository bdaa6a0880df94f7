/** On a tablet that may not be at its bed: what staff do about it. No name stands here (HZ-14). */
import type { Bed } from '../../state/bed.ts'
import { digitsWord } from '../words-digits.ts'
import { waitingWords } from '../words-setup.ts'

export function Astray({ bed: { whereabouts } }: { bed: Bed }) {
  const digits = whereabouts.digits.value
  const { said, todo } = waitingWords.astray
  return (
    <section class="astray" aria-label={said}>
      <p class="lead">{said}</p>
      {digits !== null && <output class="digits">{digitsWord(digits)}</output>}
      {digits !== null && <p>{todo}</p>}
    </section>
  )
}
