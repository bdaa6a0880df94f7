/** Whether a telephone is told of requests: silence needs only one of the two who agreed on it. */
import { expect, test } from 'vitest'
import { createPhone } from '../../src/state/phone.ts'
import type { ApiPort, PhonePort } from '../../src/state/ports.ts'

async function phoneThatIsOn(unsubscribe: PhonePort['unsubscribe']) {
  const server = { isThere: true }
  let quiet: unknown = null
  const ask = async (_how: string, path: string, said: { quiet?: unknown }) => {
    if (!server.isThere) return { ok: false, failure: 'unreachable' }
    if (path === '/phone/quiet') quiet = said.quiet
    return { ok: true, value: { key: 'k', on: true, quiet } }
  }
  const port: PhonePort = {
    able: () => 'yes',
    isSubscribed: async () => true,
    subscribe: async () => ({ ok: false, failure: 'failed' }),
    unsubscribe,
    clearWhenSeen() {},
  }
  const phone = createPhone(
    { ask } as unknown as Pick<ApiPort, 'ask'>,
    async () => port,
    () => 'en',
  )
  await phone.load()
  expect(phone.state.value.type).toBe('on')
  return { phone, server }
}

test('turned off without a network it is off: the browser has let go of it', async () => {
  const { phone, server } = await phoneThatIsOn(async () => {})
  server.isThere = false
  await phone.turnOff()
  expect(phone.state.value).toEqual({ type: 'off', problem: null })
})

test('turned off by the server alone it is off; by neither of the two it is still on', async () => {
  const { phone, server } = await phoneThatIsOn(() => Promise.reject(new Error('no')))
  server.isThere = false
  await phone.turnOff()
  expect(phone.state.value.type).toBe('on')
  server.isThere = true
  await phone.turnOff()
  expect(phone.state.value.type).toBe('off')
})

test('quiet hours stand as the server keeps them, and as they stood where it was not reached', async () => {
  const { phone, server } = await phoneThatIsOn(async () => {})
  const night = { fromMinute: 22 * 60, untilMinute: 7 * 60 }
  expect(await phone.beQuiet(night)).toBe(true)
  expect(phone.quiet.value).toEqual(night)
  server.isThere = false
  expect(await phone.beQuiet(null)).toBe(false)
  expect(phone.quiet.value).toEqual(night)
})
