/** Fetches *Ask my nurse* as soon as the idle screen is drawn, and again until it is there. */
import { useEffect } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { createLater } from '../parts/later.ts'

const later = createLater(() => import('./ask.tsx'))
const againMs = 5_000

export function AskPart({ bed }: { bed: Bed }) {
  const part = later.part.value
  useEffect(() => {
    if (part) return
    later.fetch()
    const again = setInterval(later.fetch, againMs)
    return () => clearInterval(again)
  }, [part])
  return part && <part.Ask bed={bed} />
}
