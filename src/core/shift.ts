/** What somebody has for one shift: taken by naming it, let go by naming other things, over by itself. */

/** Whose it is, from and until when (milliseconds since 1970, the server's clock). */
export type Shift = { readonly staffId: string; readonly sinceMs: number; readonly untilMs: number }

/** A shift and the talk at its end. Who is still there after it takes it again. */
export const shiftMs = 13 * 60 * 60 * 1000

/**
 * These ids are one's own from now on, and no others: naming none ends it all. Naming one again makes it last longer, and it
 * began when it began. What nobody knows is nobody's.
 */
export function takeForShift<T extends Shift>(
  held: readonly T[],
  staffId: string,
  ids: readonly string[],
  known: ReadonlySet<string>,
  nowMs: number,
  { idOf, make }: { readonly idOf: (one: T) => string; readonly make: (id: string, shift: Shift) => T },
): T[] {
  const mine = held.filter((one) => one.staffId === staffId && one.untilMs > nowMs)
  const taken = [...new Set(ids)]
    .filter((id) => known.has(id))
    .map((id) => {
      const sinceMs = mine.find((one) => idOf(one) === id)?.sinceMs ?? nowMs
      return make(id, { staffId, sinceMs, untilMs: nowMs + shiftMs })
    })
  return [...held.filter((one) => one.staffId !== staffId), ...taken]
}

/** Who has it now, in the order in which they came. */
export function whoHas(held: readonly Shift[], nowMs: number): string[] {
  return held
    .filter((one) => one.untilMs > nowMs)
    .toSorted((one, other) => one.sinceMs - other.sinceMs || (one.staffId < other.staffId ? -1 : 1))
    .map(({ staffId }) => staffId)
}
