/** What is shown of broken glass afterwards, to whoever reviews it. */
import * as v from 'valibot'
import { auditAct } from './audit.ts'
import { staffRole } from './people.ts'
import { bedLabel, id, milliseconds, name } from './primitives.ts'

/** Whom an act was about, as far as the ward knows. */
const about = v.variant('type', [
  v.strictObject({ type: v.literal('bed'), label: bedLabel }),
  v.strictObject({ type: v.literal('staff'), name }),
])

export const override = v.strictObject({
  glassId: id,
  name,
  role: staffRole,
  ward: name,
  reason: v.string(),
  brokenMs: milliseconds,
  untilMs: milliseconds,
  review: v.nullable(v.strictObject({ atMs: milliseconds, name, note: v.string() })),
  /** What the person did in that time, from the audit, in order. */
  acts: v.array(
    v.strictObject({
      atMs: milliseconds,
      action: auditAct.entries.action,
      outcome: auditAct.entries.outcome,
      detail: auditAct.entries.detail,
      about: v.nullable(about),
    }),
  ),
})
export type Override = v.InferOutput<typeof override>

/** Those that wait for a look first, then the newest. */
export const overrides = v.strictObject({ overrides: v.array(override) })
