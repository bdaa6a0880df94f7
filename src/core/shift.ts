/** What somebody has for one shift: taken by naming it, let go by naming other things, over by itself. */
import type { Interpreting } from '../protocol/interpreting.ts'

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

/** Those who have it now, in the order in which they came. */
export function inForce<T extends Shift>(held: readonly T[], nowMs: number): T[] {
  return held
    .filter((one) => one.untilMs > nowMs)
    .toSorted((one, other) => one.sinceMs - other.sinceMs || (one.staffId < other.staffId ? -1 : 1))
}

/** What somebody has for a shift. `languages`: those that they interpret, by tag. */
export type Having = {
  readonly bedIds: readonly string[]
  readonly dutyIds: readonly string[]
  readonly languages: readonly string[]
}

export function isNothing({ bedIds, dutyIds, languages }: Having): boolean {
  return bedIds.length + dutyIds.length + languages.length === 0
}

/** Whom a shift is offered to, and what they said so far. */
export type Offer = { readonly toId: string; readonly answer: 'none' | 'no' }

export type RunningShift = Shift & { readonly languages: readonly string[]; readonly offer: Offer | null }

/** [SHIFT-1] It begins, or goes on for another while; it began when it began, and who was asked to take it still is. */
export function goOn(
  before: RunningShift | null,
  staffId: string,
  languages: readonly string[],
  nowMs: number,
): RunningShift {
  const running = before && before.untilMs > nowMs ? before : null
  return {
    staffId,
    sinceMs: running?.sinceMs ?? nowMs,
    untilMs: nowMs + shiftMs,
    languages: [...new Set(languages)],
    offer: running?.offer ?? null,
  }
}

/** [SHIFT-3] Asked of one, and of nobody else from then on; null: of nobody. Nobody takes it from themselves. */
export function offerTo(shift: RunningShift, toId: string | null): RunningShift {
  return { ...shift, offer: toId === null || toId === shift.staffId ? null : { toId, answer: 'none' } }
}

/** [SHIFT-3] Who was asked says no. Whoever was not asked, or not any more, changes nothing. */
export function refuseOffer(shift: RunningShift, staffId: string): RunningShift {
  return shift.offer?.toId === staffId ? { ...shift, offer: { toId: staffId, answer: 'no' } } : shift
}

/** [SHIFT-4] Whether this person may take it over now. */
export function isOfferedTo({ offer, untilMs }: RunningShift, staffId: string, nowMs: number): boolean {
  return untilMs > nowMs && offer?.toId === staffId && offer.answer === 'none'
}

/** [SHIFT-4] One's own, and what another hands over; nobody hands over a language. */
export function joined(own: Having, given: Having): Having {
  return {
    bedIds: [...new Set([...own.bedIds, ...given.bedIds])],
    dutyIds: [...new Set([...own.dutyIds, ...given.dutyIds])],
    languages: own.languages,
  }
}

/** Something that was had, and by which name it was known. */
export type Named = { readonly id: string; readonly name: string }

/** [SHIFT-2] What is still there of what somebody had last, and the names of what is not. */
export function stillThere(
  last: readonly Named[],
  known: ReadonlySet<string>,
): { readonly ids: string[]; readonly gone: string[] } {
  return {
    ids: last.filter(({ id }) => known.has(id)).map(({ id }) => id),
    gone: last.filter(({ id }) => !known.has(id)).map(({ name }) => name),
  }
}

/** As much of a colleague as it takes to ask them. `screens`: so many of theirs are connected. */
export type Colleague = { readonly staffId: string; readonly screens: number }

/**
 * [SHIFT-3] Whom to ask first: who has some of these beds already, then whoever is at a screen and has none of their own,
 * then who else is at a screen; within that as they come. `carers`: who cares for each bed.
 */
export function inOrderToAsk<C extends Colleague>(
  colleagues: readonly C[],
  mine: ReadonlySet<string>,
  carers: ReadonlyMap<string, readonly string[]>,
): C[] {
  const sharing = new Set([...mine].flatMap((bedId) => carers.get(bedId) ?? []))
  const busy = new Set([...carers.values()].flat())
  const rank = ({ staffId, screens }: Colleague): number => {
    if (sharing.has(staffId)) return 0
    if (screens === 0) return 3
    return busy.has(staffId) ? 2 : 1
  }
  return colleagues.toSorted((one, other) => rank(one) - rank(other))
}

/** [SHIFT-7] Whom an administrator named for each language, and who said so for their shift. `onShift`: ids by language. */
export function withShifts(
  entries: readonly Interpreting[],
  onShift: ReadonlyMap<string, readonly string[]>,
): Interpreting[] {
  const listed = new Set(entries.map(({ language }) => language))
  const added = [...onShift.keys()].filter((language) => !listed.has(language)).toSorted()
  const all = [...entries, ...added.map((language) => ({ language, phone: null, staffIds: [] }))]
  return all.map((entry) => ({
    ...entry,
    staffIds: [...new Set([...entry.staffIds, ...(onShift.get(entry.language) ?? [])])],
  }))
}
