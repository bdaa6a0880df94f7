/** Fetches *Ask my nurse* as soon as the idle screen is drawn, and again until it is there. */
import type { Bed } from '../../state/bed.ts'
import { createLater, useLater } from '../parts/later.ts'

const later = createLater(() => import('./ask.tsx'))

export function AskPart({ bed }: { bed: Bed }) {
  const part = useLater(later)
  return part && <part.Ask bed={bed} />
}

/** What was asked for, and what came of it. */
export function AskedPart({ bed }: { bed: Bed }) {
  const part = later.part.value
  return part && <part.AskedFor bed={bed} />
}
