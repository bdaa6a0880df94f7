/** Mounts the page of somebody from outside: one thing at a time, from a code to a call and to its end. */
import '../tokens.css'
import '../parts.css'
import '../join.css'
import { render } from 'preact'
import type { Guest } from '../../state/guest.ts'
import { createLater, useLater } from '../parts/later.ts'
import { speakAs } from '../texts/catalogue.ts'
import { joiningWords, lookingWords, tryingWords } from '../words-join.ts'
import { Invited, Looking } from './invited.tsx'
import { NoCode } from './no-code.tsx'
import { Over } from './over.tsx'
import { Page } from './page.tsx'
import { Connecting, Waiting } from './waiting.tsx'

export async function mountJoin(guest: Guest, root: HTMLElement): Promise<void> {
  root.classList.add('join')
  await speakAs(guest.speech.language)
  render(<Screen guest={guest} />, root)
  // It is there when somebody is let in, and in nobody's way before the first picture.
  setTimeout(callPart.fetch)
}

const callPart = createLater(() => import('./seated.tsx'))

function InCall({ guest }: { guest: Guest }) {
  const part = useLater(callPart)
  return part ? <part.Seated guest={guest} /> : <Connecting guest={guest} title={joiningWords.title} />
}

function Screen({ guest }: { guest: Guest }) {
  const visit = guest.visit.value
  switch (visit.type) {
    case 'starting':
      return <Page guest={guest} title={lookingWords.starting} />
    case 'no-code':
      return <NoCode guest={guest} typed={visit.typed} />
    case 'looking':
      return <Looking guest={guest} problem={visit.problem} />
    case 'invited':
      return <Invited guest={guest} invitation={visit.invitation} problem={visit.problem} />
    case 'trying':
      return (
        <Page guest={guest} title={tryingWords.title}>
          <p>{tryingWords.todo}</p>
        </Page>
      )
    case 'joining':
      return <Connecting guest={guest} title={joiningWords.title} />
    case 'waiting':
      return <Waiting guest={guest} invitation={visit.invitation} long={visit.long} />
    case 'seated':
      return <InCall guest={guest} />
    case 'over':
      return <Over guest={guest} why={visit.why} camera={visit.camera} />
  }
}
