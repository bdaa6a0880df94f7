/** What a person does at a screen: one thing at a time, and why the last one was not done. */
import { useState } from 'preact/hooks'

type Doing<F> = { readonly failure: F | null; readonly isBusy: boolean }

export function useAct<F>() {
  const [{ failure, isBusy }, setDoing] = useState<Doing<F>>({ failure: null, isBusy: false })
  /** True: it is done. */
  async function act(does: () => Promise<F | null>): Promise<boolean> {
    if (isBusy) return false
    setDoing({ failure: null, isBusy: true })
    const next = await does()
    setDoing({ failure: next, isBusy: false })
    return next === null
  }
  return { act, failure, isBusy }
}
