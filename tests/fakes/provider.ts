/** A real OpenID provider (the certified oidc-provider) on loopback, whose people, keys and moods a test decides. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { decodeJwt, importJWK, type JWTPayload, SignJWT } from 'jose'
import Provider from 'oidc-provider'

export type FakePerson = { name: string; roles?: unknown }

export type FakeProvider = Awaited<ReturnType<typeof startProvider>>

type Jwk = { kty: string; kid: string; alg: string; use: string; [part: string]: unknown }

let keys = 0

function newKey(): Jwk {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  keys += 1
  return { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', kid: `key-${keys}`, alg: 'RS256', use: 'sig' }
}

export const clientId = 'bedside'
export const clientSecret = 'a secret of the test'

/** `login`: `at once` signs in `current` without a page; `asks` shows a page with a button. */
export async function startProvider(login: 'at once' | 'asks' = 'at once') {
  const people = new Map<string, FakePerson>([
    ['anna', { name: 'Anna Provider', roles: ['ward-nurse'] }],
    ['oskar', { name: 'Oskar Provider', roles: ['ward-admin', 'ward-nurse'] }],
    ['kim', { name: 'Kim Cook', roles: ['kitchen'] }],
    ['noa', { name: 'Noa Claimless' }],
  ])
  const world = {
    people,
    /** Who is at the keyboard. */
    current: 'anna',
    /** `hang`: takes requests and never answers. `broken`: answers 500. */
    mood: 'well' as 'well' | 'hang' | 'broken',
    /** Changes the claims of the next ID tokens, signed with the provider's own key. */
    /** Signs the next ID tokens instead of the provider's own key, under that key's name. */
    thief: null as Jwk | null,
    forge: null as ((claims: JWTPayload) => JWTPayload) | null,
    /** The last ID token's claims and refresh token. */
    last: { claims: {} as JWTPayload, refresh: '' },
    refreshes: 0,
  }
  let origin = ''
  let key = newKey()
  let provider: Provider | null = null
  let server: Server | null = null
  let port = 0

  function build(): Provider {
    const made = new Provider(issuer(), {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          redirect_uris: [`${origin}/api/oidc/callback`],
          post_logout_redirect_uris: [`${origin}/station`],
          token_endpoint_auth_method: 'client_secret_post',
          backchannel_logout_uri: `${origin}/api/oidc/back-channel-logout`,
          backchannel_logout_session_required: true,
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['one for the tests'] },
      // Its own fetch refuses loopback, where all of this lives.
      fetch: (url, { headers, method, body, signal }: RequestInit = {}) => {
        const plain = { headers, method, body, signal }
        return fetch(
          url,
          Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
        )
      },
      conformIdTokenClaims: false,
      claims: { openid: ['sub', 'roles'], profile: ['name'] },
      scopes: ['openid', 'profile', 'offline_access'],
      issueRefreshToken: async () => true,
      rotateRefreshToken: true,
      ttl: {
        AccessToken: 600,
        IdToken: 3600,
        RefreshToken: 86_400,
        Session: 86_400,
        Grant: 86_400,
        Interaction: 600,
      },
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        revocation: { enabled: true },
        rpInitiatedLogout: { enabled: true },
      },
      interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
      async findAccount(_ctx, sub) {
        const person = people.get(sub)
        if (!person) return undefined
        return { accountId: sub, claims: async () => ({ sub, ...person }) }
      },
      async loadExistingGrant(ctx) {
        const { client, session } = ctx.oidc
        if (!client || !session?.accountId) return undefined
        const grant = new made.Grant({ clientId: client.clientId, accountId: session.accountId })
        grant.addOIDCScope('openid profile offline_access')
        await grant.save()
        return grant
      },
    })
    return made
  }

  const issuer = () => `http://127.0.0.1:${port}`

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/'
    if (world.mood === 'hang') return
    if (world.mood === 'broken') {
      response.writeHead(500).end('broken')
      return
    }
    if (!provider) {
      response.writeHead(503).end()
      return
    }
    if (path.startsWith('/interaction/')) return void interact(provider, request, response)
    if (path === '/token') watch(response)
    provider.callback()(request, response)
  }

  async function interact(by: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (login === 'asks' && request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end(
        `<!doctype html><title>Hospital</title><form method="post"><button>Continue as ${world.current}</button></form>`,
      )
      return
    }
    await by.interactionFinished(request, response, { login: { accountId: world.current } })
  }

  /** Sees every answer of the token endpoint on its way, and may change the ID token in it. */
  function watch(response: ServerResponse): void {
    const end = response.end.bind(response)
    response.end = ((body: unknown) => {
      void rewrite(String(body)).then((text) => {
        response.setHeader('content-length', Buffer.byteLength(text))
        end(text)
      })
      return response
    }) as typeof response.end
  }

  async function rewrite(text: string): Promise<string> {
    const answer: Record<string, unknown> = JSON.parse(text)
    if (typeof answer.id_token !== 'string') return text
    const claims = decodeJwt(answer.id_token)
    if (world.forge) answer.id_token = await sign(world.forge(claims))
    if (world.thief) answer.id_token = await sign(claims, { ...world.thief, kid: key.kid })
    world.refreshes += 1
    world.last = { claims, refresh: String(answer.refresh_token) }
    return JSON.stringify(answer)
  }

  async function sign(claims: JWTPayload, by: Jwk = key, typ = 'JWT'): Promise<string> {
    const header = { alg: 'RS256', kid: by.kid, typ }
    return await new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(by, 'RS256'))
  }

  async function open(): Promise<void> {
    const opened = createServer(handle)
    server = opened
    await new Promise<void>((done) => opened.listen(port, '127.0.0.1', done))
    const address = opened.address()
    if (typeof address === 'object' && address) port = address.port
  }

  async function close(): Promise<void> {
    const closing = server
    server = null
    if (!closing) return
    closing.closeAllConnections()
    await new Promise((done) => closing.close(done))
  }

  await open()

  return {
    world,
    issuer: issuer(),
    environment: {
      BEDSIDE_OIDC_ISSUER: issuer(),
      BEDSIDE_OIDC_CLIENT_ID: clientId,
      BEDSIDE_OIDC_CLIENT_SECRET: clientSecret,
      BEDSIDE_OIDC_NAME: 'Test Hospital',
      BEDSIDE_OIDC_ROLES: 'ward-admin=admin,ward-nurse=nurse,ward-doctor=doctor',
    },
    /** Tells the provider where Bedside is; before that it knows no client. */
    serve(at: string): void {
      origin = at
      provider = build()
    },
    close,
    open,
    /** As after a restart on the same port, with keys nobody has seen. */
    async restartWithNewKeys(): Promise<void> {
      await close()
      key = newKey()
      await open()
      provider = build()
    },
    sign,
    newKey,
    /** The provider itself ends the session of the last sign-in and tells its clients. */
    async endSession(): Promise<void> {
      const client = await provider?.Client.find(clientId)
      if (!client) throw new Error('no client')
      const { sub, sid } = world.last.claims
      await (
        client as unknown as { backchannelLogout(sub: unknown, sid: unknown): Promise<unknown> }
      ).backchannelLogout(sub, sid)
    },
    /** As an administrator there who takes the person's grant back. */
    async revoke(): Promise<void> {
      const token = await provider?.RefreshToken.find(world.last.refresh)
      if (!token) throw new Error('no refresh token')
      await token.destroy()
    },
  }
}
