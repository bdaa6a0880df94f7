/** Asks the provider again and again whether those who are signed in still are who they were. */
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { OidcConfig } from '../config-oidc.ts'
import type { Store } from '../store/store.ts'
import { nameOf, roleOf } from './claims.ts'
import { endSignIns } from './ending.ts'
import { recognise } from './identities.ts'
import type { Granted, Provider } from './provider.ts'
import { ProviderError } from './provider-error.ts'
import type { Standing } from './standing.ts'

export type ProviderCheckParts = {
  readonly store: Store
  readonly standing: Standing
  readonly config: OidcConfig
  readonly provider: Provider
  readonly now: () => number
  readonly log: Logger
}

/** Sign-ins without an open tab are asked about this seldom. */
const quietMs = 10 * 60_000
/** So many questions are open at once. */
const width = 8

const kept = v.strictObject({ subject: v.string(), refresh: v.nullable(v.string()) })

type Due = { token_hash: string; staff_id: string; tokens: string | null }

export function createProviderCheck(parts: ProviderCheckParts) {
  const { store, standing, config, provider, now, log } = parts
  let running: Promise<void> | null = null

  async function listDue(): Promise<Due[]> {
    const nowMs = now()
    const live = standing.live()
    const rows = await store.db
      .selectFrom('sign_ins')
      .select(['token_hash', 'staff_id', 'tokens', 'checked_ms'])
      .where('tokens', 'is not', null)
      .where('expires_ms', '>', nowMs)
      .where('checked_ms', '<=', nowMs - config.checkMs)
      .execute()
    return rows.filter((row) => live.has(row.token_hash) || (row.checked_ms ?? 0) <= nowMs - quietMs)
  }

  async function check(row: Due): Promise<void> {
    const text = row.tokens === null ? null : store.unseal(row.tokens)
    // Sealed under another secret: nobody can say any more who this is.
    if (text === null) return await end(row, 'unreadable')
    const { subject, refresh } = v.parse(kept, JSON.parse(text))
    if (refresh === null) return
    try {
      await accept(row, subject, refresh, await provider.refresh(refresh, subject))
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      // Being down is no reason to send a whole hospital away: only a clear no is.
      if (error.why === 'refused') return await end(row, 'provider-refused')
      log.warn({ why: error.why }, 'the sign-in provider could not be asked')
      await touch(row)
    }
  }

  async function accept(row: Due, subject: string, refresh: string, granted: Granted): Promise<void> {
    const role = granted.claims && roleOf(granted.claims, config.roleClaim, config.roles)
    if (granted.claims && role === null) return await end(row, 'no-role')
    const tokens = store.seal(JSON.stringify({ subject, refresh: granted.refreshToken ?? refresh }))
    const was = await store.db.transaction().execute(async (db) => {
      await db
        .updateTable('sign_ins')
        .set({ tokens, checked_ms: now() })
        .where('token_hash', '=', row.token_hash)
        .execute()
      if (!granted.claims || role === null) return 'known'
      const name = nameOf(granted.claims, subject)
      const known = await recognise(db, { issuer: config.issuer, subject, name, role }, now())
      return known === 'disabled' ? 'changed' : known.was
    })
    if (was !== 'known') await standing.review(row.staff_id)
  }

  async function touch(row: Due): Promise<void> {
    const { token_hash } = row
    await store.db
      .updateTable('sign_ins')
      .set({ checked_ms: now() })
      .where('token_hash', '=', token_hash)
      .execute()
  }

  const end = (row: Due, why: string) => endSignIns(store, standing, [row.token_hash], why, now())

  async function checkAll(): Promise<void> {
    const due = await listDue()
    const worker = async () => {
      for (let row = due.shift(); row; row = due.shift()) await check(row)
    }
    await Promise.all(Array.from({ length: width }, worker))
  }

  /** One round at a time; a second asker waits for the one that runs. */
  return {
    run(): Promise<void> {
      running ??= checkAll().finally(() => {
        running = null
      })
      return running
    },
  }
}
