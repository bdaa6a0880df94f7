/**
 * What a colleague is asked to call back about, from the call that nobody answered to its end, as one pure function of the
 * server's: whom it is with, when it calls again, and when it passes on. Rules are DUTY-n in SPEC.md.
 *
 *   waiting ── seen, in N min ──▶ seen ── they talked, done, taken back ──▶ ended
 *      │ ◀──────── time is over ────┘
 *      └ 2 min: again, 5 min: the next duty that somebody has, or nobody is left
 */
import type { EndReason } from '../protocol/call.ts'
import type { Addressee, ConsultAlarm, ConsultEnd, ConsultIn } from '../protocol/duty.ts'
import type { StaffParty } from '../protocol/people.ts'
import type { Timings } from '../protocol/wire.ts'

/** `last`: nobody is left to pass it on to; it goes on calling, and whoever asked is told to telephone. */
export type ConsultProgress =
  | { readonly type: 'waiting'; readonly sinceMs: number; readonly level: 'first' | 'again' | 'last' }
  | { readonly type: 'seen'; readonly by: StaffParty; readonly untilMs: number }
  | { readonly type: 'ended'; readonly how: ConsultEnd }

export type Consult = {
  readonly consultId: string
  readonly by: StaffParty
  /** Whom it was for, and whom it is with now. */
  readonly to: Addressee
  readonly at: Addressee
  readonly reason: string
  readonly madeMs: number
  readonly progress: ConsultProgress
}

/** All that are open, in the order in which they were made. */
export type Consults = ReadonlyMap<string, Consult>

/** Who has which duty now, and what comes behind it. Ids. */
export type Holdings = {
  holders(dutyId: string): readonly string[]
  behind(dutyId: string): readonly string[]
}
/** And who could hear that they are asked. */
export type DutyBook = Holdings & { canHear(staffId: string): boolean }

/** What a record says, in the words of the audit. `by`: null is time itself. */
export type ConsultAct = {
  readonly action:
    | 'consult-made'
    | 'consult-alerted'
    | 'consult-passed'
    | 'consult-answered'
    | 'consult-ended'
  readonly detail: string | null
  readonly by: StaffParty | null
}

/** In a decision's effects every record stands before what follows from it. */
export type ConsultEffect =
  | { readonly type: 'record'; readonly consult: Consult; readonly act: ConsultAct }
  | { readonly type: 'tell' }
  /** Telephones of whoever it is with are told as well. */
  | { readonly type: 'phone'; readonly consult: Consult }

export type ConsultEvent = { readonly nowMs: number } & (
  | { readonly type: 'clock' }
  | {
      readonly type: 'made'
      readonly consultId: string
      readonly by: StaffParty
      readonly to: Addressee
      readonly reason: string
    }
  | {
      readonly type: 'seen'
      readonly consultId: string
      readonly by: StaffParty
      readonly inMinutes: ConsultIn
    }
  | { readonly type: 'ended'; readonly consultId: string; readonly by: StaffParty }
  /** These two have talked, in a call that was answered at `sinceMs`. */
  | { readonly type: 'talked'; readonly staffIds: readonly [string, string]; readonly sinceMs: number }
  /** This person may be here no more. */
  | { readonly type: 'left'; readonly staffId: string }
  /** This person went out for now: somebody else may have to answer what they promised. */
  | { readonly type: 'wentOut'; readonly staffId: string }
  /** What one person was asked, or had promised, is another's from now on. */
  | { readonly type: 'handedOver'; readonly from: string; readonly to: StaffParty }
  /** Somebody took or let go a duty, or an administrator changed them. */
  | { readonly type: 'dutiesChanged' }
)

export type ConsultDecision = { readonly consults: Consults; readonly effects: readonly ConsultEffect[] }

type Event<T extends ConsultEvent['type']> = Extract<ConsultEvent, { type: T }>
/** As it becomes, and what is written of it; null: it stays as it is. */
type Change = { readonly consult: Consult; readonly act: ConsultAct } | null

/** Who is asked now: nobody asks themselves, whatever duty they have. */
export function askedOf({ at, by }: Pick<Consult, 'at' | 'by'>, book: Holdings): readonly string[] {
  const whose = at.type === 'staff' ? [at.staffId] : book.holders(at.dutyId)
  return whose.filter((staffId) => staffId !== by.staffId)
}

export function alarmOf({ progress }: Consult): ConsultAlarm {
  if (progress.type !== 'waiting') return 'none'
  return progress.level === 'first' ? 'first' : 'again'
}

/** When time alone changes it next; infinity: never. */
export function consultDueMs({ progress }: Consult, { unseenMs, wardMs }: Timings): number {
  if (progress.type === 'seen') return progress.untilMs
  if (progress.type === 'ended' || progress.level === 'last') return Number.POSITIVE_INFINITY
  return progress.sinceMs + (progress.level === 'first' ? unseenMs : wardMs)
}

/** Total: what does not belong to a consult's state changes nothing. What time has done is done first. */
export function decideConsult(
  consults: Consults,
  event: ConsultEvent,
  book: DutyBook,
  timings: Timings,
): ConsultDecision {
  const passed = passTime(consults, event.nowMs, book, timings)
  const decision = take(passed.consults, event, book, timings)
  return { consults: decision.consults, effects: [...passed.effects, ...decision.effects] }
}

function take(consults: Consults, event: ConsultEvent, book: DutyBook, timings: Timings): ConsultDecision {
  switch (event.type) {
    case 'clock':
      return { consults, effects: [] }
    case 'made':
      return make(consults, event, book, timings)
    case 'seen':
      return ofSome(consults, (consult) => see(consult, event, book, timings))
    case 'ended':
      return ofSome(consults, (consult) => finish(consult, event, book))
    case 'talked':
      return ofSome(consults, (consult) => talk(consult, event, book))
    case 'left':
      return ofSome(consults, (consult) => leave(consult, event, book))
    case 'wentOut':
      return ofSome(consults, (consult) => goOut(consult, event, book, timings))
    case 'handedOver':
      return ofSome(consults, (consult) => handOver(consult, event, book, timings))
    case 'dutiesChanged':
      return ofSome(consults, (consult) => leaveNobody(consult, event.nowMs, book))
  }
}

function ofSome(consults: Consults, change: (consult: Consult) => Change): ConsultDecision {
  let decision: ConsultDecision = { consults, effects: [] }
  for (const consult of consults.values()) {
    const next = applied(decision.consults, change(consult))
    decision = { consults: next.consults, effects: [...decision.effects, ...next.effects] }
  }
  return decision
}

/** [DUTY-7] Written before it is told; telephones only of what calls now. */
function applied(consults: Consults, change: Change): ConsultDecision {
  if (!change) return { consults, effects: [] }
  const { consult, act } = change
  const next = new Map(consults).set(consult.consultId, consult)
  if (consult.progress.type === 'ended') next.delete(consult.consultId)
  const phone: ConsultEffect[] = alarmOf(consult) === 'none' ? [] : [{ type: 'phone', consult }]
  return { consults: next, effects: [{ type: 'record', consult, act }, { type: 'tell' }, ...phone] }
}

/** [DUTY-4] One for each asker and addressee; a duty that nobody has is passed by at once. */
function make(consults: Consults, event: Event<'made'>, book: DutyBook, timings: Timings): ConsultDecision {
  const { consultId, by, to, reason, nowMs } = event
  if (consults.has(consultId)) return { consults, effects: [] }
  const open = [...consults.values()].find(
    (one) => one.by.staffId === by.staffId && sameAddressee(one.to, to),
  )
  if (open) return begin(consults, askedAgain(open, event, timings), nowMs, book)
  const progress = { type: 'waiting', sinceMs: nowMs, level: 'first' } as const
  const consult: Consult = { consultId, by, to, at: to, reason, madeMs: nowMs, progress }
  return begin(consults, { consult, act: { action: 'consult-made', detail: null, by } }, nowMs, book)
}

/** [DUTY-4] With the new words, and as old as one that calls again. */
function askedAgain(
  open: Consult,
  { by, reason, nowMs }: Event<'made'>,
  { unseenMs }: Timings,
): NonNullable<Change> {
  const progress = { type: 'waiting', sinceMs: nowMs - unseenMs, level: 'again' } as const
  return {
    consult: { ...open, reason: reason === '' ? open.reason : reason, progress },
    act: { action: 'consult-alerted', detail: 'asked-again', by },
  }
}

function begin(
  consults: Consults,
  change: NonNullable<Change>,
  nowMs: number,
  book: DutyBook,
): ConsultDecision {
  const first = applied(consults, change)
  const next = applied(first.consults, leaveUnheard(change.consult, nowMs, book))
  // Whoever is passed by is told nothing.
  const told =
    next.effects.length === 0 ? first.effects : first.effects.filter(({ type }) => type === 'record')
  return { consults: next.consults, effects: [...told, ...next.effects] }
}

export function sameAddressee(one: Addressee, other: Addressee): boolean {
  if (one.type === 'duty') return other.type === 'duty' && one.dutyId === other.dutyId
  return other.type === 'staff' && one.staffId === other.staffId
}

/** [DUTY-5] By somebody it is asked of, by name; who says it last counts. */
function see(consult: Consult, event: Event<'seen'>, book: DutyBook, timings: Timings): Change {
  const { consultId, by, inMinutes, nowMs } = event
  const isAsked = consult.consultId === consultId && askedOf(consult, book).includes(by.staffId)
  if (!isAsked || consult.progress.type === 'ended') return null
  const inMs = inMinutes === 0 ? timings.comeNowMs : inMinutes * timings.minuteMs
  const progress = { type: 'seen', by, untilMs: nowMs + inMs } as const
  return {
    consult: { ...consult, progress },
    act: { action: 'consult-answered', detail: `in ${inMinutes} min`, by },
  }
}

/** [DUTY-6] Taken back by whoever asked, done by somebody it is asked of; nobody else's to end. */
function finish(consult: Consult, { consultId, by }: Event<'ended'>, book: DutyBook): Change {
  if (consult.consultId !== consultId) return null
  if (consult.by.staffId === by.staffId) return end(consult, 'taken-back', by)
  return askedOf(consult, book).includes(by.staffId) ? end(consult, 'done', by) : null
}

/** Ends by which a call is over before its link came up, where it ends within the time that a link has. */
const unlinked: readonly EndReason[] = [
  'verification-failed',
  'connection-lost',
  'permission-lost',
  'device-unready',
]

/** [DUTY-6] Whether they talked in a call that ended so soon after its answer. */
export function isTalk(reason: EndReason): boolean {
  return !unlinked.includes(reason)
}

/** [DUTY-6] Whoever asked talked to somebody it is asked of, whichever of them called. */
function talk(
  consult: Consult,
  { staffIds: [one, other], sinceMs }: Event<'talked'>,
  book: DutyBook,
): Change {
  const asker = consult.by.staffId
  if ((one !== asker && other !== asker) || consult.madeMs > sinceMs) return null
  const peer = one === asker ? other : one
  const has = consult.progress.type === 'seen' && consult.progress.by.staffId === peer
  return has || askedOf(consult, book).includes(peer) ? end(consult, 'called', null) : null
}

function end(consult: Consult, how: ConsultEnd, by: StaffParty | null): Change {
  const act = { action: 'consult-ended', detail: how, by } as const
  return { consult: { ...consult, progress: { type: 'ended', how } }, act }
}

/** [DUTY-4] It waits with nobody who could hear it: on to the next who can, if there is one. */
function leaveNobody(consult: Consult, nowMs: number, book: DutyBook): Change {
  const { progress } = consult
  const isLeft =
    progress.type === 'waiting' && progress.level !== 'last' && askedOf(consult, book).length === 0
  return isLeft ? passOn(consult, nowMs, book) : null
}

/** [DUTY-4] Nobody would be told of it: no screen of whoever it is with is there, and no telephone. */
function leaveUnheard(consult: Consult, nowMs: number, book: DutyBook): Change {
  return isHeard(consult, book) ? null : passOn(consult, nowMs, book)
}

function isHeard(consult: Pick<Consult, 'at' | 'by'>, book: DutyBook): boolean {
  return askedOf(consult, book).some((staffId) => book.canHear(staffId))
}

/** [DUTY-4] What only they could answer, or said that they will, waits for nobody who comes. */
function leave(consult: Consult, { staffId, nowMs }: Event<'left'>, book: DutyBook): Change {
  const { at, progress } = consult
  if (progress.type === 'seen' && progress.by.staffId === staffId) return passOn(consult, nowMs, book)
  const isTheirs = at.type === 'staff' && at.staffId === staffId
  return isTheirs && progress.type === 'waiting' && progress.level !== 'last'
    ? passOn(consult, nowMs, book)
    : null
}

/** [SHIFT-6] What they promised calls again, at whoever else is asked; where nobody would hear it, it passes on. */
function goOut(
  consult: Consult,
  { staffId, nowMs }: Event<'wentOut'>,
  book: DutyBook,
  timings: Timings,
): Change {
  const { progress } = consult
  if (progress.type !== 'seen' || progress.by.staffId !== staffId) return null
  return isHeard(consult, book)
    ? callAgain(consult, 'reopened', nowMs - timings.unseenMs)
    : passOn(consult, nowMs, book)
}

/** [SHIFT-4] The receiver's with its promise, if it was for the giver alone or is for a duty that the receiver has. */
function handOver(
  consult: Consult,
  { from, to, nowMs }: Event<'handedOver'>,
  book: DutyBook,
  timings: Timings,
): Change {
  const { at, progress } = consult
  const isTheirs = at.type === 'staff' && at.staffId === from
  const isPromised = progress.type === 'seen' && progress.by.staffId === from
  if (!isTheirs && !isPromised) return null
  const moved: Consult = isTheirs ? { ...consult, at: { type: 'staff', staffId: to.staffId } } : consult
  // Nobody calls themselves back, or for a duty that is not theirs.
  if (!askedOf(moved, book).includes(to.staffId))
    return isTheirs ? passOn(consult, nowMs, book) : callAgain(consult, 'reopened', nowMs - timings.unseenMs)
  const act = { action: 'consult-answered', detail: 'taken over', by: to } as const
  return { consult: { ...moved, progress: isPromised ? { ...progress, by: to } : progress }, act }
}

/** [DUTY-4] To the next duty of somebody who can hear it; where there is none it stays, and whoever asked is told. */
function passOn(consult: Consult, nowMs: number, book: DutyBook): Change {
  const { at, by } = consult
  const hears = (dutyId: string) => isHeard({ at: { type: 'duty', dutyId }, by }, book)
  const next = at.type === 'duty' && book.behind(at.dutyId).find(hears)
  if (next)
    return {
      consult: {
        ...consult,
        at: { type: 'duty', dutyId: next },
        progress: { type: 'waiting', sinceMs: nowMs, level: 'first' },
      },
      act: { action: 'consult-passed', detail: `duty ${next}`, by: null },
    }
  return {
    consult: { ...consult, progress: { type: 'waiting', sinceMs: nowMs, level: 'last' } },
    act: { action: 'consult-alerted', detail: 'last', by: null },
  }
}

/** [DUTY-4] Everything that is due by now: a server that slept misses none of it. */
function passTime(consults: Consults, nowMs: number, book: DutyBook, timings: Timings): ConsultDecision {
  const present = [...consults].map(([id, consult]) => [id, notAhead(consult, nowMs)] as const)
  let decision: ConsultDecision = { consults: new Map(present), effects: [] }
  for (;;) {
    const due = [...decision.consults.values()].find((consult) => consultDueMs(consult, timings) <= nowMs)
    if (!due) return decision
    const next = applied(decision.consults, elapse(due, nowMs, book, timings))
    decision = { consults: next.consults, effects: [...decision.effects, ...next.effects] }
  }
}

/** [DUTY-4] Nothing waits since a time that is yet to come: the clock was set back. */
function notAhead(consult: Consult, nowMs: number): Consult {
  const { progress } = consult
  if (progress.type !== 'waiting' || progress.sinceMs <= nowMs) return consult
  return { ...consult, progress: { ...progress, sinceMs: nowMs } }
}

function elapse(consult: Consult, nowMs: number, book: DutyBook, { unseenMs }: Timings): Change {
  const { progress } = consult
  if (progress.type === 'ended') return null
  if (!isHeard(consult, book) || (progress.type === 'waiting' && progress.level !== 'first'))
    return passOn(consult, nowMs, book)
  // [DUTY-5] A promise that was not kept is as old as one that nobody looked at when it calls again.
  const sinceMs = progress.type === 'seen' ? progress.untilMs - unseenMs : progress.sinceMs
  return callAgain(consult, progress.type === 'seen' ? 'overdue' : 'again', sinceMs)
}

function callAgain(consult: Consult, detail: string, sinceMs: number): NonNullable<Change> {
  return {
    consult: { ...consult, progress: { type: 'waiting', sinceMs, level: 'again' } },
    act: { action: 'consult-alerted', detail, by: null },
  }
}
