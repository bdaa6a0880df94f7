/**
 * Several people looking at the same scan, as one of them knows it. A share comes from one end (`source`), which alone has
 * all of its files; whose turn it is to show (`presenter`) passes from one to the other.
 */
import type {
  Manifest,
  ShareMark,
  ShareMessage,
  SharePoint,
  ShareSlice,
  ShareView,
} from '../../protocol/scan-share.ts'

/** Somebody at the table. `mayPresent`: staff who treat; everybody else follows, points and draws. */
export type ShareEnd = { readonly id: string; readonly mayPresent: boolean }

/** Somebody else at it, by the call that they are seen and heard by. */
export type SharePeer = {
  readonly callId: string
  readonly end: ShareEnd
  /** Whether anything can be said there now. */
  readonly isOpen: boolean
  /** At its source: they asked to be shown it, and when they were last told all of it. */
  readonly servedMs: number | null
}

/** What one end says that it shows. `lacking`: what is meant has not come there; `missing`: nor will it. */
export type ShareReport = Omit<Extract<ShareMessage, { type: 'share.report' }>, 'type' | 'shareId'>

export type SharePointer = {
  readonly author: string
  readonly slice: ShareSlice
  readonly at: SharePoint
  readonly atMs: number
}

/** A drawing, and the page that it is on: how often all had been erased before it. */
export type PagedMark = ShareMark & { readonly page: number }

export type Share = {
  readonly shareId: string
  /** By the server's clock. */
  readonly startedMs: number
  readonly digest: string
  readonly source: string
  /** Null until all of it has come and is what was promised. */
  readonly manifest: Manifest | null
  readonly pieces: readonly (string | null)[]
  /** When it was last asked for. */
  readonly joinedMs: number | null
  readonly epoch: number
  readonly presenter: string
  readonly seq: number
  readonly page: number
  readonly view: ShareView | null
  readonly marks: readonly PagedMark[]
  readonly pointers: readonly SharePointer[]
  readonly reports: ReadonlyMap<string, ShareReport>
  /** Who would like to present; this end's own asking is `asking`. */
  readonly asks: readonly string[]
  readonly asking: 'no' | 'asked' | 'denied'
  /** When its source was last heard, and when this end last said that it goes on. */
  readonly heardMs: number
  readonly saidMs: number
  /** At the source: when whoever has the turn was last heard; null: not in this turn yet. */
  readonly presentedMs: number | null
  /** [LIVE-7] Nothing of it is on the screen. */
  readonly isBlank: boolean
  /** A picture of it was on this screen. */
  readonly isSeen: boolean
}

/** `left`: whoever it came from left the call. `lost`: nothing was heard of them for so long. */
export type ShareEndWhy = 'stopped' | 'displaced' | 'failed' | 'left' | 'lost'

export type ShareState = {
  readonly me: ShareEnd
  readonly peers: readonly SharePeer[]
  readonly share: Share | null
  /** The last that ended here, and whose it was. */
  readonly ended: { readonly shareId: string; readonly why: ShareEndWhy; readonly by: string } | null
  /** Those that are over: nothing of them is taken up again. */
  readonly over: readonly string[]
}

export type ShareEvent =
  | { readonly type: 'seated'; readonly callId: string; readonly end: ShareEnd }
  | { readonly type: 'left'; readonly callId: string }
  | { readonly type: 'opened'; readonly callId: string }
  | { readonly type: 'closed'; readonly callId: string }
  | { readonly type: 'said'; readonly callId: string; readonly message: ShareMessage; readonly nowMs: number }
  | {
      readonly type: 'begun'
      readonly manifest: Manifest
      /** The manifest as it is sent, in pieces. */
      readonly pieces: readonly string[]
      readonly digest: string
      readonly startedMs: number
      readonly nowMs: number
    }
  /** All pieces have come; null: together they are no manifest, or another than was promised. */
  | { readonly type: 'manifestRead'; readonly shareId: string; readonly manifest: Manifest | null }
  /** The presenter looks at this. `isResting`: the hand has let go. */
  | { readonly type: 'viewed'; readonly view: ShareView; readonly manner: 'moving' | 'resting' }
  | {
      readonly type: 'pointed'
      readonly slice: ShareSlice
      readonly at: SharePoint | null
      readonly nowMs: number
    }
  | { readonly type: 'drawn'; readonly id: string; readonly slice: ShareSlice; readonly points: SharePoint[] }
  /** The last line that this end drew and that is still there. */
  | { readonly type: 'undrawn' }
  /** All drawings of everybody; the presenter's. */
  | { readonly type: 'erased' }
  | { readonly type: 'asked' }
  | { readonly type: 'granted'; readonly to: string }
  | { readonly type: 'denied'; readonly to: string }
  | { readonly type: 'takenBack' }
  | { readonly type: 'shown'; readonly report: ShareReport }
  | { readonly type: 'ticked'; readonly nowMs: number }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed' }

export type ShareEffect =
  | {
      readonly type: 'say'
      readonly callId: string
      readonly message: ShareMessage
      readonly manner: 'steady' | 'fleeting'
    }
  /** All pieces of a manifest have come: their hash is to be compared with `digest`. */
  | {
      readonly type: 'readManifest'
      readonly shareId: string
      readonly digest: string
      readonly text: string
    }
  /** At the source: the files are sent to whoever is at the other end of this call. */
  | { readonly type: 'serve'; readonly callId: string }
  /** At a viewer: its files are to come by this call. */
  | {
      readonly type: 'receive'
      readonly callId: string
      readonly shareId: string
      readonly manifest: Manifest
    }
  /** Files, pictures and drawings of it are overwritten and forgotten. */
  | { readonly type: 'zeroise'; readonly shareId: string }
  /** To be told to the server. */
  | {
      readonly type: 'receipt'
      readonly what: 'shared' | 'seen' | 'ended'
      readonly shareId: string
      readonly callId: string
      readonly digest: string
    }

export type ShareTurn = { readonly state: ShareState; readonly effects: readonly ShareEffect[] }

export const shareTimings = {
  /** How often it is said that it goes on, and what is shown. */
  beatMs: 1_000,
  /** [LIVE-7] Unheard for so long it is blank, and for so long over. */
  blankMs: 5_000,
  lostMs: 60_000,
  /** Asked for anew after so long, and not told all of it more often. */
  askAgainMs: 5_000,
  serveAgainMs: 2_000,
  /** A pointer that is not said again was lifted. */
  pointerMs: 3_000,
}

const mostOver = 32

export const noShare = (me: ShareEnd): ShareState => ({
  me,
  peers: [],
  share: null,
  ended: null,
  over: [],
})

export const turnOf = (state: ShareState, effects: readonly ShareEffect[] = []): ShareTurn => ({
  state,
  effects,
})

export type ShareRole = 'nothing' | 'presenting' | 'following'

export function roleIn({ me, share }: ShareState): ShareRole {
  if (!share) return 'nothing'
  return share.presenter === me.id ? 'presenting' : 'following'
}

export const isSource = ({ me, share }: ShareState): boolean => share?.source === me.id

export function withShare(state: ShareState, change: Partial<Share>): ShareState {
  return state.share ? { ...state, share: { ...state.share, ...change } } : state
}

export const peerBy = ({ peers }: ShareState, callId: string): SharePeer | undefined =>
  peers.find((peer) => peer.callId === callId)

export const peerOf = ({ peers }: ShareState, endId: string): SharePeer | undefined =>
  peers.find(({ end }) => end.id === endId)

/** To everybody who can be reached. */
export function sayToAll(
  { peers }: ShareState,
  message: ShareMessage,
  manner: 'steady' | 'fleeting' = 'steady',
): ShareEffect[] {
  return peers.filter(({ isOpen }) => isOpen).map(({ callId }) => ({ type: 'say', callId, message, manner }))
}

export function sayTo(state: ShareState, endId: string, message: ShareMessage): ShareEffect[] {
  const peer = peerOf(state, endId)
  return peer?.isOpen ? [{ type: 'say', callId: peer.callId, message, manner: 'steady' }] : []
}

/** Whether there is such a picture; unknown as long as the manifest is. */
export function isWithin({ manifest }: Share, { file, frame }: ShareSlice): boolean {
  return frame < (manifest?.files[file]?.frames ?? 0)
}

/** The call that this end knows the share by: of its source, or, at the source itself, of anybody. */
export function callOfShare(state: ShareState): string | null {
  const { share, peers } = state
  return (share && (peerOf(state, share.source) ?? peers[0])?.callId) ?? null
}

export function receipt(state: ShareState, what: 'shared' | 'seen' | 'ended'): ShareEffect[] {
  const { share } = state
  const callId = callOfShare(state)
  if (!share || callId === null) return []
  return [{ type: 'receipt', what, shareId: share.shareId, callId, digest: share.digest }]
}

/** [LIVE-8] Nothing of it stays. One that was merely lost may be found again; any other is over. */
export function endShare(state: ShareState, why: ShareEndWhy): ShareTurn {
  const { share } = state
  if (!share) return turnOf(state)
  const { shareId, source } = share
  const isReported = isSource(state) || share.isSeen
  const over = why === 'lost' ? state.over : [...state.over, shareId].slice(-mostOver)
  return turnOf({ ...state, share: null, ended: { shareId, why, by: source }, over }, [
    { type: 'zeroise', shareId },
    ...(isReported ? receipt(state, 'ended') : []),
  ])
}

/** The first part of several, then what follows from it. */
export function andThen(first: ShareTurn, next: (state: ShareState) => ShareTurn): ShareTurn {
  const second = next(first.state)
  return turnOf(second.state, [...first.effects, ...second.effects])
}
