/** Who lies there: name and both identifiers, wherever a bed can be called from (HZ-1). */
import { bornWord, noPatient, type Patient } from '../words-station.ts'

export function PatientLines({ patient }: { patient: Patient | null }) {
  if (patient === null) return <p class="patient none">{noPatient}</p>
  return (
    <div class="patient">
      <b>{patient.name}</b>
      <p>
        <span>{bornWord(patient)}</span> <span>{patient.number}</span>
      </p>
    </div>
  )
}
