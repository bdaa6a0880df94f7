/** What the worker needs once something leaves. */
import { createUidMap, type UidMap } from '../../core/scan/uid-map.ts'
import type { UidPairs } from './orders.ts'

export { createStripper, stripPhoto } from './strip.ts'

/** As the page knows them; what it does not name is named by chance. */
export const uidsOf = (known: UidPairs): UidMap =>
  createUidMap(() => crypto.getRandomValues(new Uint8Array(16)), known)
