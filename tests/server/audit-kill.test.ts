import { expect, test } from 'vitest'
import { killRounds } from '../lab/audit-kill.ts'

test('[AUDIT-4] a server killed with acts in flight has lost no acknowledged act and broken no chain', async () => {
  const { rounds, acknowledged, problems } = await killRounds(5, 7)
  expect(problems).toEqual([])
  expect(rounds).toBe(5)
  expect(acknowledged).toBeGreaterThan(20)
}, 90_000)
