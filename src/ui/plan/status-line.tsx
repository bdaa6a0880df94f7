/** How old the plan is, what waits on this device, and what is wrong with it: always in sight (HZ-7). */
import held from 'lucide-static/icons/circle-pause.svg?raw'
import clock from 'lucide-static/icons/clock-alert.svg?raw'
import live from 'lucide-static/icons/cloud-check.svg?raw'
import offline from 'lucide-static/icons/cloud-off.svg?raw'
import sending from 'lucide-static/icons/cloud-upload.svg?raw'
import disk from 'lucide-static/icons/hard-drive.svg?raw'
import type { PlanScreens, PlanStatus } from '../../state/plan.ts'
import { Icon } from '../parts/icon.tsx'
import { clockWrongWord, heldWord, keepingWords, statusWord } from '../words-plan.ts'

export function StatusLine({ plan }: { plan: PlanScreens }) {
  const status = plan.status.value
  return (
    <p class={`plan-status ${status.age.type === 'live' ? 'live' : 'stale'}`} role="status">
      <Icon svg={iconOf(status)} />
      <span>{statusWord(status, plan.zone.value)}</span>
    </p>
  )
}

function iconOf({ age, sending: going }: PlanStatus): string {
  if (age.type !== 'live') return offline
  return going > 0 ? sending : live
}

/** Each says what to do. A clock or a store that is wrong is said before somebody relies on it. */
export function Warnings({ plan }: { plan: PlanScreens }) {
  const { held: waits, clockWrongSeconds, warnings } = plan.status.value
  return (
    <>
      {waits && waits.count > 0 && <Warning icon={held}>{heldWord(waits)}</Warning>}
      {clockWrongSeconds !== null && <Warning icon={clock}>{clockWrongWord(clockWrongSeconds)}</Warning>}
      {warnings.map((warning) => (
        <Warning key={warning} icon={disk}>
          {keepingWords[warning]}
        </Warning>
      ))}
    </>
  )
}

function Warning({ icon, children }: { icon: string; children: string }) {
  return (
    <p class="banner waits" role="status">
      <Icon svg={icon} />
      <span>{children}</span>
    </p>
  )
}
