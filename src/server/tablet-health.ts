/** What each tablet last said of itself, kept over a restart and while it is away: IT asks of the one that is gone (HZ-11). */
import * as v from 'valibot'
import { type TabletHealth, type ToldHealth, toldHealth } from '../protocol/tablet-health.ts'
import type { Db } from './store/store.ts'
import type { Bed } from './ward.ts'

/** Of the device that is this bed's now; a tablet that comes after it has said nothing yet. */
export async function keepHealth(db: Db, bed: Bed, health: TabletHealth, toldMs: number): Promise<void> {
  const told: ToldHealth = { ...health, toldMs }
  bed.health = told
  await db
    .updateTable('devices')
    .set({ health: JSON.stringify(told) })
    .where('bed_id', '=', bed.party.bedId)
    .where('revoked_ms', 'is', null)
    .execute()
}

/** By bed. */
export async function listHealth(db: Db): Promise<Map<string, ToldHealth>> {
  const rows = await db
    .selectFrom('devices')
    .select(['bed_id', 'health'])
    .where('revoked_ms', 'is', null)
    .where('health', 'is not', null)
    .execute()
  return new Map(rows.map(({ bed_id, health }) => [bed_id, v.parse(toldHealth, JSON.parse(health ?? ''))]))
}
