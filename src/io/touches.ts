/** When somebody last touched this browser, in whichever of its tabs: they share one lock. */

const key = 'touchedMs'
/** Other tabs need not know it to the second. */
const shareMs = 5_000

let mineMs = Date.now()
let sharedMs = 0

function touched(): void {
  mineMs = Date.now()
  if (mineMs - sharedMs < shareMs) return
  sharedMs = mineMs
  localStorage.setItem(key, String(mineMs))
}

/** Begins to watch; touches of before count from the page's own start. */
export function watchTouches(): void {
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    addEventListener(type, touched, { passive: true, capture: true })
}

/** Milliseconds since 1970, by this device. A clock that was set back must not keep a screen open. */
export function lastTouchMs(): number {
  const theirs = Number(localStorage.getItem(key) ?? 0)
  return Math.max(mineMs, theirs <= Date.now() ? theirs : 0)
}
