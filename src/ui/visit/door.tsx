/** Before a visit can be come to: what the link is good for, and what is done where it leads nowhere. Never a sign-in. */
import mail from 'lucide-static/icons/mail.svg?raw'
import type { OutpatientVisit } from '../../state/visit.ts'
import type { DoorPage, LinkFacts } from '../../state/visit-door.ts'
import { Page } from '../join/page.tsx'
import { Button } from '../parts/button.tsx'
import {
  blockedWords,
  closedWords,
  dayIn,
  doorWords,
  otherDeviceWords,
  renewalWord,
  renewWords,
  timeIn,
} from '../words-visit.ts'
import { Phone } from './phone.tsx'

type PageOf<T extends DoorPage['type']> = Extract<DoorPage, { type: T }>
type DoorProps = { visit: OutpatientVisit; link: LinkFacts }

export function NoLink({ visit, given }: { visit: OutpatientVisit; given: 'nothing' | 'broken' }) {
  const isBroken = given === 'broken'
  return (
    <Page guest={visit} title={isBroken ? doorWords.broken : doorWords.noLink}>
      <p>{isBroken ? doorWords.brokenTodo : doorWords.noLinkTodo}</p>
    </Page>
  )
}

export function Looking({ visit, problem }: { visit: OutpatientVisit } & Pick<PageOf<'looking'>, 'problem'>) {
  const isLost = problem !== null
  return (
    <Page guest={visit} title={isLost ? doorWords.lost : doorWords.title}>
      <p>{isLost ? doorWords.lostTodo : doorWords.opening}</p>
      <Phone phone={visit.phone()} />
    </Page>
  )
}

export function Blocked({ visit, link }: DoorProps) {
  return (
    <Page guest={visit} title={blockedWords.title}>
      <p>{blockedWords.todo}</p>
      <Phone phone={link.phone} kind="primary" />
    </Page>
  )
}

export function OtherDevice({ visit, link }: DoorProps) {
  return (
    <Page guest={visit} title={otherDeviceWords.title}>
      <p aria-live="polite">{otherDeviceWords.todo}</p>
      <p>{otherDeviceWords.or}</p>
      <Phone phone={link.phone} />
    </Page>
  )
}

export function RefusedDevice({ visit, link }: DoorProps) {
  return (
    <Page guest={visit} title={blockedWords.title}>
      <p>{otherDeviceWords.refused}</p>
      <Phone phone={link.phone} />
    </Page>
  )
}

export function Closed({ visit, page }: { visit: OutpatientVisit; page: PageOf<'closed'> }) {
  const { link, why, renewal } = page
  const { said, todo } = closedWords[why]
  const came = renewalWord(renewal)
  const mayAsk = renewal === 'not' || renewal === 'failed'
  return (
    <Page guest={visit} title={said}>
      <p>
        {link.ward}, {dayIn(link.startMs, link.zone)}, {timeIn(link.startMs, link.zone)}
      </p>
      <p>{todo}</p>
      <p class="visit-said" role="status">
        {came}
      </p>
      {mayAsk && (
        <Button kind="primary" icon={mail} onPress={() => void visit.door.renew()}>
          {link.mayRenew ? renewWords.ask : renewWords.wish}
        </Button>
      )}
      <Phone phone={link.phone} />
    </Page>
  )
}
