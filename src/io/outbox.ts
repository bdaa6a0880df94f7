/** Numbers what we send, keeps it until the server has it, and notices what it has sent us before. */
import type { ClientMessage, ServerMessage } from '../protocol/wire.ts'

type Pending = { readonly seq: number; readonly message: ClientMessage }

/** More unacknowledged messages than this means the server is gone for good; the oldest reports are worthless then. */
const maxPending = 256

export type Outbox = ReturnType<typeof createOutbox>

/** One side of a session: sequence numbers from 1, cumulative acknowledgement, replay. */
export function createOutbox() {
  let pending: Pending[] = []
  let sent = 0
  let received = 0
  let acknowledged = 0

  return {
    received: () => received,
    /** Received messages the server does not know we have. */
    unacknowledged: () => received - acknowledged,
    /** Takes a message in and returns its frame. */
    add(message: ClientMessage): string {
      sent += 1
      pending.push({ seq: sent, message })
      if (pending.length > maxPending) pending = pending.slice(-maxPending)
      return this.frame({ seq: sent, message })
    },
    frame({ seq, message }: Pending): string {
      acknowledged = received
      return JSON.stringify({ seq, ack: received, message })
    },
    ping(): string {
      acknowledged = received
      return JSON.stringify({ type: 'ping', ack: received })
    },
    /** The server has everything up to `seq`. */
    confirm(seq: number): void {
      pending = pending.filter((item) => item.seq > seq)
    },
    /** True when this numbered message is new and next; a repeat is false. A gap throws the session away. */
    accept(frame: { seq: number; message: ServerMessage }): 'new' | 'repeat' | 'gap' {
      if (frame.seq <= received) return 'repeat'
      if (frame.seq > received + 1) return 'gap'
      received = frame.seq
      return 'new'
    },
    /** The old session goes on: what the server lacks is sent again with its own numbers. */
    resume(serverReceived: number): string[] {
      this.confirm(serverReceived)
      return pending.map((item) => this.frame(item))
    },
    /** A new session: the same messages under new numbers; the server knows them by their call ids. */
    restart(): string[] {
      received = 0
      pending = pending.map((item, index) => ({ seq: index + 1, message: item.message }))
      sent = pending.length
      return pending.map((item) => this.frame(item))
    },
  }
}
