/** A link for somebody from outside: made here, passed on by a person, good once. Who is invited stands under it. */
import { useState } from 'preact/hooks'
import type { Guests, Invitation, InvitedGuest } from '../../state/guests.ts'
import type { Station } from '../../state/station.ts'
import { Choice } from '../parts/choice.tsx'
import { LinkForm } from '../parts/link-form.tsx'
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

function Make({ guests, canMake, onMade }: MakeProps) {
  const [kind, setKind] = useState<Kind>('family')
  async function make(name: string) {
    const answer = await guests.invite(name, kind)
    if (!answer.ok) return answer.failure
    onMade(answer.value)
    return null
  }
  return (
    <LinkForm words={guestWords} kind="primary" canMake={canMake} make={make} say={guestProblem}>
      <Choice
        legend={guestWords.kind}
        options={kinds.map((one) => [one, guestKindWords[one]] as const)}
        chosen={kind}
        onChoose={setKind}
      />
    </LinkForm>
  )
}
