/** The world of a member of staff's browser: what a tablet has, and what a tablet never needs. */
import type { Ports } from '../state/ports.ts'
import { browserPasskeys } from './passkeys.ts'
import { browserPlan } from './plan-door.ts'
import { browserPorts } from './ports.ts'
import { createStaffPage } from './staff-page.ts'

export function staffPorts(): Ports {
  const common = browserPorts()
  return {
    ...common,
    page: createStaffPage(common.page),
    passkeys: browserPasskeys,
    phone: async () => (await import('./phone.ts')).browserPhone,
    plan: browserPlan,
  }
}
