/**
 * Asks a page what nobody who touches it would change. Whatever Playwright evaluates, a locator that is waited for among it,
 * counts as a hand on the glass (CDP `Runtime.evaluate`, `userGesture`), and a browser then lets the page sound.
 */
import { setTimeout as pass } from 'node:timers/promises'
import type { Page } from 'playwright'

/** `question` is sent as it is written: it knows nothing of what is around it. */
export async function askUntouched<T>(page: Page, question: () => T | Promise<T>): Promise<T> {
  const session = await page.context().newCDPSession(page)
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `(${question})()`,
    awaitPromise: true,
    returnByValue: true,
    userGesture: false,
  })
  await session.detach()
  if (exceptionDetails) throw new Error(exceptionDetails.text)
  return result.value
}

const everyMs = 250

/** False: it did not become so. A page that is being loaded says nothing yet. */
export async function becomesUntouched(
  page: Page,
  question: () => boolean,
  longestMs: number,
): Promise<boolean> {
  const endMs = performance.now() + longestMs
  while (performance.now() < endMs) {
    if (await askUntouched(page, question).catch(() => false)) return true
    await pass(everyMs)
  }
  return false
}
