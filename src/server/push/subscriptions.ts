/** Which signed-in browsers are told of requests. One goes with its sign-in, however that ends. */
import * as v from 'valibot'
import { type Language, languages } from '../../core/languages.ts'
import { may } from '../../core/permissions.ts'
import { type PushSubscriptionKeys, pushSubscription } from '../../protocol/push.ts'
import { agentOfParty, recordAct } from '../audit/record.ts'
import { actorOf, partyOf, type SignIn } from '../people.ts'
import type { Db, Store } from '../store/store.ts'

export type Phone = {
  readonly tokenHash: string
  readonly staffId: string
  readonly language: Language
  readonly subscription: PushSubscriptionKeys
}

/** A browser has one, whoever is signed in there. */
export async function keepPhone(
  store: Store,
  { tokenHash, staff }: SignIn,
  { subscription, language }: Pick<Phone, 'subscription' | 'language'>,
  nowMs: number,
): Promise<void> {
  const endpointHash = store.digest(subscription.endpoint)
  await store.db.transaction().execute(async (db) => {
    await db
      .deleteFrom('phones')
      .where((row) => row.or([row('token_hash', '=', tokenHash), row('endpoint_hash', '=', endpointHash)]))
      .execute()
    await db
      .insertInto('phones')
      .values({
        token_hash: tokenHash,
        endpoint_hash: endpointHash,
        subscription: store.seal(JSON.stringify(subscription)),
        language,
        since_ms: nowMs,
      })
      .execute()
    await recordAct(db, nowMs, { action: 'phone-changed', agent: agentOfParty(staff), detail: 'on' })
  })
}

export async function forgetPhone(db: Db, { tokenHash, staff }: SignIn, nowMs: number): Promise<void> {
  await db.transaction().execute(async (step) => {
    if (!(await dropPhone(step, tokenHash))) return
    await recordAct(step, nowMs, { action: 'phone-changed', agent: agentOfParty(staff), detail: 'off' })
  })
}

/** False: there was none. */
export async function dropPhone(db: Db, tokenHash: string): Promise<boolean> {
  const gone = db.deleteFrom('phones').where('token_hash', '=', tokenHash).returning('token_hash')
  return (await gone.executeTakeFirst()) !== undefined
}

export async function hasPhone(db: Db, tokenHash: string): Promise<boolean> {
  const row = db.selectFrom('phones').select('since_ms').where('token_hash', '=', tokenHash)
  return (await row.executeTakeFirst()) !== undefined
}

/** Those of people who are signed in, locked or not, and may answer requests of this ward now. */
export async function listPhones(store: Store, wardId: string, nowMs: number): Promise<Phone[]> {
  const rows = await store.db
    .selectFrom('phones')
    .innerJoin('sign_ins', 'sign_ins.token_hash', 'phones.token_hash')
    .innerJoin('staff', 'staff.staff_id', 'sign_ins.staff_id')
    .select(['phones.token_hash', 'sign_ins.staff_id', 'phones.language', 'phones.subscription'])
    .select(['staff.name', 'staff.role', 'staff.wards'])
    .where('sign_ins.expires_ms', '>', nowMs)
    .where('staff.disabled_ms', 'is', null)
    .orderBy('phones.since_ms')
    .execute()
  const glass = await store.db
    .selectFrom('broken_glass')
    .select(['staff_id', 'ward_id', 'until_ms'])
    .where('until_ms', '>', nowMs)
    .orderBy('until_ms')
    .execute()
  const broken = Map.groupBy(glass, ({ staff_id }) => staff_id)
  const phones: Phone[] = []
  for (const { token_hash, staff_id, language, subscription, ...row } of rows) {
    const { role } = partyOf({ staff_id, ...row })
    const actor = actorOf(role, row.wards, broken.get(staff_id) ?? [])
    const text = store.unseal(subscription)
    if (text === null || !may(actor, 'request.answer', wardId, nowMs)) continue
    phones.push({
      tokenHash: token_hash,
      staffId: staff_id,
      language: v.parse(v.picklist(languages), language),
      subscription: v.parse(pushSubscription, JSON.parse(text)),
    })
  }
  return phones
}
