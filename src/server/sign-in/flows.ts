/** Ways to the provider and back: each is known by a hash, belongs to one browser, and can be gone once. */
import * as v from 'valibot'
import { newToken } from '../store/secrets.ts'
import type { Store } from '../store/store.ts'

const flowMs = 10 * 60_000

const flowSecrets = v.strictObject({ nonce: v.string(), verifier: v.string() })

export type Flow = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly page: 'station' | 'admin'
  /** The hash of the locked sign-in that this opens; null when it makes a new one. */
  readonly unlocks: string | null
  /** The hash of the sign-in that a new one ends; null: this browser had none. */
  readonly replaces: string | null
  /** `fresh`: the person proves who they are now, even if the provider knows them still. */
  readonly proof: 'fresh' | 'any'
  readonly createdMs: number
}

/** Begins a way; `browser` is what the browser keeps in its cookie to show that it is the one that began. */
export async function beginFlow(
  store: Store,
  begun: Pick<Flow, 'page' | 'unlocks' | 'replaces' | 'proof'>,
  nowMs: number,
): Promise<Flow & { readonly browser: string }> {
  const [state, nonce, verifier, browser] = [newToken(), newToken(), newToken(), newToken()]
  await store.db.deleteFrom('oidc_flows').where('expires_ms', '<=', nowMs).execute()
  await store.db
    .insertInto('oidc_flows')
    .values({
      state_hash: store.digest(state),
      browser_hash: store.digest(browser),
      secrets: store.seal(JSON.stringify({ nonce, verifier })),
      page: begun.page,
      unlocks: begun.unlocks,
      replaces: begun.replaces,
      fresh: begun.proof === 'fresh' ? 1 : 0,
      created_ms: nowMs,
      expires_ms: nowMs + flowMs,
    })
    .execute()
  return { state, nonce, verifier, browser, ...begun, createdMs: nowMs }
}

/**
 * Takes a way out of the table, so that nobody goes it twice. `foreign`: another browser began it, and it is left to
 * that one. `gone`: unknown, used or too old.
 */
export async function takeFlow(
  store: Store,
  state: string,
  browser: string | null,
  nowMs: number,
): Promise<Flow | 'gone' | 'foreign'> {
  const stateHash = store.digest(state)
  const known = await store.db
    .selectFrom('oidc_flows')
    .select('browser_hash')
    .where('state_hash', '=', stateHash)
    .executeTakeFirst()
  if (!known) return 'gone'
  if (browser === null || store.digest(browser) !== known.browser_hash) return 'foreign'
  const taken = await store.db
    .deleteFrom('oidc_flows')
    .where('state_hash', '=', stateHash)
    .returningAll()
    .executeTakeFirst()
  const secrets = taken && store.unseal(taken.secrets)
  if (!taken || !secrets || taken.expires_ms <= nowMs) return 'gone'
  const { nonce, verifier } = v.parse(flowSecrets, JSON.parse(secrets))
  const { page, unlocks, replaces, fresh, created_ms: createdMs } = taken
  return { state, nonce, verifier, page, unlocks, replaces, proof: fresh ? 'fresh' : 'any', createdMs }
}
