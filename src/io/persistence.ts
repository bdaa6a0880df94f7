/** Asks the browser not to empty this device's store by itself. No one may wait for the answer: Firefox asks the person. */

let asked: Promise<boolean> | null = null

/** Asks once a page; the answer may never come. Never rejects. */
export function askToPersist(): Promise<boolean> {
  asked ??= (globalThis.navigator?.storage?.persist?.() ?? Promise.resolve(false)).catch(() => false)
  return asked
}
