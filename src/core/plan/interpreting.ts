/** Who needs an interpreter and has none: said wherever it stands, so that nobody finds it out at the bed. */
import type { Appointment } from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'
import { isClosed } from './status.ts'

/** [PLAN-18] A role in words names nobody: only a person who interprets fills the need. */
export function lacksInterpreter(
  plan: Pick<PlanReader, 'get'>,
  { interpreter, status, staff }: Pick<Appointment, 'interpreter' | 'status' | 'staff'>,
): boolean {
  if (!interpreter || isClosed(status)) return false
  return !staff.some((id) => plan.get('person', id)?.role === 'interpreter')
}
