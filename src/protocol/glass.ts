/** Breaking glass: reaching into a ward that is not one's own, for a typed reason, for an hour, under everyone's eyes. */
import * as v from 'valibot'
import { staffRole } from './people.ts'
import { id, milliseconds, name } from './primitives.ts'

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
