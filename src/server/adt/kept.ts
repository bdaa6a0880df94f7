/** The rows of the hospital's record: what is known before a message is decided, and what is known after it. */
import { randomUUIDv7 } from 'node:crypto'
import * as v from 'valibot'
import { keyOf } from '../../core/admission.ts'
import { type AdtPerson, type AdtRefusal, adtRefusals } from '../../core/adt-event.ts'
import { type Heard, type Known, unheard } from '../../core/adt-known.ts'
import type { Layout, Place } from '../../core/adt-places.ts'
import { loadStays } from '../admission-rows.ts'
import type { Db } from '../store/store.ts'

const dayMs = 86_400_000
/** So long a message that comes again is known for the same. */
const messagesKeptMs = 60 * dayMs
/** So long nothing older than the last word about a number is believed. */
const heardKeptMs = 400 * dayMs
/** More than these nobody reads: the oldest go. */
const mostSays = 200

export type Answered = { readonly bodyHash: string; readonly refusal: AdtRefusal | null }

const refusalIn = (text: string | null) => v.parse(v.nullable(v.picklist(adtRefusals)), text)

export async function findAnswered(db: Db, messageHash: string): Promise<Answered | null> {
  const row = await db
    .selectFrom('adt_messages')
    .selectAll()
    .where('message_hash', '=', messageHash)
    .executeTakeFirst()
  return row ? { bodyHash: row.body_hash, refusal: refusalIn(row.refusal) } : null
}

export async function keepAnswered(
  db: Db,
  messageHash: string,
  { bodyHash, refusal }: Answered,
  nowMs: number,
): Promise<void> {
  const row = { message_hash: messageHash, body_hash: bodyHash, refusal, at_ms: nowMs }
  await db.insertInto('adt_messages').values(row).execute()
}

/** When the last message that is known came. */
export async function lastHeardMs(db: Db): Promise<number | null> {
  const row = await db
    .selectFrom('adt_messages')
    .select(({ fn }) => fn.max<number | null>('at_ms').as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}

const moment = v.nullable(v.strictObject({ earliestMs: v.number(), latestMs: v.number() }))
const heardSchema = v.strictObject({
  ...{ placed: moment, named: moment, lived: moment, isDead: v.boolean() },
  // Rows of before that was heard lack them.
  ...{ tracked: v.optional(moment, null), isAway: v.optional(v.boolean(), false) },
})

export type KnownParts = {
  readonly db: Db
  readonly layout: Layout
  readonly digest: (key: string) => string
  readonly nowMs: number
}

/** What is known of these people, and who lies where. */
export async function loadKnown(parts: KnownParts, people: readonly AdtPerson[]): Promise<Known> {
  const { db, layout, digest, nowMs } = parts
  const numbers = people.flatMap(({ number, former }) => [number, former].filter((one) => one !== null))
  const keys = [...new Set(numbers.map(keyOf))]
  const heard = new Map<string, Heard>()
  for (const key of keys) heard.set(key, await findHeard(db, digest(key)))
  return { layout, stays: await loadStays(db), heard, nowMs, ...(await loadOrigins(db, keys)) }
}

async function findHeard(db: Db, hash: string): Promise<Heard> {
  const row = await db
    .selectFrom('adt_heard')
    .select('heard')
    .where('number_hash', '=', hash)
    .executeTakeFirst()
  return row ? v.parse(heardSchema, JSON.parse(row.heard)) : unheard
}

async function loadOrigins(db: Db, keys: readonly string[]) {
  const byHandMs = new Map<string, number>()
  const trackedByHandMs = new Map<string, number>()
  const namedByFeed = new Set<string>()
  const rows = await db.selectFrom('admissions').selectAll().where('number_key', 'in', keys).execute()
  const later = (last: Map<string, number>, key: string, atMs: number) =>
    last.set(key, Math.max(atMs, last.get(key) ?? 0))
  for (const row of rows) {
    const { number_key } = row
    if (row.named_by_feed === 1) namedByFeed.add(row.admission_id)
    const placedMs = row.placed_by_feed === 0 ? (row.ended_ms ?? row.bed_since_ms) : null
    if (placedMs !== null) later(byHandMs, number_key, placedMs)
    for (const atMs of [placedMs, row.away_by_hand_ms])
      if (atMs !== null) later(trackedByHandMs, number_key, atMs)
  }
  return { byHandMs, trackedByHandMs, namedByFeed }
}

export async function keepHeard(
  db: Db,
  heard: ReadonlyMap<string, Heard>,
  digest: (key: string) => string,
  nowMs: number,
): Promise<void> {
  for (const [key, one] of heard) {
    const said = { heard: JSON.stringify(one), dead: one.isDead ? 1 : 0, at_ms: nowMs } as const
    await db
      .insertInto('adt_heard')
      .values({ number_hash: digest(key), ...said })
      .onConflict((same) => same.column('number_hash').doUpdateSet(said))
      .execute()
  }
}

/** What staff are shown. `person` null: the message could not be read so far. `why` null: it was no refusal. */
export type Difference = {
  readonly saysId: string
  readonly person: AdtPerson | null
  readonly place: Place | null
  readonly why: AdtRefusal | null
  readonly atMs: number
  readonly isKept: boolean
}

export async function keepSays(
  db: Db,
  key: string,
  { person, place, why, atMs }: Omit<Difference, 'saysId' | 'isKept'>,
): Promise<void> {
  const said = {
    says_id: randomUUIDv7(),
    person: person && JSON.stringify(person),
    place: place && JSON.stringify(place),
    ...{ why, at_ms: atMs, kept_ms: null },
  }
  await db
    .insertInto('adt_says')
    .values({ says_key: key, ...said })
    .onConflict((same) => same.column('says_key').doUpdateSet(said))
    .execute()
  const ids = db.selectFrom('adt_says').select('says_key').orderBy('at_ms', 'desc').limit(mostSays)
  await db.deleteFrom('adt_says').where('says_key', 'not in', ids).execute()
}

export async function dropSays(db: Db, key: string): Promise<void> {
  await db.deleteFrom('adt_says').where('says_key', '=', key).execute()
}

export async function markKept(db: Db, saysId: string, nowMs: number): Promise<boolean> {
  const set = db.updateTable('adt_says').set({ kept_ms: nowMs }).where('says_id', '=', saysId)
  return (await set.where('kept_ms', 'is', null).executeTakeFirst()).numUpdatedRows > 0n
}

const said = v.nullable(v.string())
const personSchema = v.strictObject({
  ...{ number: said, name: said, born: said, former: said },
  death: v.nullable(v.picklist(['dead', 'alive'])),
  isOut: v.optional(v.boolean(), false),
  location: v.nullable(v.strictObject({ ward: v.string(), room: v.string(), bed: v.string() })),
})
const placeSchema = v.variant('type', [
  v.strictObject({ type: v.literal('bed'), bedId: v.string() }),
  v.strictObject({ type: v.literal('elsewhere') }),
  v.strictObject({ type: v.literal('unknown') }),
])

/** The newest first. */
export async function listSays(db: Db): Promise<(Difference & { readonly key: string })[]> {
  const rows = await db.selectFrom('adt_says').selectAll().orderBy('at_ms', 'desc').execute()
  return rows.map((row) => ({
    key: row.says_key,
    saysId: row.says_id,
    person: row.person === null ? null : v.parse(personSchema, JSON.parse(row.person)),
    place: row.place === null ? null : v.parse(placeSchema, JSON.parse(row.place)),
    why:
      row.why === null
        ? null
        : v.parse(
            v.custom<AdtRefusal>(() => true),
            row.why,
          ),
    ...{ atMs: row.at_ms, isKept: row.kept_ms !== null },
  }))
}

export async function forgetOldMessages(db: Db, nowMs: number): Promise<void> {
  await db
    .deleteFrom('adt_messages')
    .where('at_ms', '<', nowMs - messagesKeptMs)
    .execute()
  await db
    .deleteFrom('adt_heard')
    .where('at_ms', '<', nowMs - heardKeptMs)
    .where('dead', '=', 0)
    .execute()
  await db
    .deleteFrom('adt_says')
    .where('at_ms', '<', nowMs - messagesKeptMs)
    .execute()
}
