/** How heavy a picture is where it leaves to several at once. */

/** How heavy a picture may be: bits a second, how much less wide and high it is than the camera's, and pictures a second. */
export type Weight = {
  readonly maxBitrate?: number
  readonly scaleResolutionDownBy?: number
  readonly maxFramerate?: number
}

/**
 * [TABLE-6] What leaves in all is as much as for one: a tablet has one uplink, and encodes for each of them. To three others
 * the pictures are smaller, as they are on the screen.
 */
export function amongOf(weight: Weight, peers: number): Weight {
  if (peers < 2 || weight.maxBitrate === undefined) return weight
  const isCrowd = peers > 2
  return {
    maxBitrate: Math.round(weight.maxBitrate / peers),
    scaleResolutionDownBy: Math.max(weight.scaleResolutionDownBy ?? 1, isCrowd ? 4 / 3 : 1),
    maxFramerate: Math.min(weight.maxFramerate ?? 30, isCrowd ? 12 : 20),
  }
}
