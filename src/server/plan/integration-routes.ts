/** Keys of other programs over HTTP: made, listed and revoked by whoever may share the plan. */
import * as v from 'valibot'
import {
  makeIntegration as makeRequest,
  revokeIntegration as revokeRequest,
} from '../../protocol/plan-share.ts'
import type { RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import { listIntegrations, makeIntegration, revokeIntegration } from './integrations.ts'

export function addIntegrations({ route }: RouteBook, { store }: { readonly store: Store }): void {
  const needs = 'plan.share'
  route('GET', '/plan/integrations', { needs, takes: v.strictObject({}) }, async () => ({
    answer: { integrations: await listIntegrations(store.db) },
  }))

  route(
    'POST',
    '/plan/integrations',
    { needs, takes: makeRequest },
    async ({ body, signIn, agent, nowMs }) => {
      if (!signIn) return { refusal: 'signed-out' }
      const made = await makeIntegration(store, body, { madeBy: signIn.staff.staffId, agent }, nowMs)
      return made ? { answer: made } : { refusal: 'conflict' }
    },
  )

  route(
    'POST',
    '/plan/integrations/revoke',
    { needs, takes: revokeRequest },
    async ({ body, agent, nowMs }) => {
      const done = await revokeIntegration(store, body.integrationId, agent, nowMs)
      return done ? { answer: {} } : { refusal: 'not-found' }
    },
  )
}
