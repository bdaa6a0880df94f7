/** What staff were last told of each visit, so that every second only what may have changed is looked into. */
import type { Appointment } from '../../protocol/plan.ts'
import { timeOf } from './facts.ts'
import type { Visit } from './kept.ts'
import type { States } from './states.ts'

/** Where a visit stands, and for whom. Whatever in it is not a text or a number is another object once it is otherwise. */
export type Stand = ReturnType<States['standOf']> & { readonly audience: readonly string[] }

type Told = { readonly visit: Visit; readonly stand: Stand; readonly said: string }

export function createTold() {
  const told = new Map<string, Told>()

  /** True: staff would see something else of it. */
  function isNewsOf(visit: Visit, stand: Stand): boolean {
    const before = told.get(visit.visitId)
    if (before && before.visit === visit && isAlike(before.stand, stand)) return false
    const said = saidOf(visit, stand)
    told.set(visit.visitId, { visit, stand, said })
    return before?.said !== said
  }

  return {
    isNews(visits: ReadonlyMap<string, Visit>, standOf: (visit: Visit) => Stand): boolean {
      const gone = [...told.keys()].filter((visitId) => !visits.has(visitId))
      for (const visitId of gone) told.delete(visitId)
      const changed = [...visits.values()].filter((visit) => isNewsOf(visit, standOf(visit)))
      return gone.length + changed.length > 0
    },
  }
}

function isAlike({ audience, ...before }: Stand, { audience: calls, ...stand }: Stand): boolean {
  if (audience.length !== calls.length || audience.some((staffId, at) => staffId !== calls[at])) return false
  return (
    before.row === stand.row &&
    before.state === stand.state &&
    before.sinceMs === stand.sinceMs &&
    before.link === stand.link &&
    before.peer === stand.peer &&
    before.isMissing === stand.isMissing
  )
}

/** What staff may see of it. */
function saidOf({ vouched, ...visit }: Visit, { row, ...stand }: Stand): string {
  return JSON.stringify([visit, vouched?.by, stand, row && shownOf(row)])
}

function shownOf(row: Appointment) {
  return [timeOf(row), row.title, row.staff, row.outpatient]
}
