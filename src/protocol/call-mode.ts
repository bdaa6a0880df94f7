/** How a call comes: it waits for an answer, or counts down where that was agreed. */
import * as v from 'valibot'

export const callMode = v.picklist(['ring', 'knock'])
export type CallMode = v.InferOutput<typeof callMode>
