/** The hospital's record over HTTP, for whoever admits: whether it is heard, what differs, and which of the two holds. */
import * as v from 'valibot'
import { feedDecision } from '../../protocol/adt.ts'
import type { RouteBook } from '../routes.ts'
import type { Adt } from './adt.ts'

/** Without the feed these say that there is none. */
export function addAdt({ route }: RouteBook, adt: Adt | null): void {
  const needs = 'admission.change'

  route('GET', '/adt', { needs, takes: v.strictObject({}) }, async () => ({
    answer: adt
      ? { state: adt.state(), differences: await adt.list() }
      : { state: { type: 'off' }, differences: [] },
  }))

  route('POST', '/adt/decide', { needs, takes: feedDecision }, async ({ body, agent }) => {
    const done = (await adt?.decide(body.saysId, body.take, agent)) ?? 'not-found'
    return done === 'not-found' ? { refusal: 'not-found' } : { answer: done }
  })
}
