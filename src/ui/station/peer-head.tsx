/** Who the call is with, in full, in every state of it (HZ-1). */
import type { Party } from '../../core/call-state.ts'
import type { Station } from '../../state/station.ts'
import { PersonName } from '../parts/person.tsx'
import { placeOf } from '../words.ts'
import { PatientLines } from './patient.tsx'

export function PeerHead({ station, peer }: { station: Station; peer: Party }) {
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
