/** Files of a share beside a real call, on a way that is hardly wide enough: what the voices and the views notice of it. */
import type { Page } from 'playwright'
import { openCallPair, receivedBy } from './call-pair.ts'
import { bundled } from './carry-pair.ts'
import { at95, atMost, type Figure } from './figure.ts'

const mib = 1024 * 1024
const air = { rttMs: 20, kbps: 10_000 }

async function soundOf(page: Page) {
  return {
    concealed:
      (await receivedBy(page, 'audio', 'concealedSamples')) -
      (await receivedBy(page, 'audio', 'silentConcealedSamples')),
    samples: await receivedBy(page, 'audio', 'totalSamplesReceived'),
    frames: await receivedBy(page, 'video', 'framesDecoded'),
  }
}

/** Of the sound at either end, the share that was made up in so many seconds, and pictures a second. */
async function listen(pages: readonly Page[], seconds: number) {
  const before = await Promise.all(pages.map(soundOf))
  await pages[0]?.waitForTimeout(seconds * 1_000)
  const after = await Promise.all(pages.map(soundOf))
  return after.map((now, at) => {
    const then = before[at] ?? now
    return {
      madeUp: (100 * (now.concealed - then.concealed)) / (now.samples - then.samples),
      perSecond: (now.frames - then.frames) / seconds,
    }
  })
}

type Heard = Awaited<ReturnType<typeof listen>>
const wordOf = (heard: Heard) =>
  heard.map((end) => `${end.madeUp.toFixed(2)} % made up, ${end.perSecond.toFixed(1)} pictures/s`).join(' · ')

/** The product's carrier, over channels of its own on the link of a call between two real screens. */
export async function benchScanCall(seconds = 20): Promise<Figure[]> {
  const pair = await openCallPair()
  const { station, bed } = pair
  const script = await bundled()
  await Promise.all([pair.stationAir(air), pair.bedAir(air)])
  for (const page of [station, bed]) await page.evaluate(`{${script}}; void 0`)
  await Promise.all([station, bed].map((page) => page.evaluate(() => window.carryPage.opened())))
  await station.waitForTimeout(5_000)
  const without = await listen([station, bed], seconds)
  const manifest = await station.evaluate((what) => window.carryPage.layOut(what), { count: 100, bytes: mib })
  await bed.evaluate((manifest) => window.carryPage.receive('share', manifest), manifest)
  await station.evaluate((manifest) => void window.carryPage.send('share', manifest), manifest)
  const during = await listen([station, bed], seconds)
  const echoes = await station.evaluate(() => window.carryPage.echoes())
  const { carried, failures } = await bed.evaluate(() => window.carryPage.look())
  if (failures.length > 0) throw new Error(`not carried: ${failures}`)
  await pair.close()
  const added = Math.max(...during.map((end, at) => end.madeUp - (without[at]?.madeUp ?? 0)))
  const words = at95(echoes.map(({ rttMs }) => rttMs))
  console.log(`  10 Mbit/s, 20 ms, station · bed: without ${wordOf(without)}; beside files ${wordOf(during)}`)
  console.log(
    `  files ${((8 * carried) / seconds / 1e6).toFixed(1)} Mbit/s; words on the call's link ${words.toFixed(0)} ms (95 %)`,
  )
  return [
    atMost('scan-call-words-95', words, 250, 'ms'),
    atMost('scan-call-sound-made-up-added', added, 1, '% of the sound'),
  ]
}
