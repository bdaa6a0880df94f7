/** The way to the waiting room, with how many wait there. */
import '../visits.css'
import icon from 'lucide-static/icons/door-open.svg?raw'
import type { Station } from '../../state/station.ts'
import { waitersOf } from '../../state/visit-rows.ts'
import { IconButton } from '../parts/button.tsx'
import { visitWords } from '../words-visits.ts'
import { shown, visitsOf } from './desk.ts'

const id = 'visits-button'

export function focusBarButton(): void {
  document.querySelector<HTMLElement>(`#${id} button`)?.focus()
}

export function BarButton({ station }: { station: Station }) {
  const count = waitersOf(visitsOf(station).now.value?.visits ?? []).length
  const label = count > 0 ? visitWords.openWaiting({ count }) : visitWords.open
  return (
    <span class="counted-button" id={id}>
      <IconButton icon={icon} label={label} onPress={() => (shown.value = { type: 'list' })} />
      {count > 0 && (
        <span class="button-count" aria-hidden="true">
          {count}
        </span>
      )}
    </span>
  )
}
