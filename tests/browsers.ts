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

const debiansShell = '/usr/bin/chromium-headless-shell'

/**
 * The same engine without a browser's windows round it, which take as much of the processor as a page and are never seen:
 * `BEDSIDE_CHROMIUM_SHELL`, else Debian's. Where there is none and none can be installed, the whole browser does as well.
 */
export function ensureChromiumShell(): string {
  const wanted = process.env.BEDSIDE_CHROMIUM_SHELL
  if (wanted) return wanted
  if (!existsSync(debiansShell) && canInstall()) install('chromium-headless-shell')
  return existsSync(debiansShell) ? debiansShell : ensureChromium()
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
  if (!canInstall()) {
    throw new Error(
      `No ${name} found. Install one, or say where it is: BEDSIDE_${name.toUpperCase()}=/path/to/it npm test`,
    )
  }
  install(packageName)
  const installed = find()
  if (!installed) throw new Error(`apt-get could not install ${name}; the lines above say why.`)
  return installed
}

const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

function install(packageName: string): void {
  console.log(`Installing ${packageName} (Debian package) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', packageName]])
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
}

/**
 * The two pages that Chromium's address bar loads behind every new window, for the list below its field: they take longer to
 * start than the app. The others are those that Playwright turns off and a test would notice: the last list that is given
 * is the whole of it.
 */
const unusedFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

/** Turns those pages off. */
export const plainWindows = `--disable-features=${unusedFeatures.join(',')}`

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
    plainWindows,
    '--no-first-run',
  ]
}
