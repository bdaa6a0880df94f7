/** What a live share asks of a browser beside a viewer: the carrier of its files, and hashes. */
import type { Relays } from '../../protocol/ice.ts'
import type { SharingIo } from '../../state/scan-ports.ts'
import { createCarrier } from './carrier.ts'
import { sha256 } from './sha256.ts'

export function createSharing(relaysOf: (callId: string) => Relays): SharingIo {
  return {
    carrier: createCarrier(relaysOf),
    sha256,
  }
}
