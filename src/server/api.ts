/** The few acts done over plain HTTP: signing in and out, and enrolling a tablet. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { enrolRequest, type Refusal, signInRequest } from '../protocol/http.ts'
import type { Attempts } from './attempts.ts'
import type { Attendance } from './attendance.ts'
import { readToken, tokenCookie } from './cookie.ts'
import { enrol } from './devices.ts'
import { signIn, signOut } from './people.ts'
import type { Store } from './store/store.ts'
import type { Ward } from './ward.ts'

export type ApiParts = {
  readonly store: Store
  readonly ward: Ward
  readonly attendance: Attendance
  readonly attempts: Attempts
  readonly origin: string
  readonly isReady: () => boolean
  readonly now: () => number
}

const statusOf: Readonly<Record<Refusal, number>> = {
  'bad-request': 400,
  'foreign-origin': 403,
  'unknown-code': 404,
  'used-code': 410,
  'too-many': 429,
  'not-ready': 503,
}

function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(statusOf[refusal]).send({ refusal })
}

export function addApi(app: FastifyInstance, parts: ApiParts): void {
  const { store, ward, attendance, attempts, origin, isReady, now } = parts

  async function admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    if (request.headers.origin !== origin) return refuse(reply, 'foreign-origin')
    if (!isReady()) return refuse(reply, 'not-ready')
  }

  async function postSignIn(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const body = v.safeParse(signInRequest, request.body)
    if (!body.success) return refuse(reply, 'bad-request')
    if (attempts.isBlocked(request.ip, now())) return refuse(reply, 'too-many')
    const outcome = await signIn(store, body.output.code, now())
    if (outcome.type !== 'signed-in') return wrongCode(request, reply, outcome.type)
    reply.header('set-cookie', tokenCookie(origin, outcome.token))
    return { me: outcome.staff }
  }

  async function postSignOut(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const token = readToken(request.headers.cookie, origin)
    if (token !== null) attendance.signOut(await signOut(store, token))
    reply.header('set-cookie', tokenCookie(origin, null))
    return {}
  }

  async function postEnrol(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const body = v.safeParse(enrolRequest, request.body)
    if (!body.success) return refuse(reply, 'bad-request')
    if (attempts.isBlocked(request.ip, now())) return refuse(reply, 'too-many')
    const outcome = await enrol(store, body.output.code, body.output.publicKey, now())
    if (outcome.type === 'bad-request') return refuse(reply, 'bad-request')
    if (outcome.type !== 'enrolled') return wrongCode(request, reply, outcome.type)
    if (outcome.rebound) await attendance.unbind(outcome.bedId)
    return { deviceId: outcome.deviceId, bed: ward.beds.get(outcome.bedId)?.party }
  }

  function wrongCode(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
    attempts.fail(request.ip, now())
    return refuse(reply, refusal)
  }

  app.register(
    async (api) => {
      api.addHook('onRequest', admit)
      // Not JSON, too big, another content type: all the same to whoever sent it.
      api.setErrorHandler((error, _request, reply) => {
        const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
        if (status >= 500) throw error
        return refuse(reply, 'bad-request')
      })
      api.post('/sign-in', postSignIn)
      api.post('/sign-out', postSignOut)
      api.post('/enrol', postEnrol)
    },
    { prefix: '/api' },
  )
}
