/** `npm run audit -- verify` over 100,000 rows, the start of its process included. */
import { verifyMany } from '../lab/audit-verify.ts'
import { atMost, type Figure } from './figure.ts'

export async function benchAudit(): Promise<Figure[]> {
  const { wholeMs } = await verifyMany(100_000, 0, 1)
  return [atMost('audit-verify', wholeMs / 1_000, 5, 's')]
}
