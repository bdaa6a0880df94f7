/** A browser in which no visit can be had: how the same link comes into one where it can, before anything else is asked. */
import copy from 'lucide-static/icons/copy.svg?raw'
import type { OutpatientVisit } from '../../state/visit.ts'
import type { DoorPage, LinkFacts } from '../../state/visit-door.ts'
import { Page } from '../join/page.tsx'
import { Button } from '../parts/button.tsx'
import { appName, doorWords, inAppWords, unableWords, wayOut } from '../words-visit.ts'
import { Phone } from './phone.tsx'

type InAppProps = { visit: OutpatientVisit; page: Extract<DoorPage, { type: 'in-app' }> }

export function InApp({ visit, page }: InAppProps) {
  const { inApp, better: browser, may, copied } = page
  return (
    <Page guest={visit} title={inAppWords.title({ browser })}>
      <p>{inAppWords.why({ app: appName(inApp) })}</p>
      <ol class="visit-steps">
        {wayOut(inApp, browser).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>{inAppWords.or({ browser })}</p>
      <Button kind="primary" icon={copy} onPress={() => void visit.door.copyLink()}>
        {inAppWords.copy}
      </Button>
      <p class="visit-said" role="status">
        {copied === 'copied' && inAppWords.copied({ browser })}
        {copied === 'failed' && inAppWords.notCopied({ browser })}
      </p>
      {may === 'go-on' && <Button onPress={() => void visit.door.stayHere()}>{inAppWords.goOn}</Button>}
    </Page>
  )
}

export function Unable({ visit, link }: { visit: OutpatientVisit; link: LinkFacts | null }) {
  return (
    <Page guest={visit} title={unableWords.title}>
      <p>{unableWords.todo}</p>
      <p>{doorWords.orRing}</p>
      <Phone phone={link?.phone ?? null} />
    </Page>
  )
}
