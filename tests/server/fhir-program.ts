/** Another program that speaks to `/fhir`; whatever it is answered must be valid R4. */
import * as v from 'valibot'
import { expect } from 'vitest'
import { madeIntegration } from '../../src/protocol/plan-share.ts'
import { post } from './client.ts'
import { faultsOf } from './fhir-r4.ts'
import { minuteMs } from './plan.ts'
import { openWard, type Ward, type WardOptions } from './ward.ts'

export type Json = Record<string, unknown> & { readonly resourceType?: string }

export async function keyOf(
  ward: Ward,
  cookie: string,
  scope: 'read' | 'write' = 'write',
): Promise<{ token: string; integrationId: string }> {
  const answer = await post(
    ward.origin,
    '/api/plan/integrations',
    { name: 'Clinic system', scope },
    { cookie },
  )
  expect(answer.status).toBe(200)
  const { token, integration } = v.parse(madeIntegration, await answer.json())
  return { token, integrationId: integration.integrationId }
}

/** Asks `/fhir` as a program; whatever comes back must be valid R4. */
export function programOf(ward: Ward, headers: Record<string, string>) {
  return async (method: string, path: string, body: unknown = null, more: Record<string, string> = {}) => {
    const answer = await fetch(`${ward.origin}/fhir${path}`, {
      method,
      headers: { ...headers, ...(body === null ? {} : { 'content-type': 'application/fhir+json' }), ...more },
      ...(body === null ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const json: Json = text === '' ? {} : JSON.parse(text)
    if (text !== '') {
      expect(answer.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8')
      expect(faultsOf(json)).toEqual([])
      if (answer.status >= 400) expect(json.resourceType).toBe('OperationOutcome')
    }
    return { status: answer.status, json, headers: answer.headers }
  }
}

export async function openFhir(options: WardOptions = {}) {
  const ward = await openWard(options)
  const admin = await ward.signIn('Oskar Berg')
  const { token, integrationId } = await keyOf(ward, admin)
  const ask = programOf(ward, { authorization: `Bearer ${token}` })
  const { staff_id: anna } = await ward.store.db
    .selectFrom('staff')
    .select('staff_id')
    .where('name', '=', 'Anna Laine')
    .executeTakeFirstOrThrow()
  const [bed] = [...ward.plan.book.all('bed')]
  if (!bed) throw new Error('no bed')
  return { ward, ask, admin, integrationId, anna, bed }
}

export function visit(anna: string, startMs: number, more: Json = {}): Json {
  return {
    resourceType: 'Appointment',
    status: 'booked',
    description: 'Follow-up',
    start: new Date(startMs).toISOString(),
    end: new Date(startMs + 30 * minuteMs).toISOString(),
    participant: [{ actor: { reference: `Practitioner/${anna}` }, status: 'accepted' }],
    ...more,
  }
}

export function diagnostics({ json }: { json: Json }): string {
  return JSON.stringify(json.issue)
}
