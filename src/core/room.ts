/** Who shares a room with a patient, and whom a ring would wake (HZ-15). Rules are ROOM-n in SPEC.md. */
import type { BedView } from '../protocol/people.ts'
import { isDay, isQuiet } from './answer-policy.ts'

/** As much of a bed as its neighbours need to know. */
export type Neighbour = Pick<BedView, 'bedId' | 'room' | 'stay' | 'wishes'>

/** [ROOM-1] The other patients in the room of this bed; none where nobody said which room it is. */
export function roommatesOf<B extends Neighbour>(beds: readonly B[], bed: Neighbour): readonly B[] {
  if (bed.room === undefined) return []
  return beds.filter(
    ({ bedId, room, stay }) => room === bed.room && bedId !== bed.bedId && stay.admissionId !== null,
  )
}

/** [ROOM-2] Those whom a sound at this bed would wake, at this minute of the ward's day; none where it is soft anyway. */
export function wokenBy<B extends Neighbour>(
  beds: readonly B[],
  bed: Neighbour,
  minute: number,
): readonly B[] {
  return isQuiet(bed.wishes, minute) ? [] : sleepersBeside(beds, bed, minute)
}

/** Those who sleep in the room of this bed. */
export function sleepersBeside<B extends Neighbour>(
  beds: readonly B[],
  bed: Neighbour,
  minute: number,
): readonly B[] {
  return roommatesOf(beds, bed).filter(({ wishes }) => sleeps(wishes, minute))
}

/** By their own quiet hours; at night where they named none. */
function sleeps(wishes: Neighbour['wishes'], minute: number): boolean {
  if (wishes !== null && wishes.quiet !== null) return isQuiet(wishes, minute)
  return !isDay(minute)
}
