/** The sign-in provider, spoken to through openid-client: found when it is needed, never waited for at start. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  clockSkew,
  clockTolerance,
  discovery,
  fetchUserInfo,
  None,
  refreshTokenGrant,
  tokenRevocation,
} from 'openid-client'
import type { OidcConfig } from '../config-oidc.ts'
import { type Claims, hasClaim } from './claims.ts'
import { guarded, ProviderError } from './provider-error.ts'

/** What the provider gives for a code or a refresh token. */
export type Granted = {
  readonly subject: string
  /** Of the ID token and, where the role is not in it, of userinfo. Null: a refresh that brought no ID token. */
  readonly claims: Claims | null
  readonly refreshToken: string | null
  readonly sid: string | null
  readonly authTimeMs: number | null
}

/** How far the provider's clock may be from ours; the same five minutes that Kerberos grants (RFC 4120 §1.6). */
export const clockToleranceMs = 5 * 60_000
/** A provider that was found is looked up again this often: its addresses may change. */
const refindMs = 60 * 60_000
/** A logout token under an unknown key makes us ask for keys at most this often. */
const keysCooldownMs = 1_000

/** Signatures that a provider makes with a key of its own; nothing that our secret could have signed. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

export type Provider = ReturnType<typeof createProvider>

/** Nothing is asked of the network before something is asked of this. Everything throws a ProviderError. */
export function createProvider(
  config: OidcConfig,
  redirectUri: string,
  now: () => number,
  answerWithinMs: number,
) {
  type Found = {
    readonly configuration: Configuration
    readonly keys: Keys
    readonly jwksUri: string
    readonly atMs: number
  }
  let found: Found | null = null

  async function look(): Promise<Found> {
    const configuration = await discover(config, now, answerWithinMs)
    const { jwks_uri: jwksUri } = configuration.serverMetadata()
    if (jwksUri === undefined) throw new ProviderError('refused', 'no jwks_uri')
    const keys = found?.jwksUri === jwksUri ? found.keys : keysAt(jwksUri, answerWithinMs)
    found = { configuration, keys, jwksUri, atMs: performance.now() }
    return found
  }

  /** The known provider stands in while it cannot be looked up anew. */
  async function find(): Promise<Found> {
    const known = found
    if (known && performance.now() - known.atMs < refindMs) return known
    return await look().catch((error: unknown) => {
      if (known) return known
      throw error
    })
  }

  /** Signature, issuer, audience and times of a token the provider signed; a key that is new is fetched. */
  async function verify(token: string, extra: { typ?: string; requiredClaims?: string[] }): Promise<Claims> {
    const { configuration, keys } = await find()
    const options = {
      ...extra,
      // Its own spelling: a slash at the end may be one more or less than in the configuration.
      issuer: configuration.serverMetadata().issuer,
      audience: config.clientId,
      algorithms,
      clockTolerance: clockToleranceMs / 1000,
      currentDate: new Date(now()),
    }
    const { payload } = await jwtVerify(token, keys, options)
    return payload
  }

  /** openid-client checks the claims (OIDC Core §3.1.3.7); the signature too, since a proxy may stand between. */
  async function verifyIdToken(token: string): Promise<Claims> {
    const check = () => verify(token, { requiredClaims: ['iat', 'exp', 'sub'] })
    const claims = await check().catch(async (error) => {
      if (
        !(error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed)
      )
        throw error
      await (await find()).keys.reload()
      return await check()
    })
    refuseClock(claims)
    return claims
  }

  /** It was issued this moment: what its time differs by is how far the clocks are apart. */
  function refuseClock({ iat }: Claims): void {
    if (typeof iat === 'number' && Math.abs(iat * 1000 - now()) > clockToleranceMs)
      throw new ProviderError('clock')
  }

  type Tokens = Awaited<ReturnType<typeof refreshTokenGrant>>

  async function granted(configuration: Configuration, tokens: Tokens, subject?: string): Promise<Granted> {
    const claims = tokens.id_token === undefined ? null : await verifyIdToken(tokens.id_token)
    const sub = textOf(claims?.sub) ?? subject
    if (sub === undefined || (subject !== undefined && sub !== subject))
      throw new ProviderError('refused', 'sub')
    const full = await complete(configuration, tokens.access_token, sub, claims)
    return {
      subject: sub,
      claims: full,
      refreshToken: tokens.refresh_token ?? null,
      sid: textOf(claims?.sid) ?? null,
      authTimeMs: typeof claims?.auth_time === 'number' ? claims.auth_time * 1000 : null,
    }
  }

  /** Many providers keep roles and names out of the ID token unless told otherwise (OIDC Core §5.4). */
  async function complete(
    configuration: Configuration,
    accessToken: string,
    subject: string,
    claims: Claims | null,
  ): Promise<Claims | null> {
    if (claims && hasClaim(claims, config.roleClaim) && hasClaim(claims, 'name')) return claims
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims
    return { ...claims, ...(await fetchUserInfo(configuration, accessToken, subject)) }
  }

  return {
    issuer: config.issuer,

    /** Where to send the browser (RFC 6749 §4.1.1 with PKCE S256). `fresh`: not by a session it still has. */
    async startUrl(flow: {
      readonly state: string
      readonly nonce: string
      readonly verifier: string
      readonly proof: 'fresh' | 'any'
    }): Promise<string> {
      return await guarded(async () => {
        // Looked up each time: a browser that is sent to a provider that is down shows no page of ours.
        const { configuration } = await look()
        const url = buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: config.scope,
          state: flow.state,
          nonce: flow.nonce,
          code_challenge: await calculatePKCECodeChallenge(flow.verifier),
          code_challenge_method: 'S256',
          ...(flow.proof === 'fresh' ? { prompt: 'login', max_age: '0' } : {}),
        })
        return url.href
      })
    },

    /** Trades the code that came with `query` for what the provider says of the person. */
    async exchange(
      query: string,
      flow: { readonly state: string; readonly nonce: string; readonly verifier: string },
    ): Promise<Granted> {
      return await guarded(async () => {
        const { configuration } = await find()
        const tokens = await authorizationCodeGrant(configuration, new URL(`${redirectUri}?${query}`), {
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.verifier,
          idTokenExpected: true,
        })
        return await granted(configuration, tokens)
      })
    },

    /** Whether the person still is who they were, by the provider's own word. */
    async refresh(refreshToken: string, subject: string): Promise<Granted> {
      return await guarded(async () => {
        const { configuration } = await find()
        return await granted(configuration, await refreshTokenGrant(configuration, refreshToken), subject)
      })
    },

    verify: (token: string, extra: { typ?: string; requiredClaims?: string[] }) =>
      guarded(() => verify(token, extra)),

    /** Where signing out of the provider too begins (RP-Initiated Logout 1.0); null when it has no such page. */
    async endUrl(backTo: string): Promise<string | null> {
      return await guarded(async () => {
        const { configuration } = await find()
        if (configuration.serverMetadata().end_session_endpoint === undefined) return null
        // No id_token_hint: it would put a token into the browser's history.
        const parameters = { client_id: config.clientId, post_logout_redirect_uri: backTo }
        return buildEndSessionUrl(configuration, parameters).href
      })
    },

    /** RFC 7009, where the provider has it. */
    async revoke(refreshToken: string): Promise<void> {
      await guarded(async () => {
        const { configuration } = await find()
        if (configuration.serverMetadata().revocation_endpoint !== undefined)
          await tokenRevocation(configuration, refreshToken, { token_type_hint: 'refresh_token' })
      })
    },
  }
}

type Keys = ReturnType<typeof createRemoteJWKSet>

function keysAt(uri: string, answerWithinMs: number): Keys {
  return createRemoteJWKSet(new URL(uri), {
    timeoutDuration: answerWithinMs,
    cooldownDuration: keysCooldownMs,
  })
}

async function discover(
  config: OidcConfig,
  now: () => number,
  answerWithinMs: number,
): Promise<Configuration> {
  const metadata = {
    // Measured by the clock we were given, which is not always the machine's.
    [clockSkew]: Math.round((now() - Date.now()) / 1000),
    [clockTolerance]: clockToleranceMs / 1000,
    ...(config.clientSecret === null ? {} : { client_secret: config.clientSecret }),
  }
  return await discovery(
    new URL(config.issuer),
    config.clientId,
    metadata,
    config.clientSecret === null ? None() : undefined,
    {
      timeout: answerWithinMs / 1000,
      execute: config.issuer.startsWith('http:') ? [allowInsecureRequests] : [],
    },
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
