/** What a station says of whom it trusts without being asked: that it waits to be signed. */
import shieldAlert from 'lucide-static/icons/shield-alert.svg?raw'
import type { Station } from '../../state/station.ts'
import { Banner } from '../parts/banner.tsx'
import { trustWords } from '../words-station.ts'

/** Said before somebody calls in vain. */
export function Unsigned({ station: { trust } }: { station: Station }) {
  if (!trust.waits.value) return null
  return (
    <Banner tone="waits" icon={shieldAlert}>
      {trustWords.unsigned}
    </Banner>
  )
}
