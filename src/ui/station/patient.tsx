/** Who lies there: name and both identifiers, wherever a bed can be called from (HZ-1). */
import type { Lock } from '../../state/lock.ts'
import { lockWords } from '../words-sign-in.ts'
import { boardWords, bornWord, type Patient } from '../words-station.ts'

type PatientLinesProps = { patient: Patient | null; lock: Lock }

/** A locked screen says that it hides a name, and never that there is none. */
export function PatientLines({ patient, lock }: PatientLinesProps) {
  if (lock.locked.value) return <p class="patient none">{lockWords.hidden}</p>
  if (patient === null) return <p class="patient none">{boardWords.noPatient}</p>
  return (
    <div class="patient">
      <b>{patient.name}</b>
      <p>
        <span>{bornWord(patient)}</span> <span>{patient.number}</span>
      </p>
    </div>
  )
}
