/** The test of a device beside a visit: fetched when it begins, and gone with whatever comes in its way (HZ-2). */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Welcome } from '../protocol/wire.ts'
import type { VisitPorts } from './visit-ports.ts'
import type { DeviceTest, VisitTest } from './visit-test.ts'
import { createWays } from './ways.ts'

export type Trying = {
  /** Null: none goes on, or its part is not here yet. */
  readonly test: ReadonlySignal<VisitTest | null>
  /** Ahead of the test, so that it is there when it is wanted. */
  fetch(): void
  begin(): void
  stop(): void
  /** Where relays are comes with it. */
  welcomed(welcome: Welcome): void
}

export type TryingParts = {
  /** All that was found, as soon as the last step is over. */
  readonly tested: (result: DeviceTest) => void
  /** It could not be fetched: one waits without. */
  readonly over: () => void
}

export function createTrying(ports: VisitPorts, { tested, over }: TryingParts): Trying {
  const test = signal<VisitTest | null>(null)
  const ways = createWays(ports, null)
  let turn = 0
  let loading: ReturnType<typeof load> | null = null

  async function load() {
    const [{ createVisitTest }, io] = await Promise.all([import('./visit-test.ts'), ports.tester()])
    return () =>
      createVisitTest({
        io,
        browser: ports.browser.name,
        choose: ports.media.choose,
        async findWays() {
          await ways.check()
          return ways.found.peek() ?? {}
        },
        done: tested,
      })
  }

  function fetch(): ReturnType<typeof load> {
    loading ??= load().catch((error: unknown) => {
      // The next one that asks tries again.
      loading = null
      throw error
    })
    return loading
  }

  return {
    test,
    fetch: () => void fetch().catch(() => {}),
    begin() {
      turn += 1
      const mine = turn
      fetch().then(
        (create) => {
          if (mine === turn) test.value = create()
        },
        () => mine === turn && over(),
      )
    },
    stop() {
      turn += 1
      test.peek()?.stop()
      test.value = null
    },
    welcomed: ways.welcomed,
  }
}
