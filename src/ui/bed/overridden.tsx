/** On the incoming screen: who rings although the patient wants to be alone, and why (HZ-3). */
import alert from 'lucide-static/icons/shield-alert.svg?raw'
import type { Call, CallOverride } from '../../core/call-state.ts'
import { Icon } from '../parts/icon.tsx'
import { nameOf } from '../words.ts'
import { toldWord, whyWord } from '../words-aside.ts'

export function Overridden({ call, why }: { call: Call; why: CallOverride }) {
  return (
    <p class="banner waits" role="alert">
      <Icon svg={alert} />
      <span>
        <b>{toldWord(nameOf(call.peer))}</b> {whyWord(why)}
      </span>
    </p>
  )
}
