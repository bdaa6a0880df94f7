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

/** Beds of one place; `name` null: nobody said which it is. */
export type Place<B> = { readonly name: string | null; readonly beds: readonly B[] }

/** [ROOM-4] The ward's beds room by room, both in the order in which people look for them. */
export function inRooms<B extends Pick<BedView, 'label' | 'room'>>(beds: readonly B[]): readonly Place<B>[] {
  return inPlaces(beds, ({ room }) => room)
}

/** [ROOM-4] The same by the wards of which they are, where one board shows several. */
export function inAreas<B extends { readonly label: string; readonly area?: string | undefined }>(
  beds: readonly B[],
): readonly Place<B>[] {
  return inPlaces(beds, ({ area }) => area)
}

function inPlaces<B extends { readonly label: string }>(
  beds: readonly B[],
  placeOf: (bed: B) => string | undefined,
): readonly Place<B>[] {
  const groups = Map.groupBy(beds, (bed) => placeOf(bed) ?? null)
  const places = [...groups].map(([name, group]) => ({
    name,
    beds: group.toSorted((one, other) => compareLabels(one.label, other.label)),
  }))
  return places.toSorted((one, other) => {
    if (one.name === null || other.name === null)
      return Number(one.name === null) - Number(other.name === null)
    return compareLabels(one.name, other.name)
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
