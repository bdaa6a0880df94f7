/** A round by call: bed after bed in the order of the board, each rung by a tap of its own. Rules are ROUND-n in SPEC.md. */
import type { CallOutcome } from '../protocol/call-outcome.ts'
import type { BedView } from '../protocol/people.ts'
import { type CallState, type EndReason, talkedReasons } from './call-state.ts'

export const missedWhys = ['privacy', 'offline', 'busy', 'in-person', 'unanswered'] as const
export type MissedWhy = (typeof missedWhys)[number]

/** `at`: the place in `bedIds` from which on nobody was called yet. */
export type Round = {
  readonly bedIds: readonly string[]
  readonly at: number
  readonly missed: ReadonlyMap<string, MissedWhy>
  readonly talked: ReadonlySet<string>
}

type Ended = Extract<CallState, { type: 'ended' }>

/** The taps that a call's end offers; only after a talk is something done, and where nothing rang nothing is kept. */
export function outcomesAfter({ reason }: Pick<Ended, 'reason'>): readonly CallOutcome[] {
  if (reason === 'rung-too-often') return []
  return talkedReasons.includes(reason) ? ['done', 'visit', 'later'] : ['visit', 'later', 'nothing']
}

/** [ROUND-1] Of the beds one cares for, or of all to whoever cares for none; only those in which somebody lies. */
export function beginRound(beds: readonly BedView[], mine: ReadonlySet<string>): Round {
  const meant = beds.filter(({ bedId }) => mine.size === 0 || mine.has(bedId)).filter(isTaken)
  return { bedIds: meant.map(({ bedId }) => bedId), at: 0, missed: new Map(), talked: new Set() }
}

function isTaken({ stay }: BedView): boolean {
  return stay.admissionId !== null
}

/** Why this bed is passed by now; null: it may be called. */
function whyNot({ state, report, wishes }: BedView): MissedWhy | null {
  if (state.type === 'offline') return 'offline'
  if (state.type !== 'ready') return 'busy'
  if ((report?.privacyUntilMs ?? null) !== null) return 'privacy'
  return wishes?.answer === 'in-person' ? 'in-person' : null
}

/** What stands before the next call: which bed, and who is passed by for it. */
export type Ahead = {
  readonly next: BedView | null
  readonly passed: ReadonlyMap<string, MissedWhy>
  /** The next one included. */
  readonly left: number
}

/** [ROUND-2] The first that may be called now. Who cannot be is passed by, and named at the end. */
export function ahead({ bedIds, at }: Round, beds: readonly BedView[]): Ahead {
  const passed = new Map<string, MissedWhy>()
  for (const [index, bedId] of bedIds.entries()) {
    const bed = beds.find((one) => one.bedId === bedId)
    if (index < at || !bed || !isTaken(bed)) continue
    const why = whyNot(bed)
    if (why === null) return { next: bed, passed, left: bedIds.length - index }
    passed.set(bedId, why)
  }
  return { next: null, passed, left: 0 }
}

/** The round once this bed is called. */
export function calledNext(round: Round, { next, passed }: Ahead): Round {
  if (!next) return round
  const missed = new Map([...round.missed, ...passed])
  return { ...round, at: round.bedIds.indexOf(next.bedId) + 1, missed }
}

/** [ROUND-3] What came of a call to one of its beds; a later one to the same bed counts instead. */
export function heardEnd(round: Round, { peer, reason }: Ended): Round {
  if (peer.type !== 'bed' || !round.bedIds.includes(peer.bedId)) return round
  const missed = new Map(round.missed)
  const talked = new Set(round.talked)
  if (talkedReasons.includes(reason)) {
    missed.delete(peer.bedId)
    talked.add(peer.bedId)
  } else if (!talked.has(peer.bedId)) missed.set(peer.bedId, whyMissed(reason))
  return { ...round, missed, talked }
}

function whyMissed(reason: EndReason): MissedWhy {
  if (reason === 'privacy-on') return 'privacy'
  if (reason === 'device-unready') return 'offline'
  return reason === 'busy' || reason === 'in-person' ? reason : 'unanswered'
}
