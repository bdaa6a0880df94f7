/** The plan as feeds, files and FHIR use it: read it, do acts to it. `plan.ts` is what it really is. */
import type { PlanReader } from '../../core/plan/book.ts'
import type { KeptAct } from '../../protocol/plan.ts'
import type { Outcome } from '../../protocol/sync.ts'

export type SharingAuthor = { readonly type: 'staff'; readonly staffId: string } | { readonly type: 'server' }

export type PlanPort = {
  readonly book: PlanReader
  /** `told`: what is refused is only answered, since the asker waits for it, and not put into the ward's inbox. */
  perform(
    author: SharingAuthor,
    acts: readonly { readonly actId: string; readonly act: KeptAct }[],
    refused?: 'kept' | 'told',
  ): Promise<readonly Outcome[]>
}
