/** The way to one's shift: in the bar with the time at which it ends, and offered once to whoever has none. */
import '../shift.css'
import { signal } from '@preact/signals'
import icon from 'lucide-static/icons/clipboard-clock.svg?raw'
import type { Station } from '../../state/station.ts'
import { deskOf } from '../colleague/desk.ts'
import { Button } from '../parts/button.tsx'
import { timeOf } from '../words.ts'
import { shiftWords } from '../words-shift.ts'

/** Who said *Not now* since this page began. */
const declined = signal<string | null>(null)

export function ShiftButton({ station, onPress }: { station: Station; onPress: () => void }) {
  const shift = deskOf(station).now.value?.shift
  if (!shift) return null
  const { untilMs } = shift
  return (
    <Button icon={icon} onPress={onPress}>
      {untilMs === null ? shiftWords.start : shiftWords.until({ time: timeOf(untilMs) })}
    </Button>
  )
}

/** At the side, where it moves no bed from under a finger (HZ-1). */
export function StartOffer({ station, onStart }: { station: Station; onStart: () => void }) {
  const shift = deskOf(station).now.value?.shift
  const me = station.me.value?.staffId ?? null
  if (!shift || shift.untilMs !== null || declined.value === me) return null
  return (
    <section class="panel start-shift" aria-label={shiftWords.start}>
      <p>{shiftWords.offer}</p>
      <div class="actions">
        <Button kind="primary" onPress={onStart}>
          {shiftWords.startNow}
        </Button>
        <Button onPress={() => (declined.value = me)}>{shiftWords.notNow}</Button>
      </div>
    </section>
  )
}
