/** Who invites, to what, and *Join*; nothing is on before it is pressed. */
import video from 'lucide-static/icons/video.svg?raw'
import type { Guest, Invitation, Visit } from '../../state/guest.ts'
import { Button } from '../parts/button.tsx'
import { Avatar } from '../parts/person.tsx'
import { Steps } from '../parts/steps.tsx'
import {
  failureWord,
  invitedWords,
  invitesWord,
  joinsAsWord,
  joinTrouble,
  lookingWords,
} from '../words-join.ts'
import { Page } from './page.tsx'

type ProblemOf<T extends Visit['type']> = Extract<Visit, { type: T; problem: unknown }>['problem']

export function Looking({ guest, problem }: { guest: Guest; problem: ProblemOf<'looking'> }) {
  if (problem === null) return <Page guest={guest} title={lookingWords.title} />
  const { said, todo } = failureWord(problem)
  return (
    <Page guest={guest} title={said}>
      <p>{todo}</p>
      <Button kind="primary" onPress={guest.lookAgain}>
        {lookingWords.again}
      </Button>
    </Page>
  )
}

type InvitedProps = { guest: Guest; invitation: Invitation; problem: ProblemOf<'invited'> }

export function Invited({ guest, invitation, problem }: InvitedProps) {
  return (
    <Page guest={guest} title={invitesWord(invitation)}>
      <div class="who">
        <Avatar party={invitation.by} />
        <p>{invitation.ward}</p>
      </div>
      {problem && <Steps trouble={joinTrouble(problem)} />}
      <p>{joinsAsWord(invitation)}</p>
      {!problem && <p>{invitedWords.before}</p>}
      <Button kind="go" icon={video} onPress={() => void guest.join()}>
        {invitedWords.join}
      </Button>
      <p class="aside">{invitedWords.notYou}</p>
    </Page>
  )
}
