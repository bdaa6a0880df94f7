/** Carries the files of shares beside calls: who of this page sends or takes which share on which call. */
import type { Quality } from '../../core/quality.ts'
import type { Relays } from '../../protocol/ice.ts'
import type { CarryMessage } from '../../protocol/scan-carry.ts'
import type { Clock } from '../../state/ports.ts'
import type { CarrierPort, SendingListener } from '../../state/scan-ports.ts'
import { browserClock } from '../clock.ts'
import { type BulkListener, type BulkOptions, openBulk } from './bulk-link.ts'
import { createReceiver } from './carry-receiver.ts'
import { type CarryEnd, createSender } from './carry-sender.ts'

/** What is said of a share before its manifest was understood waits; this much. */
const mostEarly = 64

type Held = { readonly callId: string; readonly shareId: string; readonly end: CarryEnd }

/** What it asks of the browser; tests give it another. */
export type CarrierWorld = { readonly connect: BulkOptions['connect']; readonly clock: Clock }

const browserWorld: CarrierWorld = {
  connect: (config) => new RTCPeerConnection(config),
  clock: browserClock,
}

const deaf: SendingListener = { progress() {}, failed() {} }

/** `relaysOf`: what media of this call goes by now; files go by the same. */
export function createCarrier(
  relaysOf: (callId: string) => Relays,
  { connect, clock }: CarrierWorld = browserWorld,
): CarrierPort {
  let sayTo: (callId: string, message: CarryMessage, manner: 'steady' | 'fleeting') => boolean = () => false
  let held: readonly Held[] = []
  let early: readonly { readonly callId: string; readonly message: CarryMessage }[] = []
  const linked = new Set<string>()
  const qualities = new Map<string, Quality>()

  const endsOf = (callId: string) => held.filter((one) => one.callId === callId)
  const isOf = (callId: string, shareId: string) => (one: Held) =>
    one.callId === callId && one.shareId === shareId

  /** What either end is made with; a share that is sent or taken once more on a call takes the place of the first. */
  function common(callId: string, shareId: string, isOffering: boolean) {
    for (const { end } of held.filter(isOf(callId, shareId))) end.end()
    held = held.filter((one) => !isOf(callId, shareId)(one))
    const say = (message: CarryMessage, manner: 'steady' | 'fleeting') => sayTo(callId, message, manner)
    const open = (generation: number, listener: BulkListener) =>
      openBulk({ connect, clock, relays: relaysOf(callId), shareId, generation, isOffering }, listener)
    return { shareId, say, open, clock }
  }

  function hold(callId: string, shareId: string, end: CarryEnd): void {
    held = [...held, { callId, shareId, end }]
    end.callIs(qualities.get(callId) ?? 'good')
    if (linked.has(callId)) end.linkOpened()
    const isMine = (one: { callId: string; message: CarryMessage }) =>
      one.callId === callId && one.message.shareId === shareId
    const mine = early.filter(isMine)
    early = early.filter((one) => !isMine(one))
    for (const { message } of mine) end.hear(message)
  }

  return {
    send(callId, shareId, manifest, bytesOf, hear = deaf) {
      const sender = createSender({ ...common(callId, shareId, true), manifest, bytesOf, hear })
      hold(callId, shareId, sender)
      return sender
    },
    receive(callId, shareId, manifest, hear) {
      const receiver = createReceiver({ ...common(callId, shareId, false), manifest, hear })
      hold(callId, shareId, receiver)
      return receiver
    },
    hear(callId, message) {
      const mine = held.filter(isOf(callId, message.shareId))
      for (const { end } of mine) end.hear(message)
      if (mine.length === 0) early = [...early, { callId, message }].slice(-mostEarly)
    },
    onSay(say) {
      sayTo = say
    },
    linkOpened(callId) {
      linked.add(callId)
      for (const { end } of endsOf(callId)) end.linkOpened()
    },
    linkClosed(callId) {
      linked.delete(callId)
      early = early.filter((one) => one.callId !== callId)
      for (const { end } of endsOf(callId)) end.linkClosed()
    },
    callIs(callId, quality) {
      qualities.set(callId, quality)
      for (const { end } of endsOf(callId)) end.callIs(quality)
    },
    end(shareId) {
      const ended = held.filter((one) => one.shareId === shareId)
      held = held.filter((one) => one.shareId !== shareId)
      early = early.filter(({ message }) => message.shareId !== shareId)
      for (const { end } of ended) end.end()
    },
  }
}
