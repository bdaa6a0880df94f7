/** What the buttons of the bar open, beside it and not in it: a narrow screen leaves words out there. */
import type { Station } from '../../state/station.ts'
import { ColleagueSheet } from './colleague.tsx'
import { CopiesSheet } from './copies.tsx'
import { PhoneSheet } from './phone.tsx'
import { ShiftSheet } from './shift.tsx'
import { VisitsSheet } from './visits.tsx'

export function Sheets({ station }: { station: Station }) {
  return (
    <>
      <PhoneSheet station={station} />
      <CopiesSheet station={station} />
      <VisitsSheet station={station} />
      <ShiftSheet station={station} />
      <ColleagueSheet station={station} />
    </>
  )
}
