/** What a page asks after its server, seen from outside: how often, and whether the last question was answered. */
import { setTimeout as pass } from 'node:timers/promises'
import type { Page } from 'playwright'

export type Pings = {
  readonly count: { sockets: number; pings: number }
  /** Resolves once nothing is unanswered; after a while, when no answer `isAwaited`. */
  answered(isAwaited: boolean): Promise<void>
}

/** So long an answer may take on a machine whose disk is busy with something else. */
const mostMs = 30_000
/** A network that is gone answers never, but what was under way may arrive. */
const goneMs = 300

export function watchPings(page: Page): Pings {
  const count = { sockets: 0, pings: 0 }
  let unanswered: PromiseWithResolvers<void> | null = null
  const settle = () => {
    unanswered?.resolve()
    unanswered = null
  }
  page.on('websocket', (socket) => {
    count.sockets += 1
    settle()
    socket.on('framesent', ({ payload }) => {
      if (!String(payload).startsWith('{"type":"ping"')) return
      count.pings += 1
      unanswered ??= Promise.withResolvers()
    })
    socket.on('framereceived', settle)
    socket.on('close', settle)
  })
  return {
    count,
    async answered(isAwaited) {
      if (unanswered) await Promise.race([unanswered.promise, pass(isAwaited ? mostMs : goneMs)])
    },
  }
}
