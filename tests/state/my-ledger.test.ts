/** *Who called me* on the tablet: seen by whom it concerns, for a minute. */
import { expect, test } from 'vitest'
import type { LedgerLine } from '../../src/protocol/ledger.ts'
import { createBed } from '../../src/state/bed.ts'
import { bedOne, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

const line: LedgerLine = {
  id: 'call-0001',
  atMs: 1,
  how: 'rang',
  who: 'Anna Laine',
  role: 'nurse',
  override: null,
  cameOut: { type: 'ended', reason: 'declined' },
}

async function readyBed() {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne))
  const answer = (stay = 1) =>
    world.socket?.received({ type: 'ledger.yours', stay, lines: [line], more: false })
  return { world, answer, ledger: bed.myLedger }
}

test('[LEDGER-4] it is asked for by a touch, and gone after a minute (HZ-6)', async () => {
  const { world, answer, ledger } = await readyBed()
  ledger.open()
  expect(world.sent.at(-1)).toEqual({ type: 'ledger.ask' })
  answer()
  expect(ledger.view.value).toEqual({ type: 'shown', lines: [line], more: false })
  world.advance(59_999)
  expect(ledger.view.value.type).toBe('shown')
  world.advance(1)
  expect(ledger.view.value.type).toBe('closed')
})

test('[LEDGER-4] what was not asked for, or is of another stay, is not shown (HZ-6)', async () => {
  const { answer, ledger } = await readyBed()
  answer()
  expect(ledger.view.value.type).toBe('closed')
  ledger.open()
  answer(2)
  expect(ledger.view.value.type).toBe('asked')
})

test('[LEDGER-4] it closes when somebody else comes to lie here, and when somebody calls (HZ-6)', async () => {
  const { world, answer, ledger } = await readyBed()
  ledger.open()
  answer()
  world.socket?.received({
    type: 'stay.changed',
    stay: { epoch: 2, admissionId: 'admission-2' },
    wishes: null,
  })
  expect(ledger.view.value.type).toBe('closed')
  answer(1)
  expect(ledger.view.value.type).toBe('closed')
  ledger.open()
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { stay: 2 }) })
  expect(ledger.view.value.type).toBe('closed')
})

test('[LEDGER-4] without the server it says so, and asks nothing that would be answered later', async () => {
  const { world, ledger } = await readyBed()
  world.socket?.lost()
  const before = world.sent.length
  ledger.open()
  expect(ledger.view.value.type).toBe('out-of-reach')
  expect(world.sent.length).toBe(before)
})
