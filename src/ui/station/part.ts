/** Fetches the station's later part as soon as the first screen is drawn, long before it is asked for. */
import { signal } from '@preact/signals'

export const later = signal<typeof import('./later.ts') | null>(null)
import('./later.ts').then(
  (part) => {
    later.value = part
  },
  () => {},
)
