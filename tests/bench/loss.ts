/** Packets are lost at random, one after the other: how much of the sound is made up where it arrives. */
import { openCallPair, receivedBy } from './call-pair.ts'
import { atMost, type Figure } from './figure.ts'

const goals = [
  [10, 2],
  [20, 4],
  [30, 8],
] as const

export async function benchLoss(seconds = 20): Promise<Figure[]> {
  const pair = await openCallPair()
  const sound = async () => ({
    concealed: await receivedBy(pair.bed, 'audio', 'concealedSamples'),
    samples: await receivedBy(pair.bed, 'audio', 'totalSamplesReceived'),
    received: await receivedBy(pair.bed, 'audio', 'packetsReceived'),
    lost: await receivedBy(pair.bed, 'audio', 'packetsLost'),
  })
  const figures: Figure[] = []
  for (const [lossPercent, goal] of goals) {
    // At one end alone: what both lose adds up.
    await pair.bedAir({ lossPercent })
    await pair.bed.waitForTimeout(3_000)
    const before = await sound()
    await pair.bed.waitForTimeout(seconds * 1_000)
    const after = await sound()
    const samples = after.samples - before.samples
    if (samples < (seconds - 2) * 48_000) throw new Error('the sound is not played')
    const lost = after.lost - before.lost
    const lostShare = (100 * lost) / (after.received - before.received + lost)
    const concealed = (100 * (after.concealed - before.concealed)) / samples
    console.log(`  at ${lossPercent} %: ${lostShare.toFixed(1)} % lost, ${concealed.toFixed(1)} % made up`)
    figures.push(atMost(`sound-made-up-at-${lossPercent}-percent-loss`, concealed, goal, '%'))
  }
  await pair.close()
  return figures
}
