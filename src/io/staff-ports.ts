/** The world of a member of staff's browser: what a tablet has, and what a tablet never needs. */
import { signInAnswer } from '../protocol/http.ts'
import { signedOut } from '../protocol/sign-in.ts'
import type { ApiPort, Ports } from '../state/ports.ts'
import { httpApi } from './api.ts'
import { browserPasskeys } from './passkeys.ts'
import { browserPlan } from './plan-door.ts'
import { browserPorts } from './ports.ts'
import { createStaffPage } from './staff-page.ts'

const staffApi: ApiPort = {
  ...httpApi,
  async signIn(code) {
    const answer = await httpApi.ask('POST', '/sign-in', { code }, signInAnswer)
    return answer.ok ? { ok: true, value: answer.value.me } : answer
  },
  signOut: () => httpApi.ask('POST', '/sign-out', {}, signedOut),
}

export function staffPorts(): Ports {
  const common = browserPorts('newest')
  return {
    ...common,
    api: staffApi,
    page: createStaffPage(common.page),
    passkeys: browserPasskeys,
    phone: async () => (await import('./phone.ts')).browserPhone,
    guests: async () => (await import('./guests.ts')).browserGuests,
    visits: async () => (await import('./visit-vouch.ts')).browserVisits,
    family: async () => (await import('./family-link.ts')).browserFamilyLinks,
    scans: async () => (await import('./scan-door.ts')).browserScanDoor,
    copies: async () => (await import('./scan/copies.ts')).browserCopies,
    plan: browserPlan,
  }
}
