/** What the lines of a tab's journal still say: which of them stay, and which acts they bring back. */
import type { OutboxAct } from '../protocol/sync.ts'
import type { JournalEntry, NewAct } from './plan-ports.ts'

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

/** The acts that neither the store nor a later word knows, each once, in the order in which they were written. */
export function missingActs(
  entries: readonly JournalEntry[],
  held: readonly OutboxAct[],
  isKnown: (actId: string) => boolean,
): NewAct[] {
  const forgotten = new Set(entries.flatMap((entry) => (entry.type === 'forgotten' ? [entry.actId] : [])))
  const written = entries.flatMap((entry) => (entry.type === 'act' ? [entry] : []))
  const remembered = held.map(({ actId, version, madeMs, act }) => ({ act: { actId, version, madeMs, act } }))
  const byId = new Map<string, NewAct>()
  // Stable: what one tab wrote stays in its order.
  const ordered = [...written.sort((one, other) => one.after - other.after), ...remembered]
  for (const { act } of ordered)
    if (!byId.has(act.actId) && !forgotten.has(act.actId) && !isKnown(act.actId)) byId.set(act.actId, act)
  return [...byId.values()]
}
