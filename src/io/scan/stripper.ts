/** What leaves of opened files: the page remembers what UIDs become, the worker writes. */
import { createUidMap, type UidMap } from '../../core/scan/uid-map.ts'
import type { OpenedScan, ScanStripper } from '../../state/scan-ports.ts'
import type { UidPairs } from './orders.ts'
import type { PageReader } from './reader.ts'

const random = () => crypto.getRandomValues(new Uint8Array(16))

/** [STRIP-3] All that names an instance of something and is on the list. */
function pairsOf({ scan, first }: OpenedScan, uids: UidMap): UidPairs {
  const { study, series, sopInstance } = scan.identity
  const named = [study, series, sopInstance, first.geometry.frameOfReference]
  return named.flatMap((old) => (old === null ? [] : [[old, uids.of(old)] as const]))
}

/** A worker that dies in the middle of a share takes nothing with it: the slices after are of the same series still. */
export function createScanStripper(reader: Pick<PageReader, 'opened' | 'stripped'>): ScanStripper {
  const shares = new Map<string, UidMap>()
  return {
    async strip(shareId, fileId, boxes) {
      const uids = shares.get(shareId) ?? createUidMap(random)
      shares.set(shareId, uids)
      const file = reader.opened(fileId)
      return await reader.stripped(fileId, file ? pairsOf(file, uids) : [], boxes)
    },
    forget: (shareId) => void shares.delete(shareId),
  }
}
