/** What a person does to a visit, and why the last of it was not done. */
import type { AdmitFailure } from '../../state/visits.ts'
import { useAct as useActOf } from '../parts/act.ts'
import { visitFailure } from '../words-visits.ts'

export const useAct = useActOf<AdmitFailure>

export function Failed({ failure }: { failure: AdmitFailure | null }) {
  return (
    failure && (
      <p class="lost" role="alert">
        {visitFailure(failure)}
      </p>
    )
  )
}
