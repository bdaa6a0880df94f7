/** What this device expects the plan to say: free, or taken by whom, and what is free instead. */

import free from 'lucide-static/icons/circle-check.svg?raw'
import unknown from 'lucide-static/icons/circle-question-mark.svg?raw'
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { useState } from 'preact/hooks'
import type { KeptAct, PlanScreens, Trouble } from '../../state/plan.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { dialogWords, freeWord, momentWord, whyWords } from '../words-plan.ts'
import { blockingWord } from './hours-part.tsx'

type ClashProps = {
  plan: PlanScreens
  act: KeptAct | null
  trouble: Trouble | null
  lengthMs: number
  onTake: (startMs: number) => void
}

export function ClashLine({ plan, act, trouble, onTake }: ClashProps) {
  const [isLooking, setLooking] = useState(false)
  const [found, setFound] = useState<readonly number[] | null>(null)
  const zone = plan.zone.value
  if (act === null) return null
  const look = () => {
    setLooking(true)
    const starts = plan.freeStarts(act)
    setLooking(false)
    setFound(starts)
    const [first] = starts
    if (first !== undefined) onTake(first)
  }
  const instead = found ?? trouble?.free ?? []
  return (
    <div class="clash-box">
      <div role="status">
        {trouble ? <TroubleLines plan={plan} trouble={trouble} /> : <Free plan={plan} />}
      </div>
      {instead.length > 0 && (trouble || found) && (
        <fieldset class="free-starts" aria-label={dialogWords.free}>
          <span>{dialogWords.free}</span>
          {instead.map((ms) => (
            <Button key={ms} onPress={() => onTake(ms)}>
              {momentWord(ms, zone)}
            </Button>
          ))}
        </fieldset>
      )}
      {found?.length === 0 && <p>{dialogWords.noFree}</p>}
      {plan.status.value.age.type !== 'never' && (
        <Button disabled={isLooking} onPress={look}>
          {dialogWords.findFree}
        </Button>
      )}
    </div>
  )
}

function Free({ plan }: { plan: PlanScreens }) {
  const { age } = plan.status.value
  return (
    <p class={age.type === 'never' ? 'not-known' : 'free'}>
      <Icon svg={age.type === 'never' ? unknown : free} />
      <span>{freeWord(age, plan.zone.value)}</span>
    </p>
  )
}

/** Why, and who holds the slot as far as this person may know. */
export function TroubleLines({
  plan,
  trouble,
}: {
  plan: PlanScreens
  trouble: Pick<Trouble, 'why' | 'blocking'>
}) {
  return (
    <div class="trouble-lines">
      <p class="lost">
        <Icon svg={alert} />
        <b>{whyWords[trouble.why]}</b>
      </p>
      {trouble.blocking.length > 0 && (
        <ul>
          {trouble.blocking.map((one) => (
            <li key={`${one.resource} ${one.appointmentId} ${one.startMs}`}>
              {blockingWord(plan, trouble.why, one)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
