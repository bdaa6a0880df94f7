/** What somebody leaves behind when their sign-in is over: whatever they had taken calls again (HZ-4). */
import type { Consults } from './consults.ts'
import type { Requests } from './requests.ts'
import type { Sessions } from './session.ts'
import type { Db } from './store/store.ts'

export type DeparturesParts = {
  readonly db: Db
  readonly now: () => number
  readonly sessions: Sessions
  readonly requests: Pick<Requests, 'leave' | 'takers'>
  readonly consults: Pick<Consults, 'goOut' | 'promisers'>
}

export type Departures = ReturnType<typeof createDepartures>

/** [SHIFT-6] Run all of these in the queue. */
export function createDepartures({ db, now, sessions, requests, consults }: DeparturesParts) {
  async function leave(staffId: string): Promise<void> {
    await requests.leave(staffId)
    await consults.goOut(staffId)
  }

  /** At a locked screen nobody has been for minutes, and a telephone in a pocket is asleep. */
  function hasOpenScreen(staffId: string): boolean {
    return [...sessions.values()].some(
      ({ party, socket, isLocked }) =>
        party.type === 'staff' && party.staffId === staffId && socket !== null && !isLocked,
    )
  }

  return {
    leave,

    /** A sign-in of theirs is over. Whoever has another screen open goes on there. */
    async sentAway(staffId: string): Promise<void> {
      if (!hasOpenScreen(staffId)) await leave(staffId)
    },

    /** Whoever is signed in nowhere any more, however that came about, also while the server was stopped. */
    async review(): Promise<void> {
      const takers = [...new Set([...requests.takers(), ...consults.promisers()])]
      if (takers.length === 0) return
      const rows = await db
        .selectFrom('sign_ins')
        .select('staff_id')
        .where('staff_id', 'in', takers)
        .where('expires_ms', '>', now())
        .execute()
      const present = new Set(rows.map(({ staff_id }) => staff_id))
      for (const staffId of takers) if (!present.has(staffId)) await leave(staffId)
    },
  }
}
