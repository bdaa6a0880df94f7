/** How the call is, in a word; opened, the numbers behind it, for IT. */
import { useEffect, useState } from 'preact/hooks'
import type { LinkMake } from '../../core/quality.ts'
import type { Calls } from '../../state/calls.ts'
import { qualityWords } from '../words-station.ts'

/** How often the open panel looks at what the link is made of. */
const lookMs = 1_000

export function Connection({ calls }: { calls: Calls }) {
  const [isOpen, setOpen] = useState(false)
  const word = calls.quality.value
  if (word === null) return null
  return (
    <details class="connection" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{qualityWords[word]}</summary>
      {isOpen && <Numbers calls={calls} />}
    </details>
  )
}

function useMake(calls: Calls): LinkMake | null {
  const [make, setMake] = useState<LinkMake | null>(null)
  useEffect(() => {
    const look = () => void calls.linkMake().then(setMake)
    look()
    const looking = setInterval(look, lookMs)
    return () => clearInterval(looking)
  }, [calls])
  return make
}

function percent(share: number | null | undefined): string | null {
  return typeof share === 'number' ? `${(share * 100).toFixed(1)} %` : null
}

function rounded(value: number | null | undefined, unit: string): string | null {
  return typeof value === 'number' ? `${Math.round(value)} ${unit}` : null
}

function wayOf(make: LinkMake | null): string | null {
  if (!make?.way) return null
  return [qualityWords[make.way], make.over?.toUpperCase()].filter(Boolean).join(', ')
}

function pictureOf(make: LinkMake | null): string | null {
  if (!make?.picture) return null
  const { codec, width, height, perSecond } = make.picture
  return [codec, `${width} × ${height}`, `${perSecond} fps`].filter(Boolean).join(', ')
}

function Numbers({ calls }: { calls: Calls }) {
  const make = useMake(calls)
  const now = calls.measured.value
  const uplinkKbps = typeof now?.uplinkBps === 'number' ? now.uplinkBps / 1_000 : null
  const rows: readonly (readonly [string, string | null])[] = [
    [qualityWords.way, wayOf(make)],
    [qualityWords.delay, rounded(now?.delayMs, 'ms')],
    [qualityWords.lostHere, percent(now?.lost)],
    [qualityWords.lostThere, percent(now?.lostThere)],
    [qualityWords.concealed, percent(now?.concealed)],
    [qualityWords.uplink, rounded(uplinkKbps, 'kbit/s')],
    [qualityWords.sound, make?.sound ?? null],
    [qualityWords.picture, pictureOf(make)],
  ]
  return (
    <dl class="numbers">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? qualityWords.unknown}</dd>
        </div>
      ))}
    </dl>
  )
}
