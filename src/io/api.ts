/** The few plain HTTP requests that every screen may make. */
import * as v from 'valibot'
import { enrolAnswer, refusal } from '../protocol/http.ts'
import type { ApiFailure, CommonApi, Result } from '../state/ports.ts'

/** The header that only our own script can send, so that the server knows it from a foreign page. */
const ours = { 'x-bedside': '1' }

async function ask<S extends v.GenericSchema>(
  method: 'GET' | 'POST',
  path: string,
  said: Readonly<Record<string, unknown>>,
  schema: S,
): Promise<Result<v.InferOutput<S>, ApiFailure>> {
  try {
    const response = await (method === 'GET' ? get(path, said) : post(path, said))
    const answer: unknown = await response.json()
    if (response.ok) return { ok: true, value: v.parse(schema, answer) }
    const refused = v.safeParse(refusal, answer)
    return { ok: false, failure: refused.success ? refused.output.refusal : 'unreachable' }
  } catch {
    return { ok: false, failure: 'unreachable' }
  }
}

function get(path: string, said: Readonly<Record<string, unknown>>): Promise<Response> {
  const query = new URLSearchParams(Object.entries(said).map(([key, value]) => [key, String(value)]))
  return fetch(`/api${path}${query.size > 0 ? `?${query}` : ''}`, { headers: ours })
}

function post(path: string, said: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...ours }
  return fetch(`/api${path}`, { method: 'POST', headers, body: JSON.stringify(said) })
}

export const httpApi: CommonApi = {
  ask,
  enrol: (code, publicKey) => ask('POST', '/enrol', { code, publicKey }, enrolAnswer),
}
