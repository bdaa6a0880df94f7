/** Whether the server hears us, since when it does not, and whether it has sent us away for good. */
import { effect, type Signal, signal } from '@preact/signals'
import type { ServerMessage, Welcome } from '../protocol/wire.ts'
import type { Calls } from './calls.ts'
import type { Claims, CommonPorts, HelloPart, SocketRefusal } from './ports.ts'

export type Connection =
  | { readonly type: 'connecting' }
  | { readonly type: 'open' }
  | { readonly type: 'lost'; readonly sinceMs: number }
  | { readonly type: 'refused'; readonly why: SocketRefusal }

export type ConnectionHooks = {
  hello(nonce: string, claims: Claims): Promise<HelloPart>
  welcomed(welcome: Welcome): void
  received(message: ServerMessage): void
  /** What the screen itself does about being sent away; its call is left already. */
  refused?(why: SocketRefusal): void
}

/** Opens the socket for a screen and feeds its calls; `hooks` add what only that screen knows. */
export function connect(
  ports: CommonPorts,
  calls: Calls,
  connection: Signal<Connection>,
  hooks: ConnectionHooks,
): void {
  ports.socket.open({
    hello: (nonce) => hooks.hello(nonce, calls.claims()),
    welcomed(welcome) {
      connection.value = { type: 'open' }
      hooks.welcomed(welcome)
      calls.welcomed(welcome)
      ports.media.preload()
    },
    received(message) {
      hooks.received(message)
      calls.received(message)
    },
    lost() {
      if (connection.value.type !== 'lost') connection.value = { type: 'lost', sinceMs: ports.clock.nowMs() }
    },
    refused(why) {
      connection.value = { type: 'refused', why }
      // Another screen is this seat now, or nobody is: a camera that stayed on here would be nobody's (HZ-2).
      if (why !== 'outdated') calls.leave()
      else whenIdle(calls, () => ports.page.update())
      hooks.refused?.(why)
    },
  })
}

/** An update reloads the page, which a live call would not survive. */
function whenIdle(calls: Calls, then: () => void): void {
  const stop = effect(() => {
    const { type } = calls.state.value
    if (type !== 'idle' && type !== 'ended') return
    queueMicrotask(() => stop())
    then()
  })
}

export function newConnection(): Signal<Connection> {
  return signal<Connection>({ type: 'connecting' })
}
