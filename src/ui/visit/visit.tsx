/** Mounts the page of an outpatient: one thing at a time, from a link to a waiting room, to a call and to its end. */
import '../tokens.css'
import '../parts.css'
import '../join.css'
import '../visit.css'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import type { OutpatientVisit } from '../../state/visit.ts'
import { Page } from '../join/page.tsx'
import { useLater } from '../parts/later.ts'
import { speakAs } from '../texts/catalogue.ts'
import { appWords } from '../words.ts'
import { doorWords, roomWords, tabWord } from '../words-visit.ts'
import { Born } from './born.tsx'
import { Called } from './called.tsx'
import { Blocked, Closed, Looking, NoLink, OtherDevice, RefusedDevice } from './door.tsx'
import { InApp, Unable } from './elsewhere.tsx'
import { callPart, testPart } from './later.ts'
import { Over } from './over.tsx'
import { Away, Waiting } from './room.tsx'

export async function mountVisit(visit: OutpatientVisit, root: HTMLElement): Promise<void> {
  root.classList.add('join', 'visit')
  await speakAs(visit.speech.language)
  render(<Screen visit={visit} />, root)
  // Whichever touch comes first lets the page ring.
  root.addEventListener('pointerup', visit.arm)
  // What comes next is there when it is wanted, and in nobody's way before the first picture.
  setTimeout(() => {
    visit.trying.fetch()
    testPart.fetch()
  })
}

function Screen({ visit }: { visit: OutpatientVisit }) {
  const tab = `${tabWord(visit)} · ${appWords.product}`
  useEffect(() => {
    document.title = tab
  }, [tab])
  return <Present visit={visit} />
}

function Present({ visit }: { visit: OutpatientVisit }) {
  const page = visit.page.value
  switch (page.type) {
    case 'starting':
      return (
        <Page guest={visit} title={doorWords.title}>
          <p>{doorWords.opening}</p>
        </Page>
      )
    case 'no-link':
      return <NoLink visit={visit} given={page.given} />
    case 'in-app':
      return <InApp visit={visit} page={page} />
    case 'unable':
      return <Unable visit={visit} link={page.link} />
    case 'looking':
      return <Looking visit={visit} problem={page.problem} />
    case 'born':
      return <Born visit={visit} link={page.link} said={page.said} />
    case 'blocked':
      return <Blocked visit={visit} link={page.link} />
    case 'other-device':
      return <OtherDevice visit={visit} link={page.link} />
    case 'refused':
      return <RefusedDevice visit={visit} link={page.link} />
    case 'closed':
      return <Closed visit={visit} page={page} />
    case 'joining':
      return <Page guest={visit} title={roomWords.joining} />
    case 'testing':
      return <Testing visit={visit} />
    case 'waiting':
      return <Waiting visit={visit} />
    case 'called':
      return <Called visit={visit} page={page} />
    case 'seated':
      return <InCall visit={visit} />
    case 'left':
    case 'elsewhere':
      return <Away visit={visit} why={page.type} />
    case 'over':
      return <Over visit={visit} page={page} />
  }
}

function Testing({ visit }: { visit: OutpatientVisit }) {
  const part = useLater(testPart)
  const test = visit.trying.test.value
  if (part && test) return <part.Test visit={visit} test={test} />
  return (
    <Page guest={visit} title={doorWords.title}>
      <p>{doorWords.opening}</p>
    </Page>
  )
}

function InCall({ visit }: { visit: OutpatientVisit }) {
  const part = useLater(callPart)
  if (part) return <part.InCall visit={visit} />
  return <Page guest={visit} title={doorWords.opening} />
}
