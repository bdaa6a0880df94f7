/** Admitting, moving and discharging: beside a bed that is open, and never in the way of the board. */
import { useEffect } from 'preact/hooks'
import type { BedView, Station } from '../../state/station.ts'
import { createLater } from '../parts/later.ts'

const { part, fetch } = createLater(() => import('../admission/panel.tsx'))

export function AdmissionPart({ station, bed }: { station: Station; bed: BedView }) {
  useEffect(fetch, [])
  const there = part.value
  return there && <there.AdmissionPanel station={station} bed={bed} />
}
