/** What was just done, with its way back, and what is about to begin: quiet, at the bottom, gone by itself. */
import bell from 'lucide-static/icons/bell.svg?raw'
import undo from 'lucide-static/icons/undo-2.svg?raw'
import { useEffect } from 'preact/hooks'
import type { Concern, Opening, PlanScreens, Toast as ToastNow } from '../../state/plan.ts'
import { moveAct } from '../../state/plan-acts.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { clockWord, deedWords, failureWords, offerWord, reminderWord, toastWords } from '../words-plan.ts'
import { nameOfPerson } from './lines.ts'

/** Long enough to be read twice and reached by hand. */
const shownMs = 10_000

export function Toast({ plan }: { plan: PlanScreens }) {
  const toast = plan.toast.value
  useEffect(() => {
    if (toast?.type !== 'did') return
    const gone = setTimeout(() => (plan.toast.value = null), shownMs)
    return () => clearTimeout(gone)
  }, [toast, plan])
  return (
    <div class="toasts">
      <div role="status">{toast && <Said plan={plan} toast={toast} />}</div>
      <Reminders plan={plan} />
    </div>
  )
}

function Said({ plan, toast }: { plan: PlanScreens; toast: ToastNow }) {
  if (toast.type === 'failed') {
    return (
      <div class="toast failed">
        <span role="alert">{failureWords[toast.failure]}</span>
        <Button onPress={() => (plan.toast.value = null)}>{toastWords.seen}</Button>
      </div>
    )
  }
  if (toast.type === 'late') {
    return (
      <div class="toast failed">
        <span role="alert">{toastWords.late({ name: nameOfPerson(plan, toast.by) })}</span>
        <Button onPress={() => (plan.toast.value = null)}>{toastWords.seen}</Button>
      </div>
    )
  }
  const back = toast.undo
  return (
    <div class="toast">
      <span>{saidOf(plan, toast)}</span>
      {toast.offer && <Offer plan={plan} offer={toast.offer} />}
      {back && (
        <Button icon={undo} onPress={() => void back()}>
          {toastWords.undo}
        </Button>
      )}
    </div>
  )
}

/** That it is done is said when the server has done it, and not a moment before (HZ-7). */
function saidOf({ concerns, sync, status }: PlanScreens, toast: Extract<ToastNow, { type: 'did' }>): string {
  const { actId, deed } = toast
  if (concerns.value.some((one) => one.id === actId && !isDone(one))) return toastWords.notDone
  const waits = sync.pending.value.some(({ outboxAct }) => outboxAct.actId === actId)
  if (!waits) return deedWords[deed]
  return status.value.age.type === 'live' && status.value.held === null
    ? toastWords.goingOut
    : toastWords.savedHere
}

/** Hours are set, whatever was booked outside of them. */
function isDone({ asked, why }: Concern): boolean {
  return asked?.type === 'hours.set' && (why === 'outside-hours' || why === 'away')
}

/** The waiting list hears of what became free, from whoever freed it. */
function Offer({ plan, offer: { appointment, startMs } }: { plan: PlanScreens; offer: Opening }) {
  return (
    <Button onPress={() => void plan.ask(moveAct(appointment, startMs), 'booked')}>
      {offerWord(appointment.title, clockWord(startMs, plan.zone.value))}
    </Button>
  )
}

function Reminders({ plan }: { plan: PlanScreens }) {
  return (
    <>
      {plan.reminders.value.map((reminder) => (
        <div key={reminder.key} class="toast reminder" role="alert">
          <Icon svg={bell} />
          <span>{reminderWord(reminder, plan.zone.value)}</span>
          <Button onPress={() => plan.dismissReminder(reminder.key)}>{toastWords.seen}</Button>
        </div>
      ))}
    </>
  )
}
