/** Plain HTTP: the built app, whether the server is well and ready, and the API. */
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { IsProxy } from './address.ts'
import type { Builds } from './builds.ts'
import { securityHeaders } from './headers.ts'
import type { Metrics } from './metrics.ts'
import type { RouteBook } from './routes.ts'
import { bodyLimit } from './sender.ts'

export type HttpParts = {
  readonly book: RouteBook
  readonly builds: Builds
  readonly origin: string
  readonly isProxy: IsProxy
  readonly isReady: () => boolean
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'answered'> | null
}

/** Of a build by name, or of today's; what else is asked is of no worker of ours. */
const workerQuery = v.object({ build: v.optional(v.string()) })

const nothingHere = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Nothing here</title>
<p>There is nothing at this address. Open the <a href="/station">station</a> or the <a href="/bed">bed</a>.</p>
`

/** The app ready to answer; it listens nowhere by itself. */
export async function createHttp(parts: HttpParts): Promise<FastifyInstance> {
  const { book, builds, isReady, log, origin, isProxy, metrics } = parts
  const headers = securityHeaders(origin)
  const app = Fastify({
    bodyLimit,
    trustProxy: isProxy,
    frameworkErrors: (_error, _request, reply) => answerPage(reply.headers(headers), 400),
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers)
  })
  if (metrics) app.addHook('onResponse', async (_request, reply) => metrics.answered(reply.statusCode))
  app.setNotFoundHandler((_request, reply) => answerPage(reply, 404))
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, log))
  app.get('/healthz', async () => ({ healthy: true }))
  app.get('/readyz', async (_request, reply) => reply.code(isReady() ? 200 : 503).send({ ready: isReady() }))
  book.addTo(app)
  addApp(app, builds)
  await app.ready()
  return app
}

/**
 * Names under /assets carry a hash of their content and never change; the rest is asked for anew each time. What today's
 * build does not have is looked for in those before it, whose pages may still run.
 */
function addApp(app: FastifyInstance, { folder, newest, kept }: Builds): void {
  const roots = kept.map((build) => build.folder)
  const hashed = roots.map((root) => join(root, 'assets') + sep)
  app.register(fastifyStatic, {
    root: roots,
    index: false,
    cacheControl: false,
    // Beside each file stand its smaller forms (vite-compressed.ts); nothing secret is in any of them (BREACH).
    preCompressed: true,
    setHeaders(reply, path) {
      const isHashed = hashed.some((assets) => path.startsWith(assets))
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // The files of one build that bear no hash, for the worker that keeps it (sw/kept.ts).
  app.register(fastifyStatic, {
    root: folder,
    prefix: '/builds/',
    decorateReply: false,
    index: false,
    cacheControl: false,
    allowedPath: (path) => kept.some(({ build }) => path.startsWith(`/${build}/`)),
    setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
  })
  app.get('/sw.js', async (request, reply) => {
    const asked = v.safeParse(workerQuery, request.query)
    const build = asked.success ? (asked.output.build ?? newest.build) : null
    const wanted = kept.find((one) => one.build === build)
    return wanted ? reply.sendFile('sw.js', wanted.folder) : answerPage(reply, 404)
  })
  for (const page of ['/', '/station', '/bed', '/admin', '/join', '/visit', '/family']) {
    app.get(page, async (_request, reply) => reply.sendFile('index.html', newest.folder))
  }
}

function answerPage(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).header('cache-control', 'no-cache').type('text/html').send(nothingHere)
}

/** Bad requests are the asker's; anything else is ours and goes to the log, never to the asker. */
function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status < 500) return answerPage(reply, status)
  log.error({ err: error, method: request.method, path: request.routeOptions.url }, 'request failed')
  return reply.code(500).type('text/plain').send('The server made a mistake. It is in the log.')
}
