/** What the ward's patients ask for now, as a station was told: all that it keeps before its queue can be shown. */
import { type Signal, signal } from '@preact/signals'
import type { RequestView } from '../protocol/request.ts'
import type { ServerMessage } from '../protocol/wire.ts'

export type RequestList = {
  /** In the order in which they were made: a row moves under nobody's finger. */
  readonly open: Signal<readonly RequestView[]>
  received(message: ServerMessage): void
}

export function createRequestList(): RequestList {
  const open = signal<readonly RequestView[]>([])

  function put(requests: readonly RequestView[]): void {
    open.value = requests.toSorted((a, b) => a.madeMs - b.madeMs)
  }

  return {
    open,
    received(message) {
      if (message.type === 'request.list') put(message.requests)
      if (message.type !== 'request.changed') return
      const { request } = message
      const others = open.value.filter(({ requestId }) => requestId !== request.requestId)
      put(request.state.type === 'ended' ? others : [...others, request])
    },
  }
}
