/** Calling a colleague by name or by duty: the button and its key, and what else of it a call's panels show. */
import { signal } from '@preact/signals'
import icon from 'lucide-static/icons/contact-round.svg?raw'
import { useEffect } from 'preact/hooks'
import { type Call, type CallState, callIdOf } from '../../core/call-state.ts'
import type { DutyNow } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { IconButton } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { colleagueWords } from '../words-colleague.ts'

const colleague = createLater(() => import('../colleague/index.ts'))

export const colleagueShown = signal(false)
/** The duty that the last call from this page was for. */
const rung = signal<{ readonly callId: string | null; readonly duty: DutyNow } | null>(null)

/** The duty that this call is, or was, for. */
export function rungFor(callId: string): DutyNow | null {
  return rung.value?.callId === callId ? rung.value.duty : null
}

/** Whether somebody can be called from here now. */
export function mayDial({ calls, connection, lock }: Station): boolean {
  const { type } = calls.state.value
  return connection.value.type === 'open' && !lock.locked.value && (type === 'idle' || type === 'ended')
}

/** Rings at everybody who has it; false: nobody but oneself does. */
export function callDuty({ calls, me }: Station, duty: DutyNow): boolean {
  const one = duty.holders.find(({ party }) => party.staffId !== me.value?.staffId)
  if (!one) return false
  calls.dial(one.party, 'ring', null, { dutyId: duty.dutyId })
  rung.value = { callId: callIdOf(calls.state.peek()), duty }
  return true
}

/** No letter: beds may be called by one. */
const key = '/'

/** For whoever may call anybody; the key opens it as well, unless somebody types. */
export function CallColleague({ station }: { station: Station }) {
  const { calls } = station
  const may = station.mayEver('staff.call')
  const isFree = may && mayDial(station)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyped =
        event.target instanceof Element && event.target.closest('dialog, select, input, textarea')
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || isTyped || !isFree) return
      event.preventDefault()
      colleagueShown.value = true
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [isFree])
  useEffect(() => {
    // A call that comes in is answered, and not searched beside.
    if (calls.state.value.type === 'ringing') colleagueShown.value = false
  }, [calls.state.value.type])
  if (!may) return null
  return (
    <IconButton
      icon={icon}
      label={colleagueWords.open}
      disabled={!isFree}
      onPress={() => (colleagueShown.value = true)}
    />
  )
}

/** Beside the bar and not in it, where a narrow screen hides what is not open. */
export function ColleagueSheet({ station }: { station: Station }) {
  const part = useLater(colleague)
  if (!part || !colleagueShown.value || station.lock.locked.value) return null
  return <part.ColleagueDialog station={station} onClose={() => (colleagueShown.value = false)} />
}

/** What this person is asked by colleagues, and asked them. */
export function ColleaguesAsk({ station }: { station: Station }) {
  const part = useLater(colleague)
  return part && station.mayEver('staff.call') && <part.Consults station={station} />
}

/** What may be asked where a colleague did not answer, and who answered in one's place. */
export function AfterCall({
  station,
  ended,
}: {
  station: Station
  ended: Extract<CallState, { type: 'ended' }>
}) {
  const part = useLater(colleague)
  return part && <part.AfterCall key={ended.callId} station={station} ended={ended} />
}

/** As what somebody is called. */
export function CalledAs({ call: { duty } }: { call: Call }) {
  return duty ? <p class="called-as">{colleagueWords.calledAs({ duty })}</p> : null
}
