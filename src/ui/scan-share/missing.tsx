/** In the place of a picture that did not come: that it did not, why, and what to do (HZ-1, HZ-9). */
import type { Incoming } from '../../state/scan-incoming.ts'
import type { ScanShare } from '../../state/scan-share.ts'
import { missingWord, nameIn } from '../words-scan-share.ts'

export function Missing({ share, incoming }: { share: ScanShare; incoming: Incoming }) {
  const why = incoming.missing.value
  const source = share.state.value.share?.source ?? ''
  return (
    <p class="scan-trouble" role="alert">
      {why && missingWord(why, nameIn(share, source))}
    </p>
  )
}
