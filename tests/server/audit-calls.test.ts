/** What the audit says of calls, through real sockets: each act once, in the same transaction as its record. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { callActs, rowsOf, stayOf } from './audit-rows.ts'
import { bedIdOf, invitation, media, openWard, ring, staffIdOf, talk } from './ward.ts'

test('[AUDIT-1] a call is written down as it is rung, answered and ended, with both sides and the stay', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('2'), await ward.station()]
  const { callId, epoch } = await talk(nurse, bed)
  nurse.say(media(callId, epoch))
  nurse.say({ type: 'call.relink', callId, epoch })
  bed.say({ type: 'call.end', callId, reason: 'hung-up' })
  await nurse.hear('call.ended')
  await ward.close()
  const staff = { type: 'staff', staffId: staffIdOf(nurse), role: 'nurse' }
  const tablet = { type: 'bed', bedId: bedIdOf(bed) }
  const common = { outcome: 'done', patient: stayOf(ward.data, '2'), entity: { type: 'call', id: callId } }
  const acts = rowsOf(ward.data).filter(({ act }) => act.action.startsWith('call-'))
  expect(acts.map(({ act }) => act)).toMatchObject([
    { ...common, action: 'call-invited', agent: staff, peer: tablet },
    { ...common, action: 'call-answered', agent: tablet, peer: staff },
    { ...common, action: 'call-ended', agent: tablet, peer: staff, detail: 'hung-up' },
  ])
})

test('[AUDIT-1] a knock is written down as a knock, and an unanswered one as ended by the server', async () => {
  const ward = await openWard({ timeScale: 0.02 })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  bed.say({
    type: 'bed.report',
    report: { sound: 'on', knock: true, privacyUntilMs: null, cleanEpoch: null },
  })
  await bed.settled()
  nurse.say({ ...invitation(bed), mode: 'knock' })
  await nurse.hear('call.ended')
  await ward.close()
  expect(callActs(ward.data)).toEqual(['call-knocked by staff', 'call-ended by server no-answer'])
})

test('[AUDIT-2] a refused attempt is written down as refused, with the reason', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const [nurse, second] = [await ward.station('Anna Laine'), await ward.station('Ben Okafor')]
  await ring(nurse, bed)
  second.say(invitation(bed))
  await second.hear('call.ended')
  second.say({ ...invitation(bed), to: { type: 'bed', bedId: randomUUID() } })
  await second.hear('call.ended')
  await ward.close()
  expect(callActs(ward.data)).toEqual([
    'call-invited by staff',
    'call-invited by staff refused busy',
    'call-invited by staff refused device-unready',
  ])
})

test('[AUDIT-3] a repeat writes nothing twice', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const invite = invitation(bed)
  for (let time = 0; time < 3; time += 1) nurse.say(invite)
  await nurse.settled()
  for (let time = 0; time < 3; time += 1) bed.say({ type: 'call.accept', callId: invite.callId })
  await bed.settled()
  for (let time = 0; time < 3; time += 1) {
    nurse.say({ type: 'call.end', callId: invite.callId, reason: 'hung-up' })
    nurse.say(invite)
  }
  await nurse.settled()
  await ward.close()
  expect(callActs(ward.data)).toEqual([
    'call-invited by staff',
    'call-answered by bed',
    'call-ended by staff hung-up',
  ])
})
