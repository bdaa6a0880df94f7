/** Whom to call: by name, by role or by duty, with whether they can be reached now; and which duties one has oneself. */
import '../bring-in.css'
import '../colleague.css'
import { useEffect, useState } from 'preact/hooks'
import type { Colleagues, DutyNow, Reach } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { PersonName } from '../parts/person.tsx'
import { callDuty, mayDial } from '../station/colleague.tsx'
import { shiftShown } from '../station/shift.tsx'
import { listOf } from '../texts/dates.ts'
import { appWords, roleOf } from '../words.ts'
import { canRing, colleagueWords, dutyWords, holdersWord, reachWord } from '../words-colleague.ts'
import { type Asked, AskForm } from './ask.tsx'
import { deskOf } from './desk.ts'
import { Find, holds } from './find.tsx'

type ColleagueDialogProps = { station: Station; onClose: () => void }

export function ColleagueDialog({ station, onClose }: ColleagueDialogProps) {
  const desk = deskOf(station)
  const [sought, setSought] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => {
    desk.open()
    return desk.close
  }, [desk])
  return (
    <Dialog label={colleagueWords.title} class="bring-in colleagues" onClose={onClose}>
      <h2>{colleagueWords.title}</h2>
      {asked ? (
        <AskForm desk={desk} asked={asked} onDone={() => setAsked(null)} />
      ) : (
        <>
          <Find sought={sought} onType={setSought} />
          <Found station={station} desk={desk} sought={sought} onAsk={setAsked} onCalled={onClose} />
          {station.mayEver('duty.take') && <MyDuties station={station} desk={desk} onOpen={onClose} />}
        </>
      )}
      <div class="actions">
        <Button onPress={onClose}>{appWords.close}</Button>
      </div>
    </Dialog>
  )
}

/** The duties one has, and the way to where they are taken: one's shift. */
function MyDuties({ station, desk, onOpen }: { station: Station; desk: Colleagues; onOpen: () => void }) {
  const me = station.me.value?.staffId
  const held = (desk.now.value?.duties ?? []).filter(({ holders }) =>
    holders.some(({ party }) => party.staffId === me),
  )
  const open = () => {
    onOpen()
    shiftShown.value = true
  }
  return (
    <Button onPress={open}>
      {held.length > 0 ? dutyWords.mineNow({ duties: listOf(held.map(({ name }) => name)) }) : dutyWords.mine}
    </Button>
  )
}

type FoundProps = {
  station: Station
  desk: Colleagues
  sought: string
  onAsk: (asked: Asked) => void
  onCalled: () => void
}

function Found({ station, desk, sought, onAsk, onCalled }: FoundProps) {
  const now = desk.now.value
  if (!now)
    return desk.problem.value === null ? (
      <p aria-busy="true">{colleagueWords.loading}</p>
    ) : (
      <p role="alert">{colleagueWords.failed}</p>
    )
  const duties = now.duties.filter(({ name, holders }) =>
    holds(sought, name, ...holders.map(({ party }) => party.name)),
  )
  const people = now.people.filter(({ party }) => holds(sought, party.name, roleOf(party)))
  const row = { station, onAsk, onCalled }
  if (duties.length + people.length === 0) return <p class="soft">{colleagueWords.notFound}</p>
  return (
    <div class="found">
      {duties.length > 0 && <h3>{colleagueWords.duties}</h3>}
      <ul class="people" aria-label={colleagueWords.duties}>
        {duties.map((duty) => (
          <DutyRow key={duty.dutyId} {...row} duty={duty} />
        ))}
      </ul>
      {people.length > 0 && <h3>{colleagueWords.people}</h3>}
      <ul class="people" aria-label={colleagueWords.people}>
        {people.map((person) => (
          <PersonRow key={person.party.staffId} {...row} person={person} />
        ))}
      </ul>
    </div>
  )
}

type RowProps = Pick<FoundProps, 'station' | 'onAsk' | 'onCalled'>

/** One press rings where it can; where nobody can be rung it asks for a call back. */
function DutyRow({ station, duty, onAsk, onCalled }: RowProps & { duty: DutyNow }) {
  const { dutyId, name, holders } = duty
  const others = holders.filter(({ party }) => party.staffId !== station.me.value?.staffId)
  const press = () => {
    if (others.some(canRing) && callDuty(station, duty)) return onCalled()
    onAsk({ to: { type: 'duty', dutyId }, name })
  }
  return (
    <li>
      <button type="button" class="button row" disabled={!mayDial(station)} onClick={press}>
        <b>{name}</b>
        <small>{holdersWord(duty)}</small>
      </button>
    </li>
  )
}

function PersonRow({ station, person, onAsk, onCalled }: RowProps & { person: Reach }) {
  const { party } = person
  const press = () => {
    if (!canRing(person)) return onAsk({ to: { type: 'staff', staffId: party.staffId }, name: party.name })
    station.calls.dial(party, 'ring', null)
    onCalled()
  }
  return (
    <li>
      <button type="button" class="button row" disabled={!mayDial(station)} onClick={press}>
        <PersonName party={party} />
        <small>{reachWord(person)}</small>
      </button>
    </li>
  )
}
