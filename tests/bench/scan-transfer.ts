/** Files of a share from browser to browser: how much of a way they use beside a bare channel, and how soon they are there. */
import type { Page } from 'playwright'
import type { CarryPage } from './carry-page.ts'
import { type CarryPair, openCarryPair, phantomPaths } from './carry-pair.ts'
import { at95, atMost, type Figure, median } from './figure.ts'

const mib = 1024 * 1024
type Look = Awaited<ReturnType<CarryPage['look']>>
type What = { readonly count: number; readonly bytes: number } | readonly string[]

const lookAt = (page: Page): Promise<Look> => page.evaluate(() => window.carryPage.look())

/** Sends these and answers what the viewer saw each quarter of a second, until all are there or for so long. */
async function carry({ presenter, viewer }: CarryPair, shareId: string, what: What, forMs = 120_000) {
  const manifest = await presenter.evaluate((what) => window.carryPage.layOut(what), what)
  const before = (await lookAt(viewer)).carried
  await viewer.evaluate(([shareId, manifest]) => window.carryPage.receive(shareId, manifest), [
    shareId,
    manifest,
  ] as const)
  const beganMs = await presenter.evaluate(
    ([shareId, manifest]) => window.carryPage.send(shareId, manifest),
    [shareId, manifest] as const,
  )
  const looks: { readonly atMs: number; readonly bytes: number }[] = []
  for (;;) {
    const { atMs, carried, came, failures } = await lookAt(viewer)
    if (failures.length > 0) throw new Error(`not carried: ${failures}`)
    looks.push({ atMs: atMs - beganMs, bytes: carried - before })
    if (came.length === manifest.files.length || atMs - beganMs > forMs) {
      const arrivals = came.map((one) => one.atMs - beganMs)
      const echoes = await presenter.evaluate(() => window.carryPage.echoes())
      for (const page of [presenter, viewer])
        await page.evaluate((shareId) => window.carryPage.end(shareId), shareId)
      return {
        looks,
        isAll: came.length === manifest.files.length,
        firstMs: Math.min(...arrivals),
        lastMs: Math.max(...arrivals),
        echoMs: at95(echoes.map(({ rttMs }) => rttMs)),
      }
    }
    await viewer.waitForTimeout(250)
  }
}

/** The same bytes over a bare channel that is given as much as it takes. */
async function bare({ presenter, viewer }: CarryPair, bytes: number, forMs = 90_000) {
  const { atMs: beganMs, bareBytes: before } = await lookAt(viewer)
  void presenter.evaluate((bytes) => window.carryPage.sendBare(bytes), bytes).catch(() => {})
  const looks: { readonly atMs: number; readonly bytes: number }[] = []
  for (;;) {
    const { atMs, bareBytes } = await lookAt(viewer)
    looks.push({ atMs: atMs - beganMs, bytes: bareBytes - before })
    if (bareBytes - before >= bytes || atMs - beganMs > forMs) return { looks }
    await viewer.waitForTimeout(250)
  }
}

/** Megabits a second from then until nearly all was there. */
function rateFrom(
  looks: readonly { readonly atMs: number; readonly bytes: number }[],
  fromMs: number,
): number {
  const all = looks.at(-1)?.bytes ?? 0
  const part = looks.filter(({ atMs, bytes }) => atMs >= fromMs && bytes < 0.98 * all)
  const [first, last] = [part[0], part.at(-1)]
  if (!first || !last || last.atMs <= first.atMs) return Number.NaN
  return (8 * (last.bytes - first.bytes)) / (last.atMs - first.atMs) / 1_000
}

/** A share below 1 that must not be below its goal is held as what is missing of it. */
async function shareOf(mbps: number): Promise<Figure[]> {
  const air = { rttMs: 20, kbps: mbps * 1_000 }
  const ours = await openCarryPair(air)
  const carried = await carry(ours, 'share', { count: 40, bytes: mib })
  await ours.close()
  const control = await openCarryPair(air)
  const unpaced = await bare(control, 40 * mib)
  await control.close()
  const [mine, theirs] = [rateFrom(carried.looks, 5_000) / mbps, rateFrom(unpaced.looks, 5_000) / mbps]
  console.log(
    `  ${mbps} Mbit/s, 20 ms: ${mine.toFixed(2)} of it after 5 s, all in ${(carried.lastMs / 1_000).toFixed(1)} s; ` +
      `unpaced ${theirs.toFixed(2)}; small words on the call's link ${carried.echoMs.toFixed(0)} ms (95 %)`,
  )
  if (!carried.isAll) throw new Error('not all of it came')
  return [
    atMost(`scan-share-of-${mbps}-mbit-unused`, 100 * (1 - mine), 30, '%'),
    atMost(`scan-words-beside-${mbps}-mbit-95`, carried.echoMs, 250, 'ms'),
  ]
}

async function series(): Promise<Figure[]> {
  const times: { readonly firstMs: number; readonly lastMs: number }[] = []
  for (let round = 0; round < 3; round += 1) {
    const pair = await openCarryPair({ rttMs: 20, kbps: 20_000 })
    const carried = await carry(pair, 'share', phantomPaths)
    if (!carried.isAll) throw new Error('not all slices came')
    times.push(carried)
    await pair.close()
  }
  console.log(
    `  60 slices: ${times.map(({ firstMs, lastMs }) => `${Math.round(firstMs)} / ${Math.round(lastMs)} ms`).join(', ')}`,
  )
  return [
    atMost('scan-series-first-file', median(times.map(({ firstMs }) => firstMs)), 1_500, 'ms'),
    atMost('scan-series-all', median(times.map(({ lastMs }) => lastMs)), 8_000, 'ms'),
  ]
}

/** Without any air, in turns, each in a pair of its own: what the carrier's own work costs. */
async function loopback(rounds = 3): Promise<Figure> {
  const [mine, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const control = await openCarryPair(null)
    theirs.push(rateFrom((await bare(control, 512 * mib, 9_000)).looks, 2_000))
    await control.close()
    const pair = await openCarryPair(null)
    mine.push(rateFrom((await carry(pair, 'share', { count: 128, bytes: 4 * mib }, 16_000)).looks, 9_000))
    await pair.close()
  }
  const inMb = (rates: readonly number[]) => rates.map((rate) => (rate / 8).toFixed(1)).join(' ')
  console.log(`  loopback: ours ${inMb(mine)} MB/s · bare ${inMb(theirs)} MB/s`)
  return atMost('scan-loopback', median(theirs) / median(mine), 1.25, '× as long as a bare channel')
}

export async function benchScanTransfer(): Promise<Figure[]> {
  return [...(await shareOf(10)), ...(await shareOf(20)), ...(await series()), await loopback()]
}
