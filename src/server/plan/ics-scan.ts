/**
 * Looks over a calendar file before any parser sees it, so that a hostile one costs one pass and is refused with its
 * line. It finds the VEVENTs, each to be parsed by itself: one that is broken harms no other.
 */
import { type IcsRefusal, mostIcsBytes, mostIcsLines } from '../../protocol/plan-share.ts'

/** The lines of one VEVENT as they stand in the file; `line` is where it begins, from 1. */
export type EventText = { readonly line: number; readonly text: string }

export type Scan =
  | { readonly type: 'scanned'; readonly events: readonly EventText[] }
  | { readonly type: 'refused'; readonly why: IcsRefusal; readonly line: number | null }

const mostEvents = 2_000
/** Calendars nest three deep: VCALENDAR, VEVENT, VALARM. */
const deepest = 4
/** One property with all its folded lines, in characters. */
const longestProperty = 100_000

export function scanIcs(text: string): Scan {
  if (Buffer.byteLength(text) > mostIcsBytes) return refused('too-large', null)
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, mostIcsLines + 2)
  if (lines.at(-1) === '') lines.pop()
  if (lines.length > mostIcsLines) return refused('too-many-lines', mostIcsLines + 1)
  const first = lines.findIndex((line) => line.trim() !== '')
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines[first] ?? ''))
    return refused('not-a-calendar', Math.max(first, 0) + 1)
  return walk(lines)
}

function walk(lines: readonly string[]): Scan {
  const events: EventText[] = []
  const open: { readonly name: string; readonly index: number }[] = []
  let length = 0
  for (const [index, line] of lines.entries()) {
    length = /^[ \t]/.test(line) ? length + line.length : line.length
    if (length > longestProperty) return refused('line-too-long', index + 1)
    if (/(?!\t)\p{Cc}/u.test(line)) return refused('not-text', index + 1)
    const [, edge = '', name = ''] = /^(BEGIN|END):([A-Za-z0-9-]{1,40})\s*$/i.exec(line) ?? []
    if (edge.toUpperCase() === 'BEGIN') {
      if (open.length === deepest) return refused('badly-nested', index + 1)
      open.push({ name: name.toUpperCase(), index })
    } else if (edge !== '') {
      const begun = open.pop()
      if (begun?.name !== name.toUpperCase()) return refused('badly-nested', index + 1)
      if (begun.name !== 'VEVENT') continue
      if (open.length !== 1) return refused('badly-nested', index + 1)
      if (events.length === mostEvents) return refused('too-many-events', begun.index + 1)
      events.push({ line: begun.index + 1, text: lines.slice(begun.index, index + 1).join('\r\n') })
    }
  }
  const [left] = open
  return left ? refused('badly-nested', left.index + 1) : { type: 'scanned', events }
}

function refused(why: IcsRefusal, line: number | null): Scan {
  return { type: 'refused', why, line }
}
