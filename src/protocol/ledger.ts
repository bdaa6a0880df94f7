/** The patient's own list: who called, knocked and overrode during this stay, and what came of it. */
import * as v from 'valibot'
import { endReason } from './call.ts'
import { callOverride } from './call-override.ts'
import { role } from './people.ts'
import { counter, id, milliseconds, name } from './primitives.ts'

/**
 * `rang-out`: the tablet called somebody. `scan`: they showed one; `copy`: they sent a sealed copy of one to colleagues.
 * `talked`, `shown`: for how long. `copied`, `copy-gone`: how many have opened it; it is gone from the server.
 */
export const ledgerLine = v.strictObject({
  id,
  atMs: milliseconds,
  how: v.picklist(['rang', 'knocked', 'overrode', 'rang-out', 'scan', 'copy']),
  who: name,
  role: v.nullable(role),
  /** Why somebody overrode: what they chose and typed. */
  override: v.nullable(callOverride),
  cameOut: v.variant('type', [
    v.strictObject({ type: v.literal('goes-on') }),
    v.strictObject({ type: v.picklist(['talked', 'shown']), lastedMs: milliseconds }),
    v.strictObject({ type: v.picklist(['copied', 'copy-gone']), opened: counter }),
    v.strictObject({ type: v.literal('ended'), reason: endReason }),
  ]),
})
export type LedgerLine = v.InferOutput<typeof ledgerLine>

/** A tablet asks for its own; there is nothing in it by which another's could be asked for. */
export const ledgerAsk = v.strictObject({ type: v.literal('ledger.ask') })

/** The newest lines, newest first, of the stay whose epoch is `stay`; `more`: older ones are left out. */
export const ledgerYours = v.strictObject({
  type: v.literal('ledger.yours'),
  stay: counter,
  lines: v.pipe(v.array(ledgerLine), v.maxLength(60)),
  more: v.boolean(),
})
export type LedgerYours = v.InferOutput<typeof ledgerYours>
