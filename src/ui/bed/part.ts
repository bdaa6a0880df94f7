/** What the tablet fetches by itself once it stands: nobody needs it before the tablet is Ready. */
import { createLater } from '../parts/later.ts'

export const later = createLater(() => import('./later.ts'))
