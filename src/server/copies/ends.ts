/** How copies end: taken back, over, or given up half-way. Their files go at once, and what a crash left goes at the start. */
import type { Logger } from 'pino'
import { type CopyEnd, copyStateOf, copyTimes } from '../../core/scan/copies.ts'
import type { StaffParty } from '../../protocol/people.ts'
import type { Db } from '../store/store.ts'
import { forgetDevices } from './devices.ts'
import type { CopyFiles } from './files.ts'
import { type Copy, dropCopy, endCopy, findCopy, listForgotten, listOpenCopies } from './kept.ts'
import type { Lines } from './lines.ts'
import type { CopyNews } from './news.ts'
import { recordCopy } from './record.ts'

export type CopyEndsParts = {
  readonly db: Db
  readonly now: () => number
  readonly sweepMs: number
  readonly log: Logger
  readonly onFault: (error: unknown) => void
}

export type CopyEnds = ReturnType<typeof createCopyEnds>

export function createCopyEnds(
  { db, now, sweepMs, log, onFault }: CopyEndsParts,
  { files, lines, news }: { readonly files: CopyFiles; readonly lines: Lines; readonly news: CopyNews },
) {
  /** Before then nothing ends by itself. */
  let dueMs = 0
  let sweeping: Promise<void> = Promise.resolve()

  /** Run it in the copy's line. `by` null: nobody did it. Whatever is in the way of removing is tried again at the next start. */
  async function end(copy: Copy, as: CopyEnd, by: StaffParty | null, detail?: string): Promise<void> {
    const hasEnded = await db.transaction().execute(async (step) => {
      if (!(await endCopy(step, copy.copyId, as, now()))) return false
      // What never was there was sent to nobody.
      const what = detail === undefined ? { by } : { by, detail }
      if (copy.wholeMs !== null) await recordCopy(step, copy, now(), { action: `copy-${as}`, ...what })
      return true
    })
    if (!hasEnded) return
    await remove(copy.copyId)
    dueMs = 0
    news.hush(copy.copyId)
    news.tell(copy)
  }

  async function remove(copyId: string): Promise<void> {
    await files
      .remove(copyId)
      .catch((error) =>
        log.error({ err: error, copyId }, 'the files of a copy that has ended are still there'),
      )
  }

  const isStale = ({ wholeMs, saidMs }: Copy) => wholeMs === null && saidMs + copyTimes.comingMs <= now()

  /** [COPY-6] Run it in the copy's line. */
  async function settle(copyId: string): Promise<void> {
    const copy = await findCopy(db, copyId)
    if (!copy || copy.ended !== null) return
    if (copyStateOf(copy, now()) === 'expired') return await end(copy, 'expired', null)
    if (!isStale(copy)) return
    await db.transaction().execute((step) => dropCopy(step, copyId))
    await remove(copyId)
    news.tellSender(copy)
  }

  async function sweep(): Promise<void> {
    dueMs = Number.POSITIVE_INFINITY
    for (const { copyId } of await listOpenCopies(db)) await lines.run(copyId, () => settle(copyId))
    for (const copyId of await listForgotten(db, now()))
      await lines.run(copyId, () => db.transaction().execute((step) => dropCopy(step, copyId)))
    await forgetDevices(db, now())
    const open = await listOpenCopies(db)
    const ends = open.map((copy) => (copy.wholeMs === null ? nextOf(copy) : copy.expiresMs))
    dueMs = Math.min(dueMs, now() + copyTimes.listedMs / 24, ...ends)
  }

  const nextOf = ({ saidMs, expiresMs }: Copy) => Math.min(saidMs + copyTimes.comingMs, expiresMs)

  /** Whatever a crash, or a backup that was put back, left: files of no copy, and copies without their files. */
  async function heal(): Promise<void> {
    const open = await listOpenCopies(db)
    const known = new Set(open.map(({ copyId }) => copyId))
    for (const copyId of await files.list()) if (!known.has(copyId)) await remove(copyId)
    for (const copy of open.filter(({ wholeMs }) => wholeMs !== null)) {
      const there = await files.lengths(copy.copyId, copy.files.length)
      if (copy.files.some((length, file) => there[file] !== length))
        await end(copy, 'withdrawn', null, 'bytes-missing')
    }
  }

  const sweeper = setInterval(() => {
    if (now() < dueMs) return
    sweeping = sweeping.then(sweep).catch(onFault)
  }, sweepMs)

  return {
    end,
    /** At the start, before anybody is served. */
    async begin(): Promise<void> {
      await heal()
      await sweep()
    },
    /** One is new, or ends at another time: it is looked at soon. */
    lookAgain(): void {
      dueMs = 0
    },
    async stop(): Promise<void> {
      clearInterval(sweeper)
      await sweeping
    },
  }
}
