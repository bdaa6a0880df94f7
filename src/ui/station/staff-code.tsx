/** The staff code in a bed's details, where whoever walks to a tablet reads it. */
import { useState } from 'preact/hooks'
import { createStaffCodeDesk } from '../../state/staff-code.ts'
import type { BedView, Station } from '../../state/station.ts'
import { StaffCode } from '../parts/staff-code.tsx'

export function TabletCode({ station: { api, clock, mayEver }, bed }: { station: Station; bed: BedView }) {
  const [desk] = useState(() => createStaffCodeDesk(api, clock))
  if (bed.tablet === 'none' || !mayEver('staff-code.see')) return null
  return <StaffCode desk={desk} />
}
