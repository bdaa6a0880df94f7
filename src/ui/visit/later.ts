/** What an outpatient's page does not need before the waiting room, each as a part of its own that follows by itself. */
import { createLater } from '../parts/later.ts'

export const testPart = createLater(() => import('./test.tsx'))
export const callPart = createLater(() => import('./in-call.tsx'))
