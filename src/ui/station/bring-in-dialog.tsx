/**
 * Whom to bring into the call: a colleague by one press, by name or by duty, an interpreter by their language, somebody from
 * outside by a link.
 */
import '../bring-in.css'
import { useEffect, useState } from 'preact/hooks'
import type { BringIn, InterpretersOf, TablePerson } from '../../state/bring-in.ts'
import type { DutyNow } from '../../state/colleagues.ts'
import type { Invitation } from '../../state/guests.ts'
import type { StaffParty, Station } from '../../state/station.ts'
import { deskOf } from '../colleague/desk.ts'
import { Find, holds } from '../colleague/find.tsx'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { PersonName } from '../parts/person.tsx'
import { appWords } from '../words.ts'
import { bringInWords, hindranceWord, interpreterWords } from '../words-bring-in.ts'
import { canRing, holdersWord } from '../words-colleague.ts'
import { languageName } from '../words-languages.ts'
import { GuestLink } from './guest-link.tsx'

const ways = ['colleague', 'interpreter', 'guest'] as const
export type Way = (typeof ways)[number]

type BringInDialogProps = {
  station: Station
  /** Null until its part is here. */
  bringing: BringIn | null
  way: Way
  onWay: (way: Way) => void
  made: Invitation | null
  onMade: (made: Invitation) => void
  onClose: () => void
}

export function BringInDialog({ way, onWay, onClose, ...rest }: BringInDialogProps) {
  const { station, bringing } = rest
  useEffect(() => {
    bringing?.open()
    return () => bringing?.close()
  }, [bringing])
  return (
    <Dialog label={bringInWords.title} class="bring-in" onClose={onClose}>
      <h2 tabIndex={-1} data-first>
        {bringInWords.title}
      </h2>
      <fieldset class="whom" aria-label={bringInWords.way}>
        {ways.map((one) => (
          <button key={one} type="button" aria-pressed={way === one} onClick={() => onWay(one)}>
            {bringInWords[one]}
          </button>
        ))}
      </fieldset>
      <Hindered station={station} bringing={bringing} />
      {way === 'guest' ? (
        <GuestLink station={station} made={rest.made} onMade={rest.onMade} />
      ) : (
        <People station={station} bringing={bringing} way={way} onAsked={onClose} />
      )}
      <div class="actions">
        <Button onPress={onClose}>{appWords.close}</Button>
      </div>
    </Dialog>
  )
}

/** Why nobody can be asked now; null: somebody can. */
export function hindranceOf({ connection }: Station, bringing: BringIn | null) {
  if (connection.value.type !== 'open') return 'offline'
  return bringing?.hindrance.value ?? null
}

function Hindered({ station, bringing }: { station: Station; bringing: BringIn | null }) {
  const hindrance = hindranceOf(station, bringing)
  return (
    <p class={hindrance ? 'waits' : 'soft'} aria-live="polite">
      {hindrance ? hindranceWord(hindrance) : bringInWords.consent}
    </p>
  )
}

type PeopleProps = {
  station: Station
  bringing: BringIn | null
  way: 'colleague' | 'interpreter'
  onAsked: () => void
}

function People({ station, bringing, way, onAsked }: PeopleProps) {
  const problem = bringing?.problem.value ?? null
  if (!bringing?.people.value)
    return problem === null ? (
      <p aria-busy="true">{bringInWords.loading}</p>
    ) : (
      <p role="alert">{bringInWords.failed}</p>
    )
  const mayAsk = hindranceOf(station, bringing) === null && bringing.asking.value?.state !== 'asking'
  const List = way === 'colleague' ? Colleagues : Interpreters
  return <List station={station} bringing={bringing} mayAsk={mayAsk} onAsked={onAsked} />
}

type ListProps = { station: Station; bringing: BringIn; mayAsk: boolean; onAsked: () => void }

/** From so many on a name is quicker typed than found. */
const many = 9

function Colleagues({ station, bringing, mayAsk, onAsked }: ListProps) {
  const [sought, setSought] = useState('')
  const duties = useDuties(station)
  const colleagues = bringing.people.value?.colleagues ?? []
  const found = colleagues.filter(({ party }) => holds(sought, party.name))
  const foundDuties = duties.filter(({ name }) => holds(sought, name))
  if (colleagues.length + duties.length === 0) return <p class="soft">{bringInWords.nobody}</p>
  const ask = (party: StaffParty, dutyId?: string) => {
    bringing.ask(party, dutyId)
    onAsked()
  }
  return (
    <>
      {colleagues.length + duties.length >= many && <Find sought={sought} onType={setSought} />}
      {found.length + foundDuties.length === 0 && <p class="soft">{bringInWords.notFound}</p>}
      <ul class="people">
        {foundDuties.map((duty) => (
          <li key={duty.dutyId}>
            <ByDuty station={station} bringing={bringing} duty={duty} mayAsk={mayAsk} onPress={ask} />
          </li>
        ))}
        {found.map((person) => (
          <li key={person.party.staffId}>
            <Person
              person={person}
              isSeated={bringing.isSeated(person.party)}
              mayAsk={mayAsk}
              onPress={() => ask(person.party)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

/** Those that somebody has; what is known of them is looked up while this is open. */
function useDuties(station: Station): readonly DutyNow[] {
  const desk = deskOf(station)
  useEffect(() => {
    desk.open()
    return desk.close
  }, [desk])
  return (desk.now.value?.duties ?? []).filter(({ holders }) => holders.length > 0)
}

type ByDutyProps = {
  station: Station
  bringing: BringIn
  duty: DutyNow
  mayAsk: boolean
  onPress: (one: StaffParty, dutyId: string) => void
}

/** [DUTY-3] It rings at everybody who has it and is free; the first who answers comes. */
function ByDuty({ station, bringing, duty, mayAsk, onPress }: ByDutyProps) {
  const me = station.me.value?.staffId
  const one = duty.holders.find(
    (holder) => holder.party.staffId !== me && canRing(holder) && !bringing.isSeated(holder.party),
  )
  return (
    <button
      type="button"
      class="button row"
      disabled={!one || !mayAsk}
      onClick={() => one && onPress(one.party, duty.dutyId)}
    >
      <b>{duty.name}</b>
      <small>{holdersWord(duty)}</small>
    </button>
  )
}

type PersonProps = { person: TablePerson; isSeated: boolean; mayAsk: boolean; onPress: () => void }

function Person({ person: { party, isHere, isBusy }, isSeated, mayAsk, onPress }: PersonProps) {
  const isFree = isHere && !isBusy && !isSeated
  const why = isSeated ? 'seated' : isHere ? 'busy' : 'away'
  return (
    <button type="button" class="button row" disabled={!isFree || !mayAsk} onClick={onPress}>
      <PersonName party={party} />
      {!isFree && <small>{bringInWords[why]}</small>}
    </button>
  )
}

/** The patient's own language comes first, and is named where nobody speaks it. */
function Interpreters({ bringing, mayAsk, onAsked }: ListProps) {
  const languages = bringing.languages.value
  const wanted = bringing.patientLanguage.value
  const isSetUp = languages.some(({ language }) => language === wanted)
  const ask = (language: string) => {
    bringing.askInterpreter(language)
    onAsked()
  }
  if (languages.length === 0) return <p class="soft">{interpreterWords.none}</p>
  return (
    <>
      {wanted !== null && !isSetUp && (
        <p class="soft">{interpreterWords.notSetUp({ language: languageName(wanted) })}</p>
      )}
      <ul class="people">
        {languages.map((entry) => (
          <li key={entry.language}>
            <Language
              entry={entry}
              isPatients={entry.language === wanted}
              mayAsk={mayAsk}
              onPress={() => ask(entry.language)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

type LanguageProps = { entry: InterpretersOf; isPatients: boolean; mayAsk: boolean; onPress: () => void }

function Language({ entry: { language, phone, people }, isPatients, mayAsk, onPress }: LanguageProps) {
  const count = people.filter(({ isHere, isBusy }) => isHere && !isBusy).length
  return (
    <>
      <button type="button" class="button row" disabled={!mayAsk} onClick={onPress}>
        <span>
          <b>{languageName(language)}</b>
          {isPatients && <small>{interpreterWords.patients}</small>}
        </span>
        <small>{interpreterWords.here({ count })}</small>
      </button>
      {phone !== null && <Phone phone={phone} />}
    </>
  )
}

/** A number that a phone dials with a touch, and a person reads. */
export function Phone({ phone }: { phone: string }) {
  return (
    <a class="phone-number" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
      {interpreterWords.phone({ phone })}
    </a>
  )
}
