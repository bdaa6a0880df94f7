/** The administrator's page of how calls go: what is asked, and what counts of the answers. */
import { expect, test } from 'vitest'
import type { ServiceAnswer } from '../../src/protocol/service.ts'
import { createAdminService } from '../../src/state/admin-service.ts'
import { fakeWorld } from '../fakes/ports.ts'

const none = {
  ...{ calls: 0, answered: 0, setUp: null, dropped: 0, reconnectionsPer100: null, relayed: null, poor: null },
}
const answer = (calls: number): ServiceAnswer => ({ ward: 'Ward 4B', whole: { ...none, calls }, beds: [] })

test('[SERVICE-7] what was chosen is asked for, and what was answered stands there', async () => {
  const { world, ports } = fakeWorld()
  world.answers['/service-levels'] = answer(3)
  const state = createAdminService(ports)
  await state.choose('30')
  expect(world.asked).toEqual([{ path: '/service-levels', said: { days: '30' } }])
  expect([state.days.value, state.service.value?.whole.calls]).toEqual(['30', 3])
})

test('[SERVICE-7] of two questions the last one counts, whichever is answered first', async () => {
  const { world, ports } = fakeWorld()
  const waiting: (() => void)[] = []
  const { ask } = ports.api
  ports.api.ask = async (...asked) => {
    await new Promise<void>((go) => waiting.push(go))
    return await ask(...asked)
  }
  world.answers['/service-levels'] = [answer(1), answer(30)]
  const state = createAdminService(ports)
  const [first, second] = [state.choose('1'), state.choose('30')]
  waiting[0]?.()
  await first
  expect(state.service.value).toBeNull()
  waiting[1]?.()
  await second
  expect(state.service.value?.whole.calls).toBe(30)
})

test('[SERVICE-7] without an answer it says why, and shows no figure of before', async () => {
  const { world, ports } = fakeWorld()
  world.answers['/service-levels'] = [answer(3), 'not-ready', answer(4)]
  const state = createAdminService(ports)
  await state.choose('7')
  await state.choose('7')
  expect([state.failure.value, state.service.value]).toEqual(['not-ready', null])
  await state.choose('7')
  expect([state.failure.value, state.service.value?.whole.calls]).toEqual([null, 4])
})
