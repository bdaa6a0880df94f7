/** Copies on their way out: what waits on this device goes by itself, one after the other, as soon as there is a way. */
import { batch, effect, type ReadonlySignal, signal } from '@preact/signals'
import { type Come, looked, speedOf } from '../core/scan/carry-progress.ts'
import type { Clock, Result } from './ports.ts'
import type { CopiesPort, CopyDraft, KeepCopyFailure, WaitingCopy } from './scan-copies-ports.ts'

/** How far it is; `leftMs` null: nothing moves. */
export type CopyProgress = {
  readonly copyId: string
  readonly bytes: number
  readonly ofBytes: number
  readonly bytesPerSecond: number
  readonly leftMs: number | null
}

export type CopyOutbox = {
  readonly waiting: ReadonlySignal<readonly WaitingCopy[]>
  /** Of the one that is being sent from this tab. */
  readonly progress: ReadonlySignal<CopyProgress | null>
  /** How many wait here for other people. */
  readonly others: ReadonlySignal<number>
  /** Sealed and kept, and on its way. */
  keep(
    draft: Omit<CopyDraft, 'staffId'>,
    bytesOf: (file: number) => ArrayBuffer | null,
  ): Promise<Result<null, KeepCopyFailure>>
  giveUp(copyId: string): Promise<void>
  tryAgain(copyId: string): Promise<void>
}

export type OutboxParts = {
  readonly port: CopiesPort
  readonly clock: Clock
  /** Whose it is; null: nobody who may send. */
  readonly me: ReadonlySignal<string | null>
  /** Which welcome of the server this screen is in; null: it is not heard. */
  readonly session: ReadonlySignal<number | null>
  readonly isLocked: ReadonlySignal<boolean>
  serverNowMs(): number
  /** One has gone. */
  sent(): void
}

/** After so long it is tried again, then after twice as long, at most so long. */
const againMs = 5_000
const mostAgainMs = 60_000

export function createCopyOutbox(parts: OutboxParts): CopyOutbox {
  const { port, clock, me, session, isLocked } = parts
  const waiting = signal<readonly WaitingCopy[]>([])
  const others = signal(0)
  const progress = signal<CopyProgress | null>(null)
  let over = new AbortController()
  let stopWaiting = () => {}
  let pauseMs = againMs
  let isRunning = false
  let isAskedAgain = false

  /** What this tab does not know another may have done. */
  async function read(): Promise<void> {
    const who = me.peek()
    if (who === null) return
    const [mine, theirs] = await Promise.all([port.waiting(who), port.othersWaiting(who)])
    if (me.peek() !== who) return
    batch(() => {
      waiting.value = mine
      others.value = theirs
    })
  }

  function measured(copyId: string) {
    let come: readonly Come[] = []
    return (bytes: number, ofBytes: number) => {
      come = looked(come, { atMs: clock.upMs(), bytes })
      const bytesPerSecond = speedOf(come)
      const leftMs = bytesPerSecond > 0 ? (1_000 * (ofBytes - bytes)) / bytesPerSecond : null
      progress.value = { copyId, bytes, ofBytes, bytesPerSecond, leftMs }
    }
  }

  /** Whether anything is left that goes by itself. */
  async function sendAll(): Promise<'done' | 'later'> {
    let left: 'done' | 'later' = 'done'
    for (const { copyId, stop } of waiting.peek()) {
      if (stop !== null || over.signal.aborted) continue
      const posted = await port.post(copyId, parts.serverNowMs, measured(copyId), over.signal)
      progress.value = null
      if (posted.type === 'sent') parts.sent()
      if (posted.type === 'later' || posted.type === 'elsewhere') left = 'later'
      else pauseMs = againMs
    }
    return left
  }

  async function run(): Promise<void> {
    isAskedAgain = true
    if (isRunning) return
    isRunning = true
    stopWaiting()
    let left: 'done' | 'later' = 'done'
    while (isAskedAgain) {
      isAskedAgain = false
      const { signal: mine } = over
      await read().catch(() => {})
      if (session.peek() === null || me.peek() === null || isLocked.peek()) continue
      // A database that fails is tried again like a server that does.
      left = await sendAll().catch(() => 'later')
      if (!mine.aborted) await read().catch(() => {})
    }
    isRunning = false
    if (left === 'later') tryLater()
  }

  function tryLater(): void {
    stopWaiting()
    stopWaiting = clock.after(pauseMs, () => void run())
    pauseMs = Math.min(mostAgainMs, pauseMs * 2)
  }

  me.subscribe(() => {
    // What waits belongs to whoever made it, and is shown to nobody else.
    over.abort()
    over = new AbortController()
    stopWaiting()
    batch(() => {
      waiting.value = []
      others.value = 0
      progress.value = null
    })
  })
  effect(() => {
    const isFree = !isLocked.value && me.value !== null
    if (session.value !== null) pauseMs = againMs
    if (isFree) void run()
  })

  return {
    waiting,
    progress,
    others,
    async keep(draft, bytesOf) {
      const staffId = me.peek()
      if (staffId === null) return { ok: false, failure: 'failed' }
      const kept = await port.keep({ ...draft, staffId }, bytesOf)
      if (kept.ok) void run()
      return kept
    },
    async giveUp(copyId) {
      await port.drop(copyId).catch(() => {})
      await read().catch(() => {})
    },
    async tryAgain(copyId) {
      await port.tryAgain(copyId).catch(() => {})
      void run()
    },
  }
}
