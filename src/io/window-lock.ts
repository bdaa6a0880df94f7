/** One window of this browser at a time: a Web Lock that is given back by hand, by time, or by the window's end. */

/** Long enough for a hello and its welcome; a window that got neither must not keep the others waiting. */
const longestMs = 10_000

export type WindowLock = ReturnType<typeof createWindowLock>

export function createWindowLock(name: string) {
  let release: (() => void) | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function pass(): void {
    clearTimeout(timer)
    release?.()
    release = null
  }

  function hold(): void {
    clearTimeout(timer)
    timer = setTimeout(pass, longestMs)
  }

  return {
    /** Resolves when it is this window's turn; at once where it still is, and where the browser has no locks. */
    async take(): Promise<void> {
      if (release || !navigator.locks) return hold()
      await new Promise<void>((granted, failed) => {
        navigator.locks
          .request(name, () => {
            const held = new Promise<void>((done) => {
              release = done
            })
            granted()
            return held
          })
          .catch(failed)
      })
      hold()
    },
    isMine: () => release !== null || !navigator.locks,
    pass,
  }
}
