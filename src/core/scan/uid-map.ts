/** New names for what a share holds, which say nothing of the old ones. */

export type UidMap = {
  /** The new UID of an old one: the same for the same within one share, another in the next. */
  readonly of: (old: string) => string
  /** For what had none. */
  readonly fresh: () => string
}

/** 128 bits with the marks of a random UUID (RFC 9562 section 5.4) as a UID below 2.25 (PS3.5 B.2). */
function uidOf(random: Uint8Array): string {
  const bytes = Array.from(random, (byte, at) => {
    if (at === 6) return (byte & 0x0f) | 0x40
    return at === 8 ? (byte & 0x3f) | 0x80 : byte
  })
  return `2.25.${bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n)}`
}

/**
 * [STRIP-3] One map for one share, kept by its sender as long as the share lasts and told to nobody. A new UID is chance
 * alone: nothing is worked out from the old one, which therefore cannot be tried for. `random` gives 16 bytes of it; `before`: what it is known
 * to become.
 */
export function createUidMap(
  random: () => Uint8Array,
  before: Iterable<readonly [old: string, fresh: string]> = [],
): UidMap {
  const known = new Map(before)
  const fresh = () => uidOf(random())
  return {
    fresh,
    of(old) {
      const uid = known.get(old) ?? fresh()
      known.set(old, uid)
      return uid
    },
  }
}
