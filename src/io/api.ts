/** The few plain HTTP requests: sign in, enrol, sign out. */
import * as v from 'valibot'
import { enrolAnswer, refusal, signInAnswer } from '../protocol/http.ts'
import type { ApiFailure, ApiPort, Result } from '../state/ports.ts'

async function post<S extends v.GenericSchema>(
  path: string,
  body: unknown,
  schema: S,
): Promise<Result<v.InferOutput<S>, ApiFailure>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer: unknown = await response.json()
    if (response.ok) return { ok: true, value: v.parse(schema, answer) }
    const refused = v.safeParse(refusal, answer)
    return { ok: false, failure: refused.success ? refused.output.refusal : 'unreachable' }
  } catch {
    return { ok: false, failure: 'unreachable' }
  }
}

export const httpApi: ApiPort = {
  async signIn(code) {
    const answer = await post('/api/sign-in', { code }, signInAnswer)
    return answer.ok ? { ok: true, value: answer.value.me } : answer
  },
  async signOut() {
    return (await post('/api/sign-out', {}, v.unknown())).ok
  },
  enrol: (code, publicKey) => post('/api/enrol', { code, publicKey }, enrolAnswer),
}
