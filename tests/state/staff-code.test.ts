/** The staff code at a signed-in screen: shown when it is asked for, and not for long. */
import { expect, test } from 'vitest'
import { createStaffCodeDesk } from '../../src/state/staff-code.ts'
import { fakeWorld } from '../fakes/ports.ts'

function desk() {
  const { world, ports } = fakeWorld()
  world.answers['/staff-code'] = { code: '012345', madeMs: 1 }
  return { world, desk: createStaffCodeDesk(ports.api, ports.clock) }
}

test('[CODE-7] the code is shown when somebody asks for it, and hidden after a minute', async () => {
  const { world, desk: code } = desk()
  expect(code.shown.value).toEqual({ type: 'hidden' })
  await code.show()
  expect(code.shown.value).toEqual({ type: 'shown', code: { code: '012345', madeMs: 1 } })
  world.advance(59_999)
  expect(code.shown.value.type).toBe('shown')
  world.advance(1)
  expect(code.shown.value).toEqual({ type: 'hidden' })
})

test('[CODE-7] an answer that comes after it was hidden is not shown', async () => {
  const { desk: code } = desk()
  const asking = code.show()
  code.hide()
  await asking
  expect(code.shown.value).toEqual({ type: 'hidden' })
})

test('[CODE-7] a refusal, and a server that is not there, are said', async () => {
  const { world, desk: code } = desk()
  world.answers['/staff-code'] = 'forbidden'
  await code.renew()
  expect(code.shown.value).toEqual({ type: 'failed', failure: 'forbidden' })
  world.answers = {}
  await code.show()
  expect(code.shown.value).toEqual({ type: 'failed', failure: 'unreachable' })
})

test('[CODE-7] another one is made by a request of its own', async () => {
  const { world, desk: code } = desk()
  await code.renew()
  expect(world.did).toContain('POST /staff-code')
  expect(code.shown.value.type).toBe('shown')
})
