/** The page's end of the worker: one order at a time, a limit on each, and a fresh worker after one that died or hung. */
import type { ScanOrder, ScanReply } from './orders.ts'

/** As much of a `Worker` as is needed. */
export type ScanWorker = {
  postMessage(order: ScanOrder, transfer: Transferable[]): void
  terminate(): void
  onmessage: ((event: MessageEvent<ScanReply>) => void) | null
  onmessageerror: ((event: MessageEvent) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

/** `gone`: it died of this order (memory, as a rule), or took longer than any file should. What it held is lost with it. */
export type DeskReply = ScanReply | { readonly type: 'gone'; readonly by: 'death' | 'time' }

export type ScanDesk = {
  /** Never rejects. Whoever asks waits for the reply before asking again. */
  ask(order: ScanOrder, transfer: readonly Transferable[]): Promise<DeskReply>
  /** Ends the worker, and with it all the memory that it has. The next order starts another. */
  end(): void
}

/** The largest files on a slow tablet take some seconds; what takes longer hangs. */
export const mostMs = 30_000

export function createDesk(makeWorker: () => ScanWorker, limitMs = mostMs): ScanDesk {
  let worker: ScanWorker | null = null
  let answer: ((reply: DeskReply) => void) | null = null

  function settle(reply: DeskReply): void {
    const asked = answer
    answer = null
    asked?.(reply)
  }

  function giveUp(by: 'death' | 'time'): void {
    worker?.terminate()
    worker = null
    settle({ type: 'gone', by })
  }

  function started(): ScanWorker {
    const fresh = makeWorker()
    fresh.onmessage = ({ data }) => {
      if (fresh === worker) settle(data)
    }
    const died = () => {
      if (fresh === worker) giveUp('death')
    }
    fresh.onerror = died
    fresh.onmessageerror = died
    return fresh
  }

  return {
    ask(order, transfer) {
      return new Promise((answered) => {
        const limit = setTimeout(() => giveUp('time'), limitMs)
        answer = (reply) => {
          clearTimeout(limit)
          answered(reply)
        }
        try {
          worker ??= started()
          worker.postMessage(order, [...transfer])
        } catch {
          // No worker here, or what was to be sent could not be.
          giveUp('death')
        }
      })
    },
    end: () => giveUp('death'),
  }
}
