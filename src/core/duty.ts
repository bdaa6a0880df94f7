/** Duties such as "neurosurgeon on call": who has one, and to which the next call for help goes. Rules are DUTY-n. */
import { inForce, type Shift, shiftMs, takeForShift } from './shift.ts'

/** `nextId`: the duty to which what nobody acknowledges passes on; null: to nobody. */
export type Duty = { readonly dutyId: string; readonly name: string; readonly nextId: string | null }

/** One person's having of one duty. */
export type OnDuty = Shift & { readonly dutyId: string }

export const dutyMs = shiftMs

/** [DUTY-1] The duties one names are one's own from now on, and no others. */
export function takeDuties(
  held: readonly OnDuty[],
  staffId: string,
  dutyIds: readonly string[],
  known: ReadonlySet<string>,
  nowMs: number,
): OnDuty[] {
  return takeForShift(held, staffId, dutyIds, known, nowMs, {
    idOf: ({ dutyId }) => dutyId,
    make: (dutyId, shift) => ({ ...shift, dutyId }),
  })
}

/** [DUTY-1] Who has it now, in the order in which they came. */
export function holdersOf(held: readonly OnDuty[], dutyId: string, nowMs: number): string[] {
  const ofIt = held.filter((one) => one.dutyId === dutyId)
  return inForce(ofIt, nowMs).map(({ staffId }) => staffId)
}

/** The duties behind this one, in the order in which it passes on to them. */
export function behind(duties: readonly Duty[], dutyId: string): Duty[] {
  const passed: Duty[] = []
  let at = duties.find((duty) => duty.dutyId === dutyId)
  while (at && at.nextId !== null) {
    const { nextId } = at
    at = duties.find((duty) => duty.dutyId === nextId)
    // Nobody can write a circle (DUTY-2); one that is read from elsewhere ends where it closes.
    if (!at || at.dutyId === dutyId || passed.includes(at)) break
    passed.push(at)
  }
  return passed
}

/** [DUTY-2] A duty passes on to one that is there, and never comes round to itself again. */
export function mayPassTo(duties: readonly Duty[], dutyId: string, nextId: string | null): boolean {
  if (nextId === null) return true
  if (nextId === dutyId || !duties.some((duty) => duty.dutyId === nextId)) return false
  return !behind(duties, nextId).some((duty) => duty.dutyId === dutyId)
}

/** [DUTY-2] Without a duty, whatever passed on to it passes on to whatever it passed on to. */
export function withoutDuty(duties: readonly Duty[], dutyId: string): Duty[] {
  const gone = duties.find((duty) => duty.dutyId === dutyId)
  return duties
    .filter((duty) => duty.dutyId !== dutyId)
    .map((duty) => (duty.nextId === dutyId ? { ...duty, nextId: gone?.nextId ?? null } : duty))
}
