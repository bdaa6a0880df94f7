import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const home = fileURLToPath(new URL('../../', import.meta.url))
/** Outside `node_modules`, where the compiler takes every file for a library's and asks no room about it. */
const copy = mkdtempSync(join(tmpdir(), 'bedside-rooms-'))

type Probe = { readonly room: string; readonly text: string }

const allowed: Probe = {
  room: 'ui',
  text: "import { idle } from '../core/call-state.ts'\nexport const probe = idle\n",
}
const refused: readonly Probe[] = [
  { room: 'ui', text: "import { browserClock } from '../io/clock.ts'\nexport const probe = browserClock\n" },
  { room: 'ui', text: "import { loadConfig } from '../server/config.ts'\nexport const probe = loadConfig\n" },
  {
    room: 'state',
    text: "import { browserClock } from '../io/clock.ts'\nexport const probe = browserClock\n",
  },
  { room: 'io', text: "import { mountBed } from '../ui/bed/bed.tsx'\nexport const probe = mountBed\n" },
  {
    room: 'core',
    text: "import { createCalls } from '../state/calls.ts'\nexport const probe = createCalls\n",
  },
  { room: 'protocol', text: "import { idle } from '../core/call-state.ts'\nexport const probe = idle\n" },
  {
    room: 'server',
    text: "import { browserClock } from '../io/clock.ts'\nexport const probe = browserClock\n",
  },
]
const unknown = ['window', 'fetch', 'setTimeout', 'console']
const ofCore = unknown.map((name): Probe => ({ room: 'core', text: `export const probe = ${name}\n` }))

/** Every probe has a file of its own, so that one run of the compiler answers for all. */
const probes = [allowed, ...refused, ...ofCore]
const fileOf = (probe: Probe) => `src/${probe.room}/probe-${probes.indexOf(probe)}.ts`
let said: readonly string[] = []

beforeAll(() => {
  mkdirSync(join(copy, 'node_modules'))
  // One by one, so that what is compiled here is not written into the real cache.
  for (const name of readdirSync(join(home, 'node_modules'))) {
    if (name.startsWith('.')) continue
    symlinkSync(join(home, 'node_modules', name), join(copy, 'node_modules', name))
  }
  cpSync(join(home, 'src'), join(copy, 'src'), { recursive: true })
  cpSync(join(home, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'))
  for (const probe of probes) writeFileSync(join(copy, fileOf(probe)), probe.text)
  const tsc = join(home, 'node_modules', '.bin', 'tsc')
  const rooms = ['src/ui', 'src/io', 'src/server']
  const { stdout } = spawnSync(tsc, ['-b', ...rooms], { cwd: copy, encoding: 'utf8' })
  said = stdout.split('\n')
}, 240_000)
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** What the compiler says of a probe, empty when it is content. */
function saidOf(probe: Probe): string {
  return said.filter((line) => line.startsWith(fileOf(probe))).join('\n')
}

test('[ROOMS-1] what is allowed compiles', () => {
  expect(saidOf(allowed)).toBe('')
})

test.each(refused)('[ROOMS-2] $room refuses an import it may not have: $text', (probe) => {
  expect(saidOf(probe)).toMatch(/TS6307|TS2307|TS6142/)
})

test.each(ofCore)('[ROOMS-3] core does not know $text', (probe) => {
  expect(saidOf(probe)).toMatch(/TS2304|TS2584/)
})
