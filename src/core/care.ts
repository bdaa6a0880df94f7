/** Who cares for which beds: taken at the start of a shift, let go by taking others, over by itself. Rules are CARE-n. */
import { inForce, type Shift, shiftMs, takeForShift } from './shift.ts'

/** One person's care for one bed. */
export type Care = Shift & { readonly bedId: string }

export const careMs = shiftMs

/**
 * [CARE-1] The beds one names are one's own from now on, and no others: naming none ends it. [CARE-2] Naming a bed again
 * makes the care last longer, and it began when it began. Beds that are unknown are nobody's.
 */
export function takeBeds(
  care: readonly Care[],
  staffId: string,
  bedIds: readonly string[],
  known: ReadonlySet<string>,
  nowMs: number,
): Care[] {
  return takeForShift(care, staffId, bedIds, known, nowMs, {
    idOf: ({ bedId }) => bedId,
    make: (bedId, shift) => ({ ...shift, bedId }),
  })
}

/** [CARE-3] Who cares for a bed now, whoever lies there, in the order in which they came. */
export function carersOf(care: readonly Care[], bedId: string, nowMs: number): Care[] {
  const ofIt = care.filter((one) => one.bedId === bedId)
  return inForce(ofIt, nowMs)
}

/** [SHIFT-8] Those of whom a tablet was told that still care, by the server's clock; without a time they do until it is told. */
export function stillCaring<C extends { readonly untilMs?: number | undefined }>(
  carers: readonly C[],
  nowMs: number,
): C[] {
  return carers.filter(({ untilMs = Number.POSITIVE_INFINITY }) => untilMs > nowMs)
}
