/** The tablet in a call, from the first ring to its last picture. */
import { useRef } from 'preact/hooks'
import type { CallState } from '../../core/call-state.ts'
import { flashes } from '../../core/senses.ts'
import type { Bed } from '../../state/bed.ts'
import { useHeldRing } from '../parts/hold.ts'
import { Incoming } from '../parts/incoming.tsx'
import { InCall } from './call.tsx'
import { callBackOf } from './call-back.tsx'
import { Foot, Place } from './frame.tsx'
import { LouderSofter } from './loudness.tsx'
import { Overridden } from './overridden.tsx'
import { useSpokenCaller } from './spoken-caller.ts'

/** One screen for the whole call: what *Answer* needs is in place before it is pressed. */
export function CallScreen({ bed, state }: { bed: Bed; state: Extract<CallState, { call: unknown }> }) {
  const held = useHeldRing(bed.calls)
  const how = useRef<'ringing' | 'knocking'>('ringing')
  useSpokenCaller(bed, state)
  callBackOf(bed)
  if (state.type === 'ringing' || state.type === 'knocking') how.current = state.type
  return (
    <>
      <InCall bed={bed} call={state.call} waiting={held} />
      {held && (
        <Incoming
          calls={bed.calls}
          call={state.call}
          how={how.current}
          look={flashes(bed.wishes.agreed.value, bed.isSoft.value) ? '' : 'still'}
          why={state.call.override && <Overridden call={state.call} why={state.call.override} />}
          about={<LouderSofter bed={bed} />}
        >
          <Foot bed={bed}>
            <Place bed={bed} />
          </Foot>
        </Incoming>
      )}
    </>
  )
}
