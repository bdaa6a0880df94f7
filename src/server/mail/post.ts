/** The mail of video visits: one worker that sends what is due, by mail and by text message, and loses nothing. */
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { MailConfig, SmsConfig } from '../config-mail.ts'
import { address } from '../config-mail.ts'
import { oneLine } from '../plan/ics-parts.ts'
import type { Db } from '../store/store.ts'
import type { FactsOf, Post } from '../visits/post.ts'
import { isForSms } from './kinds.ts'
import { type Carrier, createLane, type Lane } from './lane.ts'
import {
  dealWith,
  dropReminders,
  earliestDue,
  forgetLetters,
  keepLetter,
  mailOf,
  type Way,
} from './letters.ts'
import { type Letter, messageOf, withdrawalOf } from './message.ts'
import type { Outcome } from './outcome.ts'
import { keptMs } from './patience.ts'
import { numberOf, postSms } from './sms.ts'
import { createSmtp } from './smtp.ts'
import { keepWithdrawal } from './withdrawals.ts'
import { letterWords, momentOf } from './words.ts'

export type PostParts = {
  readonly db: Db
  /** Null: nobody is written to. */
  readonly config: MailConfig | null
  readonly origin: string
  readonly now: () => number
  readonly log: Logger
  /** Something about this visit's mail has changed. */
  readonly newsOf: (visitId: string) => void
  readonly sweepMs?: number
}

export type RunningPost = Post & {
  /** From then on what is due is sent. */
  start(factsOf: FactsOf): void
  /** Sends what is due now; for tests. */
  turn(): Promise<void>
  stop(): Promise<void>
}

const sweepMs = 1_000

export function createPost(parts: PostParts): RunningPost {
  const { db, config, now, log } = parts
  const stopping = new AbortController()
  const lanes = lanesOf(parts, stopping.signal)
  let factsOf: FactsOf | null = null
  /** Before then nothing is due. */
  let dueMs = Number.NEGATIVE_INFINITY
  let running: Promise<void> = Promise.resolve()
  let turns = 0
  let sweeper: NodeJS.Timeout | undefined

  async function runAll(ask: FactsOf): Promise<void> {
    dueMs = Number.POSITIVE_INFINITY
    await Promise.all([...lanes.values()].map((lane) => lane.run(ask)))
    await forgetLetters(db, now() - keptMs)
    dueMs = Math.min(dueMs, await earliestDue(db))
  }

  async function once(ask: FactsOf): Promise<void> {
    turns += 1
    try {
      await runAll(ask)
    } catch (error) {
      dueMs = now()
      // A server that stops has closed what this writes to.
      if (!stopping.signal.aborted) log.error({ err: error }, 'sending letters failed')
    } finally {
      turns -= 1
    }
  }

  function turn(): Promise<void> {
    const ask = factsOf
    if (ask !== null) running = running.then(() => once(ask))
    return running
  }

  function look(): void {
    if (turns === 0 && dueMs <= now() && !stopping.signal.aborted) turn()
  }

  return {
    isOn: config !== null,
    isTexting: config?.sms != null,

    async queue(step, letter) {
      for (const [way, lane] of lanes) {
        if (way === 'sms' && !isForSms(letter.kind)) continue
        await keepLetter(step, way, letter, { nowMs: now(), inHand: lane.inHand() })
      }
      dueMs = Math.min(dueMs, letter.dueMs)
      // It is read once the transaction that it is queued in is over: there is one connection.
      look()
    },

    async withdraw(step, letter) {
      if (config === null || !(await keepWithdrawal(step, letter, now()))) return
      dueMs = Math.min(dueMs, now())
      look()
    },

    drop: (step, visitId) => dropReminders(step, visitId, now()),
    deal: (step, visitId, atMs) => dealWith(step, { visitId, atMs }, now()),
    stateOf: (step, visitIds) => mailOf(step, visitIds, now()),

    start(ask) {
      factsOf = ask
      sweeper = setInterval(look, parts.sweepMs ?? sweepMs).unref()
      look()
    },

    turn,

    async stop() {
      clearInterval(sweeper)
      stopping.abort()
      await running
    },
  }
}

function lanesOf(parts: PostParts, stopping: AbortSignal): ReadonlyMap<Way, Lane> {
  const { config, origin } = parts
  if (config === null) return new Map()
  const carriers = [byMail(config, origin, parts.now, stopping)]
  if (config.sms !== null) carriers.push(bySms(config.sms, stopping))
  return new Map(carriers.map((carrier) => [carrier.way, createLane({ ...parts, stopping }, carrier)]))
}

function byMail(config: MailConfig, origin: string, now: () => number, stopping: AbortSignal): Carrier {
  const send = createSmtp(config, new URL(origin).hostname)
  return {
    way: 'mail',
    addressOf: ({ to }) => to,
    async carry(letter): Promise<Outcome> {
      if (!v.is(address, letter.facts.to)) return noAddress
      return await send(messageOf(letter, config.from, now()), stopping)
    },
    withdraw: async (letter) => await send(withdrawalOf(letter, config.from, now()), stopping),
  }
}

const noAddress = { type: 'refused', problem: 'not an address', code: 'address' } as const

function bySms(config: SmsConfig, stopping: AbortSignal): Carrier {
  return {
    way: 'sms',
    addressOf: ({ phone }) => phone,
    async carry(letter): Promise<Outcome> {
      const to = numberOf(letter.facts.phone ?? '')
      const text = smsOf(letter)
      if (to === null || text === null) return noAddress
      return await postSms(config, { id: letter.letterId, to, text }, stopping)
    },
    // A link that leads nowhere needs no word on a stranger's telephone.
    withdraw: async () => noAddress,
  }
}

function smsOf({ kind, startMs, facts }: Letter): string | null {
  if (!isForSms(kind)) return null
  const words = letterWords[facts.language]
  const when = momentOf(startMs, facts.zone, words)
  return oneLine(words.sms[kind](facts.ward, when, facts.link))
}
