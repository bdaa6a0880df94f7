/**
 * The server is killed and started again in the middle of a call, call after call: whether each call goes on, and whether
 * any of what happened stands twice in the record.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openCallPair, soundAgain } from './call-pair.ts'
import { atMost, type Figure } from './figure.ts'

/** How many calls were answered, and how many acts of calls stand there more than once. */
function recordOf(data: string): { answered: number; doubled: number } {
  const store = new DatabaseSync(join(data, 'bedside.db'), { readOnly: true })
  try {
    const rows = store
      .prepare(
        "SELECT action, count(*) AS n, count(DISTINCT entity_id) AS calls FROM audit WHERE action LIKE 'call-%' GROUP BY action",
      )
      .all()
    const answered = rows.find(({ action }) => action === 'call-answered')?.calls
    return {
      answered: Number(answered ?? 0),
      doubled: rows.reduce((sum, { n, calls }) => sum + Number(n) - Number(calls), 0),
    }
  } finally {
    store.close()
  }
}

export async function benchKilled(rounds = 20): Promise<Figure[]> {
  const pair = await openCallPair()
  const { station, bed, server } = pair
  let lost = 0
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await pair.call()
    await server.kill()
    const stale = station.getByText('What you see is from then.', { exact: false })
    await stale.waitFor()
    await server.start()
    await stale.waitFor({ state: 'hidden' })
    await Promise.all([station, bed].map((page) => soundAgain(page, 0)))
    const isLive = await station.getByRole('button', { name: 'End call' }).isVisible()
    if (!isLive) lost += 1
    await station.getByRole('button', { name: 'End call' }).click()
    await station.getByText('Call ended', { exact: false }).first().waitFor()
  }
  // It holds its file for itself alone.
  await server.kill()
  const { answered, doubled } = recordOf(server.data)
  await pair.close()
  console.log(`  ${rounds} calls, ${lost} lost; ${answered} answered in the record, ${doubled} acts doubled`)
  return [
    atMost('calls-lost-by-a-killed-server', lost + (rounds - answered), 0, `of ${rounds}`),
    atMost('acts-doubled-by-a-killed-server', doubled, 0, 'acts'),
  ]
}
