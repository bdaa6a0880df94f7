/** Breaking glass, leaving again, and the administrator's queue of what to look at afterwards. */
import * as v from 'valibot'
import { breakGlass, endGlass, reviewGlass } from '../protocol/glass-acts.ts'
import { recordAct } from './audit/record.ts'
import type { Glass, GlassOutcome } from './glass.ts'
import { listOverrides, reviewOverride } from './overrides.ts'
import type { Answer, RouteBook } from './routes.ts'
import type { Store } from './store/store.ts'
import type { Ward } from './ward.ts'

export type GlassApiParts = { readonly store: Store; readonly ward: Ward; readonly glass: Glass }

export function addGlassApi({ route }: RouteBook, { store, ward, glass }: GlassApiParts): void {
  route('POST', '/glass', { needs: 'glass.break', takes: breakGlass }, async ({ body, signIn }) => {
    if (!signIn) return { refusal: 'signed-out' }
    if (body.wardId !== ward.wardId) return { refusal: 'not-found' }
    return answerOf(await glass.begin(signIn, body.reason))
  })

  route('POST', '/glass/end', { needs: 'glass.break', takes: endGlass }, async ({ body, signIn }) => {
    if (!signIn) return { refusal: 'signed-out' }
    if (body.wardId !== ward.wardId) return { refusal: 'not-found' }
    return answerOf(await glass.end(signIn))
  })

  route('GET', '/glass', { needs: 'glass.review', takes: v.strictObject({}) }, async ({ agent, nowMs }) => {
    const overrides = await listOverrides(store.db)
    // It shows parts of the audit, so it is a look into the audit.
    const entity = { type: 'audit' as const, id: 'overrides' }
    await recordAct(store.db, nowMs, { action: 'audit-searched', agent, entity, detail: 'overrides' })
    return { answer: { overrides } }
  })

  route(
    'POST',
    '/glass/review',
    { needs: 'glass.review', takes: reviewGlass },
    async ({ body, signIn, nowMs }) => {
      if (!signIn) return { refusal: 'signed-out' }
      const outcome = await reviewOverride(store, signIn, body.glassId, body.note, nowMs)
      return outcome === 'done' ? { answer: {} } : { refusal: outcome }
    },
  )
}

function answerOf(outcome: GlassOutcome): Answer {
  return outcome.type === 'done' ? { answer: { untilMs: outcome.untilMs } } : { refusal: outcome.refusal }
}
