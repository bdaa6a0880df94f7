/** The mark beside a name: which device signed this link, and in the title what is vouched for by what (HZ-10). */
import shield from 'lucide-static/icons/shield-check.svg?raw'
import type { Party } from '../../core/call-state.ts'
import type { Seat } from '../../state/calls.ts'
import { verifiedMeans, verifiedWord } from '../words-aside.ts'
import { Icon } from './icon.tsx'

/** Nothing until the link is verified: a mark that is not there yet is not missed while it rings. */
export function Verified({ calls, peer }: { calls: Pick<Seat, 'peerDevice'>; peer: Party }) {
  const device = calls.peerDevice.value
  if (!device) return null
  return (
    <p class="verified" title={verifiedMeans(device, peer)}>
      <Icon svg={shield} />
      <span>{verifiedWord(device, peer)}</span>
    </p>
  )
}
