/** Hands one sealed note to a push service (RFC 8030), and says what became of it. */
import { type RequestOptions, request as requestHere } from 'node:http'
import { request } from 'node:https'
import webPush from 'web-push'
import type { PushNote, PushSubscriptionKeys } from '../../protocol/push.ts'
import type { PushKeys } from './keys.ts'
import { publicLookup } from './services.ts'

/** `gone`: the browser has ended its subscription. `problem`: a status, or `unreachable`. */
export type Posted =
  | { readonly type: 'taken' }
  | { readonly type: 'gone' }
  | { readonly type: 'failed'; readonly problem: string }

/** Longer than that nobody is told: there is another alert by then. */
const ttlSeconds = 60
const patienceMs = 10_000
/** Notes are all of one size, so that it says nothing of them. */
const noteBytes = 320

export async function postNote(
  subscription: PushSubscriptionKeys,
  note: PushNote,
  sender: { readonly keys: PushKeys; readonly contact: string },
  stopping: AbortSignal,
): Promise<Posted> {
  const { endpoint, p256dh, auth } = subscription
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    padded(note),
    {
      vapidDetails: { subject: sender.contact, ...sender.keys },
      TTL: ttlSeconds,
      urgency: 'high',
      topic: note.tag,
      contentEncoding: 'aes128gcm',
    },
  )
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(patienceMs)])
  return await post({ method: 'POST', headers, signal, agent: false }, endpoint, body)
}

/** JSON does not mind blanks at its end. */
function padded(note: PushNote): string {
  const text = JSON.stringify(note)
  return text + ' '.repeat(Math.max(0, noteBytes - Buffer.byteLength(text)))
}

/** Follows no redirect and reads no answer but its status. */
function post(options: RequestOptions, endpoint: string, body: Buffer | null): Promise<Posted> {
  return new Promise((resolve) => {
    const fail = () => resolve({ type: 'failed', problem: 'unreachable' })
    const asked = endpoint.startsWith('http:')
      ? requestHere(endpoint, options)
      : request(endpoint, { ...options, lookup: publicLookup })
    asked.on('response', (response) => {
      response.on('error', fail)
      resolve(outcomeOf(response.statusCode ?? 0))
      response.destroy()
    })
    asked.on('error', fail)
    asked.end(body)
  })
}

function outcomeOf(status: number): Posted {
  if (status >= 200 && status < 300) return { type: 'taken' }
  return status === 404 || status === 410 ? { type: 'gone' } : { type: 'failed', problem: `HTTP ${status}` }
}
