/** What colleagues ask one to take over: above the board, until one says yes or no. */
import '../requests.css'
import '../shift.css'
import icon from 'lucide-static/icons/clipboard-clock.svg?raw'
import type { ShiftOffered } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { deskOf } from '../colleague/desk.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { handOverWords, whatWords } from '../words-shift.ts'

export function Offers({ station }: { station: Station }) {
  const offers = deskOf(station).now.value?.shift?.offers ?? []
  return (
    <>
      <p class="unseen" aria-live="polite">
        {offers.map(({ from }) => handOverWords.toMe({ name: from.name })).join('. ')}
      </p>
      {offers.length > 0 && !station.lock.locked.value && (
        <section class="requests" aria-label={handOverWords.title}>
          <h2>{handOverWords.title}</h2>
          <ul aria-label={handOverWords.title}>
            {offers.map((offer) => (
              <Row key={offer.from.staffId} station={station} offer={offer} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Row({ station, offer }: { station: Station; offer: ShiftOffered }) {
  const desk = deskOf(station)
  const { name, staffId } = offer.from
  const isCut = station.connection.value.type !== 'open'
  return (
    <li class="alarm-first" aria-label={handOverWords.toMe({ name })}>
      <span class="request-reason">
        <Icon svg={icon} />
        <span>{handOverWords.toMe({ name })}</span>
      </span>
      <span>{whatWords(offer).join(' · ')}</span>
      <div class="answers">
        <Button
          kind="primary"
          label={handOverWords.takeFrom({ name })}
          disabled={isCut}
          onPress={() => void desk.answerShift(staffId, 'take')}
        >
          {handOverWords.take}
        </Button>
        <Button
          label={handOverWords.noTo({ name })}
          disabled={isCut}
          onPress={() => void desk.answerShift(staffId, 'no')}
        >
          {handOverWords.no}
        </Button>
      </div>
    </li>
  )
}
