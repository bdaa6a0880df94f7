/** The routes of sealed copies: keys are handed in, copies come in pieces, and go out to whom they are for. */
import * as v from 'valibot'
import type { StaffParty } from '../../protocol/people.ts'
import {
  askCopyRequest,
  copyLimits,
  copyRequest,
  fileQuery,
  newCopyRequest,
  openedRequest,
  pieceQuery,
  recipientsRequest,
  resealRequest,
  sealingKeyRequest,
  withdrawRequest,
} from '../../protocol/scan-copies.ts'
import type { Answer, Asked, RouteBook } from '../routes.ts'
import type { Copies } from './copies.ts'

/** An envelope with as many keys as there may be, and the lengths of as many files. */
const envelopeBytes = 160 * 1024

const send = { needs: 'scan.send-copy' } as const
const receive = { needs: 'scan.receive-copy' } as const

export function addCopies({ route }: RouteBook, { copies }: { readonly copies: Copies }): void {
  route(
    'POST',
    '/copies/key',
    { ...receive, takes: sealingKeyRequest },
    as(async (by, { body }) =>
      (await copies.takeDevice(by, body.key)) ? { answer: {} } : { refusal: 'bad-request' },
    ),
  )

  route(
    'POST',
    '/copies/recipients',
    { ...send, takes: recipientsRequest },
    as(async (by, { body }) => {
      const answer = await copies.recipients(by, body.to)
      return answer ? { answer } : { refusal: 'not-found' }
    }),
  )

  route(
    'POST',
    '/copies',
    { ...send, takes: newCopyRequest, mostBytes: envelopeBytes },
    as((by, { body }) => copies.begin(by, body)),
  )

  const piece = { ...send, takes: v.instance(Uint8Array), mostBytes: copyLimits.pieceBytes, inPieces: true }
  route(
    'POST',
    '/copies/piece',
    piece,
    as(async (by, { body, query }) => {
      const where = v.safeParse(pieceQuery, query)
      return where.success ? await copies.take(by, where.output, body) : { refusal: 'bad-request' }
    }),
  )

  route(
    'GET',
    '/copies',
    { ...receive, takes: v.strictObject({}) },
    as(async (by) => ({ answer: await copies.listFor(by) })),
  )

  route(
    'GET',
    '/copies/envelope',
    { ...receive, takes: copyRequest },
    as((by, { body }) => copies.envelope(by, body.copyId)),
  )

  route(
    'GET',
    '/copies/file',
    { ...receive, takes: fileQuery, inPieces: true },
    as(async (by, { body, reply }) => {
      const { length, ...answer } = await copies.file(by, body)
      if (length !== undefined) reply.header('content-length', length)
      return answer
    }),
  )

  route(
    'POST',
    '/copies/opened',
    { ...receive, takes: openedRequest },
    as((by, { body }) => copies.opened(by, body.copyId)),
  )

  route(
    'POST',
    '/copies/withdraw',
    { ...send, takes: withdrawRequest },
    as((by, { body }) => copies.withdraw(by, body.copyId)),
  )

  route(
    'POST',
    '/copies/ask',
    { ...receive, takes: askCopyRequest },
    as((by, { body }) => copies.ask(by, body.copyId, body.key)),
  )

  route(
    'POST',
    '/copies/reseal',
    { ...send, takes: resealRequest, mostBytes: envelopeBytes },
    as((by, { body }) => copies.reseal(by, body.copyId, body.envelope)),
  )
}

/** For whoever is signed in; the table of permissions has let nobody else in. */
function as<Body>(answer: (by: StaffParty, asked: Asked<Body>) => Promise<Answer>) {
  return async (asked: Asked<Body>): Promise<Answer> =>
    asked.signIn ? await answer(asked.signIn.staff, asked) : { refusal: 'signed-out' }
}
