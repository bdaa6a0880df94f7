/** One's own calendars: seldom opened and of no use without the server, so a part of the app of its own. */
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { speakToo } from '../texts/catalogue.ts'
import { planOpening } from '../words-station.ts'

type Part = typeof import('../share/share-dialog.tsx')

async function fetchPart(): Promise<Part> {
  const part = await import('../share/share-dialog.tsx')
  await speakToo()
  return part
}

export const shareShown = signal(false)

export function SharePart({ station }: { station: Station }) {
  if (!shareShown.value || station.lock.locked.value || station.me.value === null) return null
  return <Opened station={station} />
}

function Opened({ station }: { station: Station }) {
  const [part, setPart] = useState<Part | 'failed' | null>(null)
  useEffect(() => {
    fetchPart().then(setPart, () => setPart('failed'))
  }, [])
  if (part === 'failed') return <p role="alert">{planOpening.failed}</p>
  return part && <part.ShareDialog station={station} onClose={() => (shareShown.value = false)} />
}
