/**
 * What an act makes of the plan, as one pure function, the same on a device and on the server: a device shows what it
 * expects, the server decides. Rules are PLAN-n in SPEC.md.
 */
import type { Attention, KeptAct, PlanAct } from '../../protocol/plan.ts'
import { book, edit } from './appointment-acts.ts'
import type { PlanReader } from './book.ts'
import { type Asking, type Author, type Decision, done, type Offer, refused } from './decision.ts'
import { alternatives } from './free.ts'
import { setHours } from './hours-acts.ts'
import { editSeries, endSeries, makeSeries } from './series-acts.ts'
import { changeStay } from './stays.ts'

export type { Author, Decision, Trouble } from './decision.ts'

/** Total and pure. Whoever calls it has asked the table of permissions before. */
export function decide(plan: PlanReader, act: KeptAct, author: Author): Decision {
  return judge(plan, act, author, (there, wish) => alternatives(there, wish, author.atMs))
}

/** As `decide`, but `offer` says how much is looked for instead of what is refused. */
export function judge(plan: PlanReader, act: KeptAct, author: Author, offer: Offer): Decision {
  const asking: Asking = { plan, author, offer }
  switch (act.type) {
    case 'appointment.book':
      return book(asking, act)
    case 'appointment.edit':
      return edit(asking, act)
    case 'series.make':
      return makeSeries(asking, act)
    case 'series.edit':
      return editSeries(asking, act)
    case 'series.end':
      return endSeries(asking, act)
    case 'hours.set':
      return setHours(asking, act)
    case 'attention.resolve':
      return resolve(asking, act)
    case 'admission.admit':
    case 'admission.move':
    case 'admission.swap':
    case 'admission.wish':
    case 'admission.away':
    case 'admission.discharge':
      return changeStay(asking, act)
  }
}

/** [PLAN-8] The first who decides has decided. */
function resolve({ plan, author }: Asking, act: Extract<PlanAct, { type: 'attention.resolve' }>): Decision {
  const before = plan.get('attention', act.id)
  if (!before) return refused(act.id, 'unknown')
  if (before.resolved) return done([])
  const resolved = { by: author.staffId, how: act.how, atMs: author.atMs }
  const row: Attention = { ...before, rev: before.rev + 1, resolved }
  return done([row])
}
