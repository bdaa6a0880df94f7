/** A whole Chromium with a profile of its own on the disk, in a process group of its own, to be killed as one. */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright'
import { ensureChromium, plainWindows } from '../browsers.ts'

export type Chromium = {
  readonly context: BrowserContext
  /** SIGKILL to all its processes: nothing is flushed. */
  kill(): Promise<void>
}

const flags = [
  '--remote-debugging-port=0',
  '--headless=new',
  '--no-sandbox',
  '--no-first-run',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  plainWindows,
]

export async function launchChromium(profile: string, more: readonly string[] = []): Promise<Chromium> {
  const portFile = join(profile, 'DevToolsActivePort')
  rmSync(portFile, { force: true })
  const args = [...flags, ...more, `--user-data-dir=${profile}`, 'about:blank']
  const child = spawn(ensureChromium(), args, { detached: true, stdio: 'ignore' })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  const end = () => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL')
  }
  // Nothing stays behind when whoever runs this falls over.
  process.once('exit', end)
  const kill = async () => {
    process.off('exit', end)
    end()
    await gone
  }
  for (let attempt = 0; ; attempt += 1) {
    try {
      const [port] = readFileSync(portFile, 'utf8').split('\n')
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
      const context = browser.contexts()[0]
      if (!context) throw new Error('no context')
      return { context, kill }
    } catch (error) {
      if (attempt > 600 || child.exitCode !== null) {
        await kill()
        throw error
      }
      await new Promise((next) => setTimeout(next, 50))
    }
  }
}
