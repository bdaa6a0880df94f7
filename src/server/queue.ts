/** One thing after another: decisions about calls must not overtake each other, nor their own records. */

export type Queue = {
  /** Runs `task` when all before it are done; at once, in this very turn, when there are none. */
  run(task: () => void | Promise<void>): void
  /** The same, for whoever waits for what it answers. */
  ask<T>(task: () => Promise<T>): Promise<T>
  isIdle(): boolean
  /** Resolves when everything that was queued is done. */
  settled(): Promise<void>
}

/** `onFault` hears of a task that threw: a bug or a full disk, never bad input. */
export function createQueue(onFault: (error: unknown) => void): Queue {
  const waiting: (() => void | Promise<void>)[] = []
  let isRunning = false

  async function drain(first: Promise<void>): Promise<void> {
    await first.catch(onFault)
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      try {
        await task()
      } catch (error) {
        onFault(error)
      }
    }
    isRunning = false
  }

  function run(task: () => void | Promise<void>): void {
    if (isRunning) {
      waiting.push(task)
      return
    }
    isRunning = true
    const pending = attempt(task)
    if (pending) void drain(pending)
    else if (waiting.length > 0) void drain(Promise.resolve())
    else isRunning = false
  }

  function attempt(task: () => void | Promise<void>): void | Promise<void> {
    try {
      return task()
    } catch (error) {
      onFault(error)
    }
  }

  return {
    run,
    ask: (task) =>
      new Promise((resolve, reject) => {
        run(() =>
          task().then(resolve, (error: unknown) => {
            reject(error)
            throw error
          }),
        )
      }),
    isIdle: () => !isRunning,
    settled: () => new Promise((resolve) => run(resolve)),
  }
}
