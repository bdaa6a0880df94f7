/** One-time codes: the part of a printed link that signs a person in or binds a tablet, once. */
import { newCode } from './store/secrets.ts'
import type { Db, Store } from './store/store.ts'

export type CodePurpose = 'sign-in' | 'enrol'

export type Redemption =
  | { readonly type: 'redeemed'; readonly subjectId: string }
  | { readonly type: 'unknown-code' }
  | { readonly type: 'used-code' }

/** Makes a code for a member of staff or a bed; only its hash is kept. */
export async function issueCode(
  store: Store,
  purpose: CodePurpose,
  subjectId: string,
  nowMs: number,
): Promise<string> {
  const code = newCode()
  await store.db
    .insertInto('codes')
    .values({
      code_hash: store.digest(code),
      purpose,
      subject_id: subjectId,
      created_ms: nowMs,
      used_ms: null,
    })
    .execute()
  return code
}

/** Uses a code up. One statement takes it, so that of two who try at once only one gets it. */
export async function redeemCode(
  db: Db,
  codeHash: string,
  purpose: CodePurpose,
  nowMs: number,
): Promise<Redemption> {
  const taken = await db
    .updateTable('codes')
    .set({ used_ms: nowMs })
    .where('code_hash', '=', codeHash)
    .where('purpose', '=', purpose)
    .where('used_ms', 'is', null)
    .returning('subject_id')
    .executeTakeFirst()
  if (taken) return { type: 'redeemed', subjectId: taken.subject_id }
  const known = await db
    .selectFrom('codes')
    .select('used_ms')
    .where('code_hash', '=', codeHash)
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  return { type: known ? 'used-code' : 'unknown-code' }
}

/** Links printed earlier and never used stop working. */
export async function voidUnusedCodes(db: Db): Promise<void> {
  await db.deleteFrom('codes').where('used_ms', 'is', null).execute()
}
