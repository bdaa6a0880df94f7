/** [VISIT-4] What is said of calls waits until the certificates that came before it are kept: no link would verify (HZ-10). */
import type { Chain } from '../protocol/proof.ts'
import type { Calls } from './calls.ts'

export type Gate = {
  /** The calls, as news reaches them. */
  readonly calls: Calls
  vouched(chain: Chain): Promise<void>
  /** What waits is of no use any more. */
  drop(): void
}

/** `keep`: what is not believed is not kept, and a call with it ends as not verified. */
export function createGate(calls: Calls, keep: (chain: Chain) => Promise<unknown>): Gate {
  /** Null: nothing is being looked at. */
  let held: (() => void)[] | null = null
  let looking = 0

  function pass(news: () => void): void {
    if (held) held.push(news)
    else news()
  }

  return {
    calls: {
      ...calls,
      welcomed: (welcome) => pass(() => calls.welcomed(welcome)),
      received: (message) => pass(() => calls.received(message)),
    },
    async vouched(chain) {
      held ??= []
      looking += 1
      await keep(chain).catch(() => {})
      looking -= 1
      if (looking > 0) return
      const waiting = held ?? []
      held = null
      for (const news of waiting) news()
    },
    drop() {
      held &&= []
    },
  }
}
