/** How the API answers: why not, when to come back, and bytes that are there already. */
import type { FastifyReply } from 'fastify'
import type { Refusal } from '../protocol/http.ts'

const statusOf: Readonly<Record<Refusal, number>> = {
  'bad-request': 400,
  'signed-out': 401,
  locked: 401,
  forbidden: 403,
  'foreign-origin': 403,
  'unknown-code': 404,
  'wrong-credentials': 401,
  'not-found': 404,
  outdated: 426,
  conflict: 409,
  'used-code': 410,
  'too-many': 429,
  'not-ready': 503,
  unavailable: 503,
  // RFC 4918 section 11.5.
  'storage-full': 507,
}

export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(statusOf[refusal]).send({ refusal })
}

/** Joining them first would copy them for each who asks: half of what it costs to serve a ward that reconnects at once. */
export function sendPieces(reply: FastifyReply, pieces: readonly Buffer[]): FastifyReply {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  reply.hijack()
  const { raw } = reply
  const type = 'application/json; charset=utf-8'
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) raw.setHeader(name, value)
  raw.writeHead(200, { 'content-type': type, 'content-length': length })
  raw.cork()
  for (const piece of pieces) raw.write(piece)
  raw.end()
  return reply
}

/** Says when to come back (RFC 9110 §10.2.3, whole seconds). */
export function refuseTooMany(reply: FastifyReply, waitMs: number): FastifyReply {
  return refuse(reply.header('retry-after', String(Math.ceil(waitMs / 1_000))), 'too-many')
}
