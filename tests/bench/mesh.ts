/** Four at one table, all of them on this machine: whether every sound goes on unbroken, and what it costs. */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { newServer } from '../e2e/server.ts'
import { installWitness } from '../e2e/witness.ts'
import { cameraClip } from '../fakes/clip.ts'
import { atMost, type Figure } from './figure.ts'

const seats = 4

/** Of one link of a page, as it stands. */
type Heard = {
  readonly concealed: number
  readonly samples: number
  readonly frames: number
  readonly width: number
  readonly height: number
}

/** `seconds`: how long they are listened to once all four see each other. */
export async function benchMesh(seconds = 30): Promise<Figure[]> {
  const server = await newServer(1, {})
  await server.start()
  const { staff, beds } = server.demo()
  const launch = (who: 'nurse' | 'patient') =>
    chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags(cameraClip(who)) })
  const browsers = [await launch('nurse'), await launch('patient')] as const
  const open = async (context: BrowserContext, url = ''): Promise<Page> => {
    await context.addInitScript(installWitness)
    context.setDefaultTimeout(60_000)
    const page = await context.newPage()
    await page.goto(url)
    return page
  }
  const contextOf = (who: 0 | 1) => browsers[who].newContext({ viewport: { width: 1280, height: 800 } })
  const [anna, ben, maria] = [
    await open(await contextOf(0), staff[0]?.url),
    await open(await contextOf(0), staff[1]?.url),
    await open(await contextOf(0), staff[2]?.url),
  ]
  const bed = await open(await contextOf(1), beds[0]?.url)
  await bed.getByRole('button', { name: 'Start' }).click()
  await bed.getByText('Ready', { exact: true }).waitFor()
  await anna.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Answer' }).click()
  for (const [page, name] of [
    [ben, staff[1]?.name],
    [maria, staff[2]?.name],
  ] as const) {
    await anna.getByRole('button', { name: 'Bring in …' }).click()
    await anna
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${name},`) })
      .click()
    await page.getByRole('button', { name: 'Answer' }).click()
    await bed.getByRole('button', { name: 'Let them in' }).click()
  }
  const pages = [anna, ben, maria, bed]
  await Promise.all(pages.map(allArrive))
  const [before, busyBefore] = [await Promise.all(pages.map(heardBy)), busyMs()]
  await bed.waitForTimeout(seconds * 1_000)
  const [after, busyAfter] = [await Promise.all(pages.map(heardBy)), busyMs()]
  const links = after.flatMap((list, page) =>
    list.map((now, link) => since(now, before[page]?.[link], seconds)),
  )
  const made = links.map(({ madeUp }) => madeUp)
  const rates = links.map(({ perSecond }) => perSecond).sort((a, b) => a - b)
  const sizes = [...new Set(links.map(({ size }) => size))].join(', ')
  const cores = cpus().length
  const used = (100 * (busyAfter - busyBefore)) / (seconds * 1_000 * cores)
  console.log(
    `  mesh: ${links.length} links, ${sizes}; pictures a second ${rates[0]?.toFixed(1)} to ${rates.at(-1)?.toFixed(1)}, ` +
      `half of them ${rates[Math.floor(rates.length / 2)]?.toFixed(1)} or less; ${used.toFixed(0)} % of ${cores} cores`,
  )
  await Promise.all(browsers.map((browser) => browser.close()))
  await server.remove()
  return [
    atMost('mesh-links-missing', seats * (seats - 1) - links.length, 0, 'of 12'),
    atMost('mesh-sound-made-up-at-worst', Math.max(...made), 2, '%'),
  ]
}

function since(now: Heard, was: Heard | undefined, seconds: number) {
  const samples = now.samples - (was?.samples ?? 0)
  return {
    // What is not played at all is missing as well.
    madeUp:
      (100 * (now.concealed - (was?.concealed ?? 0) + Math.max(0, seconds * 48_000 * 0.95 - samples))) /
      (seconds * 48_000),
    perSecond: (now.frames - (was?.frames ?? 0)) / seconds,
    size: `${now.width} × ${now.height}`,
  }
}

/** Sound and pictures come by all three links. */
async function allArrive(page: Page): Promise<void> {
  await page.waitForFunction(
    async (others) => {
      const open = window.witness.links.filter(({ signalingState }) => signalingState !== 'closed')
      const counts = await Promise.all(
        open.map(async (link) => {
          const arrived = { audio: 0, video: 0 }
          for (const report of (await link.getStats()).values()) {
            if (report.type !== 'inbound-rtp') continue
            if (report.kind === 'audio') arrived.audio += report.packetsReceived ?? 0
            else arrived.video += report.framesDecoded ?? 0
          }
          return arrived.audio > 50 && arrived.video > 10
        }),
      )
      return counts.filter(Boolean).length === others
    },
    seats - 1,
    { timeout: 60_000, polling: 500 },
  )
}

function heardBy(page: Page): Promise<Heard[]> {
  return page.evaluate(async () => {
    const open = window.witness.links.filter(({ signalingState }) => signalingState !== 'closed')
    return await Promise.all(
      open.map(async (link) => {
        const heard = { concealed: 0, samples: 0, frames: 0, width: 0, height: 0 }
        for (const report of (await link.getStats()).values()) {
          if (report.type !== 'inbound-rtp') continue
          if (report.kind === 'audio') {
            heard.concealed += (report.concealedSamples ?? 0) - (report.silentConcealedSamples ?? 0)
            heard.samples += report.totalSamplesReceived ?? 0
          } else {
            heard.frames += report.framesDecoded ?? 0
            heard.width = report.frameWidth ?? 0
            heard.height = report.frameHeight ?? 0
          }
        }
        return heard
      }),
    )
  })
}

/** How long all cores of this machine were busy so far, in milliseconds (proc(5), /proc/stat, in hundredths of a second). */
function busyMs(): number {
  const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/\s+/).map(Number) ?? []
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0, steal = 0] = ticks
  return 10 * (user + nice + system + irq + soft + steal)
}
