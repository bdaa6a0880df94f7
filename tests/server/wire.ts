/** A socket that speaks no protocol: what it receives, how it closes, and how to wait for either. */
import { WebSocket } from 'ws'
import { decodeServerFrame, type ServerFrame, type Welcome } from '../../src/protocol/wire.ts'

export type Closing = { readonly code: number; readonly reason: string }

const patienceMs = 5_000

/** Waits for something to become true, looking again at each `wake`. */
function createPatience(isOver: () => boolean) {
  const waiting = new Set<() => void>()
  return {
    wake(): void {
      for (const look of waiting) look()
    },
    async until<T>(what: string, look: () => T | undefined): Promise<T> {
      return await new Promise<T>((resolve, reject) => {
        const timeout = setTimeout(() => finish(() => reject(new Error(`no ${what} in time`))), patienceMs)
        const finish = (settle: () => void) => {
          clearTimeout(timeout)
          waiting.delete(again)
          settle()
        }
        const again = () => {
          const found = look()
          if (found !== undefined) finish(() => resolve(found))
          else if (isOver()) finish(() => reject(new Error(`closed while waiting for ${what}`)))
        }
        waiting.add(again)
        again()
      })
    },
  }
}

export type Wire = ReturnType<typeof openWire>

/** `from`: one of this machine's own addresses (Linux has all of 127.0.0.0/8), as if from another machine. */
export function openWire(origin: string, headers: Record<string, string> = {}, from?: string) {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/ws`, {
    headers: { origin, ...headers },
    ...(from ? { localAddress: from, family: 4 } : {}),
  })
  const { wake, until } = createPatience(() => socket.readyState === socket.CLOSED)
  const frames: ServerFrame[] = []
  const closed = new Promise<Closing>((resolve) => {
    socket.on('close', (code, reason) => {
      resolve({ code, reason: reason.toString() })
      wake()
    })
  })
  /** The HTTP status an upgrade was refused with. */
  const refused = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0)
      request.destroy()
    })
  })
  socket.on('error', () => {})
  socket.on('message', (data) => {
    const frame = decodeServerFrame(data.toString())
    if (!frame) throw new Error(`the server said what it may not: ${data.toString()}`)
    frames.push(frame)
    wake()
  })

  return {
    socket,
    frames,
    closed,
    refused,
    until,
    send: (text: string | Buffer) => socket.send(text),
    async nonce(): Promise<string> {
      return await until('challenge', () => frames.map(challengeOf).find((nonce) => nonce !== undefined))
    },
    async welcome(): Promise<Welcome> {
      return await until('welcome', () => frames.find(isWelcome))
    },
  }
}

function challengeOf(frame: ServerFrame): string | undefined {
  return 'type' in frame && frame.type === 'challenge' ? frame.nonce : undefined
}

function isWelcome(frame: ServerFrame): frame is Welcome {
  return 'type' in frame && frame.type === 'welcome'
}
