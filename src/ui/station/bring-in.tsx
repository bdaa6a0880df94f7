/** Bringing somebody into the present call: two buttons beside the others, a dialog, and how an interpreter is found. */
import languages from 'lucide-static/icons/languages.svg?raw'
import bring from 'lucide-static/icons/user-plus.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Asking, BringIn as Bringing } from '../../state/bring-in.ts'
import type { Invitation } from '../../state/guests.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { useNow } from '../parts/now.ts'
import { appWords } from '../words.ts'
import { askingStateWord, bringInWords, cameOutWords, interpreterWords } from '../words-bring-in.ts'
import { languageName } from '../words-languages.ts'
import { durationWord } from '../words-station.ts'
import { whoIs } from '../words-table.ts'
import { BringInDialog, Phone, type Way } from './bring-in-dialog.tsx'

/** What can be asked for this call; null until its part is here. It is fetched while nobody waits for it yet. */
export function useBringing({ bringIn }: Station): Bringing | null {
  const [bringing, setBringing] = useState<Bringing | null>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (bringing) return
    let again: ReturnType<typeof setTimeout> | undefined
    bringIn().then(setBringing, () => {
      again = setTimeout(() => setTries(tries + 1), againMs)
    })
    return () => clearTimeout(again)
  }, [bringing, tries])
  return bringing
}

const againMs = 5_000

/** A link that was made stays to be shown again for as long as the call goes on: nobody else ever has it. */
export function BringIn({ station, bringing }: { station: Station; bringing: Bringing | null }) {
  const [way, setWay] = useState<Way | null>(null)
  const [made, setMade] = useState<Invitation | null>(null)
  return (
    <>
      <Button icon={bring} onPress={() => setWay('colleague')}>
        {bringInWords.open}
      </Button>
      <Button icon={languages} onPress={() => setWay('interpreter')}>
        {bringInWords.interpreter}
      </Button>
      {way && (
        <BringInDialog
          station={station}
          bringing={bringing}
          way={way}
          onWay={setWay}
          made={made}
          onMade={setMade}
          onClose={() => setWay(null)}
        />
      )}
    </>
  )
}

/** An interpreter is looked for while the talk goes on: who was asked, what came of it, and the number to dial instead. */
export function AskingInterpreter({ bringing }: { bringing: Bringing | null }) {
  const asking = bringing?.asking.value
  if (!bringing || !asking) return null
  const isOver = asking.state !== 'asking'
  return (
    <section
      class="seeking"
      aria-label={interpreterWords.asking({ language: languageName(asking.language) })}
    >
      <p class="seeking-head">
        <b>{interpreterWords.asking({ language: languageName(asking.language) })}</b>
        {!isOver && <Waited sinceMs={asking.sinceMs} />}
      </p>
      <Asked asking={asking} />
      <output>{askingStateWord(asking)}</output>
      {asking.phone !== null && asking.state !== 'came' && <Phone phone={asking.phone} />}
      <Button onPress={isOver ? bringing.dismiss : bringing.stop}>
        {isOver ? appWords.close : interpreterWords.stop}
      </Button>
    </section>
  )
}

function Waited({ sinceMs }: { sinceMs: number }) {
  return <span aria-hidden="true">{durationWord(useNow(1_000) - sinceMs)}</span>
}

/** Those who were asked. Whoever is being asked now stands under the pictures, with the button that takes it back. */
function Asked({ asking: { asked } }: { asking: Asking }) {
  const before = asked.filter(({ cameOut }) => cameOut !== 'asking' && cameOut !== 'came')
  if (before.length === 0) return null
  return (
    <ul>
      {before.map(({ party, cameOut }) => (
        <li key={party.staffId}>
          {whoIs(party)}: {cameOutWords[cameOut]}
        </li>
      ))}
    </ul>
  )
}
