/** Who asks `/fhir`, and what they may: a program by its key, or a signed-in person of the ward on our own page. */
import type { FastifyRequest } from 'fastify'
import { type Action, may } from '../../core/permissions.ts'
import { viewFor } from '../../core/plan/audience.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import type { Appointment } from '../../protocol/plan.ts'
import { createBuckets } from '../buckets.ts'
import { readToken } from '../cookie.ts'
import type { Limits } from '../limits.ts'
import { findSignIn } from '../people.ts'
import type { Store } from '../store/store.ts'
import type { Ward } from '../ward.ts'
import type { PlanAuthor } from './acts.ts'
import { type FhirAnswer, problem, type Read } from './fhir-answer.ts'
import type { ScheduleOf } from './fhir-slots.ts'
import { findIntegration } from './integrations.ts'
import { readerOf } from './rights.ts'

/** `view`: an appointment as this one may know it, null: not at all. `mayAsk`: whether this one may know whose time is free. */
export type FhirAsker = {
  readonly agent: AuditAgent
  readonly author: PlanAuthor
  readonly view: (appointment: Appointment) => Appointment | null
  readonly mayAsk: (schedule: ScheduleOf) => boolean
}

export type AccessParts = {
  readonly store: Store
  readonly ward: Ward
  readonly origin: string
  readonly limits: Limits
  readonly now: () => number
  /** Whether our own page asks: what a cookie proves only then. */
  readonly isOurs: (request: FastifyRequest) => boolean
}

export type FhirAccess = (request: FastifyRequest, how: 'read' | 'write') => Promise<Read<FhirAsker>>

const actionOf: Readonly<Record<'read' | 'write', Action>> = { read: 'plan.see', write: 'plan.change' }

export function createFhirAccess({ store, ward, origin, limits, now, isOurs }: AccessParts): FhirAccess {
  const asked = createBuckets(limits.askedByPerson)
  const wrong = (answer: FhirAnswer): Read<never> => ({ type: 'problem', answer })

  function isTooOften(name: string): number {
    return asked.take(name, performance.now())
  }

  function tooOften(waitMs: number): Read<never> {
    const headers = { 'retry-after': String(Math.ceil(waitMs / 1_000)) }
    return wrong({ ...problem(429, 'throttled', 'Too many requests. Ask again later.'), headers })
  }

  const unknown = wrong({
    ...problem(401, 'login', 'Send a key of this server: Authorization: Bearer …'),
    headers: { 'www-authenticate': 'Bearer' },
  })

  async function program(token: string, how: 'read' | 'write'): Promise<Read<FhirAsker>> {
    const found = await findIntegration(store, token, ward.wardId, now())
    if (!found) return unknown
    const { integrationId, scope } = found
    const waitMs = isTooOften(integrationId)
    if (waitMs > 0) return tooOften(waitMs)
    if (how === 'write' && scope === 'read')
      return wrong(problem(403, 'forbidden', 'This key may read and not write.'))
    const agent = { type: 'integration', integrationId } as const
    return { type: 'read', value: { agent, author: agent, view: (one) => one, mayAsk: () => true } }
  }

  async function person(token: string, how: 'read' | 'write'): Promise<Read<FhirAsker>> {
    const signIn = await findSignIn(store, token, now())
    if (!signIn || signIn.lockedMs !== null) return unknown
    const { staffId, role } = signIn.staff
    const waitMs = isTooOften(staffId)
    if (waitMs > 0) return tooOften(waitMs)
    if (!may(signIn.actor, actionOf[how], ward.wardId, now()))
      return wrong(problem(403, 'forbidden', 'This is not allowed to you in this ward.'))
    const reader = readerOf(signIn, ward.wardId, now())
    const view = (one: Appointment) => {
      const row = viewFor(one, reader)
      return row?.type === 'appointment' ? row : null
    }
    const mayAsk = ({ resource }: ScheduleOf) => reader.own === 'ward' || resource === `staff:${staffId}`
    const author = { type: 'staff', staffId } as const
    return { type: 'read', value: { agent: { ...author, role }, author, view, mayAsk } }
  }

  return async (request, how) => {
    const [, key] = /^Bearer ([A-Za-z0-9_-]{1,100})$/i.exec(request.headers.authorization ?? '') ?? []
    if (key !== undefined) return await program(key, how)
    const token = isOurs(request) ? readToken(request.headers.cookie, origin) : null
    return token === null ? unknown : await person(token, how)
  }
}
