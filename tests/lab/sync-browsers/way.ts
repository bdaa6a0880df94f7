/** The way from one browser to the server: cut, dead, slow, and for the sync's own requests lossy, doubled and late. */
import { request as ask, createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { between, type Chance } from '../prng.ts'

/** `cut`: refused at once. `dead`: half open, no answer ever comes. */
export type Net = 'fine' | 'bad' | 'cut' | 'dead'
export type Way = Awaited<ReturnType<typeof openWay>>

type Asked = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}
type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/** What the lab does around a request of the sync. False: the server went between commit and answer. */
export type WayHooks = {
  leaving(): void
  arrived(asked: string, answer: string): Promise<boolean>
}

export async function openWay(chance: Chance, hooks: WayHooks) {
  let net: Net = 'fine'
  let port = 0
  let doubled = 0
  const sockets = new Set<Duplex>()
  /** Copies and requests that a network still holds: they arrive later, whoever sent them. */
  let late: Asked[] = []

  const server = createServer(async (incoming, outgoing) => {
    const socket = incoming.socket
    const asked = await readAll(incoming).catch(() => null)
    if (!asked || net === 'cut') return void socket.destroy()
    const isSync = asked.url.startsWith('/api/sync')
    if (net === 'dead') return void (isSync && chance() < 0.5 && late.push(asked))
    const reply = await (isSync ? carrySync(asked) : carry(asked).catch(() => null))
    // A network that died meanwhile keeps the answer.
    if (now() === 'dead') return
    if (!reply || now() === 'cut') return void socket.destroy()
    outgoing.writeHead(reply.status, reply.headers).end(reply.body)
  })
  server.on('connection', (socket) => hold(socket))
  server.on('clientError', (_error, socket) => socket.destroy())
  server.on('upgrade', (incoming: IncomingMessage, near: Socket, head: Buffer) => {
    if (net === 'cut' || net === 'dead') return void near.destroy()
    const far = connect(port, '127.0.0.1')
    hold(far)
    far.on('connect', () => {
      far.write(`GET ${incoming.url} HTTP/1.1\r\n${rawHeaders(incoming)}\r\n`)
      far.write(head)
      far.pipe(near)
      near.pipe(far)
    })
    far.on('close', () => near.destroy())
    near.on('close', () => far.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')

  /** As it is by now: it changes while one waits. */
  function now(): Net {
    return net
  }

  function hold(socket: Duplex): void {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }

  function drop(): void {
    for (const socket of sockets) socket.destroy()
  }

  async function carrySync(asked: Asked): Promise<Reply | null> {
    if (now() !== 'bad') return await deliver(asked)
    await pause(chance() < 0.2 ? between(chance, 150, 500) : between(chance, 1, 60))
    if (chance() < 0.15) return null
    const fate = chance()
    if (fate < 0.2) {
      doubled += 1
      late.push(asked)
    } else if (fate < 0.4) {
      doubled += 1
      void deliver(asked)
    }
    const reply = await deliver(asked)
    await pause(between(chance, 1, 60))
    return chance() < 0.15 ? null : reply
  }

  async function deliver(asked: Asked): Promise<Reply | null> {
    hooks.leaving()
    const reply = await carry(asked).catch(() => null)
    if (reply?.status !== 200) return reply
    return (await hooks.arrived(asked.body.toString(), reply.body.toString())) ? reply : null
  }

  function carry({ method, url, headers, body }: Asked): Promise<Reply> {
    return new Promise((done, failed) => {
      const outgoing = ask({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
        readBody(answer).then(
          (said) => done({ status: answer.statusCode ?? 502, headers: answer.headers, body: said }),
          failed,
        )
      })
      outgoing.on('error', failed)
      outgoing.end(body)
    })
  }

  /** What was held arrives, in an order of its own; nobody waits for the answers any more. */
  async function arriveLate(): Promise<void> {
    const held = late
    late = []
    for (const asked of held.reverse()) await deliver(asked)
  }

  return {
    port: address.port,
    doubled: () => doubled,
    lead: (to: number) => {
      port = to
    },
    set(next: Net): void {
      // What a dead connection swallowed does not come back when it lives again.
      if (next === 'cut' || next === 'dead' || net === 'dead') drop()
      net = next
    },
    arriveLate,
    close(): void {
      server.close()
      drop()
    },
  }
}

async function readAll(incoming: IncomingMessage): Promise<Asked> {
  const body = await readBody(incoming)
  return { method: incoming.method ?? 'GET', url: incoming.url ?? '/', headers: incoming.headers, body }
}

async function readBody(from: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of from) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function rawHeaders({ rawHeaders: all }: IncomingMessage): string {
  let text = ''
  for (let index = 0; index < all.length; index += 2) text += `${all[index]}: ${all[index + 1]}\r\n`
  return text
}

function pause(ms: number): Promise<void> {
  return new Promise((over) => setTimeout(over, ms))
}
