/**
 * The air is gone for a while, for pictures, sound and the server alike, and comes back: how long until both ends hear
 * each other again. Both pages are in one call all the time; each round cuts it once.
 */
import { openCallPair, soundAgain } from './call-pair.ts'
import { at95, atMost, type Figure } from './figure.ts'

export async function benchOutage(rounds = 20): Promise<Figure[]> {
  const pair = await openCallPair()
  const { station, bed, way } = pair
  const blow = (lossPercent: number) =>
    Promise.all([pair.stationAir({ lossPercent }), pair.bedAir({ lossPercent })])
  const figures: Figure[] = []
  for (const seconds of [5, 20]) {
    const backMs: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      way.stop()
      await blow(100)
      await station.waitForTimeout(seconds * 1_000)
      way.goOn()
      await blow(0)
      const beganAtMs = performance.now()
      backMs.push(Math.max(...(await Promise.all([station, bed].map((page) => soundAgain(page, beganAtMs))))))
      await station.waitForTimeout(3_000)
    }
    console.log(`  after ${seconds} s: ${backMs.map(Math.round).join(' ')} ms`)
    figures.push(atMost(`sound-back-after-${seconds}-s-95`, at95(backMs), 2_000, 'ms'))
  }
  await pair.close()
  return figures
}
