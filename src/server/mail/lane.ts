/** One way that letters go, one after the other: tried until it is sent, refused, or of no use any more. */
import type { Logger } from 'pino'
import { sequenceOf } from '../plan/ics-parts.ts'
import type { Db } from '../store/store.ts'
import type { FactsOf, LetterFacts, LetterKind } from '../visits/post.ts'
import { isReminder } from './kinds.ts'
import {
  beginTry,
  markEnded,
  markSent,
  nextDue,
  putOff,
  type Time,
  type WaitingLetter,
  type Way,
  whatWasTold,
} from './letters.ts'
import type { Letter, Withdrawal } from './message.ts'
import type { Outcome } from './outcome.ts'
import { patienceMs, senseUntilMs, waitMs } from './patience.ts'
import { readWithdrawal } from './withdrawals.ts'

export type LaneParts = {
  readonly db: Db
  readonly now: () => number
  readonly log: Logger
  readonly newsOf: (visitId: string) => void
  readonly stopping: AbortSignal
}

/** `addressOf` null: whoever it is has none of this kind, and nothing goes. */
export type Carrier = {
  readonly way: Way
  addressOf(facts: LetterFacts): string | null
  carry(letter: Letter): Promise<Outcome>
  withdraw(letter: Withdrawal): Promise<Outcome>
}

export type Lane = ReturnType<typeof createLane>

export function createLane({ db, now, log, newsOf, stopping }: LaneParts, carrier: Carrier) {
  const { way } = carrier
  /** How often in a row nothing went this way at all, and until when nothing is tried for it. */
  let failures = 0
  let resumeMs = Number.NEGATIVE_INFINITY
  let inHand: string | null = null

  async function handle(waiting: WaitingLetter, factsOf: FactsOf): Promise<void> {
    const { letterId, visitId, kind } = waiting
    const facts = await factsOf(visitId)
    if (kind === 'withdrawal') return await withdraw(waiting, facts)
    const to = facts && carrier.addressOf(facts)
    const told = await whatWasTold(db, waiting)
    const time = facts && timeOf(facts, kind, told.time)
    if (!facts || to === null || !time) return await giveUp(waiting, null)
    if (senseUntilMs(kind, time) < now()) return await giveUp(waiting, lateness(waiting))
    // An occasion of a series that was moved is a new row, and its calendar entry is not.
    const least = isChange(kind) ? told.sequence + 1 : told.sequence
    const sequence = Math.max(sequenceOf(facts.appointment.rev), least)
    await beginTry(db, waiting, { to, sequence, ...time }, now())
    const outcome = await carrier.carry({ letterId, kind, sequence, ...time, facts })
    await settle(waiting, outcome, senseUntilMs(kind, time))
    newsOf(visitId)
  }

  /** [MAIL-30] An address that the visit has again by then is told nothing of the kind. */
  async function withdraw(waiting: WaitingLetter, facts: LetterFacts | null): Promise<void> {
    const letter = await readWithdrawal(db, waiting.letterId)
    if (!letter || facts?.to === letter.to || letter.endMs < now()) return await giveUp(waiting, null)
    await beginTry(db, waiting, letter, now())
    await settle(waiting, await carrier.withdraw(letter), letter.endMs)
  }

  async function giveUp({ letterId, visitId }: WaitingLetter, problem: string | null): Promise<void> {
    const state = problem === null ? 'dropped' : 'failed'
    await markEnded(db, letterId, { state, problem, nowMs: now() })
    newsOf(visitId)
  }

  async function settle(waiting: WaitingLetter, outcome: Outcome, senseMs: number): Promise<void> {
    if (outcome.type === 'sent' || outcome.type === 'refused') failures = 0
    if (outcome.type === 'sent') return await markSent(db, waiting.letterId, now())
    // The server stops: it is sent after the next start, and nothing has failed.
    if (stopping.aborted) return
    const { letterId, kind } = waiting
    log.warn({ letterId, kind, way, code: outcome.code }, 'a letter was not taken')
    if (outcome.type === 'refused') return await giveUp(waiting, outcome.problem)
    const nextMs = now() + waitMs(waiting.tries + 1)
    if (outcome.whose === 'way') pause()
    // When nothing goes this way at all, the letter is not at fault: it goes as soon as anything does.
    const isPatient = outcome.whose === 'way'
    const untilMs = isPatient ? senseMs : Math.min((waiting.triedMs ?? now()) + patienceMs, senseMs)
    if (nextMs > untilMs) return await giveUp(waiting, outcome.problem)
    await putOff(db, letterId, nextMs, outcome.problem)
  }

  function pause(): void {
    failures += 1
    resumeMs = now() + waitMs(failures)
  }

  return {
    /** Which letter is on its way this moment. */
    inHand: () => inHand,

    /** Sends whatever is due. Run one at a time. */
    async run(factsOf: FactsOf): Promise<void> {
      while (resumeMs <= now() && !stopping.aborted) {
        const waiting = await nextDue(db, way, now())
        if (!waiting) return
        inHand = waiting.letterId
        try {
          await handle(waiting, factsOf)
        } catch (error) {
          // A bug with this one must not keep the others here for ever.
          log.error({ err: error, letterId: waiting.letterId }, 'a letter could not be written')
          await settle(waiting, unwritten, Number.POSITIVE_INFINITY)
        } finally {
          inHand = null
        }
      }
    },
  }
}

const unwritten = { type: 'later', whose: 'letter', problem: 'could not be written', code: 'bug' } as const

/** Nobody misses a reminder that never was begun. */
function lateness({ kind, tries }: WaitingLetter): string | null {
  return isReminder(kind) && tries === 0 ? null : 'too late'
}

const cancelled = ['cancelled', 'entered-in-error']

function isChange(kind: LetterKind): boolean {
  return kind === 'update' || kind === 'cancellation'
}

/** Null: there is nothing to say any more. What is cancelled is cancelled by the time that somebody knows. */
function timeOf({ appointment }: LetterFacts, kind: LetterKind, told: Time | null): Time | null {
  const { when, status } = appointment
  const time = when.type === 'at' ? { startMs: when.startMs, endMs: when.endMs } : null
  if (kind === 'cancellation') return told ?? time
  return cancelled.includes(status) ? null : time
}
