/** [PROOF-8] Three words that two people read to each other, where one of them came by a link that the server knew (HZ-10). */
import { signal } from '@preact/signals'
import shield from 'lucide-static/icons/shield-check.svg?raw'
import type { Calls, Seat } from '../../state/calls.ts'
import { compareWords, wordsToRead } from '../words-compare.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** The links whose words were the same: a call, and the key at its other end. A fresh link between the same two asks nothing anew. */
const same = signal<ReadonlySet<string>>(new Set())

/** For the link with the outpatient, and at the outpatient's page with whoever sees them. */
export function Compare({ calls, seat }: { calls: Pick<Calls, 'doubtWords'>; seat: Seat }) {
  const numbers = seat.compared.value
  const name = `${seat.callId} ${seat.peerDevice.value?.keyId}`
  if (numbers.length === 0 || seat.state.value.type !== 'live') return null
  if (same.value.has(name))
    return (
      <p class="verified">
        <Icon svg={shield} />
        <span>{compareWords.done}</span>
      </p>
    )
  return (
    <section class="compare" aria-label={compareWords.title}>
      <h2>{compareWords.title}</h2>
      <p class="compare-words">{wordsToRead(numbers).join(' · ')}</p>
      <p>{compareWords.why}</p>
      <p>{compareWords.languages}</p>
      <div class="actions">
        <Button
          onPress={() => {
            same.value = new Set(same.value).add(name)
          }}
        >
          {compareWords.same}
        </Button>
        <Button
          label={`${compareWords.differ}. ${compareWords.differMeans}`}
          onPress={() => calls.doubtWords(seat.callId)}
        >
          {compareWords.differ}
        </Button>
      </div>
    </section>
  )
}
