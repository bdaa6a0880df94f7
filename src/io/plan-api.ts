/** The one request of the sync, and what each way of failing means for what waits. */
import * as v from 'valibot'
import { refusal } from '../protocol/http.ts'
import { type SyncAnswer, type SyncRequest, syncAnswer } from '../protocol/sync.ts'
import type { SyncApi, SyncFailure } from '../state/plan-ports.ts'
import type { Result } from '../state/ports.ts'

/** A connection that is half open answers nothing for minutes. */
const longestMs = 20_000
const retryAfterMs = 5_000

async function send(request: SyncRequest): Promise<Result<SyncAnswer, SyncFailure>> {
  try {
    const response = await fetch('/api/sync', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-bedside': '1' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(longestMs),
    })
    const said: unknown = await response.json().catch(() => null)
    if (!response.ok) return { ok: false, failure: failureOf(response, said) }
    const answer = v.safeParse(syncAnswer, said)
    // A server that speaks of what this program does not know is a newer one.
    return answer.success
      ? { ok: true, value: answer.output }
      : { ok: false, failure: { type: said === null ? 'unreachable' : 'outdated' } }
  } catch {
    return { ok: false, failure: { type: 'unreachable' } }
  }
}

function failureOf({ status, headers }: Response, said: unknown): SyncFailure {
  if (status === 413) return { type: 'too-large' }
  const read = v.safeParse(refusal, said)
  if (read.success) {
    const why = read.output.refusal
    if (why === 'signed-out' || why === 'locked') return { type: why }
    if (why === 'forbidden') return { type: 'signed-out' }
    if (why === 'outdated' || why === 'bad-request') return { type: 'outdated' }
    if (why === 'conflict') return { type: 'another-person' }
  }
  if (status === 429) {
    const seconds = Number(headers.get('retry-after'))
    return { type: 'too-many', afterMs: seconds > 0 ? seconds * 1_000 : retryAfterMs }
  }
  if (status === 401) return { type: 'signed-out' }
  if (status === 400) return { type: 'outdated' }
  return { type: 'unreachable' }
}

export const httpSync: SyncApi = { send }
