/** Which backups and sheets are kept: by their number and not by the clock, so that a wrong clock removes nothing. */

/** Their names carry the moment of their making, UTC, so that they sort by it. */
export function stampOf(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:.]/g, '')
}

const form = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z$/

/** Null: no stamp of ours. */
export function timeOfStamp(stamp: string): number | null {
  const atMs = Date.parse(stamp.replace(form, '$1-$2-$3T$4:$5:$6.$7Z'))
  return form.test(stamp) && !Number.isNaN(atMs) ? atMs : null
}

/** The newest `hourly`, and of those before them the last of each day (UTC), for `daily` days. */
export function keptStamps(
  stamps: readonly string[],
  { hourly, daily }: { readonly hourly: number; readonly daily: number },
): Set<string> {
  const newestFirst = stamps.toSorted().toReversed()
  const kept = new Set(newestFirst.slice(0, hourly))
  const days = new Map<string, string>()
  for (const stamp of newestFirst) if (!days.has(stamp.slice(0, 8))) days.set(stamp.slice(0, 8), stamp)
  for (const stamp of [...days.values()].slice(0, daily)) kept.add(stamp)
  return kept
}
