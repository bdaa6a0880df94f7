/** A measured server in a process of its own, asked over IPC for the CPU and the memory it has used. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

type Link = { readonly url: string }
export type Hello = {
  readonly origin: string
  readonly staff: readonly Link[]
  readonly beds: readonly Link[]
}
type Usage = { readonly cpuMicros: number; readonly residentBytes: number }

/** In the child: says where it is, then answers each question after a full collection. */
export function answerQuestions(hello: Hello): void {
  process.on('message', () => {
    globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMicros: user + system, residentBytes: process.memoryUsage.rss() } satisfies Usage)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.(hello)
}

function reply<T>(child: ChildProcess): Promise<T> {
  return new Promise((heard, failed) => {
    child.once('message', (message) => heard(message as T))
    child.once('exit', () => failed(new Error('the measured server ended')))
  })
}

export async function startChild(file: string, ...args: string[]) {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const child = fork(path, args, { execArgv: ['--expose-gc'] })
  child.setMaxListeners(0)
  const hello = await reply<Hello>(child)
  return {
    hello,
    async usage(): Promise<Usage> {
      const answer = reply<Usage>(child)
      child.send('usage')
      return answer
    },
    stop: () => void child.kill(),
  }
}

export type Child = Awaited<ReturnType<typeof startChild>>
