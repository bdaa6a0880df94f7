/** To whom a copy goes: a person, or whoever has a duty; looked for as a colleague to call is. */
import { useEffect, useState } from 'preact/hooks'
import type { Addressee, ColleaguesNow } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { deskOf } from '../colleague/desk.ts'
import { Find, holds } from '../colleague/find.tsx'
import { Button } from '../parts/button.tsx'
import { PersonName } from '../parts/person.tsx'
import { roleOf } from '../words.ts'
import { colleagueWords, holdersWord, reachWord } from '../words-colleague.ts'
import { sendWords } from '../words-scan-copies.ts'

export type To = { readonly addressee: Addressee; readonly name: string }

type AddressedProps = { station: Station; to: To | null; onChoose: (to: To | null) => void }

export function Addressed({ station, to, onChoose }: AddressedProps) {
  const desk = deskOf(station)
  const [sought, setSought] = useState('')
  useEffect(() => {
    desk.open()
    return desk.close
  }, [desk])
  if (to)
    return (
      <fieldset>
        <legend>{sendWords.to}</legend>
        <p class="copies-to">
          <b>{sendWords.toNow({ name: to.name })}</b>
          <Button onPress={() => onChoose(null)}>{sendWords.change}</Button>
        </p>
      </fieldset>
    )
  const now = desk.now.value
  return (
    <fieldset>
      <legend>{sendWords.to}</legend>
      <Find sought={sought} onType={setSought} />
      {now ? (
        <Found now={now} me={station.me.value?.staffId ?? null} sought={sought} onChoose={onChoose} />
      ) : (
        <p role="status">{desk.problem.value === null ? colleagueWords.loading : sendWords.noPeople}</p>
      )}
    </fieldset>
  )
}

type FoundProps = { now: ColleaguesNow; me: string | null; sought: string; onChoose: (to: To) => void }

/** Whoever may look at scans. */
const reads = new Set(['nurse', 'doctor'])

function Found({ now, me, sought, onChoose }: FoundProps) {
  const duties = now.duties.filter(({ name, holders }) =>
    holds(sought, name, ...holders.map(({ party }) => party.name)),
  )
  const people = now.people.filter(
    ({ party }) => reads.has(party.role) && party.staffId !== me && holds(sought, party.name, roleOf(party)),
  )
  if (duties.length + people.length === 0) return <p class="soft">{sendWords.notFound}</p>
  return (
    <ul class="copies-people" aria-label={sendWords.to}>
      {duties.map((duty) => (
        <li key={duty.dutyId}>
          <button
            type="button"
            class="button row"
            onClick={() => onChoose({ addressee: { type: 'duty', dutyId: duty.dutyId }, name: duty.name })}
          >
            <b>{duty.name}</b>
            <small>{holdersWord(duty)}</small>
          </button>
        </li>
      ))}
      {people.map((person) => (
        <li key={person.party.staffId}>
          <button
            type="button"
            class="button row"
            onClick={() =>
              onChoose({
                addressee: { type: 'staff', staffId: person.party.staffId },
                name: person.party.name,
              })
            }
          >
            <PersonName party={person.party} />
            <small>{reachWord(person)}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}
