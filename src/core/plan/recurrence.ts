/** Stand-in until the real recurrence is merged: daily rules only. */
import type { Series } from '../../protocol/plan.ts'

export type Rule = {
  readonly frequency: 'DAILY'
  readonly end: { readonly type: 'never' } | { readonly type: 'count'; readonly count: number }
}
export type Occasion = { readonly at: string; readonly startMs: number; readonly shifted: boolean }

export function isZone(zone: string): boolean {
  try {
    new Temporal.ZonedDateTime(0n, zone)
    return true
  } catch {
    return false
  }
}

export function parseRule(text: string): Rule | null {
  const [, count] = /^FREQ=DAILY(?:;COUNT=(\d{1,4}))?$/.exec(text) ?? [null, null]
  if (count === null) return null
  return {
    frequency: 'DAILY',
    end: count === undefined ? { type: 'never' } : { type: 'count', count: Number(count) },
  }
}

export function formatRule({ end }: Rule): string {
  return end.type === 'count' ? `FREQ=DAILY;COUNT=${end.count}` : 'FREQ=DAILY'
}

export function localToMs(at: string, zone: string): { startMs: number; shifted: boolean } {
  const local = Temporal.PlainDateTime.from(at)
  const zoned = local.toZonedDateTime(zone)
  return { startMs: zoned.epochMilliseconds, shifted: !zoned.toPlainDateTime().equals(local) }
}

export function occasions(
  series: Pick<Series, 'rule' | 'start' | 'zone' | 'except' | 'until'>,
  fromMs: number,
  toMs: number,
): Occasion[] {
  const rule = parseRule(series.rule)
  if (!rule || !isZone(series.zone)) return []
  const start = Temporal.PlainDateTime.from(series.start)
  const found: Occasion[] = []
  const most = rule.end.type === 'count' ? rule.end.count : 4_000
  for (let days = 0; days < most; days++) {
    const at = start.add({ days }).toString({ smallestUnit: 'minute' })
    const one = { at, ...localToMs(at, series.zone) }
    if (one.startMs >= toMs || (series.until !== null && at >= series.until)) break
    if (one.startMs >= fromMs && !series.except.includes(at)) found.push(one)
  }
  return found
}
