/**
 * The air is gone for a while, for pictures, sound and the server alike, and comes back: how long until both ends hear
 * each other again. Both pages are in one call all the time; each round cuts it once.
 */
import { type CallPair, openCallPair, soundAgain } from './call-pair.ts'
import { at95, atMost, type Figure } from './figure.ts'

export async function benchOutage(rounds = 20): Promise<Figure[]> {
  const pair = await openCallPair()
  const figures: Figure[] = []
  for (const seconds of [5, 20]) {
    const backMs: number[] = []
    for (let round = 0; round < rounds; round += 1) backMs.push(await cutFor(pair, seconds))
    console.log(`  after ${seconds} s: ${backMs.map(Math.round).join(' ')} ms`)
    figures.push(atMost(`sound-back-after-${seconds}-s-95`, at95(backMs), 2_000, 'ms'))
  }
  await pair.close()
  return figures
}

/** Nobody ended it, so it has to go on; a call that is lost is made once more. */
export async function benchSilence(rounds = 20): Promise<Figure[]> {
  const pair = await openCallPair()
  const backMs: number[] = []
  let lost = 0
  for (let round = 0; round < rounds; round += 1) {
    const back = await cutFor(pair, 45)
    if (Number.isFinite(back)) backMs.push(back)
    else {
      lost += 1
      await pair.call()
    }
  }
  console.log(`  after 45 s: ${backMs.map(Math.round).join(' ')} ms, ${lost} lost`)
  await pair.close()
  return [atMost('calls-lost-by-45-s-of-silence', lost, 0, `of ${rounds}`)]
}

/** Milliseconds until both hear each other again; not finite where the call has ended. */
async function cutFor(pair: CallPair, seconds: number): Promise<number> {
  const { station, bed, way } = pair
  // Somebody is there: after 15 minutes without a touch both would be asked.
  await station.keyboard.press('Shift')
  const blow = (lossPercent: number) =>
    Promise.all([pair.stationAir({ lossPercent }), pair.bedAir({ lossPercent })])
  way.stop()
  await blow(100)
  await station.waitForTimeout(seconds * 1_000)
  way.goOn()
  await blow(0)
  const beganAtMs = performance.now()
  const ended = station
    .getByRole('button', { name: 'End call' })
    .first()
    .waitFor({ state: 'detached', timeout: 0 })
    .then(() => [Number.POSITIVE_INFINITY])
  const heard = Promise.all([station, bed].map((page) => soundAgain(page, beganAtMs)))
  const backMs = Math.max(...(await Promise.race([heard, ended])))
  await station.waitForTimeout(3_000)
  return backMs
}
