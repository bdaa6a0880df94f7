/** Something that is made each hour: one at a time, tried again soon when it fails, and what came of it is known. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { KeepFailure } from '../../protocol/keeping.ts'
import { failureOf } from './failure.ts'

/** `lastMs`: when the newest one was begun that was made; null: there is none. */
export type HourlyState = {
  readonly lastMs: number | null
  readonly failed: { readonly why: KeepFailure; readonly sinceMs: number } | null
}

export type HourlyParts = {
  /** For the log. */
  readonly what: 'backup' | 'downtime sheet'
  /** Makes one, and resolves with its name. */
  readonly make: (nowMs: number) => Promise<string>
  /** When the newest of before the server started was made; it may throw. */
  readonly before: () => Promise<number | null>
  readonly now: () => number
  readonly log: Logger
}

export type Hourly = ReturnType<typeof createHourly>

const everyMs = 60 * 60_000
const againMs = 5 * 60_000
const lastMs = 5_000

export function createHourly({ what, make, before, now, log }: HourlyParts) {
  let state: HourlyState = { lastMs: null, failed: null }
  let triedMs: number | null = null
  let running: Promise<string> | null = null
  let isStopping = false

  async function attempt(): Promise<string> {
    const begunMs = now()
    triedMs = begunMs
    try {
      const made = await make(begunMs)
      if (state.failed) log.warn({ what, made }, 'it is made again')
      state = { lastMs: begunMs, failed: null }
      log.info({ what, made }, 'made')
      return made
    } catch (error) {
      if (!isStopping) noteFailure(error)
      throw error
    }
  }

  /** Of what an error says only what names nobody: its kind, and what this closet itself has said. */
  function noteFailure(error: unknown): void {
    const why = failureOf(error)
    state = { ...state, failed: { why, sinceMs: state.failed?.sinceMs ?? now() } }
    log.error({ what, why, said: error instanceof Error ? error.message : 'unknown' }, 'it could not be made')
  }

  function run(): Promise<string> {
    running ??= attempt().finally(() => {
      running = null
    })
    return running
  }

  /** A clock that went back, or one that was ahead before, puts nothing off. */
  const since = (atMs: number | null) => (atMs === null || atMs > now() ? everyMs : now() - atMs)
  const isDue = () => (state.failed ? since(triedMs) >= againMs : since(state.lastMs) >= everyMs)

  return {
    /** Makes one now, and resolves with its name. One that is being made already is the one. */
    run,
    /** Run it every minute or so. */
    async look(): Promise<void> {
      if (triedMs === null && state.lastMs === null)
        state = { ...state, lastMs: await before().catch(() => null) }
      if (!isStopping && isDue()) await run().catch(ignore)
    },
    state: () => state,
    isStopping: () => isStopping,
    async stop(giveUp: () => Promise<unknown> = async () => {}): Promise<void> {
      isStopping = true
      await giveUp()
      // A disk that hangs must not keep a server from stopping.
      await Promise.race([running?.catch(ignore), wait(lastMs, null, { ref: false })])
    },
  }
}

function ignore(): void {}
