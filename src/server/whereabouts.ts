/** Notices a tablet that is without the server or its power, alone, for long, and keeps that until staff have been there (HZ-14). */
import { randomInt } from 'node:crypto'
import { bedEndpoint, bedStateOf } from '../core/switchboard-parties.ts'
import { strays, type TabletAt } from '../core/whereabouts.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import type { Confirmation } from '../protocol/tablet-desk.ts'
import type { Timings } from '../protocol/wire.ts'
import { recordAct } from './audit/record.ts'
import type { BoardNews } from './board-news.ts'
import type { Queue } from './queue.ts'
import { type Session, type Sessions, tell } from './session.ts'
import type { Db } from './store/store.ts'
import type { Switching } from './switching.ts'
import { maxWrongTries } from './tablets.ts'
import type { Bed, Ward } from './ward.ts'

export type WhereaboutsParts = {
  readonly db: Db
  readonly ward: Ward
  readonly timings: Timings
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
  readonly sweepMs: number
}

export type WhereaboutsOfTablets = ReturnType<typeof createWhereabouts>

export function createWhereabouts(parts: WhereaboutsParts) {
  const { db, ward, timings, now, queue, sessions, switching, news } = parts
  /** Since when each tablet is known to be its bed's: one that has just come was not away before. */
  const boundSinceMs = new Map<string, number>()
  /** What each astray tablet shows, and how often something else was typed. */
  const asked = new Map<string, { readonly digits: string; wrongTries: number }>()
  /** Those whose tablet has heard from here how it stands; what the welcome said is said to it once more. */
  const toldSessions = new WeakSet<Session>()

  function standing({ party: { bedId }, offlineSinceMs, onBatterySinceMs }: Bed): TabletAt {
    const state = bedStateOf(switching.board(), bedId, offlineSinceMs)
    if (state.type !== 'offline') return { bedId, awaySinceMs: onBatterySinceMs }
    const sinceMs = Math.max(state.sinceMs, boundSinceMs.get(bedId) ?? now())
    return { bedId, awaySinceMs: Math.min(sinceMs, onBatterySinceMs ?? sinceMs) }
  }

  async function look(): Promise<void> {
    const beds = [...ward.beds.values()].filter(({ tablet }) => tablet === 'bound' || tablet === 'astray')
    const bound = beds.map(({ party }) => party.bedId)
    for (const bedId of boundSinceMs.keys()) if (!bound.includes(bedId)) boundSinceMs.delete(bedId)
    for (const bedId of bound) if (!boundSinceMs.has(bedId)) boundSinceMs.set(bedId, now())
    for (const bedId of strays(beds.map(standing), now(), timings.astrayMs)) {
      const bed = ward.beds.get(bedId)
      if (bed?.tablet === 'bound') await mark(bed, 'astray', { type: 'server' })
    }
    for (const bed of beds) tellUntold(bed)
  }

  async function mark(bed: Bed, tablet: 'astray' | 'bound', agent: AuditAgent): Promise<void> {
    const { bedId } = bed.party
    await db.transaction().execute(async (step) => {
      await step
        .updateTable('devices')
        .set({ astray_ms: tablet === 'astray' ? now() : null })
        .where('bed_id', '=', bedId)
        .where('revoked_ms', 'is', null)
        .execute()
      const entity = { type: 'bed', id: bedId } as const
      const done =
        tablet === 'astray' ? { action: 'tablet-astray' as const } : { action: 'tablet-confirmed' as const }
      await recordAct(step, now(), { ...done, agent, entity, detail: tablet === 'astray' ? null : 'at-bed' })
    })
    bed.tablet = tablet
    asked.delete(bedId)
    if (bed.onBatterySinceMs !== null) bed.onBatterySinceMs = now()
    news.tellBed(bed, switching.board())
    const session = sessions.get(bedEndpoint(bedId))
    if (session) tellOf(session, bed)
  }

  /** One that was lost, or had another waiting for its place, when it was greeted. */
  function tellUntold(bed: Bed): void {
    const session = sessions.get(bedEndpoint(bed.party.bedId))
    if (session && bed.tablet === 'astray' && !toldSessions.has(session)) tellOf(session, bed)
  }

  function tellOf(session: Session, { party: { bedId }, tablet }: Bed): void {
    toldSessions.add(session)
    tell(session, { type: 'tablet.whereabouts', digits: tablet === 'astray' ? digitsOf(bedId).digits : null })
  }

  function digitsOf(bedId: string) {
    const known = asked.get(bedId)
    if (known && known.wrongTries < maxWrongTries) return known
    const made = { digits: String(randomInt(1_000_000)).padStart(6, '0'), wrongTries: 0 }
    asked.set(bedId, made)
    return made
  }

  /** Whoever typed what stands on it has it before them, and says that it is where it belongs. */
  async function confirm(bedId: string, typed: string, agent: AuditAgent): Promise<Confirmation> {
    const bed = ward.beds.get(bedId)
    if (bed?.tablet !== 'astray') return { outcome: 'nothing-waits' }
    const held = digitsOf(bedId)
    if (held.digits === typed) {
      await mark(bed, 'bound', agent)
      return { outcome: 'confirmed' }
    }
    held.wrongTries += 1
    const entity = { type: 'bed', id: bedId } as const
    const why = { outcome: 'refused', detail: 'wrong-digits' } as const
    await recordAct(db, now(), { action: 'tablet-confirmed', agent, entity, ...why })
    const session = sessions.get(bedEndpoint(bedId))
    if (held.wrongTries >= maxWrongTries && session) tellOf(session, bed)
    return { outcome: 'wrong-digits', triesLeft: maxWrongTries - held.wrongTries }
  }

  const sweeper = setInterval(() => queue.run(look), parts.sweepMs)

  return {
    /** What a tablet that comes back is told of itself; null: it is at its bed. */
    strayDigits: (bedId: string) =>
      ward.beds.get(bedId)?.tablet === 'astray' ? digitsOf(bedId).digits : null,
    async confirm(bedId: string, typed: string, agent: AuditAgent): Promise<Confirmation> {
      return await new Promise((resolve, reject) => {
        queue.run(async () => {
          await confirm(bedId, typed, agent).then(resolve, reject)
        })
      })
    },
    stop: () => clearInterval(sweeper),
  }
}
