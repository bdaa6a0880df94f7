/** Sends signed tree heads off this machine, oldest first, until each is taken; no act ever waits for it. */
import type { Logger } from 'pino'
import type { Db } from '../store/store.ts'

export type CollectorParts = {
  readonly db: Db
  /** Null: heads stay in the data folder. */
  readonly url: string | null
  readonly now: () => number
  readonly log: Logger
  readonly retryMs?: { readonly first: number; readonly longest: number }
}

/** `problem` is a word of the program: an HTTP status, or `unreachable`. */
export type CollectorState =
  | { readonly type: 'none' }
  | {
      readonly type: 'sending'
      readonly waiting: number
      readonly lastDeliveredMs: number | null
      readonly problem: string | null
    }

export type Collector = ReturnType<typeof createCollector>

const patienceMs = 10_000
/** How long a stopping server still tries. */
const lastTryMs = 1_000

export function createCollector(parts: CollectorParts) {
  const { db, url, now, log, retryMs = { first: 1_000, longest: 300_000 } } = parts
  let problem: string | null = null
  let waitMs = retryMs.first
  let retry: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let isStopping = false
  const stopping = new AbortController()

  async function oldest() {
    return await db
      .selectFrom('audit_heads')
      .select(['head_id', 'size', 'note'])
      .where('delivered_ms', 'is', null)
      .orderBy('size')
      .orderBy('made_ms')
      .limit(1)
      .executeTakeFirst()
  }

  /** What went wrong, or null. Redirects are not followed: a head goes where the operator said or nowhere. */
  async function post(target: string, note: string, signal: AbortSignal): Promise<string | null> {
    try {
      const headers = { 'content-type': 'text/plain; charset=utf-8' }
      const answer = await fetch(target, { method: 'POST', headers, body: note, redirect: 'manual', signal })
      await answer.body?.cancel()
      return answer.ok ? null : `HTTP ${answer.status}`
    } catch {
      return 'unreachable'
    }
  }

  async function sendAll(target: string, signal: AbortSignal): Promise<void> {
    for (let head = await oldest(); head; head = await oldest()) {
      const failure = await post(
        target,
        head.note,
        AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      )
      if (failure !== null) {
        if (!isStopping) later(failure, head.size)
        return
      }
      await db
        .updateTable('audit_heads')
        .set({ delivered_ms: now() })
        .where('head_id', '=', head.head_id)
        .execute()
      problem = null
      waitMs = retryMs.first
    }
  }

  function later(failure: string, size: number): void {
    problem = failure
    log.warn({ problem, size, retryInMs: waitMs }, 'the audit collector did not take a tree head')
    retry = setTimeout(send, waitMs).unref()
    waitMs = Math.min(waitMs * 2, retryMs.longest)
  }

  function send(): void {
    if (url === null || running || isStopping) return
    if (retry) clearTimeout(retry)
    retry = null
    running = sendAll(url, stopping.signal)
      .catch((error) => log.error({ err: error }, 'sending tree heads failed'))
      .finally(() => {
        running = null
      })
  }

  return {
    /** There may be something to send. While it waits to try again, it goes on waiting. */
    poke(): void {
      if (!retry) send()
    },

    async state(): Promise<CollectorState> {
      if (url === null) return { type: 'none' }
      const row = await db
        .selectFrom('audit_heads')
        .select(({ fn }) => [
          fn.countAll<number>().as('made'),
          fn.count<number>('delivered_ms').as('delivered'),
          fn.max('delivered_ms').as('last'),
        ])
        .executeTakeFirstOrThrow()
      const waiting = Number(row.made) - Number(row.delivered)
      return { type: 'sending', waiting, lastDeliveredMs: row.last, problem }
    },

    /** One short last try; what is not taken then is sent after the next start. */
    async stop(): Promise<void> {
      isStopping = true
      if (retry) clearTimeout(retry)
      const timeout = setTimeout(() => stopping.abort(), lastTryMs)
      await running
      if (url !== null) await sendAll(url, stopping.signal)
      clearTimeout(timeout)
    },
  }
}
