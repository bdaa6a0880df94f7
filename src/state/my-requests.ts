/** What the patient beside this tablet asked for: said to be sent only when somebody hears it, and never sent later (HZ-4). */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { standardTimings } from '../core/timings.ts'
import type { RequestReason, RequestState, RequestView } from '../protocol/request.ts'
import type { ServerMessage, Welcome } from '../protocol/wire.ts'
import type { CommonPorts } from './ports.ts'

export type { RequestReason }

/** `reaching`: nobody has heard it yet. `unheard`: nobody hears it now, or this tablet is cut off from who might. */
export type MyRequest = Pick<RequestView, 'requestId' | 'reason'> & {
  readonly state: Exclude<RequestState, { type: 'ended' }>
}

export type Unsent = { readonly reason: RequestReason; readonly atMs: number }

export type MyRequests = {
  readonly open: ReadonlySignal<readonly MyRequest[]>
  /** What was not sent, and when (this device's clock), until the patient has read it or it is. */
  readonly unsent: ReadonlySignal<Unsent | null>
  /** Asks now or not at all; what is open already is not asked again. */
  ask(reason: RequestReason): void
  takeBack(requestId: string): void
  /** Somebody is at the bed. */
  here(requestId: string): void
  dismiss(): void
  /** How far the server's clock is ahead of this tablet's, which may be wrong; 0 as long as the server was not heard. */
  serverAheadMs(): number
}

export type MyRequestsHolder = MyRequests & {
  welcomed(welcome: Welcome): void
  received(message: ServerMessage): void
  /** Somebody else lies here now (HZ-6). */
  newStay(): void
}

/** `stay`: the stay whose tablet this is. */
export function createMyRequests(
  { clock, page, socket }: Pick<CommonPorts, 'clock' | 'page' | 'socket'>,
  isOpen: ReadonlySignal<boolean>,
  stay: () => number | null,
): MyRequestsHolder {
  const told = signal<readonly RequestView[]>([])
  /** Said to the server and not heard of yet, each with what stops its waiting. */
  const pending = signal<ReadonlyMap<string, { readonly reason: RequestReason; stop(): void }>>(new Map())
  /** Over for this tablet, though the server may not have heard of that yet. */
  const closed = signal<ReadonlySet<string>>(new Set())
  const unsent = signal<Unsent | null>(null)
  /** Without the server for so long that nobody may be said to hear anything. */
  const cutOff = signal(false)
  let serverAheadMs = 0
  let isHeard = false
  let { askMs } = standardTimings
  let stopCounting = () => {}

  isOpen.subscribe((now) => {
    stopCounting()
    if (now) cutOff.value = false
    else
      stopCounting = clock.after(askMs, () => {
        cutOff.value = true
      })
  })

  const open = computed(() => {
    const waiting = [...pending.value].map(
      ([requestId, { reason }]): MyRequest => ({ requestId, reason, state: { type: 'reaching' } }),
    )
    const known = told.value.flatMap((request): MyRequest[] => {
      const { requestId, reason, state } = request
      if (state.type === 'ended' || closed.value.has(requestId) || pending.value.has(requestId)) return []
      return [{ requestId, reason, state: isHoping(state) && cutOff.value ? { type: 'unheard' } : state }]
    })
    return [...known, ...waiting]
  })

  function settle(requestId: string): void {
    pending.value.get(requestId)?.stop()
    pending.value = new Map([...pending.value].filter(([id]) => id !== requestId))
  }

  /** Nobody heard it in time. If somebody does yet, the server says so. */
  function giveUp(requestId: string, reason: RequestReason): void {
    batch(() => {
      settle(requestId)
      told.value = told.value.filter((one) => one.requestId !== requestId)
      unsent.value = { reason, atMs: clock.nowMs() }
    })
  }

  function close(requestId: string): void {
    settle(requestId)
    closed.value = new Set(closed.value).add(requestId)
  }

  function take(request: RequestView): void {
    const { requestId, reason, state } = request
    const others = told.value.filter((one) => one.requestId !== requestId)
    if (state.type === 'ended') {
      if (state.how === 'unheard' && !closed.value.has(requestId)) return giveUp(requestId, reason)
      settle(requestId)
      told.value = others
      return
    }
    if (request.stay !== stay()) return
    // What this tablet waits for itself it counts itself.
    if (state.type === 'reaching' && pending.value.has(requestId)) return
    settle(requestId)
    told.value = [...others, request].toSorted((a, b) => a.madeMs - b.madeMs)
    if (unsent.value?.reason === reason && state.type !== 'unheard') unsent.value = null
  }

  function takeAll(requests: readonly RequestView[]): void {
    told.value = []
    for (const request of requests) take(request)
  }

  function refused(requestId: string, why: 'late' | 'stay' | 'open-already'): void {
    const mine = pending.value.get(requestId)
    if (!mine) return
    if (why === 'open-already') settle(requestId)
    else giveUp(requestId, mine.reason)
  }

  return {
    open,
    unsent,
    ask(reason) {
      if (open.value.some((one) => one.reason === reason)) return
      const epoch = stay()
      if (!isOpen.value || epoch === null) {
        unsent.value = { reason, atMs: clock.nowMs() }
        return
      }
      unsent.value = null
      const requestId = page.newId()
      const stop = clock.after(askMs, () => giveUp(requestId, reason))
      pending.value = new Map(pending.value).set(requestId, { reason, stop })
      const expiresAtMs = clock.upMs() + serverAheadMs + askMs
      socket.send({ type: 'request.make', requestId, reason, stay: epoch, expiresAtMs })
    },
    takeBack(requestId) {
      close(requestId)
      socket.send({ type: 'request.take-back', requestId })
    },
    here(requestId) {
      close(requestId)
      socket.send({ type: 'request.here', requestId })
    },
    dismiss() {
      unsent.value = null
    },
    serverAheadMs: () => (isHeard ? serverAheadMs + clock.upMs() - clock.nowMs() : 0),
    welcomed(welcome) {
      serverAheadMs = welcome.serverTimeMs - clock.upMs()
      isHeard = true
      askMs = welcome.timings.askMs
    },
    received(message) {
      batch(() => {
        if (message.type === 'request.list') takeAll(message.requests)
        if (message.type === 'request.changed') take(message.request)
        if (message.type === 'request.refused') refused(message.requestId, message.why)
      })
    },
    newStay() {
      batch(() => {
        for (const { stop } of pending.value.values()) stop()
        pending.value = new Map()
        told.value = []
        closed.value = new Set()
        unsent.value = null
      })
    },
  }
}

/** The patient counts on somebody who hears it. */
function isHoping({ type }: RequestState): boolean {
  return type === 'reaching' || type === 'sent'
}
