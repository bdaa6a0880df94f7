/** A real Bedside server in its own process and data folder, to be started, killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = fileURLToPath(new URL('../../', import.meta.url))

/** Hundreds of servers are started and killed: what each would compile anew is kept, once by `tests/e2e/compiled.ts`. */
export const compiledFolder = join(home, 'node_modules/.cache/bedside-server')

export type DemoFile = {
  staff: { name: string; role: string; url: string }[]
  beds: { label: string; url: string }[]
}

export type Server = {
  readonly origin: string
  readonly port: number
  readonly data: string
  demo(): DemoFile
  pid(): number
  /** `app`: with the build in this folder instead of the one that is there. */
  start(app?: { readonly folder: string; readonly updates: 'by-hand' | 'at-once' }): Promise<void>
  /** SIGKILL: nothing is flushed, nobody is told. */
  kill(): Promise<void>
  /** Kills it and removes its data. */
  remove(): Promise<void>
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function ready(origin: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${origin}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((next) => setTimeout(next, 25))
  }
  throw new Error(`the server ended with ${child.exitCode}`)
}

/** `front`: where browsers reach it, if something stands before it; `environment` adds BEDSIDE_* of its own. */
export type ServerOptions = {
  readonly front?: string | null
  readonly environment?: Readonly<Record<string, string>>
}

/** `timeScale` shortens every ring and wait alike. */
export async function newServer(
  timeScale = 1,
  { front = null, environment = {} }: ServerOptions = {},
): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'bedside-'))
  const port = await freePort()
  const own = `http://localhost:${port}`
  const origin = front ?? own
  let child: ChildProcess | null = null

  async function kill(): Promise<void> {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return
    const gone = new Promise((done) => running.once('exit', done))
    running.kill('SIGKILL')
    await gone
  }

  return {
    origin,
    port,
    data,
    demo: () => JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')),
    pid: () => child?.pid ?? 0,
    async start(app) {
      const env = {
        ...process.env,
        BEDSIDE_PORT: String(port),
        BEDSIDE_ORIGIN: front ?? '',
        BEDSIDE_DATA: data,
        BEDSIDE_TIME_SCALE: String(timeScale),
        BEDSIDE_DEMO_PLAN: 'none',
        NODE_COMPILE_CACHE: compiledFolder,
        ...(app && { TEST_APP: app.folder, BEDSIDE_UPDATES: app.updates }),
        ...environment,
      }
      const main = app ? 'tests/e2e/server-of.ts' : 'src/server/main.ts'
      child = spawn(process.execPath, [join(home, main)], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      await ready(own, child)
    },
    kill,
    async remove() {
      await kill()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
