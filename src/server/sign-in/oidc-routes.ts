/** Signing in through the provider: out with a code challenge, back with a code, and never a token to the browser. */
import * as v from 'valibot'
import type { SignInProblem } from '../../protocol/sign-in.ts'
import { recordAct } from '../audit/record.ts'
import type { OidcConfig } from '../config-oidc.ts'
import { flowCookie, mustProve, proveCookie, readFlowCookie, tokenCookie } from '../cookie.ts'
import { beginSignIn } from '../people.ts'
import type { RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import type { Ward } from '../ward.ts'
import { nameOf, roleOf } from './claims.ts'
import { endSignIns } from './ending.ts'
import { beginFlow, type Flow, takeFlow } from './flows.ts'
import { recognise } from './identities.ts'
import { unlock } from './lock.ts'
import type { Granted, Provider } from './provider.ts'
import { ProviderError } from './provider-error.ts'
import type { Standing } from './standing.ts'

export type OidcParts = {
  readonly store: Store
  readonly ward: Ward
  readonly origin: string
  readonly standing: Standing
  readonly config: OidcConfig
  readonly provider: Provider
}

/** Where the provider sends the browser back to; registered there. */
export const callbackPath = '/oidc/callback'

/** How far the two clocks may differ when the age of a proof counts; the lock itself falls after five minutes. */
const freshMs = 60_000

const startQuery = v.strictObject({
  page: v.optional(v.picklist(['station', 'admin']), 'station'),
  unlock: v.optional(v.literal('1')),
})
/** What a provider may answer with (RFC 6749 §4.1.2, RFC 9207, Session Management); anything else is not read. */
const callbackQuery = v.looseObject({ state: v.optional(v.pipe(v.string(), v.maxLength(200))) })

type Outcome =
  | { readonly type: 'signed-in'; readonly token: string; readonly staffId: string }
  | { readonly type: 'unlocked' }
  | { readonly type: 'refused'; readonly problem: SignInProblem }

export function addOidcRoutes({ route }: RouteBook, parts: OidcParts): void {
  const { store, ward, origin, standing, config, provider } = parts

  route(
    'GET',
    '/oidc/start',
    { needs: 'nothing', takes: startQuery },
    async ({ body, signIn, nowMs, request, reply }) => {
      const mine = signIn?.tokenHash ?? null
      const flow = await beginFlow(
        store,
        {
          page: body.page,
          unlocks: body.unlock ? mine : null,
          replaces: mine,
          // Else whoever walks by could come back in by the session that the provider still has.
          proof: signIn?.lockedMs != null || mustProve(request.headers.cookie, origin) ? 'fresh' : 'any',
        },
        nowMs,
      )
      try {
        const url = await provider.startUrl(flow)
        reply.header('set-cookie', flowCookie(origin, flow.browser)).header('cache-control', 'no-store')
        return { goTo: url }
      } catch (error) {
        return { goTo: problemPage(body.page, problemOf(error)) }
      }
    },
  )

  route(
    'GET',
    callbackPath,
    { needs: 'nothing', takes: callbackQuery, from: 'navigation' },
    async ({ body, nowMs, request, reply }) => {
      reply.header('cache-control', 'no-store')
      const browser = readFlowCookie(request.headers.cookie, origin)
      const flow = await takeFlow(store, body.state ?? '', browser, nowMs)
      if (typeof flow === 'string')
        return { goTo: problemPage('station', flow === 'gone' ? 'expired' : 'foreign') }
      reply.header('set-cookie', flowCookie(origin, null))
      const query = request.url.slice(request.url.indexOf('?') + 1)
      const outcome = await arrive(flow, query, nowMs).catch((error: unknown) => refused(problemOf(error)))
      if (outcome.type === 'refused') {
        await recordRefusal(outcome.problem, nowMs)
        return { goTo: problemPage(flow.page, outcome.problem) }
      }
      if (outcome.type === 'signed-in') {
        if (flow.replaces !== null) await endSignIns(store, standing, [flow.replaces], 'replaced', nowMs)
        reply.header('set-cookie', tokenCookie(origin, outcome.token))
        reply.header('set-cookie', proveCookie(origin, 'no'))
        await standing.review(outcome.staffId)
      }
      return { goTo: `/${flow.page}` }
    },
  )

  async function arrive(flow: Flow, query: string, nowMs: number): Promise<Outcome> {
    const granted = await provider.exchange(query, flow)
    const claims = granted.claims ?? {}
    const role = roleOf(claims, config.roleClaim, config.roles)
    if (role === null) return refused('no-access')
    if (!isFresh(flow, granted)) return refused('not-fresh')
    const { subject } = granted
    const who = { issuer: config.issuer, subject, name: nameOf(claims, subject), role }
    if (flow.unlocks !== null) return await reopen(flow.unlocks, subject, nowMs)
    return await store.db.transaction().execute(async (db): Promise<Outcome> => {
      const known = await recognise(db, who, nowMs)
      if (known === 'disabled') return refused('disabled')
      const session = { sid: granted.sid, tokens: { subject, refresh: granted.refreshToken } }
      const token = await beginSignIn(store, db, known.staff, 'provider', nowMs, session)
      return { type: 'signed-in', token, staffId: known.staff.staffId }
    })
  }

  /** The address asks for it, but addresses can be edited on the way: what counts is when it was done. */
  function isFresh(flow: Flow, { authTimeMs }: Granted): boolean {
    if (flow.proof === 'any') return true
    // Not every provider says when; that is enough to sign in again, and not to open what is locked.
    if (authTimeMs === null) return flow.unlocks === null
    return authTimeMs >= flow.createdMs - freshMs
  }

  /** Opens a locked screen for the person it is locked for, who proved it to the provider just now. */
  async function reopen(tokenHash: string, subject: string, nowMs: number): Promise<Outcome> {
    const same = await store.db
      .selectFrom('sign_ins')
      .innerJoin('staff_identities', 'staff_identities.staff_id', 'sign_ins.staff_id')
      .select('sign_ins.staff_id')
      .where('token_hash', '=', tokenHash)
      .where('expires_ms', '>', nowMs)
      .where('issuer', '=', config.issuer)
      .where('subject', '=', subject)
      .executeTakeFirst()
    if (!same) return refused('other-person')
    await unlock(store, standing, tokenHash, 'provider', nowMs)
    return { type: 'unlocked' }
  }

  async function recordRefusal(problem: SignInProblem, nowMs: number): Promise<void> {
    await recordAct(store.db, nowMs, {
      action: 'sign-in',
      outcome: 'refused',
      agent: { type: 'unknown' },
      entity: { type: 'ward', id: ward.wardId },
      detail: `provider: ${problem}`,
    })
  }
}

function refused(problem: SignInProblem): Outcome {
  return { type: 'refused', problem }
}

const problems = { down: 'provider-down', clock: 'clock', refused: 'provider-refused' } as const

/** Throws on what is not the provider's doing: a bug of ours is no sign-in problem. */
function problemOf(error: unknown): SignInProblem {
  if (error instanceof ProviderError) return problems[error.why]
  throw error
}

function problemPage(page: Flow['page'], problem: SignInProblem): string {
  return `/${page}#problem=${problem}`
}
