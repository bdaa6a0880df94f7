/** What stands between each bed and its tablet, as the database has it, and the news of it. */
import type { Kysely } from 'kysely'
import type { TabletState } from '../protocol/people.ts'
import { type NewAct, recordAct } from './audit/record.ts'
import type { BoardNews } from './board-news.ts'
import { revokeAt } from './devices.ts'
import type { Queue } from './queue.ts'
import type { Tables } from './store/tables.ts'
import type { Switching } from './switching.ts'
import type { Ward } from './ward.ts'

type Db = Kysely<Tables>

/** Wrong digits and wrong codes that end what they were tried on. */
export const maxWrongTries = 5

/** Tablets that wait for their digits now. */
export function waitingNow(db: Db, nowMs: number) {
  return db
    .selectFrom('waiting_tablets')
    .selectAll()
    .where('device_id', 'is', null)
    .where('digits_hash', 'is not', null)
    .where('expires_ms', '>', nowMs)
    .where('wrong_tries', '<', maxWrongTries)
}

/** The state of each bed's tablet; a bed that is not named has none. What is wrong comes first. */
export async function tabletStates(db: Db, nowMs: number): Promise<Map<string, TabletState>> {
  const devices = await db
    .selectFrom('devices')
    .select(['bed_id', 'cloned_ms', 'lost_ms', 'astray_ms'])
    .where('revoked_ms', 'is', null)
    .execute()
  const waiting = await waitingNow(db, nowMs).execute()
  const states = new Map<string, TabletState>(devices.map(({ bed_id }) => [bed_id, 'bound']))
  for (const { bed_id } of waiting) states.set(bed_id, 'waiting')
  for (const { bed_id, cloned_ms, lost_ms, astray_ms } of devices) {
    if (cloned_ms !== null) states.set(bed_id, 'cloned')
    else if (lost_ms !== null) states.set(bed_id, 'lost')
    else if (astray_ms !== null && states.get(bed_id) === 'bound') states.set(bed_id, 'astray')
  }
  return states
}

/** The bed has no tablet any more, nor one that waits, nor a code. */
export async function revokeTablet(
  db: Db,
  bedId: string,
  by: Pick<NewAct, 'agent' | 'detail'>,
  nowMs: number,
): Promise<void> {
  await db.transaction().execute(async (step) => {
    await revokeAt(step, bedId, nowMs)
    await step.deleteFrom('waiting_tablets').where('bed_id', '=', bedId).execute()
    await step.deleteFrom('tablet_codes').where('bed_id', '=', bedId).execute()
    await recordAct(step, nowMs, { action: 'tablet-revoked', ...by, entity: { type: 'bed', id: bedId } })
  })
}

export type TabletsParts = {
  readonly db: Db
  readonly ward: Ward
  readonly now: () => number
  readonly queue: Queue
  readonly switching: Switching
  readonly news: BoardNews
}

export type TabletNews = ReturnType<typeof createTabletNews>

/** Keeps the board's word on each tablet true, also when a wait ends by itself. */
export function createTabletNews({ db, ward, now, queue, switching, news }: TabletsParts) {
  const timers = new Set<ReturnType<typeof setTimeout>>()

  async function look(): Promise<void> {
    const states = await tabletStates(db, now())
    for (const [bedId, bed] of ward.beds) {
      const state = states.get(bedId) ?? 'none'
      if (state === bed.tablet) continue
      bed.tablet = state
      news.tellBed(bed, switching.board())
    }
  }

  async function refresh(): Promise<void> {
    queue.run(look)
    await queue.settled()
  }

  return {
    /** Looks again and tells what changed. Resolves when everyone was told. */
    refresh,
    /** Looks again after `ms`. */
    refreshIn(ms: number): void {
      const timer = setTimeout(() => {
        timers.delete(timer)
        void refresh()
      }, ms + 1)
      timers.add(timer.unref())
    },
    stop(): void {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
