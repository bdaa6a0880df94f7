/** Which occasion of a series stands for one that an edit took away, so that whoever was invited to it is invited to that. */
import type { Appointment } from '../protocol/plan.ts'

/**
 * [VISIT-6] By ids of what is `gone`: of what was `made`, the one of its day, or the only one of its week, for the same
 * patient. By the days and weeks of the series' own clock; weeks begin on Monday.
 */
export function heirsOf(
  gone: readonly Appointment[],
  made: readonly Appointment[],
): ReadonlyMap<string, Appointment> {
  const heirs = new Map<string, Appointment>()
  for (const spanOf of [dayOf, weekOf]) {
    const taken = new Set(heirs.values())
    const left = byWhose(
      gone.filter(({ id }) => !heirs.has(id)),
      spanOf,
    )
    const free = byWhose(
      made.filter((row) => !taken.has(row)),
      spanOf,
    )
    for (const [span, [one, ...more]] of left) {
      const [heir, ...others] = free.get(span) ?? []
      if (one && heir && more.length + others.length === 0) heirs.set(one.id, heir)
    }
  }
  return heirs
}

function byWhose(
  rows: readonly Appointment[],
  spanOf: (at: string) => string,
): ReadonlyMap<string, readonly Appointment[]> {
  const spans = rows.flatMap((row) => (row.occasion ? [{ row, span: spanOf(row.occasion.at) }] : []))
  const grouped = Map.groupBy(spans, ({ row: { outpatient }, span }) =>
    JSON.stringify([span, outpatient?.name, outpatient?.born]),
  )
  return new Map([...grouped].map(([span, some]) => [span, some.map(({ row }) => row)]))
}

function dayOf(at: string): string {
  return at.slice(0, 10)
}

function weekOf(at: string): string {
  const day = Temporal.PlainDate.from(dayOf(at))
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}
