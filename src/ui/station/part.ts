/** The station's later part: fetched once the first screen is drawn, long before it is asked for. */
import { createLater } from '../parts/later.ts'
import { speakToo } from '../texts/catalogue.ts'

export const later = createLater(async () => {
  const fetched = await import('./later.ts')
  await speakToo()
  return fetched
})
