/** Finds Chromium and Firefox, or installs Debian's: the tests run where only git and npm were. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
]

/** The path of a Chromium: `BEDSIDE_CHROMIUM`, else the system's, else Playwright's own, else null. */
export function findChromium(): string | null {
  const wanted = process.env.BEDSIDE_CHROMIUM
  if (wanted) return wanted
  return [...usual, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

/** The same, installing Debian's package when there is none and we are root. Throws a sentence when it cannot. */
export function ensureChromium(): string {
  return ensure('Chromium', 'chromium', findChromium)
}

const usualFirefox = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/opt/firefox/firefox']

/** The path of a Firefox as people use it: `BEDSIDE_FIREFOX`, else the system's, else null. Playwright's own is another. */
export function findFirefox(): string | null {
  return process.env.BEDSIDE_FIREFOX || (usualFirefox.find((path) => existsSync(path)) ?? null)
}

export function ensureFirefox(): string {
  return ensure('Firefox', 'firefox-esr', findFirefox)
}

function ensure(name: 'Chromium' | 'Firefox', packageName: string, find: () => string | null): string {
  const found = find()
  if (found) return found
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `No ${name} found. Install one, or say where it is: BEDSIDE_${name.toUpperCase()}=/path/to/it npm test`,
    )
  }
  console.log(`Installing ${name} (Debian package) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', packageName]]) {
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
  }
  const installed = find()
  if (!installed) throw new Error(`apt-get could not install ${name}; the lines above say why.`)
  return installed
}

/** Flags for a headless Chromium with `clip` (a .y4m file) as its camera. */
export function chromiumFlags(clip: string): string[] {
  return [
    '--no-sandbox',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${clip}`,
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-gpu',
    '--no-first-run',
  ]
}
