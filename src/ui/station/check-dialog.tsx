/** *This device*: whether it can call, looked at on the spot: server, camera and microphone, and the ways to the relay. */
import yes from 'lucide-static/icons/circle-check.svg?raw'
import unknown from 'lucide-static/icons/circle-question-mark.svg?raw'
import no from 'lucide-static/icons/circle-x.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Status } from '../parts/status.tsx'
import { appWords } from '../words.ts'
import { checkWords } from '../words-station.ts'
import { checkShown } from './check.tsx'

type Found = 'well' | 'lost' | 'plain'
const icons = { well: yes, lost: no, plain: unknown }

export function CheckDialog({ station }: { station: Station }) {
  const { ways, connection } = station
  const [allowed, setAllowed] = useState<'granted' | 'denied' | 'unknown'>('unknown')
  const look = () => {
    void station.permission().then(setAllowed)
    void ways.check()
  }
  useEffect(look, [])
  const close = () => {
    checkShown.value = false
  }
  return (
    <Dialog label={checkWords.title} class="check" onClose={close}>
      <h2 data-first tabIndex={-1}>
        {checkWords.title}
      </h2>
      <dl class="checks">
        <Line what={checkWords.server} found={connection.value.type === 'open' ? 'well' : 'lost'} />
        <Line
          what={checkWords.camera}
          found={allowed === 'granted' ? 'well' : allowed === 'denied' ? 'lost' : 'plain'}
        />
        <Relays station={station} />
      </dl>
      <div class="actions">
        <Button disabled={ways.isTrying.value} onPress={look}>
          {checkWords.again}
        </Button>
        <Button onPress={close}>{appWords.close}</Button>
      </div>
    </Dialog>
  )
}

function Relays({ station: { ways } }: { station: Station }) {
  const kinds = ways.kinds.value
  if (kinds.length === 0) return <Line what={checkWords.relay} found="plain" word={checkWords.noRelay} />
  const found = ways.found.value
  return (
    <>
      {kinds.map((way) => {
        const state = ways.isTrying.value ? undefined : found?.[way]
        const word = ways.isTrying.value ? checkWords.trying : checkWords.untold
        const what = checkWords.way({ way: way.toUpperCase() })
        if (state === undefined) return <Line key={way} what={what} found="plain" word={word} />
        return <Line key={way} what={what} found={state === 'open' ? 'well' : 'lost'} />
      })}
    </>
  )
}

function Line({ what, found, word }: { what: string; found: Found; word?: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        <Status tone={found} icon={icons[found]} word={word ?? checkWords[found]} />
      </dd>
    </div>
  )
}
