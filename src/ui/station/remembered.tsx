/** The station that has not heard its server: what was known there stands in. */
import type { Station } from '../../state/station.ts'
import { rememberedWords } from '../words-leaving.ts'

/** Where the board would be. */
export function Remembered({ station }: { station: Station }) {
  return (
    <section class="board remembered">
      <h2>{rememberedWords.said}</h2>
      <p>{station.lock.locked.value ? rememberedWords.locked : rememberedWords.todo}</p>
    </section>
  )
}
