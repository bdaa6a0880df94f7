/** The station's later part: fetched once the first screen is drawn, long before it is asked for. */
import { createLater } from '../parts/later.ts'

export const later = createLater(() => import('./later.ts'))
