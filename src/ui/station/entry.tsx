/** The station without a ward: starting, signed out, or sent away by the server. */
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { SocketRefusal } from '../../state/ports.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { type Advice, appWords } from '../words.ts'
import { dismissals, dismissalWords, startingWords } from '../words-station.ts'

/** Drawn, it takes a slow device as long as a list does: a start that is over by then shows none. */
const startMs = 300
const takesLong = signal(false)

export function beginStart(): void {
  setTimeout(() => (takesLong.value = true), startMs)
}

export function Starting({ station }: { station: Station }) {
  if (!takesLong.value) return null
  const lost = station.connection.value.type === 'lost'
  return <Page station={station} advice={lost ? startingWords.lost : startingWords.starting} />
}

export function Dismissed({ station, why }: { station: Station; why: SocketRefusal }) {
  return (
    <Page station={station} advice={dismissals[why]}>
      {why === 'replaced' && (
        <Button kind="primary" onPress={station.useHere}>
          {dismissalWords.useHere}
        </Button>
      )}
    </Page>
  )
}

type PageProps = { station: Station; advice: Advice; children?: ComponentChildren }

function Page({ station, advice, children }: PageProps) {
  return (
    <main class="entry">
      <img src="/icon.svg" alt="" width="56" height="56" />
      <p class="entry-name">{appWords.product}</p>
      <h1>{advice.said}</h1>
      <p>{advice.todo}</p>
      {children}
      {station.demo.value && <p class="demo">{appWords.demoWard}</p>}
    </main>
  )
}
