/** `/fhir`: the plan for other programs, as FHIR R4 over HTTP (http://hl7.org/fhir/R4/http.html). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { AuditEntity } from '../../protocol/audit.ts'
import { recordAct } from '../audit/record.ts'
import type { RouteBook } from '../routes.ts'
import { type AccessParts, createFhirAccess, type FhirAsker } from './fhir-access.ts'
import { type FhirAnswer, fhirType, fromFhirId, isRead, problem } from './fhir-answer.ts'
import { isOffered } from './fhir-appointment.ts'
import { capabilityOf, type FhirKind } from './fhir-capability.ts'
import { search } from './fhir-find.ts'
import { createSlot, deleteSlot, updateSlot } from './fhir-slot-write.ts'
import { scheduleResource, schedulesOf, slotById, slotResource } from './fhir-slots.ts'
import { answerWith, createAppointment, updateAppointment } from './fhir-write.ts'
import type { PlanPort } from './port.ts'

export type FhirParts = Omit<AccessParts, 'isOurs'> & { readonly plan: PlanPort; readonly log: Logger }

const version = '0.1.0'
const kinds = ['Appointment', 'Schedule', 'Slot'] as const
const params = v.object({ id: v.string() })
const noSuch = problem(404, 'not-found', 'There is no such resource.')

export function addFhir(book: RouteBook, parts: FhirParts): void {
  book.beside('/fhir', (app, isOurs) => {
    const access = createFhirAccess({ ...parts, isOurs })
    speakFhir(app, parts.log)
    app.get('/metadata', async (_request, reply) =>
      send(reply, { status: 200, body: capabilityOf(parts.origin, version) }),
    )

    type Handle = (asker: FhirAsker, request: FastifyRequest) => Promise<FhirAnswer> | FhirAnswer

    /** `kind` and what is done to it is on record with whoever did it, before it is answered. */
    function serve(
      method: 'GET' | 'POST' | 'PUT' | 'DELETE',
      url: string,
      kind: FhirKind,
      handle: Handle,
    ): void {
      const how = method === 'GET' ? 'read' : 'write'
      async function handler(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
        const asker = await access(request, how)
        if (!isRead(asker)) return send(reply, asker.answer)
        if (!acceptsJson(request)) return send(reply, problem(406, 'not-supported', 'There is JSON only.'))
        const answer = await handle(asker.value, request)
        await record(
          asker.value,
          `fhir ${method} ${kind} ${answer.status}`,
          entityOf(kind, request),
          answer.status,
        )
        return send(reply, answer)
      }
      app.route({ method, url, handler })
    }

    async function record(asker: FhirAsker, detail: string, entity: AuditEntity | null, status: number) {
      const outcome = status < 400 ? 'done' : 'refused'
      const act = { action: 'plan-shared', agent: asker.agent, detail, entity, outcome } as const
      await recordAct(parts.store.db, parts.now(), act)
    }

    for (const kind of kinds)
      serve('GET', `/${kind}`, kind, (asker, request) =>
        search(kind, {
          plan: parts.plan.book,
          asker,
          nowMs: parts.now(),
          self: new URL(request.url, parts.origin),
        }),
      )
    serve('GET', '/Appointment/:id', 'Appointment', (asker, request) => readOne(parts, asker, request))
    serve('GET', '/Schedule/:id', 'Schedule', (asker, request) => readSchedule(parts, asker, request))
    serve('GET', '/Slot/:id', 'Slot', (asker, request) => readSlot(parts, asker, request))
    serve('POST', '/Appointment', 'Appointment', (asker, { body }) =>
      createAppointment({ plan: parts.plan, asker, body }),
    )
    serve('PUT', '/Appointment/:id', 'Appointment', (asker, request) => update(parts, asker, request))
    serve('DELETE', '/Appointment/:id', 'Appointment', () =>
      problem(405, 'not-supported', 'Nothing is deleted from the plan: update the Appointment to cancelled.'),
    )
    serve('POST', '/Slot', 'Slot', (asker, { body }) => createSlot({ plan: parts.plan, asker, body }))
    serve('PUT', '/Slot/:id', 'Slot', (asker, request) =>
      updateSlot({ plan: parts.plan, asker, body: request.body }, idOf(request)),
    )
    serve('DELETE', '/Slot/:id', 'Slot', (asker, request) =>
      deleteSlot({ plan: parts.plan, asker, body: null }, idOf(request)),
    )
    // There is one for each person and each bed, and nothing in it that is not computed.
    for (const [method, url] of [
      ['POST', '/Schedule'],
      ['PUT', '/Schedule/:id'],
      ['DELETE', '/Schedule/:id'],
    ] as const)
      serve(method, url, 'Schedule', () =>
        problem(
          405,
          'not-supported',
          'A Schedule is computed from the plan. Book an Appointment, or write an absence as a Slot that is busy-unavailable.',
        ),
      )
  })
}

/** What comes and goes is FHIR's JSON; whatever goes wrong is an OperationOutcome. */
function speakFhir(app: FastifyInstance, log: Logger): void {
  app.removeAllContentTypeParsers()
  const types = ['application/fhir+json', 'application/json', 'application/json+fhir']
  app.addContentTypeParser(types, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
  // The built app is served from the root and would answer with its page.
  app.all('/*', (_request, reply) => send(reply, noSuch))
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status === 415) return send(reply, problem(415, 'not-supported', 'Send application/fhir+json.'))
    if (status < 500) return send(reply, problem(status, 'structure', 'This is no JSON, or too much of it.'))
    log.error({ err: error, path: '/fhir' }, 'request failed')
    return send(reply, problem(500, 'exception', 'The server made a mistake. It is in the log.'))
  })
}

function send(reply: FastifyReply, { status, body, headers = {} }: FhirAnswer): FastifyReply {
  reply
    .code(status)
    .headers({ 'cache-control': 'no-store', ...headers })
    .type(fhirType)
  return body === null ? reply.send() : reply.send(JSON.stringify(body))
}

function acceptsJson({ headers }: FastifyRequest): boolean {
  return /json|\*\/\*|application\/\*/.test(headers.accept ?? '*/*')
}

function entityOf(kind: FhirKind, { params: given }: FastifyRequest): AuditEntity | null {
  const named = v.safeParse(params, given)
  const id = named.success && kind === 'Appointment' ? fromFhirId(named.output.id) : null
  return id === null ? null : { type: 'appointment', id }
}

function idOf(request: FastifyRequest): string {
  return v.parse(params, request.params).id
}

/** What this one may not see is not there. */
function find({ plan }: FhirParts, asker: FhirAsker, request: FastifyRequest) {
  const id = fromFhirId(idOf(request))
  const one = id === null ? undefined : plan.book.get('appointment', id)
  return one && isOffered(one) && asker.view(one) ? one : undefined
}

function readOne(parts: FhirParts, asker: FhirAsker, request: FastifyRequest): FhirAnswer {
  const one = find(parts, asker, request)
  if (!one) return noSuch
  const answer = answerWith(parts.plan.book, asker, one.id, 200)
  const isSame = request.headers['if-none-match'] === `W/"${one.rev}"`
  return isSame ? { ...answer, status: 304, body: null } : answer
}

async function update(parts: FhirParts, asker: FhirAsker, request: FastifyRequest): Promise<FhirAnswer> {
  const one = find(parts, asker, request)
  if (!one)
    return problem(405, 'not-supported', 'An update makes nothing new: create it, and the server names it.')
  const [, version = null] = /^(?:W\/)?"([^"]{1,20})"$/.exec(request.headers['if-match'] ?? '') ?? []
  return await updateAppointment({ plan: parts.plan, asker, body: request.body }, one, version)
}

function readSchedule({ plan, now }: FhirParts, asker: FhirAsker, request: FastifyRequest): FhirAnswer {
  const one = schedulesOf(plan.book).find(
    (schedule) => schedule.id === idOf(request) && asker.mayAsk(schedule),
  )
  return one ? { status: 200, body: scheduleResource(plan.book, one, now()) } : noSuch
}

function readSlot({ plan }: FhirParts, asker: FhirAsker, request: FastifyRequest): FhirAnswer {
  const slot = slotById(plan.book, idOf(request))
  return slot && asker.mayAsk(slot.schedule) ? { status: 200, body: slotResource(slot) } : noSuch
}
