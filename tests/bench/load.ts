/** What a bed and a station load before they are of use: JavaScript in gzip bytes, and nothing from another host. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { newServer } from '../e2e/server.ts'
import { cameraClip } from '../fakes/clip.ts'
import { atMost, type Figure } from './figure.ts'

const built = fileURLToPath(new URL('../../dist/app/', import.meta.url))

type Loaded = { scripts: Set<string>; foreign: string[] }

function watch(page: Page, origin: string): Loaded {
  const loaded: Loaded = { scripts: new Set(), foreign: [] }
  page.context().on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol === 'blob:' || url.protocol === 'data:') return
    if (url.origin !== origin) loaded.foreign.push(url.href)
    else if (request.resourceType() === 'script' && url.pathname !== '/sw.js')
      loaded.scripts.add(url.pathname)
  })
  return loaded
}

function gzipKb(scripts: Iterable<string>): number {
  let bytes = 0
  for (const path of scripts) bytes += gzipSync(readFileSync(join(built, path)), { level: 9 }).length
  return bytes / 1024
}

/** A screen that has not come by then does not. */
const standsMs = 4_000

/** Those of these scripts without which the screen does not come: what else loads meanwhile holds nothing up. */
async function neededBy(
  page: Page,
  scripts: ReadonlySet<string>,
  stands: () => Promise<void>,
): Promise<Set<string>> {
  const needed = new Set<string>()
  for (const path of scripts) {
    await page.route(`**${path}`, (route) => route.abort())
    await page.reload()
    await stands().catch(() => needed.add(path))
    await page.unroute(`**${path}`)
  }
  return needed
}

export async function benchLoad(): Promise<Figure[]> {
  const server = await newServer()
  await server.start()
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumFlags(cameraClip('nurse')),
  })
  const options = { serviceWorkers: 'block' as const }
  const bed = await (await browser.newContext(options)).newPage()
  await bed.goto(server.demo().beds[0]?.url ?? '')
  await bed.getByRole('button', { name: 'Start' }).click()
  await bed.getByText('Ready', { exact: true }).waitFor()
  const bedLoad = watch(bed, server.origin)
  const isReady = () => bed.getByText('Ready', { exact: true }).waitFor({ timeout: standsMs })
  await bed.reload()
  await isReady()
  await bed.waitForLoadState('networkidle')
  const loaded = new Set(bedLoad.scripts)
  const ready = await neededBy(bed, loaded, isReady)
  const ofCall = [...loaded].filter((path) => /\/(link|media|proof)-/.test(path))

  const station = await (await browser.newContext(options)).newPage()
  const stationLoad = watch(station, server.origin)
  await station.goto(server.demo().staff[0]?.url ?? '')
  const isBoard = () => station.getByRole('list', { name: 'Beds' }).waitFor({ timeout: standsMs })
  await isBoard()
  await station.waitForLoadState('networkidle')
  const board = await neededBy(station, new Set(stationLoad.scripts), isBoard)
  await browser.close()
  await server.remove()
  return [
    atMost('bed-js-to-ready', gzipKb(ready), 50, 'KB gzip'),
    atMost('bed-js-with-call', gzipKb(new Set([...ready, ...ofCall])), 80, 'KB gzip'),
    atMost('station-js-to-board', gzipKb(board), 60, 'KB gzip'),
    atMost('foreign-requests', bedLoad.foreign.length + stationLoad.foreign.length, 0, 'requests'),
  ]
}
