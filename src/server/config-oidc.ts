/** What the operator chose about the sign-in provider: any that speaks OpenID Connect, by its issuer's address. */
import * as v from 'valibot'
import { type StaffRole, staffRole, staffRoles } from '../protocol/people.ts'
import { StartError } from './start-error.ts'

export type OidcConfig = {
  /** Exactly as the provider names itself (OIDC Discovery §3). */
  readonly issuer: string
  readonly clientId: string
  /** Null: a public client, for which PKCE alone stands (RFC 7636). */
  readonly clientSecret: string | null
  /** What stands on the button after "Sign in with". */
  readonly name: string
  readonly scope: string
  /** Where in the claims the person's roles are; dots lead into objects, as in Keycloak's `realm_access.roles`. */
  readonly roleClaim: string
  /** The provider's names of roles to ours; of several that a person has the first counts. */
  readonly roles: ReadonlyMap<string, StaffRole>
  /** How often the provider is asked whether a signed-in person still is one. */
  readonly checkMs: number
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** OIDC Discovery §3: https, no query, no fragment. Plain http stays on this machine. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.search || url.hash || url.username || url.password) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.includes(url.hostname))
}

function readRoles(text: string): Map<string, StaffRole> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  return new Map(pairs.map(([theirs = '', ours]) => [theirs, v.parse(staffRole, ours)]))
}

function isRoles(text: string): boolean {
  return text.split(',').every((pair) => {
    const [theirs, ours, ...rest] = pair.split('=').map((part) => part.trim())
    return theirs !== '' && rest.length === 0 && v.is(staffRole, ours)
  })
}

const seconds = v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number), v.minValue(30), v.maxValue(900))

export const oidcVariables = {
  BEDSIDE_OIDC_ISSUER: v.config(v.optional(v.pipe(v.string(), v.check(isIssuer))), {
    message: 'the address of an issuer, https without ? and # (http only on this machine)',
  }),
  BEDSIDE_OIDC_CLIENT_ID: v.optional(v.string()),
  BEDSIDE_OIDC_CLIENT_SECRET: v.optional(v.string()),
  BEDSIDE_OIDC_NAME: v.config(v.optional(v.pipe(v.string(), v.maxLength(60)), 'your hospital account'), {
    message: 'at most 60 characters',
  }),
  BEDSIDE_OIDC_SCOPE: v.config(
    v.optional(v.pipe(v.string(), v.regex(/(^| )openid( |$)/)), 'openid profile offline_access'),
    { message: 'scopes with spaces between them, openid among them' },
  ),
  BEDSIDE_OIDC_ROLE_CLAIM: v.config(
    v.optional(v.pipe(v.string(), v.regex(/^[^\s.]+(\.[^\s.]+)*$/)), 'roles'),
    { message: 'the name of a claim, or names with dots between them' },
  ),
  BEDSIDE_OIDC_ROLES: v.config(
    v.optional(v.pipe(v.string(), v.check(isRoles)), staffRoles.map((role) => `${role}=${role}`).join()),
    { message: `pairs such as ward-nurse=nurse with commas between them, of ${staffRoles.join(', ')}` },
  ),
  BEDSIDE_OIDC_CHECK_SECONDS: v.config(v.optional(seconds, '40'), {
    message: 'a number of seconds from 30 to 900',
  }),
}

const oidcSchema = v.object(oidcVariables)

/** Null when no provider is named. Throws a StartError when only half of it is. */
export function readOidc(chosen: v.InferOutput<typeof oidcSchema>): OidcConfig | null {
  const { BEDSIDE_OIDC_ISSUER: issuer, BEDSIDE_OIDC_CLIENT_ID: clientId } = chosen
  if (issuer === undefined) {
    if (clientId === undefined) return null
    throw new StartError('BEDSIDE_OIDC_CLIENT_ID is set but BEDSIDE_OIDC_ISSUER is not.')
  }
  if (clientId === undefined)
    throw new StartError('BEDSIDE_OIDC_ISSUER is set but BEDSIDE_OIDC_CLIENT_ID is not.')
  return {
    issuer,
    clientId,
    clientSecret: chosen.BEDSIDE_OIDC_CLIENT_SECRET ?? null,
    name: chosen.BEDSIDE_OIDC_NAME,
    scope: chosen.BEDSIDE_OIDC_SCOPE,
    roleClaim: chosen.BEDSIDE_OIDC_ROLE_CLAIM,
    roles: readRoles(chosen.BEDSIDE_OIDC_ROLES),
    checkMs: chosen.BEDSIDE_OIDC_CHECK_SECONDS * 1000,
  }
}
