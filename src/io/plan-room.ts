/** How much this browser may keep, and whether it promised not to empty it by itself. */
import { askToPersist } from './persistence.ts'

/** The promise of a browser that asks nobody is there by then; until the person has answered there is none. */
const answerMs = 500

/** `used`: 0 to 1 of what the browser gives. */
export async function roomHere(): Promise<{ persisted: boolean; used: number }> {
  const { storage } = navigator
  const unanswered = new Promise<false>((late) => setTimeout(late, answerMs, false))
  const promised = Promise.race([askToPersist(), unanswered])
  const [persisted, estimate] = await Promise.all([promised, storage?.estimate?.().catch(() => null)])
  const { usage = 0, quota = 0 } = estimate ?? {}
  return { persisted, used: quota > 0 ? usage / quota : 0 }
}
