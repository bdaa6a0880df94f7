/** Fetches the question about the sound when it is asked for: once in a stay. */
import { useEffect } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { createLater } from '../parts/later.ts'

const { part, fetch } = createLater(() => import('./sound-check.tsx'))

export function SoundCheckPart({ bed }: { bed: Bed }) {
  const isAsking = bed.soundCheck.isAsking.value
  useEffect(() => {
    if (isAsking) fetch()
  }, [isAsking])
  const there = part.value
  return isAsking && there ? <there.SoundCheck bed={bed} /> : null
}
