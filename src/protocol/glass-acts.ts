/** What is asked of the server about broken glass, and what it answers; what screens are told of it is in `glass.ts`. */
import * as v from 'valibot'
import { id, milliseconds } from './primitives.ts'

export const shortestReason = 10

const typed = (shortest: number) => v.pipe(v.string(), v.trim(), v.minLength(shortest), v.maxLength(500))

export const breakGlass = v.strictObject({ wardId: id, reason: typed(shortestReason) })
export const glassBroken = v.strictObject({ untilMs: milliseconds })
export const endGlass = v.strictObject({ wardId: id })

export const shortestNote = 3
export const reviewGlass = v.strictObject({ glassId: id, note: typed(shortestNote) })
