/** One thing after another for each copy, while others go on beside it: files are slow, and calls must not wait for them. */

export type Lines = ReturnType<typeof createLines>

export function createLines() {
  const last = new Map<string, Promise<unknown>>()

  return {
    /** Runs when all before it of this name is done, however that went. */
    async run<T>(name: string, task: () => Promise<T>): Promise<T> {
      const before = last.get(name) ?? Promise.resolve()
      const mine = before.then(task, task)
      last.set(name, mine)
      try {
        return await mine
      } finally {
        if (last.get(name) === mine) last.delete(name)
      }
    },

    async settled(): Promise<void> {
      while (last.size > 0) await Promise.allSettled(last.values())
    },
  }
}
