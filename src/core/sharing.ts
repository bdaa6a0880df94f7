/** How heavy a picture is where it leaves to several at once. */
import type { Party } from '../protocol/people.ts'

/** How heavy a picture may be: bits a second, how much less wide and high it is than the camera's, and pictures a second. */
export type Weight = {
  readonly maxBitrate?: number
  readonly scaleResolutionDownBy?: number
  readonly maxFramerate?: number
}

/** How large it is shown at the other end: staff and guests see the patient large, and each other beside. */
export type Place = 'large' | 'beside'

export function placeOf(me: Party, peer: Party): Place {
  return me.type === 'bed' || peer.type === 'bed' ? 'large' : 'beside'
}

/**
 * [TABLE-6] What leaves in all is as much as for one: a tablet has one uplink, and encodes for each of them. What is shown
 * small is sent small; to three others so is the rest, a little. What somebody looks at closely is as it was asked for.
 */
export function amongOf(weight: Weight, peers: number, place: Place): Weight {
  if (peers < 2 || weight.maxBitrate === undefined) return weight
  const isCrowd = peers > 2
  const least = place === 'beside' ? 2 : isCrowd ? 4 / 3 : 1
  return {
    maxBitrate: Math.round(weight.maxBitrate / peers),
    scaleResolutionDownBy: Math.max(weight.scaleResolutionDownBy ?? 1, least),
    maxFramerate: Math.min(weight.maxFramerate ?? 30, isCrowd ? 12 : 20),
  }
}
