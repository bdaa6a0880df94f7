/** OpenID Connect Back-Channel Logout 1.0: the provider itself says that somebody's session is over. */
import * as v from 'valibot'
import type { OidcConfig } from '../config-oidc.ts'
import type { RouteBook } from '../routes.ts'
import type { Db, Store } from '../store/store.ts'
import type { Claims } from './claims.ts'
import { endSignIns } from './ending.ts'
import { clockToleranceMs, type Provider } from './provider.ts'
import { ProviderError } from './provider-error.ts'
import type { Standing } from './standing.ts'

export type BackChannelParts = {
  readonly store: Store
  readonly standing: Standing
  readonly config: OidcConfig
  readonly provider: Provider
}

const event = 'http://schemas.openid.net/event/backchannel-logout'
const logoutRequest = v.object({ logout_token: v.pipe(v.string(), v.maxLength(12_000)) })
const short = v.pipe(v.string(), v.minLength(1), v.maxLength(255))

/** §2.4: events has this member, nonce is forbidden, and sub or sid (or both) says whose session it is. */
const logoutToken = v.pipe(
  v.looseObject({
    jti: short,
    iat: v.number(),
    sub: v.optional(short),
    sid: v.optional(short),
    events: v.looseObject({ [event]: v.looseObject({}) }),
  }),
  v.check((claims) => !Object.hasOwn(claims, 'nonce')),
  v.check(({ sub, sid }) => sub !== undefined || sid !== undefined),
)
type LogoutToken = v.InferOutput<typeof logoutToken>

export function addBackChannel({ route }: RouteBook, parts: BackChannelParts): void {
  const { store, standing, config, provider } = parts

  route(
    'POST',
    '/oidc/back-channel-logout',
    { needs: 'nothing', takes: logoutRequest, from: 'server', guessable: 'code' },
    async ({ body, nowMs, reply }) => {
      reply.header('cache-control', 'no-store')
      const claims = await read(body.logout_token, nowMs).catch(whyNot)
      if (claims === 'unavailable') return { refusal: 'unavailable' }
      if (claims === null || (await isReplay(claims))) return { refusal: 'bad-request' }
      await endSignIns(store, standing, await concerned(claims, nowMs), 'back-channel', nowMs, (db) =>
        remember(db, claims, nowMs),
      )
      return { answer: {} }
    },
  )

  /** §2.6; a token without `exp` (older providers) is taken as long as its `iat` is near. */
  async function read(token: string, nowMs: number): Promise<LogoutToken | null> {
    const claims: Claims = await provider.verify(token, { requiredClaims: ['iat', 'jti'] })
    const parsed = v.safeParse(logoutToken, claims)
    if (!parsed.success || Math.abs(parsed.output.iat * 1000 - nowMs) > 2 * clockToleranceMs) return null
    return parsed.output
  }

  function hashOf({ jti }: LogoutToken): string {
    return store.digest(`logout|${config.issuer}|${jti}`)
  }

  async function isReplay(claims: LogoutToken): Promise<boolean> {
    const known = store.db.selectFrom('logout_tokens').select('jti_hash')
    return (await known.where('jti_hash', '=', hashOf(claims)).executeTakeFirst()) !== undefined
  }

  async function remember(db: Db, claims: LogoutToken, nowMs: number): Promise<void> {
    await db.deleteFrom('logout_tokens').where('expires_ms', '<=', nowMs).execute()
    const row = { jti_hash: hashOf(claims), expires_ms: nowMs + 4 * clockToleranceMs }
    await db.insertInto('logout_tokens').values(row).execute()
  }

  /** With a `sid` that session, else all of the person; both must fit when both are said. */
  async function concerned({ sub, sid }: LogoutToken, nowMs: number): Promise<string[]> {
    let query = store.db
      .selectFrom('sign_ins')
      .innerJoin('staff_identities', 'staff_identities.staff_id', 'sign_ins.staff_id')
      .select('sign_ins.token_hash')
      .where('issuer', '=', config.issuer)
      .where('tokens', 'is not', null)
      .where('expires_ms', '>', nowMs)
    if (sub !== undefined) query = query.where('subject', '=', sub)
    if (sid !== undefined) query = query.where('provider_sid', '=', sid)
    return (await query.execute()).map(({ token_hash }) => token_hash)
  }
}

/** The keys cannot be had now: the provider may try again. Anything else is a token that is none. */
function whyNot(error: unknown): 'unavailable' | null {
  if (!(error instanceof ProviderError)) throw error
  return error.why === 'down' ? 'unavailable' : null
}
