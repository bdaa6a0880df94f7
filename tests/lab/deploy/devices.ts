/** The devices of the walk: a whole Chromium on one host of its network, which believes what was installed there and no more. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../../browsers.ts'
import { installWitness } from '../../e2e/witness.ts'
import { cameraClip } from '../../fakes/clip.ts'
import type { Said } from './machine.ts'
import { type Host, spaceOf } from './network.ts'

export type Device = {
  readonly page: Page
  close(): Promise<void>
}

export type Client = {
  /** Somebody carries the file of Caddy's authority here. */
  take(root: string): void
  /** A person's shell there, in their home. */
  run(commands: string): Said
  /** A browser with a profile of its own, which lasts until the walk is over. */
  open(profile: string, who: 'nurse' | 'patient'): Promise<Device>
}

export function newClient(host: Host, home: string): Client {
  mkdirSync(home, { recursive: true })
  const wrapper = join(home, 'chromium')
  const inside = ['netns', 'exec', spaceOf(host)]
  writeFileSync(wrapper, `#!/bin/sh\nexec ip ${inside.join(' ')} ${ensureChromium()} "$@"\n`, { mode: 0o755 })
  const env = { ...plain(), HOME: home }

  return {
    take: (root) => copyFileSync(root, join(home, 'root.crt')),
    run(commands) {
      const script = `exec 2>&1\nset -eu\ncd ~\n${commands}\n`
      const { status, stdout } = spawnSync('ip', [...inside, 'bash', '-c', script], { env, encoding: 'utf8' })
      return { status: status ?? -1, text: stdout }
    },
    async open(profile, who) {
      const context = await chromium.launchPersistentContext(join(home, profile), {
        executablePath: wrapper,
        args: chromiumFlags(cameraClip(who, 'light')),
        env,
        viewport: { width: 1280, height: 860 },
        acceptDownloads: true,
      })
      await context.addInitScript(installWitness)
      return { page: await firstPage(context), close: () => context.close() }
    },
  }
}

async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage())
}

/** Nothing that points a browser or curl at this machine's authorities or proxies. */
function plain(): Record<string, string> {
  const names = ['PATH', 'TMPDIR', 'LANG']
  return Object.fromEntries(
    names.flatMap((name) => [[name, process.env[name] ?? '']]).filter(([, value]) => value),
  )
}

/** By which way this page's last link carries: what the browser says of the pair that it chose. Runs in the page. */
export async function carriedBy(): Promise<string> {
  const stats = await window.witness.links.at(-1)?.getStats()
  const transport = [...(stats?.values() ?? [])].find((one) => one.type === 'transport')
  const pair = stats?.get(transport?.selectedCandidatePairId)
  const local = stats?.get(pair?.localCandidateId)
  return [local?.candidateType ?? 'none', local?.relayProtocol ?? local?.protocol ?? ''].join(' ').trim()
}

/** Every candidate and pair of this page's last link, for whoever reads why it was not carried so. Runs in the page. */
export async function waysTried(): Promise<string> {
  const stats = await window.witness.links.at(-1)?.getStats()
  const telling = [...(stats?.values() ?? [])].filter(({ type }) => /candidate|transport/.test(type))
  return telling.map((one) => JSON.stringify(one)).join('\n')
}
