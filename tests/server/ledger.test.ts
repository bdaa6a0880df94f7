/** What a tablet is told when its patient asks who called. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { closeCode } from '../../src/protocol/wire.ts'
import { unspoken } from '../../src/protocol/wishes.ts'
import type { Client } from './client.ts'
import { bedIdOf, openWard, talk } from './ward.ts'

async function ask(bed: Client) {
  bed.say({ type: 'ledger.ask' })
  return await bed.hear('ledger.yours')
}

test('[LEDGER-1] every call and knock of this stay: when, who, in what role, and what came of it (HZ-3)', async () => {
  const ward = await openWard()
  const [nurse, bed] = [await ward.station(), await ward.bed('1')]
  const { callId } = await talk(nurse, bed)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await bed.hear('call.ended')
  nurse.say({
    type: 'call.invite',
    callId: 'ledger-knock-0001',
    to: { type: 'bed', bedId: bedIdOf(bed) },
    mode: 'knock',
    stay: bed.welcome.stay?.epoch ?? 0,
    expiresAtMs: Date.now() + 5_000,
  })
  await bed.hear('call.changed', ({ call }) => call.callId === 'ledger-knock-0001')
  bed.say({ type: 'call.end', callId: 'ledger-knock-0001', reason: 'declined' })
  await bed.hear('call.ended')
  const { lines, more, stay } = await ask(bed)
  expect({ more, stay }).toEqual({ more: false, stay: bed.welcome.stay?.epoch })
  expect(lines.map(({ how, who, role, cameOut }) => [how, who, role, cameOut.type])).toEqual([
    ['knocked', 'Anna Laine', 'nurse', 'ended'],
    ['rang', 'Anna Laine', 'nurse', 'talked'],
  ])
  expect(lines[0]?.cameOut).toEqual({ type: 'ended', reason: 'declined' })
})

test('[LEDGER-2] another patient’s list is never told: not another bed’s, nor that of who lay there before (HZ-6)', async () => {
  const ward = await openWard()
  const [nurse, bed, other] = [await ward.station(), await ward.bed('1'), await ward.bed('2')]
  const { callId } = await talk(nurse, bed)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await bed.hear('call.ended')
  expect((await ask(other)).lines).toEqual([])
  const view = nurse.welcome.snapshot?.beds.find(({ label }) => label === '1')
  nurse.say({
    type: 'admission.discharge',
    actId: randomUUID(),
    admissionId: view?.stay.admissionId ?? '',
    born: view?.patient?.born ?? '',
    number: view?.patient?.number ?? '',
  })
  await bed.hear('stay.changed')
  expect((await ask(bed)).lines, 'nobody lies there').toEqual([])
  nurse.say({
    type: 'admission.admit',
    actId: randomUUID(),
    admissionId: randomUUID(),
    bedId: view?.bedId ?? '',
    patient: { name: 'Somebody Else', born: '1950-01-01', number: 'NEXT-1' },
    wishes: unspoken,
  })
  await bed.hear('stay.changed')
  expect((await ask(bed)).lines, 'somebody else lies there').toEqual([])
})

test('[LEDGER-3] a station cannot ask for it', async () => {
  const ward = await openWard()
  const nurse = await ward.station()
  nurse.say({ type: 'ledger.ask' })
  expect((await nurse.closed).code).toBe(closeCode.forbidden)
})
