import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const home = fileURLToPath(new URL('../../', import.meta.url))
/** Outside `node_modules`, where the compiler takes every file for a library's and asks no room about it. */
const copy = mkdtempSync(join(tmpdir(), 'bedside-rooms-'))

beforeAll(() => {
  mkdirSync(join(copy, 'node_modules'))
  // One by one, so that what is compiled here is not written into the real cache.
  for (const name of readdirSync(join(home, 'node_modules'))) {
    if (name.startsWith('.')) continue
    symlinkSync(join(home, 'node_modules', name), join(copy, 'node_modules', name))
  }
  cpSync(join(home, 'src'), join(copy, 'src'), { recursive: true })
  cpSync(join(home, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Compiles one room of the copy with a probe in it; what the compiler says, empty when it is content. */
function compile(room: string, probe: string): string {
  const file = join(copy, 'src', room, 'probe.ts')
  writeFileSync(file, probe)
  const tsc = join(home, 'node_modules', '.bin', 'tsc')
  const { status, stdout } = spawnSync(tsc, ['-b', `src/${room}`], { cwd: copy, encoding: 'utf8' })
  rmSync(file)
  return status === 0 ? '' : stdout
}

test('[ROOMS-1] what is allowed compiles', () => {
  expect(compile('ui', "import { idle } from '../core/call-state.ts'\nexport const probe = idle\n")).toBe('')
}, 60_000)

test.each([
  ['ui', "import { browserClock } from '../io/clock.ts'\nexport const probe = browserClock\n"],
  ['ui', "import { loadConfig } from '../server/config.ts'\nexport const probe = loadConfig\n"],
  ['state', "import { browserClock } from '../io/clock.ts'\nexport const probe = browserClock\n"],
  ['io', "import { mountBed } from '../ui/bed/bed.tsx'\nexport const probe = mountBed\n"],
  ['core', "import { createCalls } from '../state/calls.ts'\nexport const probe = createCalls\n"],
  ['protocol', "import { idle } from '../core/call-state.ts'\nexport const probe = idle\n"],
  ['server', "import { browserClock } from '../io/clock.ts'\nexport const probe = browserClock\n"],
])(
  '[ROOMS-2] %s refuses an import it may not have: %s',
  (room, probe) => {
    expect(compile(room, probe)).toMatch(/TS6307|TS2307|TS6142/)
  },
  60_000,
)

test.each(['window', 'fetch', 'setTimeout', 'console'])(
  '[ROOMS-3] core does not know %s',
  (name) => {
    expect(compile('core', `export const probe = ${name}\n`)).toMatch(/TS2304|TS2584/)
  },
  60_000,
)
