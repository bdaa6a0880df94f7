/** Tells a person of what they have confirmed, ten minutes before and at its start; of nothing that is only requested or proposed. */
import type { Entry } from './plan-entries.ts'

export type Reminder = {
  readonly key: string
  readonly type: 'soon' | 'now'
  readonly entry: Entry
}

const soonMs = 10 * 60_000
/** What began longer ago is told to nobody any more: a page that was closed does not come back with a shower. */
const lateMs = 5 * 60_000

/** What may be due now, also on the other side of midnight. */
export function reminded(nowMs: number): { readonly startMs: number; readonly endMs: number } {
  return { startMs: nowMs - lateMs, endMs: nowMs + soonMs + 1 }
}

/** `told`: keys that were told before. One that was moved is told anew: its time is part of its key. */
export function dueReminders(
  entries: readonly Entry[],
  nowMs: number,
  told: ReadonlySet<string>,
): Reminder[] {
  return entries
    .filter(({ look, row }) => (look === 'confirmed' || look === 'arrived') && row.kind !== 'note')
    .flatMap((entry): Reminder[] => {
      const untilMs = entry.startMs - nowMs
      if (untilMs > soonMs || untilMs < -lateMs) return []
      const type = untilMs > 0 ? 'soon' : 'now'
      return [{ key: `${type} ${entry.key} ${entry.startMs}`, type, entry }]
    })
    .filter(({ key }) => !told.has(key))
}
