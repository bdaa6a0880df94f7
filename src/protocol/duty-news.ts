/** To staff: duties, or what is asked of them, changed; asking brings it. It carries nothing, so it may come twice. */
import * as v from 'valibot'

export const dutyNews = v.strictObject({ type: v.literal('duty.news') })
