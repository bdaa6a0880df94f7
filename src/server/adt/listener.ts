/** A port of its own for the hospital's record: MLLP over TCP or TLS, from known addresses alone, one message at a time. */
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { proxiesIn } from '../address.ts'
import type { AdtConfig } from '../config-adt.ts'
import { StartError } from '../start-error.ts'
import { createFrames, type Framed } from './frames.ts'

/** `head` is of a message that is too large to be read. The answer is sent as it is. */
export type Hear = (framed: Exclude<Framed, { type: 'no-frame' }>) => Promise<Buffer>

export type AdtListener = {
  readonly port: number
  handOver(hear: Hear): void
  close(): Promise<void>
}

export type AdtPatience = {
  /** Within it a frame that has begun is whole, and an answer is taken. */
  readonly frameMs: number
}

const mostConnections = 16

/** Null: nobody asked for it. Until it is handed over connections wait. Throws a StartError on a taken port. */
export async function listenForAdt(
  config: AdtConfig | null,
  patience: AdtPatience,
): Promise<AdtListener | null> {
  if (config === null) return null
  const isKnown = proxiesIn(config.from)
  const sockets = new Set<Socket>()
  let ready: (hear: Hear) => void = () => {}
  const hearing = new Promise<Hear>((resolve) => {
    ready = resolve
  })
  const serve = (socket: Socket) => {
    socket.on('error', () => socket.destroy())
    void hearing.then((hear) => converse(socket, hear, patience))
  }
  const server = config.tls
    ? createTlsServer(
        {
          ...{ cert: config.tls.cert, key: config.tls.key, handshakeTimeout: patience.frameMs },
          ...(config.tls.ca === null
            ? {}
            : { ca: config.tls.ca, requestCert: true, rejectUnauthorized: true }),
        },
        serve,
      )
    : createServer(serve)
  server.on('connection', (socket: Socket) => {
    // Before a byte of theirs is read (SECURITY.md).
    if (!isKnown(socket.remoteAddress ?? '')) return socket.destroy()
    const [oldest] = sockets
    // Senders that lost their power would hold on to theirs for minutes.
    if (sockets.size >= mostConnections) oldest?.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  // A handshake that failed is its sender's to mend.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  const port = await bind(server, config)
  return {
    port,
    handOver: ready,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function bind(server: Server, { host, port }: AdtConfig): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error & { code?: string }) =>
      reject(
        new StartError(
          `BEDSIDE_ADT_PORT ${port} at ${host} cannot be taken: ${error.code ?? error.message}.`,
        ),
      ),
    )
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Reads no more while a message is being done and its answer is not taken: a fast sender waits in its own socket. */
function converse(socket: Socket, hear: Hear, { frameMs }: AdtPatience): void {
  const frames = createFrames()
  let patience: NodeJS.Timeout | undefined
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 60_000)
  socket.once('close', () => clearTimeout(patience))

  async function handle(framed: Framed): Promise<boolean> {
    if (framed.type === 'no-frame') return false
    const answer = await hear(framed)
    return (await isWritten(socket, answer, frameMs)) && framed.type === 'frame'
  }

  async function take(chunk: Buffer): Promise<void> {
    socket.pause()
    const begun = frames.begun()
    for (const framed of frames.push(chunk))
      if (!(await handle(framed))) {
        socket.end()
        socket.destroySoon()
        return
      }
    // By drops it does not get longer.
    if (frames.begun() !== begun || !frames.isWithin()) clearTimeout(patience)
    if (frames.begun() !== begun && frames.isWithin()) patience = setTimeout(() => socket.destroy(), frameMs)
    socket.resume()
  }

  let taking = Promise.resolve()
  socket.on('data', (chunk: Buffer) => {
    taking = taking
      .then(() => (socket.destroyed ? undefined : take(chunk)))
      .catch(() => void socket.destroy())
  })
}

/** False: whoever asked has gone, or does not read what they are told. */
function isWritten(socket: Socket, answer: Buffer, withinMs: number): Promise<boolean> {
  if (socket.destroyed) return Promise.resolve(false)
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => {
      socket.destroy()
      resolve(false)
    }, withinMs)
    socket.write(Buffer.concat([Buffer.of(0x0b), answer, Buffer.of(0x1c, 0x0d)]), (error) => {
      clearTimeout(giveUp)
      resolve(!error)
    })
  })
}
