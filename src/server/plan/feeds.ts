/** Calendar links: who made which, until when, and whose appointments each shows. Only hashes of their tokens are kept. */
import { randomUUIDv7 } from 'node:crypto'
import { may } from '../../core/permissions.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import type { Feed } from '../../protocol/plan-share.ts'
import { recordAct } from '../audit/record.ts'
import { findPerson } from '../people.ts'
import { newCode } from '../store/secrets.ts'
import type { Db, Store } from '../store/store.ts'

/** `staffId`: whose appointments; null: the ward's. */
export type OpenFeed = {
  readonly feedId: string
  readonly name: string
  readonly staffId: string | null
  /** Null: the ward's. */
  readonly language: string | null
}

/** Most links that one person, or the ward, has at a time. */
export const mostFeeds = 20
const dayMs = 24 * 60 * 60 * 1000
const readGrainMs = 60_000
/** Calendars ask many times an hour, and the record says once for each hour that they did. */
const recordedMs = 60 * 60_000

export type FeedWish = {
  readonly staffId: string | null
  readonly madeBy: string
  readonly agent: AuditAgent
  readonly name: string
  readonly days: number
  readonly language?: string | undefined
}

/** Those that are neither revoked nor over. `staffId` null: the ward's. */
export async function listFeeds(db: Db, staffId: string | null, nowMs: number): Promise<Feed[]> {
  const rows = await db
    .selectFrom('plan_feeds')
    .selectAll()
    .where('staff_id', staffId === null ? 'is' : '=', staffId)
    .where('revoked_ms', 'is', null)
    .where('expires_ms', '>', nowMs)
    .orderBy('made_ms')
    .execute()
  return rows.map((row) => ({
    feedId: row.feed_id,
    of: row.staff_id === null ? 'ward' : 'person',
    name: row.name,
    madeBy: row.made_by,
    madeMs: row.made_ms,
    expiresMs: row.expires_ms,
    readMs: row.read_ms,
  }))
}

/** Null: there are as many as there may be. The token has 160 random bits and is answered this once. */
export async function makeFeed(
  store: Store,
  { staffId, madeBy, agent, name, days, language }: FeedWish,
  nowMs: number,
): Promise<{ readonly feed: Feed; readonly token: string } | null> {
  const token = newCode()
  const feedId = randomUUIDv7()
  return await store.db.transaction().execute(async (db) => {
    if ((await listFeeds(db, staffId, nowMs)).length >= mostFeeds) return null
    const times = { madeMs: nowMs, expiresMs: nowMs + days * dayMs, readMs: null }
    await db
      .insertInto('plan_feeds')
      .values({
        feed_id: feedId,
        token_hash: store.digest(token),
        staff_id: staffId,
        name,
        made_by: madeBy,
        made_ms: times.madeMs,
        expires_ms: times.expiresMs,
        read_ms: null,
        revoked_ms: null,
        language: language ?? null,
      })
      .execute()
    const of = staffId === null ? 'ward' : 'person'
    const entity = { type: 'feed', id: feedId } as const
    await recordAct(db, nowMs, { action: 'plan-shared', agent, entity, detail: `feed-made ${of}` })
    return { feed: { feedId, of, name, madeBy, ...times }, token }
  })
}

/** False: there is no such link of theirs. */
export async function revokeFeed(
  store: Store,
  feedId: string,
  { staffId, agent }: Pick<FeedWish, 'staffId' | 'agent'>,
  nowMs: number,
): Promise<boolean> {
  return await store.db.transaction().execute(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('plan_feeds')
      .set({ revoked_ms: nowMs })
      .where('feed_id', '=', feedId)
      .where('staff_id', staffId === null ? 'is' : '=', staffId)
      .where('revoked_ms', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return false
    const entity = { type: 'feed', id: feedId } as const
    await recordAct(db, nowMs, { action: 'plan-shared', agent, entity, detail: 'feed-revoked' })
    return true
  })
}

/**
 * What this token opens now: nothing once it is over, revoked, or once the person behind it has left or may no longer
 * share the ward's plan.
 */
export async function openFeed(
  store: Store,
  token: string,
  wardId: string,
  nowMs: number,
): Promise<OpenFeed | null> {
  const row = await store.db
    .selectFrom('plan_feeds')
    .select(['feed_id', 'name', 'staff_id', 'made_by', 'read_ms', 'language'])
    .where('token_hash', '=', store.digest(token))
    .where('revoked_ms', 'is', null)
    .where('expires_ms', '>', nowMs)
    .executeTakeFirst()
  const person = row && (await findPerson(store.db, row.staff_id ?? row.made_by, nowMs))
  if (!person || !may(person.actor, row.staff_id === null ? 'plan.share' : 'plan.see', wardId, nowMs))
    return null
  await noteReading(store, row, nowMs)
  return { feedId: row.feed_id, name: row.name, staffId: row.staff_id, language: row.language }
}

type Read = { readonly feed_id: string; readonly staff_id: string | null; readonly read_ms: number | null }

/** Whoever reads is not known: the link is. Of many that read at one moment, the first is written down. */
async function noteReading(
  { db }: Store,
  { feed_id, staff_id, read_ms }: Read,
  nowMs: number,
): Promise<void> {
  const isFirst = read_ms === null || Math.floor(nowMs / recordedMs) !== Math.floor(read_ms / recordedMs)
  if (!isFirst && nowMs - read_ms < readGrainMs) return
  await db.transaction().execute(async (step) => {
    const { numUpdatedRows } = await step
      .updateTable('plan_feeds')
      .set({ read_ms: nowMs })
      .where('feed_id', '=', feed_id)
      .where('read_ms', read_ms === null ? 'is' : '=', read_ms)
      .executeTakeFirstOrThrow()
    if (!isFirst || numUpdatedRows === 0n) return
    await recordAct(step, nowMs, {
      action: 'plan-read',
      agent: { type: 'unknown' },
      entity: { type: 'feed', id: feed_id },
      detail: `feed ${staff_id === null ? 'ward' : 'person'}`,
    })
  })
}
