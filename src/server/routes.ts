/**
 * The API's one way in: every route says what it is for, what it takes and what permission it needs, and nothing is
 * served that does not come through here. Tests read the same list.
 */
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { type Action, may } from '../core/permissions.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import type { Refusal } from '../protocol/http.ts'
import { networkOf } from './address.ts'
import { type Attempts, createAttempts, personName, windowMs } from './attempts.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import { createBuckets } from './buckets.ts'
import { readToken } from './cookie.ts'
import type { Limits } from './limits.ts'
import { findSignIn, type SignIn } from './people.ts'
import { refuse, refuseTooMany, sendPieces } from './replies.ts'
import { isFrom, isMuch, type Sender } from './sender.ts'
import type { Store } from './store/store.ts'
import type { Ward } from './ward.ts'

/** What a route is told. `signIn` is there whenever the route needs an action. */
export type Asked<Body> = {
  readonly body: Body
  readonly query: unknown
  readonly address: string
  readonly signIn: SignIn | null
  /** Who it is, for the audit; `unknown` without a sign-in. */
  readonly agent: AuditAgent
  readonly nowMs: number
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** `needs`: an action of the table, or `nothing` for whoever is not signed in yet. */
export type Route = {
  readonly method: 'GET' | 'POST'
  /** Below `/api`. */
  readonly path: string
  readonly needs: Action | 'nothing'
  /** True: still allowed while the browser is locked, since it is how a person gets out of that. */
  readonly whileLocked: boolean
  /**
   * Wrong tries are counted, and too many of them must wait: by the person who is signed in, else by address.
   * `sign-in`: it counts by name as well, or cannot be guessed, so that an address may try more often.
   */
  readonly guessable: 'code' | 'sign-in' | null
  /** True: asked again and again by every tablet that waits, so it takes nothing from what an address may ask. */
  readonly polled: boolean
  readonly from: Sender
  /** The largest body it takes, and from whoever is signed in only; null: as large as any. */
  readonly mostBytes: number | null
  /** True: a whole ward asks at once when there is news, from one address behind its router. */
  readonly asWard: boolean
  /** True: it is asked for each piece of something large, by one person many times a second. */
  readonly inPieces: boolean
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

export type RouteParts = {
  readonly store: Store
  readonly ward: Ward
  readonly attempts: Attempts
  readonly limits: Limits
  readonly origin: string
  readonly isReady: () => boolean
  readonly now: () => number
}

/** What a handler answers: a value to send, another place to go, or why not. */
export type Answer =
  | { readonly answer: unknown }
  /** JSON that is there already, in pieces, some of which many are sent. */
  | { readonly json: readonly Buffer[] }
  /** What is sent as fast as it is read, and no faster. */
  | { readonly stream: Readable; readonly type: string }
  | { readonly goTo: string }
  | { readonly refusal: Refusal }

/** `isOurs`: whether our own page asks; only then a cookie says who it is. */
export type Beside = (app: FastifyInstance, isOurs: (request: FastifyRequest) => boolean) => void

export type RouteBook = ReturnType<typeof createRouteBook>

/** Refusals that tell a guesser to try again. */
const guesses: readonly Refusal[] = ['unknown-code', 'used-code', 'wrong-credentials']

declare module 'fastify' {
  interface FastifyContextConfig {
    from?: Sender
    polled?: boolean
    asWard?: boolean
    inPieces?: boolean
  }
}

export function createRouteBook(parts: RouteParts) {
  const { store, ward, attempts, origin, now } = parts
  const routes: Route[] = []
  const others: { readonly prefix: string; readonly add: Beside }[] = []
  const askedByAddress = createBuckets(parts.limits.askedByAddress)
  const polledByAddress = createBuckets(parts.limits.askedByAddress)
  const syncedByAddress = createBuckets(parts.limits.syncedByAddress)
  const signInAttempts = createAttempts(parts.limits.failedSignInsPerMinute)
  const askedByPerson = createBuckets(parts.limits.askedByPerson)
  const piecesByPerson = createBuckets(parts.limits.piecesByPerson)

  /** Adds a route; `answer` runs only for whom the table allows. */
  function route<S extends v.GenericSchema>(
    method: Route['method'],
    path: string,
    {
      needs,
      takes,
      whileLocked = false,
      guessable = null,
      polled = false,
      from = 'our-script',
      mostBytes = null,
      asWard = false,
      inPieces = false,
    }: {
      readonly needs: Route['needs']
      readonly takes: S
      readonly whileLocked?: boolean
      readonly guessable?: Route['guessable']
      readonly polled?: boolean
      readonly from?: Sender
      readonly mostBytes?: number | null
      readonly asWard?: boolean
      readonly inPieces?: boolean
    },
    answer: (asked: Asked<v.InferOutput<S>>) => Promise<Answer>,
  ): void {
    async function handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      const body = v.safeParse(takes, method === 'GET' ? request.query : (request.body ?? {}))
      const token = readToken(request.headers.cookie, origin)
      const signIn = token === null ? null : await findSignIn(store, token, now())
      const byPerson = inPieces ? piecesByPerson : askedByPerson
      const waitMs = signIn ? byPerson.take(signIn.staff.staffId, performance.now()) : 0
      if (waitMs > 0) return refuseTooMany(reply, waitMs)
      if (needs !== 'nothing') {
        if (!signIn) return refuse(reply, 'signed-out')
        if (signIn.lockedMs !== null && !whileLocked) return refuse(reply, 'locked')
        if (!may(signIn.actor, needs, ward.wardId, now())) return await forbid(signIn, needs, reply)
      }
      if (!body.success) return refuse(reply, 'bad-request')
      const guesser = guesserOf(guessable, signIn, request.ip)
      if (guesser?.by.isBlocked(guesser.name, now())) return refuseTooMany(reply, windowMs)
      const outcome = await answer({
        body: body.output,
        query: request.query,
        address: request.ip,
        signIn,
        agent: agentOf(signIn),
        nowMs: now(),
        request,
        reply,
      })
      if ('answer' in outcome) return reply.send(outcome.answer)
      if ('json' in outcome) return sendPieces(reply, outcome.json)
      if ('stream' in outcome) return reply.type(outcome.type).send(outcome.stream)
      if ('goTo' in outcome) return reply.redirect(outcome.goTo)
      if (guesses.includes(outcome.refusal)) guesser?.by.fail(guesser.name, now())
      return refuse(reply, outcome.refusal)
    }
    const how = { whileLocked, guessable, polled, from, mostBytes, asWard, inPieces }
    routes.push({ method, path, needs, ...how, handle })
  }

  /** A ward is one address behind its router: whoever is signed in answers for their own mistakes only. */
  function guesserOf(guessable: Route['guessable'], signIn: SignIn | null, address: string) {
    if (guessable === null) return null
    if (signIn) return { by: attempts, name: personName(signIn.staff.staffId) }
    return { by: guessable === 'code' ? attempts : signInAttempts, name: networkOf(address) }
  }

  async function forbid(signIn: SignIn, needs: Action, reply: FastifyReply): Promise<FastifyReply> {
    await recordAct(store.db, now(), {
      action: 'forbidden',
      outcome: 'refused',
      agent: agentOf(signIn),
      detail: needs,
    })
    return refuse(reply, 'forbidden')
  }

  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const { polled, asWard, inPieces, from } = request.routeOptions.config
    const buckets = asWard || inPieces ? syncedByAddress : polled ? polledByAddress : askedByAddress
    const waitMs = buckets.take(networkOf(request.ip), performance.now())
    if (waitMs > 0) return refuseTooMany(reply, waitMs)
    if (!isFrom(request, from ?? 'our-script', origin)) return refuse(reply, 'foreign-origin')
    if (!parts.isReady()) return refuse(reply, 'not-ready')
    // A program shows a key and no cookie; its route asks for it.
    if (from !== 'server' && isMuch(request) && !(await isSignedIn(request)))
      return refuse(reply, 'signed-out')
  }

  async function isSignedIn({ headers }: FastifyRequest): Promise<boolean> {
    const token = readToken(headers.cookie, origin)
    return token !== null && (await findSignIn(store, token, now())) !== null
  }

  return {
    route,
    /** Every route there is. */
    routes: routes as readonly Route[],
    /**
     * What other programs read by an address of its own, with a key and without a cookie: calendars, FHIR. It answers
     * in its own format, says by itself who may, and counts against its address like everything else.
     */
    beside(prefix: string, add: Beside): void {
      others.push({ prefix, add })
    },
    addTo(app: FastifyInstance): void {
      for (const { prefix, add } of others)
        app.register(
          async (other) => {
            other.addHook('onRoute', (options) => {
              options.config = { ...options.config, from: 'server' }
            })
            other.addHook('onRequest', admit)
            add(other, (request) => isFrom(request, 'our-script', origin))
          },
          { prefix },
        )
      app.register(
        async (api) => {
          api.addHook('onRequest', async (_request, reply) => {
            reply.header('cache-control', 'no-store')
          })
          api.addHook('onRequest', admit)
          // Not JSON, another content type: all the same to whoever sent it.
          api.setErrorHandler((error, _request, reply) => {
            const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
            if (status >= 500) throw error
            // A device sends less then, and the same again otherwise.
            if (status === 413) return reply.code(413).send({ refusal: 'bad-request' satisfies Refusal })
            return refuse(reply, 'bad-request')
          })
          // OAuth's own servers post forms (Back-Channel Logout 1.0 §2.5).
          const form = 'application/x-www-form-urlencoded'
          api.addContentTypeParser(form, { parseAs: 'string' }, (_request, body, done) =>
            done(null, Object.fromEntries(new URLSearchParams(String(body)))),
          )
          // Bytes, for the routes that take them: each holds them to a limit of its own.
          api.addContentTypeParser(
            'application/octet-stream',
            { parseAs: 'buffer' },
            (_request, body, done) => done(null, body),
          )
          for (const { method, path, from, polled, asWard, inPieces, mostBytes, handle } of routes)
            api.route({
              method,
              url: path,
              config: { from, polled, asWard, inPieces },
              handler: handle,
              ...(mostBytes === null ? {} : { bodyLimit: mostBytes }),
            })
        },
        { prefix: '/api' },
      )
    },
  }
}

function agentOf(signIn: SignIn | null): AuditAgent {
  return signIn ? agentOfParty(signIn.staff) : { type: 'unknown' }
}
