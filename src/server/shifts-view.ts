/** What somebody is told of their shift: what they have, had last, asked somebody to take over, and are asked to take. */
import { type Having, isOfferedTo, type RunningShift, stillThere } from '../core/shift.ts'
import type { ShiftNow, ShiftOffered } from '../protocol/duty.ts'
import type { StaffParty } from '../protocol/people.ts'
import type { Consults } from './consults.ts'
import type { Duties } from './duties.ts'
import type { Requests } from './requests.ts'
import { type Had, hadNothing, type KeptShift } from './shifts-kept.ts'
import type { Ward } from './ward.ts'

export type ShiftViewParts = {
  readonly ward: Ward
  readonly now: () => number
  readonly duties: Pick<Duties, 'list'>
  readonly requests: Pick<Requests, 'takenBy'>
  readonly consults: Pick<Consults, 'withStaff'>
  readonly kept: ReadonlyMap<string, KeptShift>
  readonly runningOf: (staffId: string) => RunningShift | null
  readonly hasNow: (staffId: string) => Having
  /** With the names that things have now; what is not there is left out. */
  readonly named: (having: Having) => Had
}

export function createShiftViews(parts: ShiftViewParts) {
  const { ward, now, duties, requests, consults, kept, runningOf, hasNow, named } = parts

  function offersTo(staffId: string): ShiftOffered[] {
    return [...kept.values()].flatMap(({ shift, goesOn }) => {
      const from = ward.staff.get(shift.staffId)
      if (!from || !goesOn || !isOfferedTo(shift, staffId, now())) return []
      const { beds, duties } = named(hasNow(shift.staffId))
      return [
        { from, beds: beds.map(({ name }) => name), duties: duties.map(({ name }) => name), ...open(from) },
      ]
    })
  }

  function open({ staffId }: StaffParty) {
    return { requests: requests.takenBy(staffId).length, consults: consults.withStaff(staffId).length }
  }

  /** [SHIFT-2] */
  function lastOf(staffId: string): ShiftNow['last'] {
    const had = kept.get(staffId)?.had ?? hadNothing
    const beds = stillThere(had.beds, new Set(ward.beds.keys()))
    const held = stillThere(had.duties, new Set(duties.list().map(({ dutyId }) => dutyId)))
    const gone = [...beds.gone, ...held.gone]
    return { bedIds: beds.ids, dutyIds: held.ids, languages: [...had.languages], gone }
  }

  return function viewFor(party: StaffParty, wardLanguages: readonly string[]): ShiftNow {
    const { staffId } = party
    const running = runningOf(staffId)
    const to = ward.staff.get(running?.offer?.toId ?? '')
    const { bedIds, dutyIds, languages } = hasNow(staffId)
    return {
      untilMs: running?.untilMs ?? null,
      ...{ bedIds: [...bedIds], dutyIds: [...dutyIds], languages: [...languages] },
      last: lastOf(staffId),
      wardLanguages: [...wardLanguages],
      ...open(party),
      offered: running?.offer && to ? { to, answer: running.offer.answer } : null,
      offers: offersTo(staffId),
    }
  }
}
