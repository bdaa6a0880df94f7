/** Tells open stations that the plan changed, and each bed's tablet what its own patient's days look like. */
import { may } from '../../core/permissions.ts'
import type { PatientEntry } from '../../protocol/plan-news.ts'
import type { ServerMessage } from '../../protocol/wire.ts'
import { type Session, type Sessions, tell, tellText } from '../session.ts'
import type { Plan } from './plan.ts'
import { entriesOf } from './tablet-plan.ts'

export type PlanNewsParts = {
  readonly plan: Pick<Plan, 'book' | 'onChange'>
  readonly wardId: string
  readonly sessions: Sessions
  readonly now: () => number
  /** How often it is looked whether a day has passed for a patient, though nobody changed anything. */
  readonly everyMs?: number
}

const newsText = JSON.stringify({ type: 'plan.news' } satisfies ServerMessage)

export function createPlanNews({ plan, wardId, sessions, now, everyMs = 60_000 }: PlanNewsParts) {
  /** What each tablet's session was told last. */
  const told = new WeakMap<Session, string>()

  function poke(session: Session): void {
    if (session.party.type !== 'staff' || !may(session.actor, 'plan.see', wardId, now())) return
    // While its socket is away one word waits for it, however much happens.
    if (!session.socket && session.unacked?.includes(newsText)) return
    tellText(session, newsText)
  }

  function tellEntries(session: Session, entries: readonly PatientEntry[]): void {
    told.set(session, JSON.stringify(entries))
    tell(session, { type: 'plan.yours', entries: [...entries], asOfMs: now() })
  }

  /** Never a word about another stay than the one that is there now (HZ-6). */
  function tellTablets(): void {
    const tablets = [...sessions.values()].flatMap((session) =>
      session.party.type === 'bed' ? [{ session, bedId: session.party.bedId }] : [],
    )
    if (tablets.length === 0) return
    const lists = entriesOf(
      plan.book,
      tablets.map(({ bedId }) => bedId),
      now(),
    )
    for (const { session, bedId } of tablets) {
      const entries = lists.get(bedId) ?? []
      if (told.get(session) !== JSON.stringify(entries)) tellEntries(session, entries)
    }
  }

  const stopHearing = plan.onChange(() => {
    for (const session of sessions.values()) poke(session)
    tellTablets()
  })
  const clock = setInterval(tellTablets, everyMs)

  return {
    /** A tablet that begins anew is told at once; a station asks by itself. */
    greet(session: Session): void {
      if (session.party.type !== 'bed') return
      const { bedId } = session.party
      tellEntries(session, entriesOf(plan.book, [bedId], now()).get(bedId) ?? [])
    },
    stop(): void {
      stopHearing()
      clearInterval(clock)
    },
  }
}
