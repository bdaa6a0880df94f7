/** Whether pictures are of whoever is in the call. */
import type { ScanIdentity } from './scan.ts'

/** By the two that the board shows. */
export type CallsPatient = { readonly name: string; readonly number: string }

/** Whoever has a visit by video, by the two that staff compare; `born`: ISO 8601. */
export type Outpatient = { readonly name: string; readonly born: string }

type Named = Pick<ScanIdentity, 'patientName' | 'patientId' | 'patientBirthDate'>

/** [VIEW-15] The first that has another number than the patient in the call; null: there is none. */
export function ofSomebodyElse<T extends Pick<Named, 'patientId'>>(
  identities: readonly T[],
  number: string,
): T | null {
  return identities.find(({ patientId }) => patientId !== null && patientId !== number) ?? null
}

/** [VIEW-15] The same of whoever is in the call: at a visit by the date of birth, as no number of theirs is known there. */
export function ofAnotherThan<T extends Named>(
  identities: readonly T[],
  patient: CallsPatient | Outpatient,
): T | null {
  if ('number' in patient) return ofSomebodyElse(identities, patient.number)
  const born = patient.born.replaceAll('-', '')
  return (
    identities.find(({ patientBirthDate }) => patientBirthDate !== null && patientBirthDate !== born) ?? null
  )
}
