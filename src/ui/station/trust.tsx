/** What a station says of whom it trusts: that it waits to be signed, and on request the root's digits. */
import { signal } from '@preact/signals'
import shieldAlert from 'lucide-static/icons/shield-alert.svg?raw'
import type { Station } from '../../state/station.ts'
import { Banner } from '../parts/banner.tsx'
import { trustWords } from '../words-station.ts'
import { later } from './part.ts'

export const trustShown = signal(false)

export function TrustPanel({ station }: { station: Station }) {
  const part = later.part.value
  return trustShown.value && part && <part.TrustDialog station={station} />
}

/** Said before somebody calls in vain. */
export function Unsigned({ station: { trust } }: { station: Station }) {
  if (!trust.waits.value) return null
  return (
    <Banner tone="waits" icon={shieldAlert}>
      {trustWords.unsigned}
    </Banner>
  )
}
