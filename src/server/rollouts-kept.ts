/** The roll-out as it is kept over a restart: the newest row counts, the others are what was. */
import * as v from 'valibot'
import type { Rollout } from '../core/rollout.ts'
import { id } from '../protocol/primitives.ts'
import { rolloutStage, rolloutState } from '../protocol/rollout.ts'
import { updateFailure } from '../protocol/update.ts'
import type { Db } from './store/store.ts'

const failed = v.nullable(v.strictObject({ bedId: id, why: updateFailure }))

export async function lastRollout(db: Db): Promise<Rollout | null> {
  const row = await db
    .selectFrom('rollouts')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const { number, build, before } = row
  return {
    ...{ number, build, before },
    stage: v.parse(rolloutStage, JSON.parse(row.stage)),
    state: v.parse(rolloutState, row.state),
    failed: v.parse(failed, JSON.parse(row.failed ?? 'null')),
  }
}

/** In the transaction of its row in the audit. */
export async function saveRollout(db: Db, rollout: Rollout, nowMs: number): Promise<void> {
  const { number, build, before, state } = rollout
  const kept = {
    ...{ build, before, state },
    stage: JSON.stringify(rollout.stage),
    failed: rollout.failed && JSON.stringify(rollout.failed),
  }
  await db
    .insertInto('rollouts')
    .values({ number, begun_ms: nowMs, ...kept })
    .onConflict((same) => same.column('number').doUpdateSet(kept))
    .execute()
}
