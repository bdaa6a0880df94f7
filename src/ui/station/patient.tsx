/** Who lies there: name and both identifiers, wherever a bed can be called from (HZ-1). */
import { identifiersOf, noPatient, type Patient } from '../words-station.ts'

export function PatientLines({ patient }: { patient: Patient | null }) {
  if (patient === null) return <p class="patient none">{noPatient}</p>
  return (
    <p class="patient">
      <b title={patient.name}>{patient.name}</b>
      <span>{identifiersOf(patient)}</span>
    </p>
  )
}
