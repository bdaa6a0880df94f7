/** Fetches the patient's plan after the bed is Ready; until then, and without a plan, nothing stands there. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'

type Part = typeof import('./my-plan.tsx')
const part = signal<Part | null>(null)

export function MyPlanPart({ bed }: { bed: Bed }) {
  const plan = bed.myPlan.value
  const isWanted = plan !== null
  useEffect(() => {
    if (!isWanted || part.peek()) return
    import('./my-plan.tsx').then(
      (fetched) => {
        part.value = fetched
      },
      // It is tried again with the next plan; the tablet's first duty is to be called.
      () => {},
    )
  }, [isWanted])
  if (!plan || !part.value) return null
  return <part.value.MyPlan plan={plan} />
}
