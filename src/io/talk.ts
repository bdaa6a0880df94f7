/** What ends say to each other beside the call, on two channels of its own verified link; see `TalkPort`. */
import { maxTalk } from '../protocol/talk.ts'
import type { TalkListener, TalkManner, TalkPort } from '../state/scan-ports.ts'

/** Both ends name them alike, so that neither has to announce them; simple-peer's own channel keeps the low numbers. */
const channels: Readonly<Record<TalkManner, RTCDataChannelInit>> = {
  steady: { negotiated: true, id: 64, ordered: true },
  fleeting: { negotiated: true, id: 65, ordered: false, maxRetransmits: 0 },
}

/** What may wait in the browser. A fleeting word that waits is out of date. */
const mostWaiting: Readonly<Record<TalkManner, number>> = { steady: 1_048_576, fleeting: 4_096 }

/** The channels of one link. */
export type Talk = {
  isOpen(): boolean
  say(text: string, manner: TalkManner): boolean
}

export type TalkHearer = {
  readonly said: (text: string, manner: TalkManner) => void
  /** Both channels are open. */
  readonly opened: () => void
  /** The other end closed them, or its connection; not told of what is closed here. */
  readonly closed: () => void
}

/** [PROOF-7] Only once it is certain who is at the other end. They close with their connection. */
export function openTalk(pc: RTCPeerConnection, hear: TalkHearer): Talk {
  const open = (manner: TalkManner) => {
    const channel = pc.createDataChannel(manner, channels[manner])
    channel.onopen = () => isOpen() && hear.opened()
    channel.onclose = () => hear.closed()
    channel.onmessage = ({ data }) => {
      if (typeof data === 'string' && data.length <= maxTalk) hear.said(data, manner)
    }
    return channel
  }
  const ways = { steady: open('steady'), fleeting: open('fleeting') }
  const isOpen = () => ways.steady.readyState === 'open' && ways.fleeting.readyState === 'open'
  return {
    isOpen,
    say(text, manner) {
      const channel = ways[manner]
      if (!isOpen() || channel.bufferedAmount > mostWaiting[manner]) return false
      try {
        channel.send(text)
        return true
      } catch {
        // Its browser's queue is full, or the connection closed in this moment.
        return false
      }
    },
  }
}

export type TalkDesk = {
  readonly port: TalkPort
  said(callId: string, text: string, manner: TalkManner): void
  opened(callId: string): void
  closed(callId: string): void
}

/** Those of all links of this page. `find`: those of the present link of a call. */
export function createTalkDesk(find: (callId: string) => Pick<Talk, 'say'> | null): TalkDesk {
  const listeners = new Set<TalkListener>()
  const open = new Set<string>()
  return {
    port: {
      listen(listener) {
        listeners.add(listener)
        for (const callId of [...open]) listener.opened(callId)
        return () => void listeners.delete(listener)
      },
      say: (callId, text, manner) => open.has(callId) && (find(callId)?.say(text, manner) ?? false),
      isOpen: (callId) => open.has(callId),
    },
    said(callId, text, manner) {
      for (const listener of listeners) listener.said(callId, text, manner)
    },
    opened(callId) {
      open.add(callId)
      for (const listener of listeners) listener.opened(callId)
    },
    closed(callId) {
      if (!open.delete(callId)) return
      for (const listener of listeners) listener.closed(callId)
    },
  }
}
