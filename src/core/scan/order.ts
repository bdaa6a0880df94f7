/** Slices in the order of the body, not of their file names. */
import type { ScanGeometry, ScanIdentity } from './scan.ts'

/** What a slice is ordered by. */
export type Placed = {
  readonly geometry: ScanGeometry
  readonly identity: Pick<ScanIdentity, 'instanceNumber' | 'sopInstance'>
}

const cross = (a: readonly number[], b: readonly number[]): readonly number[] => {
  const [ax = 0, ay = 0, az = 0] = a
  const [bx = 0, by = 0, bz = 0] = b
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx]
}
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, one, index) => sum + one * (b[index] ?? 0), 0)

/** Two degrees; cosines are rounded by what writes them. */
const isParallel = (a: readonly number[], b: readonly number[]) =>
  Math.abs(dot(a, b)) >= Math.cos(Math.PI / 90) * Math.hypot(...a) * Math.hypot(...b)

/** Unit normal of the first slice, if all lie parallel to it in one frame of reference; null if not, or unknown. */
export function commonNormal(slices: readonly Placed[]): readonly number[] | null {
  const [first] = slices
  const across = first?.geometry.orientation
  if (!first || !across) return null
  const normal = cross(across.slice(0, 3), across.slice(3))
  const length = Math.hypot(...normal)
  // Rows that are no right angle to columns, or no length, are no plane.
  if (!(length > 0.9 && length < 1.1)) return null
  const isOne = slices.every(({ geometry: { orientation, position, frameOfReference } }) => {
    if (!orientation || !position || frameOfReference !== first.geometry.frameOfReference) return false
    return isParallel(cross(orientation.slice(0, 3), orientation.slice(3)), normal)
  })
  return isOne ? normal.map((one) => one / length) : null
}

const numberOf = ({ identity }: Placed) => identity.instanceNumber ?? Number.POSITIVE_INFINITY
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * [SCAN-10] Along the normal of their plane (PS3.3 C.7.6.2.1.1); where there is none in common, by instance number, then
 * by SOP instance UID, so that two devices that hold the same files count them alike.
 */
export function inOrder<T extends Placed>(slices: readonly T[]): readonly T[] {
  const normal = commonNormal(slices)
  const along = ({ geometry }: Placed) => (normal && geometry.position ? dot(geometry.position, normal) : 0)
  return slices.toSorted((a, b) => {
    const [first, second] = [numberOf(a), numberOf(b)]
    return (
      along(a) - along(b) ||
      (first === second ? 0 : first - second) ||
      byText(a.identity.sopInstance ?? '', b.identity.sopInstance ?? '')
    )
  })
}
