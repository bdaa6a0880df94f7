/** Starting a shift, handing it over and ending it; each answers with how things are then. */
import * as v from 'valibot'
import { may } from '../core/permissions.ts'
import { answerShiftRequest, offerShiftRequest, takeShiftRequest } from '../protocol/duty.ts'
import type { SignIn } from './people.ts'
import type { Answer, RouteBook } from './routes.ts'
import type { Shifts } from './shifts.ts'
import type { Ward } from './ward.ts'

export type ShiftRouteParts = {
  readonly ward: Ward
  readonly shifts: Pick<Shifts, 'take' | 'end' | 'offer' | 'answer'>
}

/** Whoever may be called has a shift; beds and duties are for whom the table allows them. */
const needs = 'staff.call'

export function addShiftRoutes(
  { route }: RouteBook,
  { ward, shifts }: ShiftRouteParts,
  answerFor: (signIn: SignIn | null) => Promise<Answer>,
): void {
  route('POST', '/shift/take', { needs, takes: takeShiftRequest }, async ({ body, signIn, nowMs }) => {
    if (!signIn) return { refusal: 'signed-out' }
    const { bedIds, dutyIds } = body
    const mayAll =
      (bedIds.length === 0 || may(signIn.actor, 'care.take', ward.wardId, nowMs)) &&
      (dutyIds.length === 0 || may(signIn.actor, 'duty.take', ward.wardId, nowMs))
    if (!mayAll) return { refusal: 'forbidden' }
    await shifts.take(signIn.staff, body)
    return await answerFor(signIn)
  })

  route('POST', '/shift/end', { needs, takes: v.strictObject({}) }, async ({ signIn }) => {
    if (signIn) await shifts.end(signIn.staff)
    return await answerFor(signIn)
  })

  route('POST', '/shift/offer', { needs, takes: offerShiftRequest }, async ({ body, signIn }) => {
    if (!signIn) return { refusal: 'signed-out' }
    const outcome = await shifts.offer(signIn.staff, body.toId)
    return outcome === 'done' ? await answerFor(signIn) : { refusal: outcome }
  })

  route('POST', '/shift/answer', { needs, takes: answerShiftRequest }, async ({ body, signIn, nowMs }) => {
    if (!signIn) return { refusal: 'signed-out' }
    if (body.answer === 'take' && !may(signIn.actor, 'care.take', ward.wardId, nowMs))
      return { refusal: 'forbidden' }
    const outcome = await shifts.answer(signIn.staff, body.fromId, body.answer)
    return outcome === 'done' ? await answerFor(signIn) : { refusal: outcome }
  })
}
