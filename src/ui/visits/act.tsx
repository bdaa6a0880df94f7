/** What a person does to a visit: one thing at a time, and why the last one was not done. */
import { useState } from 'preact/hooks'
import type { AdmitFailure } from '../../state/visits.ts'
import { visitFailure } from '../words-visits.ts'

type Doing = { readonly failure: AdmitFailure | null; readonly isBusy: boolean }

export function useAct() {
  const [{ failure, isBusy }, setDoing] = useState<Doing>({ failure: null, isBusy: false })
  /** True: it is done. */
  async function act(does: () => Promise<AdmitFailure | null>): Promise<boolean> {
    if (isBusy) return false
    setDoing({ failure: null, isBusy: true })
    const next = await does()
    setDoing({ failure: next, isBusy: false })
    return next === null
  }
  return { act, failure, isBusy }
}

export function Failed({ failure }: { failure: AdmitFailure | null }) {
  return (
    failure && (
      <p class="lost" role="alert">
        {visitFailure(failure)}
      </p>
    )
  )
}
