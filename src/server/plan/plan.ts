/** The ward's plan as the rest of the server uses it: read it, do acts to it, hear of its changes. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Stays } from '../../core/admission.ts'
import type { PlanReader } from '../../core/plan/book.ts'
import type { AdmissionAct, AdmissionChange, AdmissionRefusal } from '../../protocol/admission.ts'
import { admissionRefusals } from '../../protocol/admission.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import type { KeptAct } from '../../protocol/plan.ts'
import type { Outcome } from '../../protocol/sync.ts'
import type { Queue } from '../queue.ts'
import type { Db } from '../store/store.ts'
import { type Answered, type PlanAuthor, type Taking, takeActs } from './acts.ts'
import { followStays } from './follow.ts'
import { createHorizon } from './horizon.ts'
import { admit } from './judge.ts'
import { type Ledger, openLedger, type Step } from './ledger.ts'
import { mirrorAll } from './mirror.ts'
import { isDue, passIn } from './pass.ts'
import { type BroughtAct, hashOf } from './read-act.ts'
import { isBookedTwice, pruneStored } from './rows.ts'
import { readSince } from './since.ts'

export type { PlanAuthor } from './acts.ts'

export type PlanParts = {
  readonly db: Db
  readonly wardId: string
  readonly zone: string
  readonly tzdata?: string
  readonly now: () => number
  readonly queue: Queue
  readonly log: Logger
  /** How often the clock is looked at: what became urgent, what is to be made real. */
  readonly sweepMs: number
  readonly followStays: (stays: Stays) => Promise<void>
}

export type NamedAct = { readonly actId: string; readonly act: KeptAct }

export type AdmitByFeed = (agent: AuditAgent, act: AdmissionChange) => Promise<void>

export type Plan = Awaited<ReturnType<typeof openPlan>>

/** Run it before the queue serves anybody: it writes what changed while no server ran. */
export async function openPlan(given: PlanParts) {
  const { db, queue, now, log } = given
  let since = await readSince(db)
  const parts: PlanParts = {
    ...given,
    async followStays(stays) {
      since = await readSince(db)
      await given.followStays(stays)
    },
  }
  const ledger = await openLedger(db, now, log)
  const horizon = createHorizon({ tzdata: process.versions.tz ?? 'unknown', ...parts }, ledger)
  await ledger.change(async (step) => {
    await mirrorAll(step.db, step.draft)
    await followStays(step, `start_${Math.floor(step.nowMs)}`, null)
  })
  await horizon.heedClocks()
  await horizon.extend()

  /** What time alone changes: what became urgent, what left, the next day's occasions. */
  async function pass(): Promise<void> {
    if (isDue(ledger.book, now())) await ledger.change(async (step) => passIn(step))
    if (await horizon.extend()) await prune(ledger, db, now())
  }
  const sweeper = setInterval(() => queue.run(pass), parts.sweepMs)

  /** A few in each transaction. Between two, calls and all else that this server does have their turn. */
  async function take(taking: Taking): Promise<Answered[]> {
    const answers: Answered[] = []
    while (answers.length < taking.acts.length) {
      if (answers.length > 0) await nextTurn()
      const acts = taking.acts.slice(answers.length)
      answers.push(...(await inTurn(() => takeFew({ ...taking, acts }))))
    }
    return answers
  }

  /** Where the database itself refuses one, the first by itself, so that only that one is refused. */
  async function takeFew(taking: Taking): Promise<Answered[]> {
    try {
      return await ledger.change((step) => takeActs(parts, step, taking))
    } catch (error) {
      if (!isBookedTwice(error) || taking.barred !== null) throw error
      log.error({ err: error }, 'the database refused what the rules allowed')
    }
    return await takeFew(
      taking.acts.length > 1 ? { ...taking, acts: taking.acts.slice(0, 1) } : { ...taking, barred: 'taken' },
    )
  }

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => queue.run(() => task().then(resolve, reject)))
  }

  return {
    book: ledger.book satisfies PlanReader,
    ledger,
    onChange: ledger.onChange,
    /** When this stay came into this bed. */
    lyingSince: (bedId: string, admissionId: string) => since(bedId, admissionId),

    /**
     * Does acts in their order, each once by its id, and resolves when all of them are durable. With
     * `told` a refusal is only answered, for askers that wait for it; else it is also put into the ward's inbox.
     */
    async perform(
      author: PlanAuthor,
      acts: readonly NamedAct[],
      refused: Taking['refused'] = 'kept',
      seen: Taking['seen'] = null,
    ): Promise<readonly Outcome[]> {
      const brought = acts.map(({ actId, act }) => ({ actId, n: 0, act, hash: hashOf(act) }))
      const taking: Taking = { author, deviceId: null, acts: brought, barred: null, refused, seen }
      return (await take(taking)).map(({ outcome }) => outcome)
    },

    /** The same for what a device brings: in the order of its own count. */
    async receive(staffId: string, deviceId: string, acts: readonly BroughtAct[]): Promise<Answered[]> {
      const author = { type: 'staff', staffId } as const
      return await take({ author, deviceId, acts, barred: null, refused: 'kept', seen: null })
    },

    /** An admission, a move or a discharge that a station says over its socket. Run it in the queue. */
    async admit(agent: AuditAgent, act: AdmissionAct): Promise<AdmissionRefusal | null> {
      return await ledger.change(async (step: Step) => {
        const verdict = await admit(parts, step, agent, act)
        return verdict.type === 'done'
          ? null
          : (admissionRefusals.find((one) => one === verdict.detail) ?? null)
      })
    },

    /** Acts of the hospital's record, with what else belongs to them, in one transaction. Run it in the queue. */
    changeStays: <T>(make: (step: Step, admit: AdmitByFeed) => Promise<T>): Promise<T> =>
      ledger.change((step) =>
        make(step, async (agent, act) => {
          const verdict = await admit(parts, step, agent, act, 'feed')
          // It was decided upon these very rows: half of it must not stand.
          if (verdict.type === 'refused') throw new Error(`an admission was refused: ${verdict.detail}`)
        }),
      ),

    /** Beds or people changed elsewhere: their rows follow. Run it in the queue. */
    mirror: () => ledger.change((step) => mirrorAll(step.db, step.draft)),

    /** As its own timer does. */
    lookAtTheClock: () => inTurn(pass),
    stop: () => clearInterval(sweeper),
  }
}

/** Once a day: nobody asks for what is older than any device is offline. */
async function prune(ledger: Ledger, db: Db, nowMs: number): Promise<void> {
  const { gone, before } = await pruneStored(db, ledger.head().seq, nowMs)
  for (const name of gone) ledger.forget(name)
  for (const row of [...ledger.book.all('appointment')])
    if (row.when.type === 'at' && row.when.endMs < before) ledger.forget(row)
}
