/** Whether pictures are of whoever is in the call. */
import type { ScanIdentity } from './scan.ts'

/** By the two that the board shows. */
export type CallsPatient = { readonly name: string; readonly number: string }

type Named = Pick<ScanIdentity, 'patientName' | 'patientId'>

/** [VIEW-15] The first that has another number than the patient in the call; null: there is none. */
export function ofSomebodyElse<T extends Named>(identities: readonly T[], number: string): T | null {
  return identities.find(({ patientId }) => patientId !== null && patientId !== number) ?? null
}
