/** How much this device's browser keeps for the app, and whether it may throw it away by itself (Storage API). */
import type { TabletHealth } from '../protocol/tablet-health.ts'

const megabyte = 1_000_000
const megabytes = (bytes = 0) => Math.round(bytes / megabyte)

/** Null where the browser does not tell. Never rejects. */
export async function storageNow(): Promise<TabletHealth['storage']> {
  try {
    const [isKept, { usage, quota }] = await Promise.all([
      navigator.storage.persisted(),
      navigator.storage.estimate(),
    ])
    return { isKept, usedMegabytes: megabytes(usage), quotaMegabytes: megabytes(quota) }
  } catch {
    return null
  }
}
