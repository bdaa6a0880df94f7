/** The server's own part in it: erases anew what a backup brought back, and lets go each night what was kept long enough. */
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Outcome } from '../control.ts'
import type { Plan } from '../plan/plan.ts'
import type { Queue } from '../queue.ts'
import type { Store } from '../store/store.ts'
import { runPrivacy } from './commands.ts'
import { createEraser, offlineLedger } from './eraser.ts'

type Settings = Pick<Config, 'dataFolder' | 'keep' | 'retention' | 'zone' | 'language'>

export function erasedFolders({ dataFolder, keep }: Pick<Config, 'dataFolder' | 'keep'>): string[] {
  return keep.backupFolder === null ? [dataFolder] : [dataFolder, keep.backupFolder]
}

export type StartParts = {
  readonly store: Store
  readonly config: Settings
  readonly now: () => number
  readonly log: Logger
}

/** [ERASE-4] Run it before anything is read from the database: what is read then names nobody who was erased. */
export async function eraseAtStart({ store, config, now, log }: StartParts): Promise<void> {
  const { db, digest } = store
  const folders = erasedFolders(config)
  const eraser = createEraser({ db, digest, now, folders, ledger: offlineLedger(db, now) })
  const back = await eraser.eraseAnew()
  if (back > 0) log.warn({ back }, 'a backup brought back whom somebody had erased: they are erased anew')
  const gone = await eraser.retain(config.retention)
  if (gone !== null) log.info({ gone }, 'what was kept long enough has gone')
  const unlisted = await eraser.reconcile()
  // After that: what this server erased before it sealed its lines is sealed by now.
  for (const foreign of eraser.foreign())
    log.error({ foreign }, 'a list of those who were erased is not believed')
  if (unlisted.length > 0) log.error({ unlisted }, 'the list of those who were erased could not be written')
}

export type PrivacyParts = StartParts & { readonly queue: Queue; readonly plan: Pick<Plan, 'ledger'> }

const lookMs = 60 * 60_000

export type Privacy = ReturnType<typeof createPrivacy>

export function createPrivacy({ store, config, now, log, queue, plan }: PrivacyParts) {
  const { db, digest } = store
  const { retention, zone, language } = config
  const eraser = createEraser({ db, digest, now, folders: erasedFolders(config), ledger: plan.ledger })

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => queue.run(() => task().then(resolve, reject)))
  }

  /** Small hours by the ward's clock: nobody waits for the board then. */
  function isNight(): boolean {
    const hour = Number(
      new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(now()),
    )
    return hour >= 2 && hour < 5
  }

  async function look(): Promise<void> {
    if (!isNight()) return
    const gone = await inTurn(() => eraser.retain(retention))
    if (gone !== null) log.info({ gone }, 'what was kept long enough has gone')
  }

  const timer = setInterval(() => {
    look().catch((error) => log.error({ err: error }, 'what was kept long enough could not go'))
  }, lookMs)

  return {
    look,
    /** What is said at the command line; null: none of its words. */
    command: async (words: readonly string[]): Promise<Outcome | null> =>
      words[0] === 'privacy'
        ? await inTurn(() => runPrivacy({ db, now, eraser, retention, zone, language }, words))
        : null,
    stop: () => clearInterval(timer),
  }
}
