/** Breaking glass: reaching into a ward that is not one's own, for a typed reason, for an hour, under everyone's eyes. */
import * as v from 'valibot'
import { auditAct } from './audit.ts'
import { staffRole } from './people.ts'
import { bedLabel, id, milliseconds, name } from './primitives.ts'

export const shortestReason = 10

const typed = (shortest: number) => v.pipe(v.string(), v.trim(), v.minLength(shortest), v.maxLength(500))

export const breakGlass = v.strictObject({ wardId: id, reason: typed(shortestReason) })
export const glassBroken = v.strictObject({ untilMs: milliseconds })
export const endGlass = v.strictObject({ wardId: id })

/** What a person may see of the ward: as one of its own, not at all, or through broken glass until then. */
export const wardAccess = v.variant('type', [
  v.strictObject({ type: v.literal('own') }),
  /** `mayBreak`: this role may break the glass. */
  v.strictObject({ type: v.literal('foreign'), wardId: id, mayBreak: v.boolean() }),
  v.strictObject({ type: v.literal('broken'), wardId: id, untilMs: milliseconds }),
  /** The role has no business with any board. */
  v.strictObject({ type: v.literal('none') }),
])
export type WardAccess = v.InferOutput<typeof wardAccess>

/** Told to the ward's own people while somebody is in through broken glass; `untilMs` null: no more. */
export const visitor = v.strictObject({
  glassId: id,
  name,
  role: staffRole,
  untilMs: v.nullable(milliseconds),
})
export type Visitor = v.InferOutput<typeof visitor>

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

export const shortestNote = 3
export const reviewGlass = v.strictObject({ glassId: id, note: typed(shortestNote) })
