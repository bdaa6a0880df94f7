/** The server as a real process: started, listened to, killed, started again on the same data. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { DemoLinks } from '../../src/server/demo.ts'
import { freePort } from '../e2e/server.ts'
import { surroundings } from '../surroundings.ts'
import { enrol, openBed, openStation, signIn } from './client.ts'
import { temporaryFolder } from './ward.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))

/** On a fresh clone the app is not built yet when these tests run; any page will do, the build replaces it. */
function haveSomeApp(): void {
  const page = join(home, 'dist/app/index.html')
  if (existsSync(page)) return
  mkdirSync(join(home, 'dist/app'), { recursive: true })
  writeFileSync(page, '<!doctype html><title>Bedside</title>')
}

export type Process = ReturnType<typeof launch>

/** `environment` is all it knows of BEDSIDE_*. */
export function launch(environment: Record<string, string>, flags: readonly string[] = []) {
  haveSomeApp()
  const child = spawn(process.execPath, [join(home, 'src/server/main.ts'), ...flags], {
    cwd: environment.BEDSIDE_DATA,
    env: { ...surroundings, BEDSIDE_DEMO_PLAN: 'none', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => {
    said.out += part
  })
  child.stderr.on('data', (part) => {
    said.err += part
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })

  return {
    said,
    /** The exit code, or null when a signal ended it. */
    ended,
    signal: (name: NodeJS.Signals) => child.kill(name),
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await ended
    },
    /** Resolves when `/readyz` answers 200. */
    async ready(origin: string): Promise<void> {
      while (child.exitCode === null) {
        const answer = await fetch(`${origin}/readyz`).catch(() => null)
        if (answer?.ok) return
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      throw new Error(`the server ended: ${said.err}`)
    },
  }
}

export function readLinks(dataFolder: string): DemoLinks {
  return JSON.parse(readFileSync(join(dataFolder, 'demo.json'), 'utf8'))
}

/** `signin` link of a person or `enrol` link of a bed, by name or label. */
export function linkOf({ staff, beds }: DemoLinks, who: string): string {
  const found = [...staff.map(({ name, url }) => [name, url]), ...beds.map(({ label, url }) => [label, url])]
  return found.find(([name]) => name === who)?.[1] ?? ''
}

/** A ward served by a process that can be killed and started again on the same port and data. */
export async function newProcessWard(more: Record<string, string> = {}) {
  const port = await freePort()
  const data = temporaryFolder()
  const origin = `http://localhost:${port}`
  const environment = { BEDSIDE_PORT: String(port), BEDSIDE_DATA: data, ...more }
  return {
    origin,
    data,
    port,
    async start() {
      const server = launch(environment)
      await server.ready(origin)
      return server
    },
    /** A signed-in nurse and an enrolled tablet, which can come back. */
    async people() {
      const links = readLinks(data)
      const cookie = await signIn(origin, linkOf(links, 'Anna Laine'))
      const tablet = await enrol(origin, linkOf(links, '1'))
      return {
        nurse: (claims: { callId: string; epoch: number }[] = []) =>
          openStation(origin, cookie, { tabId: 'tab', claims }),
        bed: (claims: { callId: string; epoch: number }[] = []) => openBed(origin, tablet, { claims }),
      }
    },
  }
}
