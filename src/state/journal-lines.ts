/** Which lines of a tab's journal still say something, once the store has everything else. */
import type { JournalEntry } from './plan-ports.ts'

/**
 * The acts that wait; and what was taken back, as long as the act itself may stand in the file of another tab: without
 * that word it would come back with it.
 */
export function linesToKeep<T>(
  lines: readonly T[],
  entryOf: (line: T) => JournalEntry,
  waiting: ReadonlySet<string>,
): T[] {
  const own = new Set(lines.map(entryOf).flatMap((entry) => (entry.type === 'act' ? [entry.act.actId] : [])))
  return lines.filter((line) => {
    const entry = entryOf(line)
    return entry.type === 'act' ? waiting.has(entry.act.actId) : !own.has(entry.actId)
  })
}
