/** A link for somebody from outside: made here, passed on by a person, good once. Who is invited stands under it. */
import link from 'lucide-static/icons/link.svg?raw'
import { useId, useState } from 'preact/hooks'
import type { Guests, Invitation, InvitedGuest } from '../../state/guests.ts'
import type { Station } from '../../state/station.ts'
import { Choice } from '../parts/choice.tsx'
import { Icon } from '../parts/icon.tsx'
import { MadeLink } from '../parts/made-link.tsx'
import { useNow } from '../parts/now.ts'
import { timeOf } from '../words.ts'
import { guestKindWords, guestProblem, guestWords, invitedWord } from '../words-bring-in.ts'

type Kind = InvitedGuest['kind']
const kinds: readonly Kind[] = ['family', 'interpreter', 'other']

type GuestLinkProps = {
  station: Station
  /** What was made last in this call. */
  made: Invitation | null
  onMade: (made: Invitation) => void
}

export function GuestLink({ station, made, onMade }: GuestLinkProps) {
  const { guests, wardTime, connection } = station
  const { aheadMs } = wardTime.value
  const nowMs = useNow(1_000)
  const invited = guests.invited.value
  const maker = invited.find(({ guestId }) => guestId === made?.guestId)
  const isGood = made !== null && maker?.state === 'invited' && made.untilMs > nowMs + aheadMs
  return (
    <>
      <p class="soft">{guestWords.means}</p>
      <Make guests={guests} canMake={connection.value.type === 'open'} onMade={onMade} />
      {isGood && (
        <MadeLink
          key={made.guestId}
          link={made.link}
          name={maker.name}
          good={guestWords.good({ time: timeOf(made.untilMs - aheadMs) })}
        />
      )}
      <section aria-label={guestWords.invited}>
        <h3>{guestWords.invited}</h3>
        {invited.length === 0 && <p class="soft">{guestWords.nobody}</p>}
        <ul class="invited" aria-live="polite">
          {invited.map((guest) => (
            <li key={guest.guestId}>
              <b>{guest.name}</b>, {guestKindWords[guest.kind]}: {invitedWord(guest, nowMs, aheadMs)}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

type MakeProps = { guests: Guests; canMake: boolean; onMade: (made: Invitation) => void }
type Doing = { readonly problem: string | null; readonly isBusy: boolean }

function Make({ guests, canMake, onMade }: MakeProps) {
  const id = useId()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('family')
  const [{ problem, isBusy }, setDoing] = useState<Doing>({ problem: null, isBusy: false })
  async function make(event: Event): Promise<void> {
    event.preventDefault()
    setDoing({ problem: null, isBusy: true })
    const answer = await guests.invite(name.trim(), kind)
    setDoing({ problem: answer.ok ? null : guestProblem(answer.failure), isBusy: false })
    if (!answer.ok) return
    setName('')
    onMade(answer.value)
  }
  return (
    <form class="make-link" onSubmit={(event) => void make(event)}>
      <div class="field">
        <label for={id}>{guestWords.name}</label>
        <input
          id={id}
          value={name}
          maxLength={80}
          autocomplete="off"
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </div>
      <Choice
        legend={guestWords.kind}
        options={kinds.map((one) => [one, guestKindWords[one]] as const)}
        chosen={kind}
        onChoose={setKind}
      />
      <button type="submit" class="button primary" disabled={name.trim() === '' || isBusy || !canMake}>
        <Icon svg={link} />
        <span>{isBusy ? guestWords.making : guestWords.make}</span>
      </button>
      {problem !== null && <p role="alert">{problem}</p>}
    </form>
  )
}
