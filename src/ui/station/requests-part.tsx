/** Fetches the queue of requests once the first screen is drawn, and again until it is there. */
import { useEffect } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { createLater } from '../parts/later.ts'
import { speakToo } from '../texts/catalogue.ts'
import { seesBoard } from './glass.tsx'

const later = createLater(async () => {
  const part = await import('./requests.tsx')
  await speakToo()
  return part
})
const againMs = 5_000

/** Above board and plan alike, and over the lock: a locked screen hides names, never the queue. */
export function RequestsPart({ station }: { station: Station }) {
  const part = later.part.value
  useEffect(() => {
    if (part) return
    later.fetch()
    const again = setInterval(later.fetch, againMs)
    return () => clearInterval(again)
  }, [part])
  if (!part || !seesBoard(station.glass) || station.isRemembered.value) return null
  return <part.Requests station={station} />
}

/** What a bed's card says of its open requests. */
export function RequestMark({ station, bedId }: { station: Station; bedId: string }) {
  const part = later.part.value
  const mine = station.requests.open.value.filter((request) => request.bedId === bedId)
  return part && mine.length > 0 ? <part.Mark requests={mine} /> : null
}

export function RequestCount({ station }: { station: Station }) {
  const part = later.part.value
  const count = station.requests.open.value.length
  return part && count > 0 ? <part.Count count={count} /> : null
}
