/** The station's later part: fetched once the first screen is drawn, long before it is asked for. */
import { signal } from '@preact/signals'
import { createLater } from '../parts/later.ts'

export const later = createLater(() => import('./later.ts'))

/** Of several wards on one board the one that is shown alone; null: all of them. */
export const areaShown = signal<string | null>(null)
