/** What somebody does with a share at this end, and what the others are told of it. */
import type { ShareMessage } from '../../protocol/scan-share.ts'
import { marksToTell, turnedTo, withMark } from './share-marks.ts'
import { stateOf, withTurn } from './share-said.ts'
import {
  isSource,
  isWithin,
  peerOf,
  receipt,
  roleIn,
  type Share,
  type ShareEffect,
  type ShareEvent,
  type ShareState,
  type ShareTurn,
  sayTo,
  sayToAll,
  turnOf,
  withShare,
} from './share-state.ts'

export function viewed(
  state: ShareState,
  { view, manner }: Extract<ShareEvent, { type: 'viewed' }>,
): ShareTurn {
  const { share } = state
  if (!share || roleIn(state) !== 'presenting' || !isWithin(share, view.slice)) return turnOf(state)
  const next = { ...share, view, seq: share.seq + 1 }
  const how = manner === 'moving' ? 'fleeting' : 'steady'
  return turnOf(
    { ...state, share: next },
    stateOf(next).flatMap((message) => sayToAll(state, message, how)),
  )
}

export function pointed(
  state: ShareState,
  { slice, at, nowMs }: Extract<ShareEvent, { type: 'pointed' }>,
): ShareTurn {
  const { share, me } = state
  if (!share || !isWithin(share, slice)) return turnOf(state)
  const others = share.pointers.filter(({ author }) => author !== me.id)
  const own = at === null ? [] : [{ author: me.id, slice, at, atMs: nowMs }]
  const message: ShareMessage = { type: 'share.pointer', shareId: share.shareId, slice, at }
  return turnOf(withShare(state, { pointers: [...others, ...own] }), sayToAll(state, message, 'fleeting'))
}

export function drawn(
  state: ShareState,
  { id, slice, points }: Extract<ShareEvent, { type: 'drawn' }>,
): ShareTurn {
  return mark(state, { id, slice, points, revision: 1 })
}

export function undrawn(state: ShareState): ShareTurn {
  const { share, me } = state
  const last = share?.marks.findLast(
    ({ author, page, points }) => author === me.id && page === share.page && points.length > 0,
  )
  if (!last) return turnOf(state)
  const { id, slice, revision } = last
  return mark(state, { id, slice, points: [], revision: revision + 1 })
}

function mark(state: ShareState, one: Omit<Share['marks'][number], 'author' | 'page'>): ShareTurn {
  const { share, me } = state
  if (!share) return turnOf(state)
  const own = { ...one, author: me.id, page: share.page }
  const next = withMark(share, own)
  if (next === share) return turnOf(state)
  const said = marksToTell(share.shareId, [own]).flatMap((message) => sayToAll(state, message))
  return turnOf({ ...state, share: next }, said)
}

export function erased(state: ShareState): ShareTurn {
  const { share } = state
  if (!share || roleIn(state) !== 'presenting') return turnOf(state)
  const next = { ...turnedTo(share, share.page + 1), seq: share.seq + 1 }
  return turnOf(
    { ...state, share: next },
    stateOf(next).flatMap((message) => sayToAll(state, message)),
  )
}

export function asked(state: ShareState): ShareTurn {
  const { share, me } = state
  if (!share || !me.mayPresent || roleIn(state) !== 'following') return turnOf(state)
  const message: ShareMessage = { type: 'share.ask', shareId: share.shareId }
  return turnOf(withShare(state, { asking: 'asked' }), sayTo(state, share.presenter, message))
}

export function give(state: ShareState, to: string): ShareTurn {
  const taker = peerOf(state, to)?.end
  return roleIn(state) === 'presenting' && taker?.mayPresent ? hand(state, to) : turnOf(state)
}

/** Whose turn it is from now on: one more than before, so that no word of an earlier turn counts. */
export function hand(state: ShareState, presenter: string): ShareTurn {
  const { share } = state
  if (!share || share.presenter === presenter) return turnOf(state)
  const epoch = share.epoch + 1
  const message: ShareMessage = { type: 'share.grant', shareId: share.shareId, epoch, presenter }
  return turnOf(withTurn(state, { epoch, presenter }), sayToAll(state, message))
}

export function denied(state: ShareState, to: string): ShareTurn {
  const { share } = state
  if (!share?.asks.includes(to)) return turnOf(state)
  const asks = share.asks.filter((one) => one !== to)
  return turnOf(withShare(state, { asks }), sayTo(state, to, { type: 'share.deny', shareId: share.shareId }))
}

/** What is on this screen is told to whoever shows and to its source; the first picture is seen. */
export function shown(state: ShareState, { report }: Extract<ShareEvent, { type: 'shown' }>): ShareTurn {
  const { share, me } = state
  if (!share) return turnOf(state)
  const isFirst = report.shows !== null && !share.isSeen && !isSource(state)
  const next = withShare(state, {
    isSeen: share.isSeen || isFirst,
    reports: new Map(share.reports).set(me.id, report),
  })
  return turnOf(next, [...reported(next), ...(isFirst ? receipt(next, 'seen') : [])])
}

export function reported(state: ShareState): ShareEffect[] {
  const { share, me } = state
  const report = share?.reports.get(me.id)
  if (!share || !report) return []
  const ends = [...new Set([share.presenter, share.source])].filter((one) => one !== me.id)
  return ends.flatMap((end) => sayTo(state, end, { type: 'share.report', shareId: share.shareId, ...report }))
}
