/** Fetches the patient's plan after the bed is Ready; until then, and without a plan, nothing stands there. */
import type { Bed } from '../../state/bed.ts'
import type { MyPlan } from '../../state/patient-plan.ts'
import { createLater, useLater } from '../parts/later.ts'

const later = createLater(() => import('./my-plan.tsx'))

export function MyPlanPart({ bed }: { bed: Bed }) {
  const plan = bed.myPlan.value
  return plan && <Fetched plan={plan} />
}

function Fetched({ plan }: { plan: MyPlan }) {
  const part = useLater(later)
  return part && <part.MyPlan plan={plan} />
}
