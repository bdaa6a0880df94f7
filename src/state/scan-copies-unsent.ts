/** Copies of scans that a sign-out leaves behind on this device: whoever made them is told before. */
import { permissionOf } from '../core/permissions.ts'
import type { StaffParty } from '../protocol/people.ts'
import type { CopiesPort, CopyStop } from './scan-copies-ports.ts'

/** Of these nothing goes any more, signed in or not, and the list of copies says so. */
const over: ReadonlySet<CopyStop | null> = new Set(['expired', 'refused', 'unreadable'])

/** How many of this person's wait here and may still go. */
export async function copiesUnsent(
  copies: () => Promise<Pick<CopiesPort, 'waiting'>>,
  { staffId, role }: StaffParty,
): Promise<number> {
  if (permissionOf(role, 'scan.send-copy') === 'no') return 0
  const waiting = await (await copies()).waiting(staffId)
  return waiting.filter(({ stop }) => !over.has(stop)).length
}
