/** What the others say of a share, and whether they may: a message that is not theirs to say changes nothing. */
import type { ShareMessage } from '../../protocol/scan-share.ts'
import { marksToTell, turnedTo, withMark } from './share-marks.ts'
import {
  andThen,
  endShare,
  isSource,
  isWithin,
  peerOf,
  type Share,
  type SharePeer,
  type ShareState,
  type ShareTurn,
  sayToAll,
  shareTimings,
  turnOf,
  withShare,
} from './share-state.ts'

type Said<T extends ShareMessage['type']> = Extract<ShareMessage, { type: T }>

export function heard(state: ShareState, from: SharePeer, message: ShareMessage, nowMs: number): ShareTurn {
  if (message.type === 'share.offer') return offered(state, from, message, nowMs)
  const { share } = state
  // Of another share: late, foreign, or made up.
  if (share?.shareId !== message.shareId) return turnOf(state)
  switch (message.type) {
    case 'share.join':
      return joined(state, from, message, nowMs)
    case 'share.manifest':
      return pieced(state, share, from, message)
    case 'share.state':
      return turnOf(stated(state, share, from, message, nowMs))
    case 'share.pointer':
      return turnOf(pointed(state, share, from, message, nowMs))
    case 'share.marks':
      return turnOf(marked(state, share, from, message))
    case 'share.report': {
      const { type: _, shareId: __, ...report } = message
      return turnOf(withShare(state, { reports: new Map(share.reports).set(from.end.id, report) }))
    }
    case 'share.ask':
      return turnOf(askedFor(state, share, from))
    case 'share.grant':
      return granted(state, share, from, message)
    case 'share.deny':
      return turnOf(
        from.end.id === share.presenter && share.asking === 'asked'
          ? withShare(state, { asking: 'denied' })
          : state,
      )
    case 'share.end':
      return from.end.id === share.source ? endShare(state, message.why) : turnOf(state)
  }
}

/** [LIVE-3] Of two shares the one that began first stays, at every end; between two of the same moment, an id decides. */
export function isBefore(
  one: Pick<Share, 'startedMs' | 'source'>,
  other: Pick<Share, 'startedMs' | 'source'>,
): boolean {
  if (one.startedMs !== other.startedMs) return one.startedMs < other.startedMs
  return one.source < other.source
}

function offered(state: ShareState, from: SharePeer, offer: Said<'share.offer'>, nowMs: number): ShareTurn {
  const { share } = state
  if (!from.end.mayPresent || state.over.includes(offer.shareId)) return turnOf(state)
  if (share?.shareId === offer.shareId)
    return share.source === from.end.id ? goesOn(state, share, from, offer, nowMs) : turnOf(state)
  if (!share) return adopt(state, from, offer, nowMs)
  // Whoever shares one thing has ended the other, whether or not its end was heard.
  if (share.source === from.end.id)
    return offer.startedMs > share.startedMs
      ? andThen(endShare(state, 'stopped'), (next) => adopt(next, from, offer, nowMs))
      : turnOf(state)
  if (!isBefore({ startedMs: offer.startedMs, source: from.end.id }, share)) return turnOf(state)
  const said = isSource(state)
    ? sayToAll(state, { type: 'share.end', shareId: share.shareId, why: 'displaced' })
    : []
  return andThen(turnOf(state, said), (next) =>
    andThen(endShare(next, 'displaced'), (free) => adopt(free, from, offer, nowMs)),
  )
}

function adopt(state: ShareState, from: SharePeer, offer: Said<'share.offer'>, nowMs: number): ShareTurn {
  const { shareId, startedMs, digest, epoch, presenter } = offer
  const share: Share = {
    ...{ shareId, startedMs, digest, epoch, presenter, source: from.end.id },
    ...{ manifest: null, pieces: [], joinedMs: null, seq: 0, page: 0, view: null, marks: [], pointers: [] },
    ...{ reports: new Map(), asks: [], asking: 'no', heardMs: nowMs, saidMs: nowMs, presentedMs: null },
    ...{ isBlank: false, isSeen: false },
  }
  return join({ ...state, share, ended: null }, share, from, nowMs)
}

function join(state: ShareState, { shareId, manifest }: Share, from: SharePeer, nowMs: number): ShareTurn {
  const lacks = manifest ? 'nothing' : 'manifest'
  return turnOf(withShare(state, { joinedMs: nowMs }), [
    {
      type: 'say',
      callId: from.callId,
      message: { type: 'share.join', shareId, lacks },
      manner: 'steady',
    },
  ])
}

/** [LIVE-2] Its source is believed about whose turn it is. */
function goesOn(
  state: ShareState,
  share: Share,
  from: SharePeer,
  offer: Said<'share.offer'>,
  nowMs: number,
): ShareTurn {
  const heardState = withShare(state, { heardMs: nowMs, isBlank: false })
  const next = offer.epoch >= share.epoch ? withTurn(heardState, offer) : heardState
  const { joinedMs, manifest } = share
  const isDue = joinedMs === null || (!manifest && nowMs - joinedMs >= shareTimings.askAgainMs)
  return isDue ? join(next, share, from, nowMs) : turnOf(next)
}

/** Numbers of views are counted anew with each turn. */
export function withTurn(
  state: ShareState,
  { epoch, presenter }: Pick<Share, 'epoch' | 'presenter'>,
): ShareState {
  const { share } = state
  if (!share || (share.epoch === epoch && share.presenter === presenter)) return state
  return withShare(state, { epoch, presenter, seq: 0, asks: [], asking: 'no', presentedMs: null })
}

/** [LIVE-6] Whoever comes, or comes back, is told all of it: whose turn, what is shown, what was drawn. */
function joined(state: ShareState, from: SharePeer, { lacks }: Said<'share.join'>, nowMs: number): ShareTurn {
  const { share } = state
  if (!share?.manifest || !isSource(state)) return turnOf(state)
  if (from.servedMs !== null && nowMs - from.servedMs < shareTimings.serveAgainMs) return turnOf(state)
  const { shareId, pieces } = share
  const texts = lacks === 'manifest' ? pieces : []
  const manifest = texts.map(
    (text, piece): ShareMessage => ({
      type: 'share.manifest',
      shareId,
      piece,
      pieces: pieces.length,
      text: text ?? '',
    }),
  )
  const peers = state.peers.map((peer) => (peer.callId === from.callId ? { ...peer, servedMs: nowMs } : peer))
  const all = [...manifest, offerOf(share), ...stateOf(share), ...marksToTell(shareId, share.marks)]
  return turnOf({ ...state, peers }, [
    ...all.map((message) => ({ type: 'say', callId: from.callId, message, manner: 'steady' }) as const),
    { type: 'serve', callId: from.callId },
  ])
}

export function offerOf({ shareId, startedMs, digest, epoch, presenter }: Share): ShareMessage {
  return { type: 'share.offer', shareId, startedMs, digest, epoch, presenter }
}

export function stateOf({ shareId, epoch, seq, page, view }: Share): ShareMessage[] {
  return view ? [{ type: 'share.state', shareId, epoch, seq, page, view }] : []
}

function pieced(
  state: ShareState,
  share: Share,
  from: SharePeer,
  { piece, pieces, text }: Said<'share.manifest'>,
): ShareTurn {
  if (from.end.id !== share.source || share.manifest || piece >= pieces) return turnOf(state)
  const held = share.pieces.length === pieces ? share.pieces : Array.from({ length: pieces }, () => null)
  const next = held.map((one, index) => (index === piece ? text : one))
  const whole = next.every((one) => one !== null)
  const kept = withShare(state, { pieces: whole ? [] : next })
  if (!whole) return turnOf(kept)
  const { shareId, digest } = share
  return turnOf(kept, [{ type: 'readManifest', shareId, digest, text: next.join('') }])
}

/** [LIVE-2] Only of whose turn it is, and only what is newer. [LIVE-9] Of no picture that is not in the manifest. */
function stated(
  state: ShareState,
  share: Share,
  from: SharePeer,
  { epoch, seq, page, view }: Said<'share.state'>,
  nowMs: number,
): ShareState {
  if (epoch !== share.epoch) return state
  const isTheirs = from.end.id === share.presenter
  // Whoever has just come hears the present view from its source, whoever has the turn.
  const isRelayed = from.end.id === share.source && share.view === null
  if (!isTheirs && !isRelayed) return state
  const heardShare = isTheirs ? { ...share, presentedMs: nowMs } : share
  const isNew = (seq > share.seq || share.view === null) && isWithin(share, view.slice)
  return { ...state, share: isNew ? { ...turnedTo(heardShare, page), seq, view } : heardShare }
}

function pointed(
  state: ShareState,
  share: Share,
  from: SharePeer,
  { slice, at }: Said<'share.pointer'>,
  nowMs: number,
): ShareState {
  const others = share.pointers.filter(({ author }) => author !== from.end.id)
  if (at === null || !isWithin(share, slice)) return withShare(state, { pointers: others })
  return withShare(state, { pointers: [...others, { author: from.end.id, slice, at, atMs: nowMs }] })
}

/** Everybody speaks for their own drawings; its source, to whoever comes, for all of them. */
function marked(state: ShareState, share: Share, from: SharePeer, said: Said<'share.marks'>): ShareState {
  const { page, marks } = said
  const theirs = marks.filter(
    ({ author }) => author === from.end.id || (from.end.id === share.source && author !== state.me.id),
  )
  return { ...state, share: theirs.reduce((next, mark) => withMark(next, { ...mark, page }), share) }
}

function askedFor(state: ShareState, share: Share, from: SharePeer): ShareState {
  const { id, mayPresent } = from.end
  if (!mayPresent || share.presenter !== state.me.id || share.asks.includes(id)) return state
  return withShare(state, { asks: [...share.asks, id] })
}

/** [LIVE-4] Given by whose turn it is, or by its source; never to somebody who may only follow. */
function granted(
  state: ShareState,
  share: Share,
  from: SharePeer,
  { epoch, presenter }: Said<'share.grant'>,
): ShareTurn {
  const isSources = from.end.id === share.source && epoch >= share.epoch
  const isPresenters = from.end.id === share.presenter && epoch === share.epoch + 1
  const taker = presenter === state.me.id ? state.me : peerOf(state, presenter)?.end
  if (!(isSources || (isPresenters && taker?.mayPresent))) return turnOf(state)
  const next = withTurn(state, { epoch, presenter })
  // What its source says of it is heard by everybody in the same order.
  return turnOf(next, isSource(next) && next.share ? sayToAll(next, offerOf(next.share)) : [])
}
