/** Orders to the journal's worker and its replies, in order; a worker that is gone must not keep anybody waiting. */
import type { JournalOrder, JournalReply } from './plan-journal-worker.ts'

/** Longer than any disk takes, shorter than anybody waits for a word that something is saved. */
const mostMs = 5_000

export type Desk = {
  /** Never rejects; within five seconds there is a reply. */
  ask(order: JournalOrder): Promise<JournalReply>
  /** False: it died, or did not answer; every order fails from then on, at once. */
  isAlive(): boolean
  close(): void
}

type JournalWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

const gone: JournalReply = { type: 'failed', name: 'worker' }

export function deskOf(worker: JournalWorker): Desk {
  const waiting: ((reply: JournalReply) => void)[] = []
  let isAlive = true

  function giveUp(): void {
    isAlive = false
    // What it still writes nobody would know of; its file is free for the next tab to adopt.
    worker.terminate()
    for (const answer of waiting.splice(0)) answer(gone)
  }

  worker.onmessage = ({ data }: MessageEvent<JournalReply>) => waiting.shift()?.(data)
  // A worker that cannot be loaded answers nothing, ever.
  worker.onerror = giveUp

  return {
    ask(order) {
      if (!isAlive) return Promise.resolve(gone)
      return new Promise((answered) => {
        const limit = setTimeout(giveUp, mostMs)
        waiting.push((reply) => {
          clearTimeout(limit)
          answered(reply)
        })
        worker.postMessage(order)
      })
    },
    isAlive: () => isAlive,
    close: giveUp,
  }
}
