/** What every screen of the bed carries: the emergency line (HZ-12), the demo mark, where this tablet is, the time. */
import siren from 'lucide-static/icons/siren.svg?raw'
import type { ComponentChildren } from 'preact'
import type { Bed } from '../../state/bed.ts'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { appWords, dayOf, placeOf, timeOf } from '../words.ts'

type FrameProps = {
  bed: Bed
  class?: string
  /** What is not scrolled away, however large the letters are. */
  acts?: ComponentChildren
  children: ComponentChildren
}

/** A screen that is no call: what it says may scroll, what it is for and its foot stay in sight. */
export function Frame({ bed, class: look = '', acts, children }: FrameProps) {
  return (
    <main class={`screen ${look}`}>
      <div class="rest">{children}</div>
      {acts}
      <Foot bed={bed} />
    </main>
  )
}

export function Emergency() {
  return (
    <p class="emergency">
      <Icon svg={siren} />
      <span>{appWords.emergency}</span>
    </p>
  )
}

export function Foot({ bed, children }: { bed: Bed; children?: ComponentChildren }) {
  return (
    <footer class="foot">
      <Emergency />
      {children}
      {bed.demo.value && <p class="demo">{appWords.demoWard}</p>}
    </footer>
  )
}

/** `Bed 1 · Ward 4B`: the tablet always says which bed it is (HZ-1, HZ-14). */
export function Place({ bed }: { bed: Bed }) {
  const identity = bed.identity.value
  return identity && <p class="place">{placeOf(identity.label, identity.ward)}</p>
}

/** Day, place and time, at the top of every screen that is not a call. */
export function Top({ bed }: { bed: Bed }) {
  return (
    <header class="top">
      <div>
        <Today bed={bed} />
        <Place bed={bed} />
      </div>
      <Time bed={bed} />
    </header>
  )
}

/** By the ward's server, as soon as it was heard: a tablet's own clock may be wrong, and what is promised is not (HZ-7). */
function useWardNow({ requests }: Bed, everyMs: number): number {
  return useNow(everyMs) + requests.serverAheadMs()
}

function Time({ bed }: { bed: Bed }) {
  return <time class="time">{timeOf(useWardNow(bed, 1000))}</time>
}

function Today({ bed }: { bed: Bed }) {
  return <p class="today">{dayOf(useWardNow(bed, 10_000))}</p>
}
