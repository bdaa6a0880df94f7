/** Mounts the page of family who visit a bed: one thing at a time, from their link to the call and to the next visit. */
import '../tokens.css'
import '../parts.css'
import '../join.css'
import { render } from 'preact'
import type { FamilyVisit } from '../../state/family.ts'
import { Page } from '../join/page.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { speakAs } from '../texts/catalogue.ts'
import { noLinkWords, pageWords, ringingWords, tryingWords } from '../words-family.ts'
import { Looking, Open, Over, Resting, Ringing } from './pages.tsx'

export async function mountFamily(visit: FamilyVisit, root: HTMLElement): Promise<void> {
  root.classList.add('join')
  await speakAs(visit.speech.language)
  render(<Screen visit={visit} />, root)
  // It is there when somebody answers, and in nobody's way before the first picture.
  setTimeout(callPart.fetch)
}

const callPart = createLater(() => import('../join/seated.tsx'))

function InCall({ visit }: { visit: FamilyVisit }) {
  const part = useLater(callPart)
  return part ? <part.Seated guest={visit} /> : <Page guest={visit} title={ringingWords.title} />
}

function Screen({ visit }: { visit: FamilyVisit }) {
  const page = visit.page.value
  switch (page.type) {
    case 'starting':
      return <Page guest={visit} title={pageWords.starting} />
    case 'no-link':
      return (
        <Page guest={visit} title={noLinkWords[page.why].said}>
          <p>{noLinkWords[page.why].todo}</p>
        </Page>
      )
    case 'looking':
      return <Looking visit={visit} problem={page.problem} />
    case 'resting':
      return <Resting visit={visit} hours={page.hours} />
    case 'open':
      return <Open visit={visit} problem={page.problem} />
    case 'trying':
      return (
        <Page guest={visit} title={tryingWords.title}>
          <p>{tryingWords.todo}</p>
        </Page>
      )
    case 'ringing':
      return <Ringing visit={visit} />
    case 'seated':
      return <InCall visit={visit} />
    case 'over':
      return <Over visit={visit} why={page.why} camera={page.camera} />
  }
}
