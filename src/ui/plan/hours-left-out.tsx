/** What is booked and would be outside, said before anything is asked for: nothing of it is moved by itself (PLAN-6). */
import free from 'lucide-static/icons/circle-check.svg?raw'
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { useMemo } from 'preact/hooks'
import type { KeptAct, PlanScreens, Trouble } from '../../state/plan.ts'
import { leftOut } from '../../state/plan-hours.ts'
import { Icon } from '../parts/icon.tsx'
import { hoursWords } from '../words-hours.ts'
import { momentWord, whyWords } from '../words-plan.ts'

/** More are counted, not listed. */
const mostListed = 8

export function LeftOut({ plan, act }: { plan: PlanScreens; act: KeptAct | null }) {
  const view = plan.sync.view.value
  const key = JSON.stringify(act)
  const troubles = useMemo(() => leftOut(plan, act), [plan, view, key])
  return <div role="status">{act && <Said plan={plan} troubles={troubles} />}</div>
}

function Said({ plan, troubles }: { plan: PlanScreens; troubles: readonly Trouble[] }) {
  const [first] = troubles
  if (!first) {
    return (
      <div class="left-out">
        <p class="well">
          <Icon svg={free} />
          <span>{hoursWords.nothing}</span>
        </p>
      </div>
    )
  }
  const isOutside = first.why === 'away' || first.why === 'outside-hours'
  const count = troubles.length
  return (
    <div class="left-out">
      <p class="lost">
        <Icon svg={alert} />
        <b>{isOutside ? hoursWords.outside({ count }) : whyWords[first.why]}</b>
      </p>
      {isOutside && (
        <ul>
          {troubles.slice(0, mostListed).map(({ id, startMs, blocking }) => (
            <li key={id}>{`${momentWord(startMs ?? 0, plan.zone.value)} · ${blocking[0]?.title ?? ''}`}</li>
          ))}
          {count > mostListed && <li>{hoursWords.more({ count: count - mostListed })}</li>}
        </ul>
      )}
    </div>
  )
}
