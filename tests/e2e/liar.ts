/** A lying server: stands before the real one and rewrites what it tells each screen, and what each screen tells it. */
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { Description } from '../../src/io/notary.ts'
import type { Party } from '../../src/protocol/people.ts'
import type { ClientMessage, ServerMessage, Welcome } from '../../src/protocol/wire.ts'

/** Rewrites one message on its way to or from `who`; to drop one it is turned into one that means nothing. */
export type Lies = {
  told?: (message: ServerMessage, who: Party) => ServerMessage | Promise<ServerMessage>
  heard?: (message: ClientMessage, who: Party) => ClientMessage
  welcome?: (welcome: Welcome) => Welcome
}

/** A frame on its way to a screen, as far as a liar looks into it. */
type Told = Welcome | { type?: undefined; message?: ServerMessage }

export type Liar = {
  readonly origin: string
  /** From now on it lies like this. */
  lie(lies: Lies): void
  /** The server that it speaks for. */
  standBefore(port: number): void
  close(): Promise<void>
}

export async function openLiar(): Promise<Liar> {
  let lies: Lies = {}
  let port = 0
  const sockets = new WebSocketServer({ noServer: true })
  const front = createServer((asked, answer) => {
    const { method, url, headers } = asked
    const behind = request({ host: 'localhost', port, method, path: url, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.rawHeaders)
      told.pipe(answer)
    })
    behind.on('error', () => answer.destroy())
    asked.pipe(behind)
  })
  front.on('upgrade', (asked, stream: Duplex, head: Buffer) => {
    sockets.handleUpgrade(asked, stream, head, (screen) => {
      const { origin, cookie = '' } = asked.headers
      join(screen, new WebSocket(`ws://localhost:${port}/ws`, { headers: { origin, cookie } }))
    })
  })

  function join(screen: WebSocket, server: WebSocket): void {
    let who: Party | null = null
    let telling = Promise.resolve()
    // A lie may take its time; what comes after it waits.
    server.on('message', (data) => {
      telling = telling.then(() => tell(JSON.parse(String(data)))).catch(() => screen.terminate())
    })

    async function tell(frame: Told): Promise<void> {
      if (frame.type === 'welcome') {
        who = frame.me
        return screen.send(JSON.stringify(lies.welcome?.(frame) ?? frame))
      }
      if (frame.message && who) frame.message = (await lies.told?.(frame.message, who)) ?? frame.message
      screen.send(JSON.stringify(frame))
    }

    screen.on('message', (data) => {
      const frame = JSON.parse(String(data))
      if (frame.message && who) frame.message = lies.heard?.(frame.message, who) ?? frame.message
      server.send(JSON.stringify(frame))
    })
    screen.on('close', () => server.terminate())
    server.on('close', () => screen.terminate())
    for (const end of [screen, server]) end.on('error', () => end.terminate())
  }

  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done))
  return {
    origin: `http://localhost:${(front.address() as AddressInfo).port}`,
    lie(next) {
      lies = next
    },
    standBefore(next) {
      port = next
    },
    async close() {
      for (const screen of sockets.clients) screen.terminate()
      front.closeAllConnections()
      await new Promise((done) => front.close(done))
    },
  }
}

/** Lies about the offers or answers that arrive at one kind of screen. */
export function about(
  type: Description['type'],
  change: (description: Description, who: Party) => Description,
): Lies {
  return {
    told: (message, who) =>
      message.type === 'call.signal' && message.signal.type === type
        ? { ...message, signal: change(message.signal as Description, who) }
        : message,
  }
}

/** What a screen is told in the place of a message that the liar keeps to itself. */
export function nothing(message: { callId: string }): Extract<ServerMessage, { type: 'call.signal' }> {
  return { type: 'call.signal', callId: message.callId, epoch: 0, signal: { type: 'renegotiate' } }
}
