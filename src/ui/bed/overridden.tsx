/** On the incoming screen: who calls although the patient wants to be alone, or has quiet hours, and why (HZ-3). */
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
        <b>{toldWord(why, nameOf(call.peer))}</b> {whyWord(why)}
      </span>
    </p>
  )
}
