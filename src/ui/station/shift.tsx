/** Where shifts meet the station: the way to one's own in the bar, its offer beside the board, and what is handed over to one. */
import { signal } from '@preact/signals'
import type { Station } from '../../state/station.ts'
import { createLater, useLater } from '../parts/later.ts'

const shift = createLater(() => import('../shift/index.ts'))

export const shiftShown = signal(false)

/** For whoever may be called; beside the bar's dialogs and not in the bar, which a narrow screen leaves words out of. */
export function ShiftSheet({ station }: { station: Station }) {
  const part = useLater(shift)
  if (!part || !shiftShown.value || station.lock.locked.value) return null
  return <part.ShiftDialog station={station} onClose={() => (shiftShown.value = false)} />
}

export function ShiftButton({ station }: { station: Station }) {
  const part = useLater(shift)
  if (!part || !station.mayEver('staff.call') || station.isRemembered.value) return null
  return <part.ShiftButton station={station} onPress={() => (shiftShown.value = true)} />
}

/** Offered once, to whoever cares for beds and has no shift. */
export function StartOffer({ station }: { station: Station }) {
  const part = useLater(shift)
  if (!part || !station.mayEver('care.take') || station.isRemembered.value) return null
  return <part.StartOffer station={station} onStart={() => (shiftShown.value = true)} />
}

/** Above the board, beside what is asked: a colleague waits for the answer. */
export function HandedToMe({ station }: { station: Station }) {
  const part = useLater(shift)
  return part && station.mayEver('care.take') && <part.Offers station={station} />
}
