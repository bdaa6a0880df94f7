/** A port of its own, on this machine alone, at which Prometheus reads the metrics. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Limits } from './limits.ts'
import { bind, closeAll, patienceOf, portOf } from './listen.ts'

export type MetricsText = { readonly contentType: string; readonly text: string }

export type MetricsListener = {
  readonly port: number
  handOver(read: () => Promise<MetricsText>): void
  close(): Promise<void>
}

const setting = 'BEDSIDE_METRICS_PORT'
const mostConnections = 16

/** A page of the internet whose name leads to this machine (DNS rebinding) comes with that name. */
const loopbackHost = /^(?:localhost|127\.0\.0\.1)(?::\d{1,5})?$/i

/** Why this request is not answered, or null. */
function refusalOf({ headers, url, method }: IncomingMessage): number | null {
  if (!loopbackHost.test(headers.host ?? '')) return 403
  if (url !== '/metrics') return 404
  return method === 'GET' ? null : 405
}

function answer(response: ServerResponse, status: number, { contentType, text }: MetricsText): void {
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET' } : {}),
  })
  response.end(text)
}

const nothing: MetricsText = { contentType: 'text/plain', text: '' }

/** Null: nobody asked for it. Throws a StartError on a taken port. */
export async function listenForMetrics(port: number | null, limits: Limits): Promise<MetricsListener | null> {
  if (port === null) return null
  let read: (() => Promise<MetricsText>) | null = null

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request) ?? (read ? null : 503)
    if (refusal !== null || !read) return answer(response, refusal ?? 503, nothing)
    try {
      answer(response, 200, await read())
    } catch {
      answer(response, 500, nothing)
    }
  }

  const server = createServer(patienceOf(limits), (request, response) => void serve(request, response))
  server.maxConnections = mostConnections
  await bind(server, '127.0.0.1', port, setting)
  return {
    port: portOf(server),
    handOver(next) {
      read = next
    },
    close: () => closeAll([server]),
  }
}
