/** What the audit says of copies: who, of whose stay, how many and until when; never a number or a name. */
import type { AuditAction, AuditAgent } from '../../protocol/audit.ts'
import type { StaffParty } from '../../protocol/people.ts'
import { agentOfParty, recordAct } from '../audit/record.ts'
import type { Db } from '../store/store.ts'
import type { Copy } from './kept.ts'

type CopyAction = Extract<AuditAction, `copy-${string}`>

type CopyAct = {
  readonly action: CopyAction
  /** Null: the server itself. */
  readonly by: StaffParty | null
  readonly detail?: string
}

export async function recordCopy(
  db: Db,
  copy: Copy,
  nowMs: number,
  { action, by, detail }: CopyAct,
): Promise<void> {
  await recordAct(db, nowMs, {
    ...{ action, agent: by ? agentOfParty(by) : { type: 'server' }, peer: peerOf(copy, by) },
    ...{ patient: copy.admissionId, entity: { type: 'scan', id: copy.copyId } },
    // HZ-1: a number that no stay here has, or had lately, may be somebody else's.
    detail:
      [...(detail ? [detail] : []), ...(copy.admissionId ? [] : ['patient not known here'])].join(', ') ||
      null,
  })
}

/** The other side: the sender for everybody else, and the one reader where there is one. */
function peerOf({ sender, readers }: Copy, by: StaffParty | null): AuditAgent | null {
  if (by?.staffId !== sender.staffId) return agentOfParty(sender)
  const [only, ...others] = readers
  return only && others.length === 0 ? agentOfParty(only.who) : null
}

export const sentDetail = ({ files, readers, expiresMs }: Copy): string =>
  `${files.length - 1} files, for ${readers.length} people, until ${new Date(expiresMs).toISOString()}`
