/** Tells open stations that the plan changed, and each bed's tablet what its own patient's days look like. */
import { may } from '../../core/permissions.ts'
import { bedEndpoint } from '../../core/switchboard-parties.ts'
import type { Row } from '../../protocol/plan.ts'
import type { PatientEntry } from '../../protocol/plan-news.ts'
import type { ServerMessage } from '../../protocol/wire.ts'
import { retell, type Session, type Sessions, tellText } from '../session.ts'
import type { Plan } from './plan.ts'
import { entriesFor, zoneOf } from './tablet-plan.ts'

export type PlanNewsParts = {
  readonly plan: Pick<Plan, 'book' | 'onChange' | 'lyingSince'>
  readonly wardId: string
  readonly sessions: Sessions
  readonly now: () => number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const mostAtOnce = 4
const patientsText = '{"type":"plan.yours"'
const newsText = JSON.stringify({ type: 'plan.news' } satisfies ServerMessage)

export function createPlanNews({ plan, wardId, sessions, now }: PlanNewsParts) {
  /** What each tablet's session was told last, and when that was last looked at. */
  const told = new WeakMap<Session, { readonly text: string; readonly atMs: number }>()

  function poke(session: Session): void {
    if (session.party.type !== 'staff' || !may(session.actor, 'plan.see', wardId, now())) return
    // While its socket is away one word waits for it, however much happens.
    if (!session.socket && session.unacked?.includes(newsText)) return
    tellText(session, newsText)
  }

  /** With its stay: a tablet forgets what it was told of the last one, so the same words are news to it (HZ-6, HZ-7). */
  function look(session: Session, bedId: string, entries: readonly PatientEntry[]): string {
    const text = JSON.stringify([plan.book.get('bed', bedId)?.epoch ?? null, entries])
    told.set(session, { text, atMs: now() })
    return text
  }

  function tellEntries(session: Session, entries: readonly PatientEntry[]): void {
    const text = JSON.stringify({
      type: 'plan.yours',
      entries: [...entries],
      zone: zoneOf(plan.book),
      asOfMs: now(),
    } satisfies ServerMessage)
    // A tablet that was away must not read again, on its way to today, whose days they were before (HZ-6).
    retell(session, (waiting) => waiting.startsWith(patientsText), text)
    tellText(session, text)
  }

  /** Never a word about another stay than the one that is there now (HZ-6). */
  function tellBed(bedId: string): void {
    const session = sessions.get(bedEndpoint(bedId))
    if (!session) return
    const entries = entriesFor(plan, bedId, now())
    const before = told.get(session)?.text
    // Looked at is looked at, also when nothing is new: else the first few would be due for ever, and nobody else.
    const text = look(session, bedId, entries)
    if (text !== before) tellEntries(session, entries)
  }

  const stopHearing = plan.onChange((rows, _removed, before) => {
    for (const session of sessions.values()) poke(session)
    for (const bedId of new Set([...rows, ...before].flatMap(bedsOf))) tellBed(bedId)
  })

  /** A day passes for a patient though nobody changed anything: a few tablets at a time, each once an hour. */
  function passDays(): void {
    const due = [...sessions.values()].filter(
      (session) => now() - (told.get(session)?.atMs ?? now()) > hourMs,
    )
    for (const { party } of due.slice(0, mostAtOnce)) if (party.type === 'bed') tellBed(party.bedId)
  }
  const clock = setInterval(passDays, minuteMs)

  return {
    /** A tablet that begins anew is told at once; a station asks by itself. */
    greet(session: Session): void {
      if (session.party.type !== 'bed') return
      const { bedId } = session.party
      const entries = entriesFor(plan, bedId, now())
      look(session, bedId, entries)
      tellEntries(session, entries)
    },
    stop(): void {
      stopHearing()
      clearInterval(clock)
    },
  }
}

/** The beds whose tablets may have something new to say. */
function bedsOf(row: Row): readonly string[] {
  if (row.type === 'bed') return [row.id]
  return row.type === 'appointment' ? row.stops.map(({ bedId }) => bedId) : []
}
