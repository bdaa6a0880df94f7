/** Erases in the plan's ledger, whoever holds it: the server that runs, or a command while none does. */
import { sql } from 'kysely'
import { pino } from 'pino'
import { isDayOver } from '../../core/retention.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import type { Retention } from '../../protocol/keeping.ts'
import { recordAct } from '../audit/record.ts'
import { type Ledger, openLedger, type Step } from '../plan/ledger.ts'
import type { Db } from '../store/store.ts'
import { type Digest, eraseIn, rowsWithReasons } from './erase.ts'
import { addErased, foreignLine, readErased } from './erased-list.ts'
import { type Here, stillHere } from './here.ts'
import { leaveIn } from './leave.ts'
import { countsOf, type Due, dueNow, removeCalls } from './retention.ts'
import { type Who, whoIs } from './who.ts'

export type EraserParts = {
  readonly db: Db
  readonly digest: Digest
  readonly now: () => number
  /** Where the list of those who were erased lies: the data folder first, then beside the backups. */
  readonly folders: readonly string[]
  readonly ledger: Pick<Ledger, 'change'>
}

export type Erased =
  | { readonly type: 'refused'; readonly here: readonly Here[]; readonly unknown: readonly string[] }
  | {
      readonly type: 'erased' | 'would-erase'
      readonly who: Who
      readonly reasons: readonly number[]
      readonly unlisted: readonly string[]
    }

export type Eraser = ReturnType<typeof createEraser>

const operator = { type: 'operator' } as const
const server = { type: 'server' } as const

/** A ledger of one's own where no server has one yet, read when it is needed. */
export function offlineLedger(db: Db, now: () => number): Pick<Ledger, 'change'> {
  return {
    change: async (make) => await (await openLedger(db, now, pino({ level: 'silent' }))).change(make),
  }
}

/** What changes anything is to be run in the server's queue, where one runs. */
export function createEraser({ db, digest, now, folders, ledger }: EraserParts) {
  async function erase(
    asked: readonly string[],
    why: string,
    agent: AuditAgent,
    before: Before,
  ): Promise<Who> {
    const erased = await ledger.change(async (step) => {
      const who = await whoIs(step.db, asked, step.nowMs)
      await before(step, who)
      await eraseIn(step, digest, { who, asked, why, agent })
      return who
    })
    await emptyLog()
    return erased
  }

  /** [ERASE-5] The write-ahead log has pages as they were before. */
  async function emptyLog(): Promise<void> {
    await sql`pragma wal_checkpoint(truncate)`.execute(db)
  }

  /**
   * Ids that one of the lists has and the others, or the database, have not. Answers in which folders they could not be
   * written: a disk that is not mounted undoes no erasure, and is tried again at the next.
   */
  async function reconcile(): Promise<string[]> {
    const rows = await db.selectFrom('erased').select('id').execute()
    const ids = new Set([
      ...rows.map(({ id }) => id),
      ...folders.flatMap((folder) => [...readErased(folder, digest).ids]),
    ])
    return folders.filter((folder) => {
      try {
        addErased(folder, ids, now(), digest)
        return false
      } catch {
        return true
      }
    })
  }

  async function retainUntil(
    retention: Retention,
    untilMs: number | null,
    agent: AuditAgent,
  ): Promise<string> {
    const due = await dueNow(db, { retention, nowMs: now(), untilMs })
    const ids = [...due.stays, ...due.outpatients, ...due.guests, ...due.staff]
    await ledger.change(async (step) => {
      const who = await whoIs(step.db, ids, step.nowMs)
      await eraseIn(step, digest, { who, asked: [], why: 'retention', agent })
      await removeCalls(step.db, due.calls)
      await recordAct(step.db, step.nowMs, { action: 'retention-run', agent, detail: countsOf(due) })
    })
    await emptyLog()
    await reconcile()
    return countsOf(due)
  }

  return {
    reconcile,

    /** [ERASE-7] For each list with lines that are not the server's own what is wrong with it. */
    foreign: (): string[] =>
      folders.flatMap((folder) => foreignLine(folder, readErased(folder, digest)) ?? []),

    /** ERASE-2: whoever is still here is refused, and with them all who were named. */
    async erase(ids: readonly string[], why: string, isDry: boolean): Promise<Erased> {
      const who = await whoIs(db, ids, now())
      const unknown = ids.filter((id) => !who.has(id))
      const here = await stillHere(db, who, now())
      if (here.length > 0 || unknown.length > 0) return { type: 'refused', here, unknown }
      const reasons = await rowsWithReasons(db, who)
      if (isDry) return { type: 'would-erase', who, reasons, unlisted: [] }
      await erase(ids, why, operator, async () => {})
      return { type: 'erased', who, reasons, unlisted: await reconcile() }
    },

    /**
     * [ERASE-4] Whoever was erased and is back: a backup was put back. In it they may still be here, and have left since.
     * Answers how many there were.
     */
    async eraseAnew(): Promise<number> {
      const listed = new Set(folders.flatMap((folder) => [...readErased(folder, digest).ids]))
      const rows = await db.selectFrom('erased').select('id').execute()
      for (const { id } of rows) listed.delete(id)
      const who = await whoIs(db, [...listed], now())
      const back = [...listed].filter((id) => who.has(id))
      if (back.length > 0) await erase(back, 'restored', server, leaveIn)
      await reconcile()
      return back.length
    },

    due: async (retention: Retention, untilMs: number | null): Promise<Due> =>
      await dueNow(db, { retention, nowMs: now(), untilMs }),

    /** Once a day; null: it was done already, or nobody has set a limit. */
    async retain(retention: Retention): Promise<string | null> {
      if (Object.values(retention).every((days) => days === null)) return null
      return isDayOver(await lastRunMs(db), now()) ? await retainUntil(retention, null, server) : null
    },

    /** What has gone, counted. */
    retainUntil,
  }
}

type Before = (step: Step, who: Who) => Promise<void>

async function lastRunMs(db: Db): Promise<number | null> {
  const runs = db.selectFrom('audit').select('at_ms').where('action', '=', 'retention-run')
  return (await runs.orderBy('seq', 'desc').limit(1).executeTakeFirst())?.at_ms ?? null
}
