/**
 * Looking at a scan together, at one end: what happens, and what comes of it. Total: whatever is said, by whomever and in
 * whatever order, the state is a sound one, and what is not anybody's to say changes nothing.
 *
 * ```
 *           begin ┌────────────┐ grant / take back ┌───────────┐
 *  nothing ──────▶│ presenting │◀─────────────────▶│ following │◀────── offered ── nothing
 *     ▲           └────────────┘                   └───────────┘  5 s unheard: blank; 60 s: lost
 *     └───────────────── stop · its source left · displaced · lost ◀────┘
 * ```
 */
import {
  asked,
  denied,
  drawn,
  erased,
  give,
  hand,
  pointed,
  reported,
  shown,
  undrawn,
  viewed,
} from './share-acts.ts'
import { marksToTell } from './share-marks.ts'
import { heard, offerOf, stateOf } from './share-said.ts'
import {
  andThen,
  endShare,
  isSource,
  peerBy,
  peerOf,
  receipt,
  roleIn,
  type Share,
  type ShareEvent,
  type SharePeer,
  type ShareState,
  type ShareTurn,
  sayTo,
  sayToAll,
  shareTimings,
  turnOf,
  withShare,
} from './share-state.ts'

export function step(state: ShareState, event: ShareEvent): ShareTurn {
  switch (event.type) {
    case 'seated':
      return turnOf(seated(state, event.callId, event.end))
    case 'left':
      return left(state, event.callId)
    case 'opened':
      return opened(state, event.callId)
    case 'closed':
      return turnOf(closed(state, event.callId))
    case 'said': {
      const from = peerBy(state, event.callId)
      return from ? heard(state, from, event.message, event.nowMs) : turnOf(state)
    }
    case 'begun':
      return begun(state, event)
    case 'manifestRead':
      return manifestRead(state, event)
    case 'viewed':
      return viewed(state, event)
    case 'pointed':
      return pointed(state, event)
    case 'drawn':
      return drawn(state, event)
    case 'undrawn':
      return undrawn(state)
    case 'erased':
      return erased(state)
    case 'asked':
      return asked(state)
    case 'granted':
      return give(state, event.to)
    case 'denied':
      return denied(state, event.to)
    case 'takenBack':
      return isSource(state) ? hand(state, state.me.id) : turnOf(state)
    case 'shown':
      return shown(state, event)
    case 'ticked':
      return ticked(state, event.nowMs)
    case 'stopped':
      return stopped(state, 'stopped')
    case 'failed':
      return stopped(state, 'failed')
  }
}

function seated(state: ShareState, callId: string, end: SharePeer['end']): ShareState {
  const known = peerBy(state, callId)
  if (known) return state
  return { ...state, peers: [...state.peers, { callId, end, isOpen: false, servedMs: null }] }
}

/** [LIVE-8] With its source the share is gone; without its presenter it goes back to its source. */
function left(state: ShareState, callId: string): ShareTurn {
  const gone = peerBy(state, callId)
  if (!gone) return turnOf(state)
  const { share } = state
  if (share?.source === gone.end.id) {
    const ended = endShare(state, 'left')
    return turnOf(without(ended.state, gone), ended.effects)
  }
  // The last one to whom it was shown: nobody is left to look at it.
  if (isSource(state) && state.peers.length === 1) {
    const ended = endShare(state, 'left')
    return turnOf(without(ended.state, gone), ended.effects)
  }
  return takeUp(without(state, gone), gone.end.id)
}

function without(state: ShareState, gone: SharePeer): ShareState {
  const peers = state.peers.filter((peer) => peer !== gone)
  const { share } = state
  if (!share) return { ...state, peers }
  const isTheirs = ({ author }: { readonly author: string }) => author === gone.end.id
  const reports = new Map(share.reports)
  reports.delete(gone.end.id)
  const pointers = share.pointers.filter((one) => !isTheirs(one))
  const asks = share.asks.filter((one) => one !== gone.end.id)
  return { ...state, peers, share: { ...share, reports, pointers, asks } }
}

/** Whoever has its turn is gone: the source shows again. */
function takeUp(state: ShareState, goneId: string): ShareTurn {
  return isSource(state) && state.share?.presenter === goneId ? hand(state, state.me.id) : turnOf(state)
}

/** A fresh link: what can be said is said anew. */
function opened(state: ShareState, callId: string): ShareTurn {
  const peer = peerBy(state, callId)
  if (!peer) return turnOf(state)
  const peers = state.peers.map((one) => (one === peer ? { ...one, isOpen: true, servedMs: null } : one))
  const { share } = state
  const next = { ...state, peers }
  if (!share) return turnOf(next)
  if (isSource(next)) return turnOf(next, sayTo(next, peer.end.id, offerOf(share)))
  // One's own drawings may have been lost with the link before.
  const own = share.marks.filter(({ author }) => author === state.me.id)
  const marks = marksToTell(share.shareId, own).flatMap((message) => sayTo(next, peer.end.id, message))
  const isComingBack = share.source === peer.end.id
  return turnOf(isComingBack ? withShare(next, { joinedMs: null }) : next, marks)
}

function closed(state: ShareState, callId: string): ShareState {
  const peers = state.peers.map((peer) =>
    peer.callId === callId ? { ...peer, isOpen: false, servedMs: null } : peer,
  )
  return { ...state, peers }
}

/** [LIVE-1] By staff who treat, to people who are there, and only where nothing is shared yet. */
function begun(state: ShareState, event: Extract<ShareEvent, { type: 'begun' }>): ShareTurn {
  if (state.share || !state.me.mayPresent || state.peers.length === 0) return turnOf(state)
  const { manifest, pieces, digest, startedMs, nowMs } = event
  const { id } = state.me
  const share: Share = {
    ...{ shareId: manifest.shareId, startedMs, digest, manifest, pieces, source: id, presenter: id },
    ...{ epoch: 1, seq: 0, page: 0, view: null, marks: [], pointers: [], reports: new Map() },
    ...{ asks: [], asking: 'no', joinedMs: null, heardMs: nowMs, saidMs: nowMs, presentedMs: null },
    ...{ isBlank: false, isSeen: false },
  }
  const next = { ...state, share, ended: null }
  return turnOf(next, [...sayToAll(next, offerOf(share)), ...receipt(next, 'shared')])
}

function manifestRead(
  state: ShareState,
  { shareId, manifest }: Extract<ShareEvent, { type: 'manifestRead' }>,
): ShareTurn {
  const { share } = state
  if (share?.shareId !== shareId || share.manifest) return turnOf(state)
  if (manifest?.shareId !== shareId) return endShare(state, 'failed')
  const callId = peerOf(state, share.source)?.callId
  return turnOf(
    withShare(state, { manifest }),
    callId === undefined ? [] : [{ type: 'receive', callId, shareId, manifest }],
  )
}

function ticked(state: ShareState, nowMs: number): ShareTurn {
  const { share } = state
  if (!share) return turnOf(state)
  const unheardMs = isSource(state) ? 0 : nowMs - share.heardMs
  if (unheardMs >= shareTimings.lostMs) return endShare(state, 'lost')
  const next = aged(state, share, nowMs, unheardMs >= shareTimings.blankMs)
  if (isPresenterGone(state, nowMs)) return hand(next, state.me.id)
  return nowMs - share.saidMs < shareTimings.beatMs ? turnOf(next) : beat(withShare(next, { saidMs: nowMs }))
}

/** [LIVE-7] What nobody has said again for so long is not on the screen any more. */
function aged(state: ShareState, share: Share, nowMs: number, isBlank: boolean): ShareState {
  const pointers = share.pointers.filter(
    ({ author, atMs }) => author === state.me.id || nowMs - atMs < shareTimings.pointerMs,
  )
  const presentedMs = share.presentedMs ?? nowMs
  const isSame =
    isBlank === share.isBlank &&
    pointers.length === share.pointers.length &&
    presentedMs === share.presentedMs
  return isSame ? state : withShare(state, { isBlank, pointers, presentedMs })
}

function isPresenterGone(state: ShareState, nowMs: number): boolean {
  const { share } = state
  if (!share || !isSource(state) || share.presenter === state.me.id) return false
  return nowMs - (share.presentedMs ?? nowMs) >= shareTimings.blankMs
}

/** [LIVE-6] Each second all of it again, so that nothing stays lost. */
function beat(state: ShareState): ShareTurn {
  const { share, me } = state
  if (!share) return turnOf(state)
  const offer = isSource(state) ? sayToAll(state, offerOf(share)) : []
  const presented =
    roleIn(state) === 'presenting' ? stateOf(share).flatMap((message) => sayToAll(state, message)) : []
  const own = share.pointers.find(({ author }) => author === me.id)
  const pointer = own
    ? sayToAll(
        state,
        { type: 'share.pointer', shareId: share.shareId, slice: own.slice, at: own.at },
        'fleeting',
      )
    : []
  return turnOf(state, [...offer, ...presented, ...pointer, ...reported(state)])
}

/** Its source ends it for everybody; anybody else stops looking, and may be shown it no more in this call. */
function stopped(state: ShareState, why: 'stopped' | 'failed'): ShareTurn {
  const { share } = state
  if (!share) return turnOf(state)
  const said = isSource(state) ? sayToAll(state, { type: 'share.end', shareId: share.shareId, why }) : []
  return andThen(turnOf(state, said), (next) => endShare(next, why))
}

/** Whether somebody sees what the presenter means: the same picture in the same greys. */
export function isInStep({ view, reports }: Share, endId: string): boolean {
  const shows = reports.get(endId)?.shows
  if (!view || !shows) return false
  const isSlice = shows.slice.file === view.slice.file && shows.slice.frame === view.slice.frame
  const isGrey = shows.voi?.centre === view.voi?.centre && shows.voi?.width === view.voi?.width
  return isSlice && isGrey && shows.isInverted === view.isInverted
}
