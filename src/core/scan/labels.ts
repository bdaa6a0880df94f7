/** What stands on a picture whatever else does: that something was lost, that a name may be in the pixels. */
import type { Lossiness, Scan } from './scan.ts'

/**
 * [SCAN-11] Null where nothing was lost. The ratio is to be shown as n:1, rounded, null where nobody said it. `LOSSY` never
 * goes away again (PS3.3 C.7.6.1.1.5): what was decoded from such a file and stored anew is lossy still.
 */
export function lossyLabel({ isLossy, ratio }: Lossiness): { readonly ratio: number | null } | null {
  if (!isLossy) return null
  return { ratio: ratio === null ? null : ratio < 10 ? Math.round(ratio * 10) / 10 : Math.round(ratio) }
}

/** Modalities whose pictures are screens, films or photographs: names are drawn into them. */
const drawn = new Set(['US', 'IVUS', 'ES', 'XC', 'SC', 'OT', 'GM', 'SM', 'DOC', 'ECG', 'XA', 'RF', 'SR'])
/** Secondary capture (PS3.3 A.8) says so by its SOP class, whatever its modality. */
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7'

/**
 * [SCAN-12] Whether a person has to look for a name in the pixels before they leave. *NO* (0028,0301) is believed only of
 * what a machine makes; absent says nothing.
 */
export function mayShowIdentity({ burnedIn, identity, syntax }: Scan): boolean {
  if (burnedIn.annotation !== 'NO') return true
  if (burnedIn.conversionType !== null) return true
  if (identity.sopClass === null || identity.sopClass.startsWith(secondaryCapture)) return true
  return drawn.has(identity.modality ?? 'OT') || syntax.uid.endsWith('.4.50')
}
