/** Keeps the ring on the screen for the moment between *Answer* and the face. */
import { useEffect, useState } from 'preact/hooks'
import type { CallState } from '../../core/call-state.ts'
import type { Calls } from '../../state/calls.ts'

/** Longer than a call takes to connect where all is well; then *Connecting* says why nothing is seen. */
const holdMs = 400

function isRing(type: CallState['type']): boolean {
  return type === 'ringing' || type === 'knocking' || type === 'dialling' || type === 'calling'
}

/**
 * Whether the ring is still shown: while it rings, and after the answer until the face is there. A screen that changes
 * in between costs a tablet the very time in which it opens its camera, and nobody reads it.
 */
export function useHeldRing(calls: Calls): boolean {
  const { type } = calls.state.value
  const [rang, setRang] = useState(isRing(type))
  const ringing = isRing(type)
  useEffect(() => {
    if (ringing) return setRang(true)
    const timer = setTimeout(() => setRang(false), holdMs)
    return () => clearTimeout(timer)
  }, [ringing])
  const faceless = type === 'connecting' || (type === 'live' && !calls.picture.value)
  return ringing || (rang && faceless)
}
