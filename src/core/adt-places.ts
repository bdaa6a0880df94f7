/** Which bed of the ward the hospital means by a point of care, a room and a bed. */

import { keyOf } from './admission.ts'
import type { Location } from './adt-event.ts'

/** `wards`: what the hospital calls this ward; `named`: locations that are said to be a bed; all as `keyOf` folds them. */
export type Layout = {
  readonly wards: ReadonlySet<string>
  /** By folded label. */
  readonly beds: ReadonlyMap<string, string>
  /** By folded `ward^room^bed`. */
  readonly named: ReadonlyMap<string, string>
}

export type Place =
  | { readonly type: 'bed'; readonly bedId: string }
  /** In another ward, or not in the house. */
  | { readonly type: 'elsewhere' }
  /** In this ward, at a bed that it does not have, or at none. */
  | { readonly type: 'unknown' }

export function locationText({ ward, room, bed }: Location): string {
  return [ward, room, bed].join('^')
}

/**
 * [ADT-6] What the configuration names comes first. Else the point of care is the ward, and the bed is the one whose label
 * is the bed's own, or the room's with the bed's; where that could be two of them it is none.
 */
export function placeOf(location: Location, { wards, beds, named }: Layout): Place {
  const { ward, room, bed } = location
  const told = named.get(keyOf(locationText(location)))
  if (told !== undefined) return { type: 'bed', bedId: told }
  if (!wards.has(keyOf(ward))) return { type: 'elsewhere' }
  const labels = keyOf(bed) === '' ? [] : [keyOf(bed), keyOf(room + bed)]
  const found = new Set(labels.flatMap((label) => beds.get(label) ?? []))
  const [bedId] = found
  return found.size === 1 && bedId !== undefined ? { type: 'bed', bedId } : { type: 'unknown' }
}

/** [ADT-10] Whether the hospital and the ward say the same; `bedId` null: they lie nowhere here. */
export function agrees(place: Place, bedId: string | null): boolean {
  return place.type === 'bed' ? place.bedId === bedId : place.type === 'elsewhere' && bedId === null
}
