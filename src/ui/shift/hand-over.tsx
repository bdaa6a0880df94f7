/** To whom a shift goes: who shares its beds first, then who is free. Nothing moves before they take it. */
import { useRef, useState } from 'preact/hooks'
import { permissionOf } from '../../core/permissions.ts'
import { inOrderToAsk } from '../../core/shift.ts'
import type { Colleagues, Reach, ShiftNow } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { Find, holds } from '../colleague/find.tsx'
import { Button } from '../parts/button.tsx'
import { PersonName } from '../parts/person.tsx'
import { roleOf } from '../words.ts'
import { reachWord } from '../words-colleague.ts'
import { handOverWords, shiftWords, whatWords } from '../words-shift.ts'

type HandOverProps = { station: Station; desk: Colleagues; shift: ShiftNow }

export function HandOver({ station, desk, shift }: HandOverProps) {
  const [failed, setFailed] = useState(false)
  const isGoingOn = shift.untilMs !== null
  const wasGoingOn = useRef(isGoingOn).current
  const offer = (toId: string | null) => void desk.offerShift(toId).then((isDone) => setFailed(!isDone))
  const { offered } = shift
  if (!isGoingOn)
    return (
      <>
        <h2>{handOverWords.title}</h2>
        <output>{wasGoingOn ? handOverWords.done : handOverWords.none}</output>
      </>
    )
  return (
    <>
      <h2 tabIndex={-1} data-first>
        {handOverWords.title}
      </h2>
      <What station={station} desk={desk} shift={shift} />
      {offered?.answer === 'none' ? (
        <>
          <output>{handOverWords.asked({ name: offered.to.name })}</output>
          <div class="actions">
            <Button onPress={() => offer(null)}>{handOverWords.takeBack({ name: offered.to.name })}</Button>
          </div>
        </>
      ) : (
        <>
          {offered && <output class="waits">{handOverWords.refused({ name: offered.to.name })}</output>}
          <p class="soft">{handOverWords.means}</p>
          <ToWhom station={station} desk={desk} shift={shift} onAsk={offer} />
        </>
      )}
      {failed && <p role="alert">{shiftWords.failed}</p>}
    </>
  )
}

/** Everything that goes over, in words. */
function What({ station, desk, shift }: HandOverProps) {
  const labels = station.beds.value
    .filter(({ bedId }) => shift.bedIds.includes(bedId))
    .map(({ label }) => label)
  const duties = (desk.now.value?.duties ?? [])
    .filter(({ dutyId }) => shift.dutyIds.includes(dutyId))
    .map(({ name }) => name)
  return (
    <ul class="what">
      {whatWords({ ...shift, beds: labels, duties }).map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  )
}

/** So many are found by looking. */
const fewPeople = 8

type ToWhomProps = HandOverProps & { onAsk: (staffId: string) => void }

function ToWhom({ station, desk, shift, onAsk }: ToWhomProps) {
  const [sought, setSought] = useState('')
  const carers = new Map(
    station.beds.value.map((bed) => [bed.bedId, bed.carers.map(({ staffId }) => staffId)] as const),
  )
  const all = (desk.now.value?.people ?? []).filter(
    ({ party }) => permissionOf(party.role, 'care.take') !== 'no',
  )
  const mayHave = all
    .filter(({ party }) => holds(sought, party.name, roleOf(party)))
    .map((reach) => ({ reach, staffId: reach.party.staffId, screens: reach.screens }))
  const people = inOrderToAsk(mayHave, new Set(shift.bedIds), carers)
  const hasBeds = new Set([...carers.values()].flat())
  return (
    <>
      {all.length > fewPeople && <Find sought={sought} onType={setSought} />}
      <ul class="people" aria-label={handOverWords.to}>
        {people.map(({ reach, staffId }) => (
          <li key={staffId}>
            <button
              type="button"
              class="button row"
              disabled={station.connection.value.type !== 'open'}
              onClick={() => onAsk(staffId)}
            >
              <PersonName party={reach.party} />
              <small>{standingWord(reach, hasBeds.has(staffId))}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function standingWord(reach: Reach, hasBeds: boolean): string {
  return `${reachWord(reach)}, ${hasBeds ? handOverWords.hasBeds : handOverWords.noBeds}`
}
