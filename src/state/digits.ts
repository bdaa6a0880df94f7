/** Six digits read off a waiting tablet and typed at a signed-in screen: what came of them. */
import { readTypedDigits } from '../core/tablet-code.ts'
import type { TabletState } from '../protocol/people.ts'
import { type Confirmation, confirmAnswer } from '../protocol/tablet-desk.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type DigitsOutcome =
  | Confirmation
  | { readonly outcome: 'not-digits' }
  | { readonly outcome: 'failed'; readonly failure: ApiFailure }

/**
 * Confirms whichever tablet waits at the bed with these digits. A tablet that is bound anew and a new one that waits
 * are two routes with a permission each; the likelier is asked first, and the other if nothing waits there.
 */
export async function typeDigits(
  { api }: Ports,
  { bedId, tablet }: { readonly bedId: string; readonly tablet: TabletState },
  typed: string,
): Promise<DigitsOutcome> {
  const digits = readTypedDigits(typed)
  if (digits === null) return { outcome: 'not-digits' }
  const paths = ['/tablets/confirm', '/tablets/rebind']
  if (tablet === 'lost' || tablet === 'cloned') paths.reverse()
  let last: DigitsOutcome = { outcome: 'nothing-waits' }
  for (const path of paths) {
    const answer = await api.ask('POST', path, { bedId, digits }, confirmAnswer)
    last = answer.ok ? answer.value : { outcome: 'failed', failure: answer.failure }
    if (last.outcome !== 'nothing-waits') return last
  }
  return last
}
