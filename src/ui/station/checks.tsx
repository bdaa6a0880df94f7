/** Whether this device can call, looked at on the spot: server, camera and microphone, and the ways to the relay. */
import yes from 'lucide-static/icons/circle-check.svg?raw'
import unknown from 'lucide-static/icons/circle-question-mark.svg?raw'
import no from 'lucide-static/icons/circle-x.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Status } from '../parts/status.tsx'
import { checkWords } from '../words-station.ts'

type Found = 'well' | 'lost' | 'plain'
const icons = { well: yes, lost: no, plain: unknown }
const ofPermission = { granted: 'well', denied: 'lost', unknown: 'plain' } as const

export function Checks({ station }: { station: Station }) {
  const { ways, connection } = station
  const [allowed, setAllowed] = useState<keyof typeof ofPermission>('unknown')
  const look = () => {
    void station.permission().then(setAllowed)
    void ways.check()
  }
  useEffect(look, [])
  return (
    <>
      <dl class="checks">
        <Line what={checkWords.server} found={connection.value.type === 'open' ? 'well' : 'lost'} />
        <Line what={checkWords.camera} found={ofPermission[allowed]} />
        <Relays station={station} />
      </dl>
      <Button disabled={ways.isTrying.value} onPress={look}>
        {checkWords.again}
      </Button>
    </>
  )
}

function Relays({ station: { ways } }: { station: Station }) {
  const kinds = ways.kinds.value
  if (kinds.length === 0) return <Line what={checkWords.relay} found="plain" word={checkWords.noRelay} />
  const [found, isTrying] = [ways.found.value, ways.isTrying.value]
  return (
    <>
      {kinds.map((way) => {
        const state = isTrying ? undefined : found?.[way]
        const what = checkWords.way({ way: way.toUpperCase() })
        if (state) return <Line key={way} what={what} found={state === 'open' ? 'well' : 'lost'} />
        const word = isTrying ? checkWords.trying : checkWords.untold
        return <Line key={way} what={what} found="plain" word={word} />
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
