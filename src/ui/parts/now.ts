/** The time, again and again: for a clock, a countdown, a duration. */
import { useEffect, useState } from 'preact/hooks'

/** Milliseconds since 1970 by this device, renewed every `everyMs`. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setNowMs(Date.now()), everyMs)
    return () => clearInterval(ticking)
  }, [everyMs])
  return nowMs
}
