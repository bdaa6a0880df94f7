/**
 * Which history of the plan this is. A server that was put back from a copy writes numbers a second time that devices
 * have already seen with another meaning; the stamp of each commit gives that away at the first cursor that names one.
 */
import { randomUUIDv7 } from 'node:crypto'
import type { Db } from '../store/store.ts'

export type Head = { readonly seq: number; readonly stamp: string }

const none: Head = { seq: 0, stamp: '-' }

export async function takeUpEpoch(db: Db): Promise<{ readonly epoch: string; readonly head: Head }> {
  const newest = db.selectFrom('plan_commits').select(['seq', 'stamp']).orderBy('seq', 'desc').limit(1)
  return {
    epoch: (await metaOf(db, 'epoch')) ?? (await renewEpoch(db)),
    head: (await newest.executeTakeFirst()) ?? none,
  }
}

export async function renewEpoch(db: Db): Promise<string> {
  const epoch = randomUUIDv7()
  await setMeta(db, 'epoch', epoch)
  return epoch
}

/** `forgotten`: what was over before that moment is no longer at hand, milliseconds since 1970. */
type MetaName = 'epoch' | 'tzdata' | 'forgotten'

export async function metaOf(db: Db, name: MetaName): Promise<string | null> {
  const row = db.selectFrom('plan_meta').select('value').where('name', '=', name)
  return (await row.executeTakeFirst())?.value ?? null
}

export async function setMeta(db: Db, name: MetaName, value: string): Promise<void> {
  await db
    .insertInto('plan_meta')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** `foreign`: no such commit ever was here, so it is of a history that this server has lost. */
export async function judgeCommit(db: Db, { seq, stamp }: Head): Promise<'known' | 'old' | 'foreign'> {
  if (seq === none.seq && stamp === none.stamp) return 'known'
  const row = await db.selectFrom('plan_commits').select('stamp').where('seq', '=', seq).executeTakeFirst()
  if (row) return row.stamp === stamp ? 'known' : 'foreign'
  const oldest = await db.selectFrom('plan_commits').select('seq').orderBy('seq').limit(1).executeTakeFirst()
  return oldest && seq < oldest.seq ? 'old' : 'foreign'
}
