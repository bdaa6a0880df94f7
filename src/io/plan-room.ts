/** How much this browser may keep, and whether it promised not to empty it by itself. */

/** Asks once a page: browsers that want to ask the person do so at most then. */
let asked: Promise<boolean> | null = null
/** The promise of a browser that asks nobody is there by then; until the person has answered there is none. */
const answerMs = 500

/** `used`: 0 to 1 of what the browser gives. */
export async function roomHere(): Promise<{ persisted: boolean; used: number }> {
  const { storage } = navigator
  asked ??= (storage?.persist?.() ?? Promise.resolve(false)).catch(() => false)
  const unanswered = new Promise<false>((late) => setTimeout(late, answerMs, false))
  const promised = Promise.race([asked, unanswered])
  const [persisted, estimate] = await Promise.all([promised, storage?.estimate?.().catch(() => null)])
  const { usage = 0, quota = 0 } = estimate ?? {}
  return { persisted, used: quota > 0 ? usage / quota : 0 }
}
