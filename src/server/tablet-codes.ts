/**
 * Short codes that bind a tablet to a bed: 40 random bits, ten minutes, once. A wrong code counts against every code
 * that lives, wherever it comes from, and the fifth ends them all: of n codes one is guessed with a chance of 5n in
 * 2^40, and whoever guesses one still needs somebody at the bedside who reads six digits off his screen.
 */
import { randomBytes } from 'node:crypto'
import { codeAlphabet } from '../core/tablet-code.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import { recordAct } from './audit/record.ts'
import type { Redemption } from './codes.ts'
import type { Db, Store } from './store/store.ts'
import { maxWrongTries } from './tablets.ts'

export const codeMs = 10 * 60 * 1000

/** A code for this bed; one made for it before works no more. */
export async function makeTabletCode(
  store: Store,
  bedId: string,
  agent: AuditAgent,
  nowMs: number,
): Promise<string> {
  const code = newTypedCode()
  const expiresMs = nowMs + codeMs
  await store.db.transaction().execute(async (db) => {
    await db
      .deleteFrom('tablet_codes')
      .where((where) => where.or([where('expires_ms', '<=', nowMs), where('bed_id', '=', bedId)]))
      .execute()
    await db
      .insertInto('tablet_codes')
      .values({
        code_hash: store.digest(code),
        bed_id: bedId,
        expires_ms: expiresMs,
        wrong_tries: 0,
        used_ms: null,
      })
      .execute()
    await recordAct(db, nowMs, { action: 'tablet-code-made', agent, entity: { type: 'bed', id: bedId } })
  })
  return code
}

/** 40 bits make eight letters of five bits each, none of them likelier than another. */
function newTypedCode(): string {
  let number = randomBytes(5).reduce((sum, byte) => sum * 256 + byte, 0)
  let code = ''
  while (code.length < 8) {
    code += codeAlphabet[number % 32]
    number = Math.floor(number / 32)
  }
  return code
}

/** Uses a code up; `subjectId` is its bed. One that is over is as unknown as one that never was. */
export async function redeemTabletCode(db: Db, codeHash: string, nowMs: number): Promise<Redemption> {
  const taken = await db
    .updateTable('tablet_codes')
    .set({ used_ms: nowMs })
    .where('code_hash', '=', codeHash)
    .where('used_ms', 'is', null)
    .where('expires_ms', '>', nowMs)
    .where('wrong_tries', '<', maxWrongTries)
    .returning('bed_id')
    .executeTakeFirst()
  if (taken) return { type: 'redeemed', subjectId: taken.bed_id }
  const known = await db
    .selectFrom('tablet_codes')
    .select('used_ms')
    .where('code_hash', '=', codeHash)
    .executeTakeFirst()
  if (known) return { type: known.used_ms === null ? 'unknown-code' : 'used-code' }
  await db
    .updateTable('tablet_codes')
    .set((row) => ({ wrong_tries: row('wrong_tries', '+', 1) }))
    .where('used_ms', 'is', null)
    .where('expires_ms', '>', nowMs)
    .execute()
  return { type: 'unknown-code' }
}
