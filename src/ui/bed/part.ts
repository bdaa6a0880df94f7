/** What the tablet fetches by itself once it stands: nobody needs it to be called. */
import { createLater } from '../parts/later.ts'
import { speakToo } from '../texts/catalogue.ts'

export const later = createLater(async () => {
  const fetched = await import('./later.ts')
  await speakToo()
  return fetched
})
