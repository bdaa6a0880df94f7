/** Where a request of the API comes from, as far as a browser lets no other page pretend. */
import type { FastifyRequest } from 'fastify'

/**
 * Who sends such a request. `our-script`: our own page, which says so. `navigation`: a browser led to this address by
 * another site's page, as a sign-in provider does. `server`: no browser at all; the route must check who it is.
 */
export type Sender = 'our-script' | 'navigation' | 'server'

/** A custom header that no foreign page can send without asking (Fetch §3.3.5): proof that our own script asks. */
const csrfHeader = 'x-bedside'

export function isFrom(request: FastifyRequest, sender: Sender, origin: string): boolean {
  if (isOurs(request, origin) || sender === 'server') return true
  // A page cannot fake this header (Fetch Metadata): it is the whole window that goes there, and sees the answer.
  return sender === 'navigation' && request.headers['sec-fetch-mode'] === 'navigate'
}

/** A GET of our own page carries no Origin; the browser says where it comes from by Sec-Fetch-Site. */
function isOurs({ method, headers }: FastifyRequest, origin: string): boolean {
  if (method !== 'GET') return headers.origin === origin && headers[csrfHeader] !== undefined
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** No request needs more than a few certificates, but for those that say so. */
export const bodyLimit = 16_384

/** Much is read from those only who are known. What its length is, a request may hide. */
export function isMuch({ method, headers, routeOptions }: FastifyRequest): boolean {
  if (method === 'GET' || routeOptions.bodyLimit === bodyLimit) return false
  return Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) > bodyLimit
}
