/** Ringing a bed whose patient wants to be alone: only where the ward allows it, and never unseen (HZ-3). */
import { expect, test } from 'vitest'
import type { CallOverride } from '../../src/protocol/call-override.ts'
import { post } from './client.ts'
import { openWard } from './ward.ts'

const override = { over: 'privacy', why: 'worried', words: 'no answer at the door' } as const

async function wardWith(overrides: 'on' | 'off') {
  const ward = await openWard()
  if (overrides === 'on') await allow(ward, 'on')
  const [nurse, bed] = [await ward.station(), await ward.bed('1')]
  const privacyUntilMs = Date.now() + 60_000
  bed.say({ type: 'bed.report', report: { sound: 'on', knock: false, privacyUntilMs, cleanEpoch: null } })
  const { bed: view } = await nurse.hear('bed.changed', ({ bed }) => bed.report?.privacyUntilMs !== null)
  const say = (callId: string, mode: 'ring' | 'knock' = 'ring', said: CallOverride = override) =>
    nurse.say({
      type: 'call.override',
      callId,
      mode,
      bedId: view.bedId,
      stay: view.stay.epoch,
      expiresAtMs: Date.now() + 5_000,
      override: said,
    })
  const acts = async () => {
    const rows = await ward.store.db.selectFrom('audit').select(['text']).orderBy('seq').execute()
    return rows
      .map(({ text }) => JSON.parse(text).act)
      .filter(({ action }) => action.startsWith('call-') || action === 'ward-changed')
      .map(({ action, outcome, detail, reason }) => ({ action, outcome, detail, reason }))
  }
  return { ward, nurse, bed, view, say, acts }
}

async function allow(ward: Awaited<ReturnType<typeof openWard>>, overrides: 'on' | 'off') {
  const cookie = await ward.signIn('Oskar Berg')
  const answer = await post(ward.origin, '/api/ward/overrides', { overrides }, { cookie })
  expect(answer.status).toBe(200)
}

test('[PRIV-6] where the ward does not allow it nothing rings, and the try is on record (HZ-3)', async () => {
  const { nurse, bed, view, say, acts } = await wardWith('off')
  expect(view).not.toHaveProperty('override')
  say('override-call-0001')
  const { reason, by } = await nurse.hear('call.ended')
  expect([reason, by]).toEqual(['privacy-on', 'server'])
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type.startsWith('call.'))).toEqual([])
  expect(await acts()).toEqual([
    { action: 'call-invited', outcome: 'refused', detail: 'privacy-on', reason: null },
    { action: 'call-overridden', outcome: 'refused', detail: 'worried', reason: override.words },
  ])
})

test('[PRIV-6] where it does it rings, says why, is written with the call, and read by the patient (HZ-3)', async () => {
  const { nurse, bed, view, say, acts } = await wardWith('on')
  expect(view.override).toBe('allowed')
  say('override-call-0002')
  const { call } = await bed.hear('call.changed')
  expect(call).toMatchObject({ phase: 'ringing', mode: 'ring', override })
  bed.say({ type: 'call.end', callId: call.callId, reason: 'declined' })
  await nurse.hear('call.ended')
  expect((await acts()).slice(0, 3)).toEqual([
    { action: 'ward-changed', outcome: 'done', detail: 'overrides on', reason: null },
    { action: 'call-invited', outcome: 'done', detail: null, reason: null },
    { action: 'call-overridden', outcome: 'done', detail: 'worried', reason: override.words },
  ])
  bed.say({ type: 'ledger.ask' })
  const { lines } = await bed.hear('ledger.yours')
  expect(lines).toMatchObject([
    { how: 'overrode', who: 'Anna Laine', override, cameOut: { type: 'ended', reason: 'declined' } },
  ])
})

test('[PRIV-6] an ordinary ring at a curtain stays refused where overrides are allowed', async () => {
  const { nurse, view } = await wardWith('on')
  nurse.say({
    type: 'call.invite',
    callId: 'override-call-0003',
    to: { type: 'bed', bedId: view.bedId },
    mode: 'ring',
    stay: view.stay.epoch,
    expiresAtMs: Date.now() + 5_000,
  })
  expect((await nurse.hear('call.ended')).reason).toBe('privacy-on')
})

test('[PRIV-6] an override of quiet hours may be a knock, opens no curtain, and is written as what it is (HZ-3)', async () => {
  const { nurse, bed, say, acts } = await wardWith('on')
  const quiet = { ...override, over: 'quiet' } as const
  say('override-call-0004', 'knock', quiet)
  expect((await nurse.hear('call.ended')).reason, 'the curtain is drawn').toBe('privacy-on')
  bed.say({
    type: 'bed.report',
    report: { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: null },
  })
  await nurse.hear('bed.changed', ({ bed }) => bed.report?.privacyUntilMs === null)
  say('override-call-0005', 'knock', quiet)
  const { call } = await bed.hear('call.changed')
  expect(call).toMatchObject({ phase: 'ringing', mode: 'knock', override: quiet })
  bed.say({ type: 'call.end', callId: call.callId, reason: 'declined' })
  await nurse.hear('call.ended', ({ callId }) => callId === call.callId)
  expect((await acts()).slice(3, 5)).toEqual([
    { action: 'call-knocked', outcome: 'done', detail: null, reason: null },
    { action: 'call-overridden', outcome: 'done', detail: 'quiet worried', reason: override.words },
  ])
  bed.say({ type: 'ledger.ask' })
  const { lines } = await bed.hear('ledger.yours')
  expect(lines.map(({ override }) => override)).toEqual([quiet, quiet])
})

test('[PRIV-6] where the ward allows no override, none of quiet hours rings either (HZ-3)', async () => {
  const { nurse, bed, say } = await wardWith('off')
  say('override-call-0006', 'ring', { ...override, over: 'quiet' })
  await nurse.hear('call.ended')
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type.startsWith('call.'))).toEqual([])
})
