/** To staff: of the copies of scans they sent or were sent something changed; asking brings it. It may come twice. */
import * as v from 'valibot'

export const copiesNews = v.strictObject({ type: v.literal('copies.changed') })
