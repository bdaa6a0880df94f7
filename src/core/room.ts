/** Who shares a room with a patient, and whom a ring would wake (HZ-15). Rules are ROOM-n in SPEC.md. */
import type { BedView } from '../protocol/people.ts'
import { isDay, isQuiet } from './answer-policy.ts'
import { compareLabels } from './bed-labels.ts'

/** As much of a bed as its neighbours need to know. */
export type Neighbour = Pick<BedView, 'bedId' | 'room' | 'stay' | 'wishes'>

/** [ROOM-1] The other patients in the room of this bed; none where nobody said which room it is. */
export function roommatesOf<B extends Neighbour>(beds: readonly B[], bed: Neighbour): readonly B[] {
  if (bed.room === undefined) return []
  return beds.filter(
    ({ bedId, room, stay }) => room === bed.room && bedId !== bed.bedId && stay.admissionId !== null,
  )
}

/** [ROOM-4] The ward's beds room by room, both in the order in which people look for them; `room` null: nobody said which. */
export function inRooms<B extends Pick<BedView, 'label' | 'room'>>(
  beds: readonly B[],
): readonly { readonly room: string | null; readonly beds: readonly B[] }[] {
  const groups = Map.groupBy(beds, ({ room }) => room ?? null)
  const named = [...groups].map(([room, group]) => ({
    room,
    beds: group.toSorted((one, other) => compareLabels(one.label, other.label)),
  }))
  return named.toSorted((one, other) => {
    if (one.room === null || other.room === null)
      return Number(one.room === null) - Number(other.room === null)
    return compareLabels(one.room, other.room)
  })
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
