/** Takes the port before anything else is touched, and answers "not yet" on it until there is something to serve. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type IsProxy, networkOf } from './address.ts'
import type { Tls } from './config.ts'
import { createCrowd } from './crowd.ts'
import type { Limits } from './limits.ts'
import { StartError } from './start-error.ts'

type HttpServer = Server | TlsServer

const longestAnswerMs = 500

export type UpgradeListener = (request: IncomingMessage, stream: Duplex, head: Buffer) => void

export type Listener = {
  /** The port that was taken; another than asked for when that was 0. */
  readonly port: number
  handOver(serve: RequestListener, upgrade: UpgradeListener): void
  close(): Promise<void>
}

/** `localhost` is both loopback families, whichever the browser tries first. Throws a StartError on a taken port. */
export async function listen(
  host: string,
  port: number,
  tls: Tls | null,
  limits: Limits,
  isProxy: IsProxy,
): Promise<Listener> {
  let serve: RequestListener = notYet
  const handle: RequestListener = (request, response) => serve(request, response)
  const admit = doorkeeper(limits.connectionsOfAddress, isProxy)
  const patience = patienceOf(limits)
  const servers: HttpServer[] = []
  let taken = port
  try {
    for (const address of host === 'localhost' ? ['127.0.0.1', '::1'] : [host]) {
      const server = tls
        ? createTlsServer({ ...tls, ...patience, handshakeTimeout: limits.headMs }, handle)
        : createServer(patience, handle)
      server.on('connection', admit)
      if (await isBound(server, address, taken, port)) servers.push(server)
      if (servers[0]) taken = portOf(servers[0])
    }
  } catch (error) {
    await closeAll(servers)
    throw error
  }
  if (servers.length === 0)
    throw new StartError(`There is no address ${host} on this machine: see BEDSIDE_HOST.`)
  return {
    port: taken,
    handOver(next, upgrade) {
      serve = next
      for (const server of servers) server.on('upgrade', upgrade)
    },
    close: () => closeAll(servers),
  }
}

/** Whoever sends a request by drops is not waited for. */
export function patienceOf({ headMs, requestMs, sweepMs }: Limits) {
  return { headersTimeout: headMs, requestTimeout: requestMs, connectionsCheckingInterval: sweepMs }
}

/** Closes what one address opens beyond its share. Our own proxy speaks for many. */
function doorkeeper(most: number, isProxy: IsProxy): (connection: Socket) => void {
  const crowd = createCrowd<Socket>(most)
  return (connection) => {
    const network = networkOf(connection.remoteAddress ?? '')
    if (isProxy(connection.remoteAddress ?? '')) return
    if (crowd.isFull(network)) {
      connection.destroy()
      return
    }
    crowd.join(network, connection)
    connection.once('close', () => crowd.leave(network, connection))
  }
}

/** False: this machine does not have the address (or, with any port asked for, not this port on it). */
async function isBound(server: HttpServer, address: string, port: number, asked: number): Promise<boolean> {
  const failure = await failureOf(server, address, port)
  const code = codeOf(failure)
  if (code === 'EADDRINUSE' && asked === 0) return false
  if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' || code === 'ENOTFOUND') return false
  refuseTaken(failure, port, 'BEDSIDE_PORT')
  return true
}

/** Takes this very port, which the operator chose by `setting`. */
export async function bind(
  server: HttpServer,
  address: string,
  port: number,
  setting: string,
): Promise<void> {
  refuseTaken(await failureOf(server, address, port), port, setting)
}

function failureOf(server: HttpServer, address: string, port: number): Promise<unknown> {
  return new Promise((resolve) => {
    server.once('error', resolve)
    server.listen(port, address, () => resolve(null))
  })
}

function codeOf(failure: unknown): unknown {
  return failure instanceof Error && 'code' in failure ? failure.code : null
}

function refuseTaken(failure: unknown, port: number, setting: string): void {
  if (failure === null) return
  const code = codeOf(failure)
  if (code === 'EADDRINUSE')
    throw new StartError(`Port ${port} is taken. Choose another: ${setting}=${port + 1} npm start`)
  if (code === 'EACCES') throw new StartError(`Port ${port} is not allowed to this user: see ${setting}.`)
  throw failure
}

export function portOf(server: HttpServer): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** Requests that are being answered are finished, but not for ever. */
export async function closeAll(servers: readonly HttpServer[]): Promise<void> {
  const giveUp = setTimeout(() => {
    for (const server of servers) server.closeAllConnections()
  }, longestAnswerMs)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  clearTimeout(giveUp)
}

function notYet(request: IncomingMessage, response: ServerResponse): void {
  const isHealthCheck = request.url === '/healthz'
  response.writeHead(isHealthCheck ? 200 : 503, { 'content-type': 'text/plain' })
  response.end(isHealthCheck ? 'ok' : 'Bedside is starting.')
}
