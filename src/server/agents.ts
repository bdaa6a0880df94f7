/** Who the audit says it was, for whoever speaks on a socket. */
import type { AuditAgent } from '../protocol/audit.ts'
import type { Party } from '../protocol/people.ts'

export function agentOfParty(party: Party): AuditAgent {
  if (party.type === 'bed') return { type: 'bed', bedId: party.bedId }
  return { type: 'staff', staffId: party.staffId, role: party.role }
}
