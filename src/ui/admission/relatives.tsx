/** Who may visit a patient from outside, whom they have asked for, and a link for each. */
import link from 'lucide-static/icons/link.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import {
  createRelatives,
  type FamilyLink,
  type Relative,
  type Relatives,
  type RelativesFailure,
} from '../../state/relatives.ts'
import type { BedView, Station } from '../../state/station.ts'
import { useAct } from '../parts/act.ts'
import { Button } from '../parts/button.tsx'
import { LinkForm } from '../parts/link-form.tsx'
import { MadeLink } from '../parts/made-link.tsx'
import { deskWords, relativesFailure, relativeWord, visitHoursWord } from '../words-relatives.ts'

type FamilyProps = { station: Station; bed: BedView; admissionId: string }

export function Family({ station, bed, admissionId }: FamilyProps) {
  const [desk] = useState(() =>
    createRelatives({
      ...{ api: station.api, links: station.family, newId: station.admissions.newId, admissionId },
      serverNowMs: () => station.clock.nowMs() + station.wardTime.peek().aheadMs,
    }),
  )
  const [made, setMade] = useState<FamilyLink | null>(null)
  // Whoever is asked for is news of the board.
  useEffect(() => void desk.look(), [bed.family])
  return (
    <section class="family" aria-label={deskWords.title}>
      <h3>{deskWords.title}</h3>
      <p class="soft">{visitHoursWord(deskWords, bed.wishes?.visits ?? null)}</p>
      <List desk={desk} onMade={setMade} />
      {made && <MadeLink key={made.link} {...made} good={deskWords.good} />}
      <Invite desk={desk} canMake={station.connection.value.type === 'open'} onMade={setMade} />
    </section>
  )
}

type OnMade = (made: FamilyLink | null) => void

function List({ desk, onMade }: { desk: Relatives; onMade: OnMade }) {
  const list = desk.list.value
  if (desk.problem.value)
    return (
      <p role="alert">
        {relativesFailure(desk.problem.value)}
        <Button onPress={() => void desk.look()}>{deskWords.again}</Button>
      </p>
    )
  if (!list) return <p role="status">{deskWords.loading}</p>
  if (list.length === 0) return <p class="soft">{deskWords.nobody}</p>
  return (
    <ul class="relatives">
      {list.map((relative) => (
        <One key={relative.guestId} desk={desk} relative={relative} onMade={onMade} />
      ))}
    </ul>
  )
}

function One({ desk, relative, onMade }: { desk: Relatives; relative: Relative; onMade: OnMade }) {
  const { guestId, name, state } = relative
  const [isSure, setSure] = useState<'no' | 'asked'>('no')
  const { act, failure, isBusy } = useAct<RelativesFailure>()
  return (
    <li>
      <b>{name}</b> <span>{relativeWord(deskWords, relative)}</span>
      {isSure === 'asked' ? (
        <span class="sure">
          {deskWords.sure}
          <Button onPress={() => void act(() => desk.remove(guestId))}>{deskWords.yes}</Button>
          <Button onPress={() => setSure('no')}>{deskWords.keep}</Button>
        </span>
      ) : (
        <span class="actions">
          {state === 'wished' && (
            <Button
              kind="primary"
              icon={link}
              onPress={() => void act(() => make(desk, name, relative, onMade))}
            >
              {isBusy ? deskWords.making : deskWords.makeFor({ name })}
            </Button>
          )}
          <Button onPress={() => setSure('asked')}>{deskWords.remove({ name })}</Button>
        </span>
      )}
      {failure && <p role="alert">{relativesFailure(failure)}</p>}
    </li>
  )
}

type InviteProps = { desk: Relatives; canMake: boolean; onMade: OnMade }

function Invite({ desk, canMake, onMade }: InviteProps) {
  return (
    <LinkForm
      words={deskWords}
      kind="plain"
      canMake={canMake}
      make={(name) => make(desk, name, null, onMade)}
      say={relativesFailure}
    >
      <p class="soft">{deskWords.means}</p>
    </LinkForm>
  )
}

async function make(
  desk: Relatives,
  name: string,
  wished: Relative | null,
  onMade: OnMade,
): Promise<RelativesFailure | null> {
  onMade(null)
  const answer = await desk.invite(name, wished)
  if (!answer.ok) return answer.failure
  onMade(answer.value)
  return null
}
