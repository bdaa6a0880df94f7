/** Which tablets may not be at their beds any more (HZ-14). Rules are WHERE-n in SPEC.md. */

/** `awaySinceMs`: since when it is without the server or on its battery; null: it is neither. */
export type TabletAt = { readonly bedId: string; readonly awaySinceMs: number | null }

/**
 * [WHERE-1] Those that have been away for `astrayMs`, alone: where at least half of the others that were there when it
 * went were taken within the same time, it is the power or the network of the ward.
 */
export function strays(tablets: readonly TabletAt[], nowMs: number, astrayMs: number): readonly string[] {
  return tablets.flatMap((tablet) => {
    const sinceMs = tablet.awaySinceMs
    if (sinceMs === null || nowMs - sinceMs < astrayMs) return []
    const others = tablets.filter(
      (other) => other !== tablet && (other.awaySinceMs ?? Number.POSITIVE_INFINITY) > sinceMs - astrayMs,
    )
    const withIt = others.filter(
      ({ awaySinceMs }) => awaySinceMs !== null && awaySinceMs < sinceMs + astrayMs,
    )
    return withIt.length > 0 && withIt.length * 2 >= others.length ? [] : [tablet.bedId]
  })
}
