/** Visits by video at the station: their part follows the board by itself, for whoever admits, so that who waits is heard. */
import { useEffect } from 'preact/hooks'
import { type CallState, isVisitor, type Party } from '../../core/call-state.ts'
import type { Station } from '../../state/station.ts'
import { createLater, useLater } from '../parts/later.ts'
import { here } from '../visits/here.ts'
import { endingForStaff } from '../words-aside.ts'

const visits = createLater(() => import('../visits/index.ts'))

/** In the bar: the way to the waiting room. */
export function VisitsButton({ station }: { station: Station }) {
  const part = here.value?.part
  return part ? <part.BarButton station={station} /> : null
}

/** Beside the bar and not in it, where a narrow screen leaves words out; there behind a lock, too, so that it goes on sounding. */
export function VisitsSheet({ station }: { station: Station }) {
  return station.mayEver('visit.admit') ? <Opened station={station} /> : null
}

function Opened({ station }: { station: Station }) {
  const part = useLater(visits)
  useEffect(() => {
    part?.visitsOf(station)
    here.value = part && { station, part }
    return () => {
      here.value = null
    }
  }, [part, station])
  return part && !station.lock.locked.value && <part.Sheet station={station} />
}

/** Who waits for this person, above the board while it sounds. */
export function VisitorsAsk({ station }: { station: Station }) {
  const part = here.value?.part
  return part ? <part.Asks station={station} /> : null
}

/** Who the patient of this call should be, and whether it is them (HZ-1). */
export function VisitStrip({ station, peer, asks }: { station: Station; peer: Party; asks: 'yes' | 'no' }) {
  const part = here.value?.part
  if (!part || !isVisitor(peer) || station.lock.locked.value) return null
  return <part.Strip key={peer.guestId} station={station} visitId={peer.guestId} asks={asks} />
}

type Ended = Extract<CallState, { type: 'ended' }>

export function AfterVisit({ station, ended: { callId, peer } }: { station: Station; ended: Ended }) {
  const part = here.value?.part
  if (!part || !isVisitor(peer)) return null
  return <part.AfterVisit key={callId} station={station} visitId={peer.guestId} />
}

/** Nobody goes in person to whoever is at home. */
export function endingWord({ reason, by, peer }: Ended, duty: string | undefined): string {
  const own = by !== 'me' && isVisitor(peer) ? here.value?.part.visitEndWord(reason, peer.name) : null
  return own ?? endingForStaff(reason, by, peer, duty)
}
