/** Which tablets may not be at their beds any more (HZ-14). Rules are WHERE-n in SPEC.md. */

/** `awaySinceMs`: since when it is without the server or on its battery; null: it is neither. */
export type TabletAt = { readonly bedId: string; readonly awaySinceMs: number | null }

/**
 * [WHERE-1] Those that have been away for `astrayMs`, alone: where at least half of the other tablets are away as well,
 * it is the power or the network of the ward.
 */
export function strays(tablets: readonly TabletAt[], nowMs: number, astrayMs: number): readonly string[] {
  const away = tablets.filter(({ awaySinceMs }) => awaySinceMs !== null)
  const [others, othersAway] = [tablets.length - 1, away.length - 1]
  if (others > 0 && othersAway * 2 >= others) return []
  return away.flatMap(({ bedId, awaySinceMs }) => (nowMs - (awaySinceMs ?? nowMs) >= astrayMs ? bedId : []))
}
