/** The administrator's page of the server: what stands there when it is known, and when it is not. */
import { expect, test } from 'vitest'
import type { KeepingAnswer } from '../../src/protocol/keeping.ts'
import { createAdminKeeping } from '../../src/state/admin-keeping.ts'
import { fakeWorld } from '../fakes/ports.ts'

const retention = { stays: 365, outpatients: null, guests: null, staff: null, calls: null }
const fine: KeepingAnswer = { alerts: [], backup: { lastMs: 1 }, sheet: null, retention, checkedMs: 2 }

test('[KEEP-19] what the server says stands there, and without an answer nothing of before does', async () => {
  const { world, ports } = fakeWorld()
  world.answers['/keeping'] = [fine, 'not-ready', { ...fine, alerts: [{ type: 'backup-off' }] }]
  const state = createAdminKeeping(ports)
  expect(state.keeping.value).toBeNull()
  await state.look()
  expect([state.keeping.value, state.failure.value]).toEqual([fine, null])
  await state.look()
  expect([state.keeping.value, state.failure.value]).toEqual([null, 'not-ready'])
  await state.look()
  expect([state.keeping.value?.alerts.length, state.failure.value]).toEqual([1, null])
})
