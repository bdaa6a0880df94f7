/** Who cares for which beds: taken at the start of a shift, let go by taking others, over by itself. Rules are CARE-n. */

/** One person's care for one bed, from and until when (milliseconds since 1970, the server's clock). */
export type Care = {
  readonly staffId: string
  readonly bedId: string
  readonly sinceMs: number
  readonly untilMs: number
}

/** A shift and the talk at its end. Who is still there after it takes the beds again. */
export const careMs = 13 * 60 * 60 * 1000

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
  const mine = care.filter((one) => one.staffId === staffId && one.untilMs > nowMs)
  const taken = [...new Set(bedIds)]
    .filter((bedId) => known.has(bedId))
    .map((bedId): Care => {
      const sinceMs = mine.find((one) => one.bedId === bedId)?.sinceMs ?? nowMs
      return { staffId, bedId, sinceMs, untilMs: nowMs + careMs }
    })
  return [...care.filter((one) => one.staffId !== staffId), ...taken]
}

/** [CARE-3] Who cares for a bed now, whoever lies there, in the order in which they came. */
export function carersOf(care: readonly Care[], bedId: string, nowMs: number): string[] {
  return care
    .filter((one) => one.bedId === bedId && one.untilMs > nowMs)
    .toSorted((one, other) => one.sinceMs - other.sinceMs || (one.staffId < other.staffId ? -1 : 1))
    .map(({ staffId }) => staffId)
}
