/** What is known of copies, for whoever is signed in at this page. */
import { computed } from '@preact/signals'
import { type Copies, createCopies } from '../../state/scan-copies.ts'
import type { CopiesPort } from '../../state/scan-copies-ports.ts'
import type { Station } from '../../state/station.ts'

/** By the server's clock, as far as it is known here. */
export const serverNowMs = ({ clock, wardTime }: Station): number => clock.nowMs() + wardTime.peek().aheadMs

export function openDesk(station: Station, port: CopiesPort): Copies {
  const { api, clock, me, requests, copyNews, lock, trust, scans } = station
  return createCopies({
    ...{ port, api, clock, news: copyNews },
    session: requests.session,
    isLocked: lock.locked,
    isCertified: computed(() => trust.own.value !== null),
    me: computed(() => (station.mayEver('scan.share') ? (me.value?.staffId ?? null) : null)),
    serverNowMs: () => serverNowMs(station),
    scanIo: async () => (await scans()).io(),
    newViewer: async (io, reader) => (await import('../scan/index.ts')).createViewer(io, reader, clock),
  })
}
