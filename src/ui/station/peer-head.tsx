/** Who the call is with, in full, in every state of it (HZ-1). */
import type { Party } from '../../core/call-state.ts'
import type { Station } from '../../state/station.ts'
import { PersonName } from '../parts/person.tsx'
import { placeOf } from '../words.ts'
import { PatientLines } from './patient.tsx'

type PeerHeadProps = {
  station: Station
  peer: Party
  /** What is called, while it is not one person. */
  duty?: string | undefined
}

export function PeerHead({ station, peer, duty }: PeerHeadProps) {
  if (duty) return <h2>{duty}</h2>
  if (peer.type !== 'bed') {
    return (
      <h2>
        <PersonName party={peer} />
      </h2>
    )
  }
  const bed = station.beds.value.find((bed) => bed.bedId === peer.bedId)
  return (
    <div>
      <h2>{placeOf(peer.label, peer.ward)}</h2>
      <PatientLines patient={bed?.patient ?? null} lock={station.lock} />
    </div>
  )
}
