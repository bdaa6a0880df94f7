/** The plan as the server holds it: changed in one transaction, in memory only after that, and then told. */
import type { Logger } from 'pino'
import * as v from 'valibot'
import { createBook, type Draft, type PlanReader } from '../../core/plan/book.ts'
import { type Row, type RowName, rowName, row as rowSchema } from '../../protocol/plan.ts'
import type { Db } from '../store/store.ts'
import { type Change, createChangeLog } from './changes.ts'
import { renewEpoch, takeUpEpoch } from './epoch.ts'
import { peopleOf } from './rights.ts'
import { loadChanges, storeChanges, storeCommit } from './rows.ts'

/** One transaction in the making. What is put into `draft` is stored with it; `after` runs when it is durable. */
export type Step = {
  readonly db: Db
  readonly draft: Draft
  readonly nowMs: number
  readonly after: (() => void | Promise<void>)[]
}

/** `before`: the same rows as they were, those that were there. */
export type Heard = (
  rows: readonly Row[],
  removed: readonly RowName[],
  before: readonly Row[],
) => void | Promise<void>

export type Ledger = Awaited<ReturnType<typeof openLedger>>

export async function openLedger(db: Db, now: () => number, logger: Logger) {
  const log = createChangeLog()
  const book = createBook()
  for (const change of await loadChanges(db, now(), logger)) {
    log.append(change)
    if (change.row) book.put(change.row)
  }
  const reader: PlanReader = book
  const listeners = new Set<Heard>()
  let { epoch, head } = await takeUpEpoch(db)

  function changesOf(draft: Draft): Change[] {
    return [...draft.changed()].filter(isSound).map(([key, row], index) => {
      const name = nameOf(key)
      const before = log.newest(name.type, name.id)
      const people = new Set([...(before?.people ?? []), ...(row ? peopleOf(row) : [])])
      return { seq: head.seq + index + 1, name, row, people: [...people], json: JSON.stringify(row) }
    })
  }

  /** One that devices cannot read would end the sync of all of them: it is left as it was. */
  function isSound([key, row]: readonly [string, Row | null]): boolean {
    const sound = row === null || v.is(rowSchema, row)
    if (!sound) logger.error({ row: key }, 'a row of the plan was made that nobody can read')
    return sound
  }

  function follow(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.row) book.put(change.row)
      else book.remove(change.name.type, change.name.id)
      log.append(change)
    }
  }

  async function tell(changes: readonly Change[], before: readonly Row[]): Promise<void> {
    const rows = changes.flatMap(({ row }) => row ?? [])
    const removed = changes.flatMap(({ name, row }) => (row ? [] : name))
    for (const hear of listeners) await hear(rows, removed, before)
  }

  return {
    book: reader,
    log,
    /** The last change, with its stamp. */
    head: () => head,
    epoch: () => epoch,

    /** Run it in the queue. What `make` throws undoes all of it. */
    async change<T>(make: (step: Step) => Promise<T>): Promise<T> {
      const draft = book.draft()
      const after: Step['after'] = []
      const nowMs = now()
      const { made, changes, stamp } = await db.transaction().execute(async (step) => {
        const made = await make({ db: step, draft, nowMs, after })
        const changes = changesOf(draft)
        if (changes.length === 0) return { made, changes, stamp: head.stamp }
        await storeChanges(step, changes, nowMs)
        const stamp = await storeCommit(step, changes.at(-1)?.seq ?? head.seq, nowMs)
        return { made, changes, stamp }
      })
      const before = changes.flatMap(({ name }) => book.get(name.type, name.id) ?? [])
      follow(changes)
      head = { seq: changes.at(-1)?.seq ?? head.seq, stamp }
      for (const task of after) await task()
      if (changes.length > 0) await tell(changes, before)
      return made
    },

    /** This server came back from a copy: every device forgets what it was told and reads anew. */
    async renew(): Promise<void> {
      epoch = await renewEpoch(db)
    },

    /** Hears of every change after it is durable. The answer stops that. */
    onChange(hear: Heard): () => void {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },

    /** Drops a row from memory that nobody works with any more; the database keeps it. */
    forget(name: RowName): void {
      book.remove(name.type, name.id)
      log.forget(name)
    },
  }
}

function nameOf(key: string): RowName {
  const slash = key.indexOf('/')
  return v.parse(rowName, { type: key.slice(0, slash), id: key.slice(slash + 1) })
}
