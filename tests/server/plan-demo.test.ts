/** The demo ward's plan: there at the first start, by the ward's own clock, and never a second time. */
import { expect, test } from 'vitest'
import { newDevice } from './plan.ts'
import { openWard } from './ward.ts'

const environment = { BEDSIDE_DEMO_PLAN: 'made', BEDSIDE_ZONE: 'Europe/Helsinki' }

test('[DEMO-9] a demo ward has rounds, bedside calls, visits and notes for today, once, and no refusal', async () => {
  const first = await openWard({ environment })
  const cookie = await first.signIn('Anna Laine')
  const anna = newDevice(first.origin, cookie)
  await anna.syncAll()
  const appointments = anna.all('appointment')
  for (const kind of ['round', 'bed-call', 'visit', 'note'])
    expect([kind, appointments.some((one) => one.kind === kind)]).toEqual([kind, true])
  expect(appointments.some(({ status }) => status === 'waitlist')).toBe(true)
  expect(anna.all('attention')).toEqual([])
  expect(anna.all('series')).toHaveLength(2)
  const [round] = appointments.filter(({ kind }) => kind === 'round')
  const hour = new Date(round?.when.type === 'at' ? round.when.startMs : 0).toLocaleTimeString('en-GB', {
    timeZone: 'Europe/Helsinki',
  })
  expect(hour).toBe('09:00:00')
  expect(round?.stops).toHaveLength(8)
  await first.close()
  const again = await openWard({ environment, dataFolder: first.data })
  const back = newDevice(again.origin, cookie)
  await back.syncAll()
  expect(back.all('appointment')).toHaveLength(appointments.length)
})
