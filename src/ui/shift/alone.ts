/** Which duties nobody would have any more, said before it is so. */
import type { DutyNow } from '../../state/colleagues.ts'

/** Those that this person alone has and would not keep. */
export function leftAlone(
  duties: readonly DutyNow[],
  staffId: string | undefined,
  kept: readonly string[],
): readonly DutyNow[] {
  return duties.filter(
    ({ dutyId, holders }) =>
      holders.length === 1 && holders[0]?.party.staffId === staffId && !kept.includes(dutyId),
  )
}
