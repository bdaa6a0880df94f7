/** Where the queue of requests meets the station: fetched once the first screen is drawn, and again until it is there. */
import type { Station } from '../../state/station.ts'
import { useLater } from '../parts/later.ts'
import { seesBoard } from './glass.tsx'
import { later } from './part.ts'

/** Above board and plan alike, and over the lock: a locked screen hides names, never the queue. */
export function RequestsPart({ station }: { station: Station }) {
  const part = useLater(later)
  if (!part || !seesBoard(station.glass) || station.isRemembered.value) return null
  return <part.Requests station={station} />
}

/** What a bed's card says of its open requests. */
export function RequestMark({ station, bedId }: { station: Station; bedId: string }) {
  const part = later.part.value
  return part && <part.Mark station={station} bedId={bedId} />
}

/** What follows the bar: pictures, and whether this device shows a request while its page is closed. */
export function BarPart({ station }: { station: Station }) {
  const part = later.part.value
  return part && <part.BarButtons station={station} />
}

/** Calling a colleague, by name or by duty. */
export function ColleaguePart({ station }: { station: Station }) {
  const part = later.part.value
  return part && <part.CallColleague station={station} />
}

/** One's shift, from its start to its end. */
export function ShiftPart({ station }: { station: Station }) {
  const part = later.part.value
  return part && <part.ShiftButton station={station} />
}

export function RequestCount({ station }: { station: Station }) {
  const part = later.part.value
  return part && <part.Count station={station} />
}
