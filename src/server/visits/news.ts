/** Tells stations that there is news of visits, and not more often than they can ask for it. */
import { may } from '../../core/permissions.ts'
import type { ServerMessage } from '../../protocol/wire.ts'
import { type Session, type Sessions, tellText } from '../session.ts'
import type { Ward } from '../ward.ts'

/** All that comes in so long is one piece of news: every station of the ward asks for all of it. */
const newsMs = 1_000
const newsText = JSON.stringify({ type: 'visits.news' } satisfies ServerMessage)

type NewsParts = { readonly ward: Ward; readonly now: () => number; readonly sessions: Sessions }

export function createNews({ ward, now, sessions }: NewsParts) {
  /** When the socket was lost for which a word waits. */
  const toldAway = new WeakMap<Session, number>()
  let pause: NodeJS.Timeout | null = null
  let isDue = false

  /** Whoever may admit asks what is new; while their socket is away one word waits for them. */
  function tellNow(): void {
    for (const session of sessions.values()) {
      if (session.party.type !== 'staff' || !may(session.actor, 'visit.admit', ward.wardId, now())) continue
      // One that it has heard and not acknowledged yet is not said again, so it does not count.
      if (!session.socket && toldAway.get(session) === session.lostAtMs) continue
      if (!session.socket) toldAway.set(session, session.lostAtMs)
      tellText(session, newsText)
    }
  }

  /** The first at once, what follows at the end of the pause. */
  function tell(): void {
    if (pause) {
      isDue = true
      return
    }
    tellNow()
    pause = setTimeout(() => {
      pause = null
      if (isDue) tell()
    }, newsMs)
    isDue = false
  }

  return {
    tell,
    stop(): void {
      if (pause) clearTimeout(pause)
    },
  }
}
