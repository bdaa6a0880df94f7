/** Puts signing in together: the provider if there is one, local accounts, the lock, and the rounds that look again. */
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { SignInWays } from '../../protocol/sign-in.ts'
import type { Attempts } from '../attempts.ts'
import type { Config } from '../config.ts'
import { openControl } from '../control.ts'
import type { Keeping } from '../keep/keeping.ts'
import type { Limits } from '../limits.ts'
import type { SignIn } from '../people.ts'
import type { RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import { addBackChannel } from './back-channel.ts'
import { createChallenges } from './challenges.ts'
import { runCommand } from './commands.ts'
import { addLocalRoutes } from './local-routes.ts'
import { addLockRoutes } from './lock-routes.ts'
import { addOidcRoutes, callbackPath } from './oidc-routes.ts'
import { createPasskeys } from './passkeys.ts'
import { createProvider, type Provider } from './provider.ts'
import { createProviderCheck } from './provider-check.ts'
import { ProviderError } from './provider-error.ts'
import { hasLocalAccounts } from './staff.ts'
import { addStaffRoutes } from './staff-routes.ts'
import { createStanding, type StandingParts } from './standing.ts'

export type SigningInParts = StandingParts & {
  readonly store: Store
  readonly origin: string
  readonly config: Config
  readonly limits: Limits
  readonly attempts: Attempts
  readonly log: Logger
  readonly keeping: Pick<Keeping, 'command'>
}

export async function addSigningIn(book: RouteBook, parts: SigningInParts) {
  const { store, origin, ward, config, limits, log, now } = parts
  const standing = createStanding(parts)
  const passkeys = createPasskeys(store.db, origin, createChallenges(now))
  const { oidc } = config
  const provider = oidc && createProvider(oidc, `${origin}/api${callbackPath}`, now, limits.providerMs)
  const local = { ...parts, standing, passkeys, providerName: oidc?.name ?? null }
  addLocalRoutes(book, local)
  addLockRoutes(book, local)
  addStaffRoutes(book, local)
  const check =
    oidc && provider
      ? createProviderCheck({ ...parts, standing, config: oidc, provider })
      : { run: async () => {} }
  if (oidc && provider) {
    addOidcRoutes(book, { ...parts, standing, config: oidc, provider })
    addBackChannel(book, { store, standing, config: oidc, provider })
  }
  const readWays = async (): Promise<SignInWays> => ({
    provider: oidc?.name ?? null,
    local: await hasLocalAccounts(store.db),
    demo: ward.demo,
  })
  const control = await openControl(
    config.dataFolder,
    async (words) =>
      (await parts.keeping.command(words)) ??
      (await runCommand({ store, origin, now, review: standing.review }, words)),
  ).catch((error: unknown) => {
    log.warn({ err: error }, 'npm run staff works only while the server is stopped')
    return null
  })
  const round = setInterval(() => {
    standing
      .reviewAll()
      .then(check.run)
      .catch((error) => log.error({ err: error }, 'sign-ins were not checked'))
  }, limits.recheckMs)

  return {
    readWays,
    standing,
    readLeave: (signIn: SignIn) => readLeave(store, provider, origin, signIn),
    async stop(): Promise<void> {
      clearInterval(round)
      await control?.close()
    },
  }
}

const kept = v.object({ refresh: v.nullable(v.string()) })

/** Whoever signed in through the provider signs out of it too. That it is down keeps nobody signed in here. */
async function readLeave(
  store: Store,
  provider: Provider | null,
  origin: string,
  { tokenHash }: SignIn,
): Promise<() => Promise<string | null>> {
  const query = store.db.selectFrom('sign_ins').select('tokens').where('token_hash', '=', tokenHash)
  const sealed = (await query.executeTakeFirst())?.tokens
  if (!sealed || !provider) return async () => null
  const text = store.unseal(sealed)
  const refresh = text === null ? null : v.parse(kept, JSON.parse(text)).refresh
  return async () => {
    try {
      if (refresh !== null) await provider.revoke(refresh)
      return await provider.endUrl(`${origin}/station`)
    } catch (error) {
      if (error instanceof ProviderError) return null
      throw error
    }
  }
}
