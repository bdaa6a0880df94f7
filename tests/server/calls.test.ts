/** What the server decides about calls, through real sockets: all that two clients could disagree on. */
import { expect, test } from 'vitest'
import { openStation } from './client.ts'
import { invitation, media, openWard, ring, talk } from './ward.ts'

test('[SWITCH-1] a ring is told to both ends, each with its own part', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  const invite = invitation(bed)
  nurse.say(invite)
  const there = await bed.hear('call.changed')
  const here = await nurse.hear('call.changed')
  expect(here.call).toMatchObject({ callId: invite.callId, part: 'caller', phase: 'ringing', epoch: 1 })
  expect(there.call).toMatchObject({
    part: 'callee',
    peer: { type: 'staff', name: 'Anna Laine', role: 'nurse' },
  })
  expect(there.call.remainingMs).toBeGreaterThan(29_000)
})

test('[SWITCH-2] an answer is told to both ends and to nobody else', async () => {
  const ward = await openWard()
  const [bed, other] = [await ward.bed('1'), await ward.bed('2')]
  const nurse = await ward.station()
  await talk(nurse, bed)
  await other.settled()
  expect(other.heard()).toEqual([])
})

test('[SWITCH-4] two who ask for a fresh link at once get one', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  const { callId, epoch } = await talk(nurse, bed)
  bed.say({ type: 'call.relink', callId, epoch })
  nurse.say({ type: 'call.relink', callId, epoch })
  for (const client of [bed, nurse]) {
    await client.settled()
    const epochs = client
      .heard()
      .flatMap((message) => (message.type === 'call.changed' ? [message.call.epoch] : []))
    expect(new Set(epochs)).toEqual(new Set([epoch + 1]))
  }
})

test('[SWITCH-1] a bed in a call is busy for everyone else, and its call goes on', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const [nurse, other] = [await ward.station('Anna Laine'), await ward.station('Ben Okafor')]
  const { callId, epoch } = await talk(nurse, bed)
  other.say(invitation(bed))
  expect(await other.hear('call.ended')).toMatchObject({ reason: 'busy', by: 'server' })
  nurse.say(media(callId, epoch))
  await bed.hear('call.signal')
})

test('[SWITCH-1] two stations that ring one bed at once: one rings, the other is told busy', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const [nurse, other] = [await ward.station('Anna Laine'), await ward.station('Ben Okafor')]
  nurse.say(invitation(bed))
  other.say(invitation(bed))
  for (const client of [nurse, other, bed]) await client.settled()
  const told = [nurse, other].flatMap((client) => client.heard()).map(({ type }) => type)
  expect(told.filter((type) => type === 'call.ended')).toHaveLength(1)
  expect(bed.heard().filter(({ type }) => type === 'call.changed')).toHaveLength(1)
})

test('[SWITCH-1] glare: who rings the one that rings them gets that call', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  const [mine, theirs] = [invitation(nurse, 'mine', bed), invitation(bed)]
  bed.say(mine)
  await bed.settled()
  nurse.say(theirs)
  const glare = await nurse.hear('call.glare')
  expect(glare).toMatchObject({ callId: theirs.callId, call: { callId: mine.callId, part: 'callee' } })
  nurse.say({ type: 'call.accept', callId: mine.callId })
  await bed.hear('call.changed', ({ call }) => call.phase === 'accepted')
})

test('[SWITCH-2] of two tabs the first answer wins, the other is told that it was taken elsewhere', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  const tabs = [await openStation(ward.origin, cookie), await openStation(ward.origin, cookie)] as const
  const caller = await ward.station('Ben Okafor')
  const invite = invitation(tabs[0])
  caller.say(invite)
  for (const tab of tabs) await tab.hear('call.changed')
  for (const tab of tabs) tab.say({ type: 'call.accept', callId: invite.callId })
  await caller.hear('call.changed', ({ call }) => call.phase === 'accepted')
  for (const tab of tabs) await tab.settled()
  const told = tabs.map((tab) => tab.heard().filter(({ type }) => type !== 'bed.changed'))
  const taken = told.filter((messages) => messages.some((message) => message.type === 'call.ended'))
  expect(taken).toHaveLength(1)
  expect(taken[0]).toContainEqual(
    expect.objectContaining({ type: 'call.ended', reason: 'taken-elsewhere', by: 'server' }),
  )
})

test('[SWITCH-3] a ring nobody answers ends by the server', async () => {
  const ward = await openWard({ timeScale: 0.005 })
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  nurse.say(invitation(bed))
  for (const client of [nurse, bed])
    expect(await client.hear('call.ended')).toMatchObject({ reason: 'no-answer', by: 'server' })
})

test.each([
  ['cancel', 'caller', 'cancelled'],
  ['decline', 'callee', 'declined'],
] as const)('[SWITCH-3] %s ends the ring for both, told from each side', async (_name, who, reason) => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  const callId = await ring(nurse, bed)
  const [ender, other] = who === 'caller' ? [nurse, bed] : [bed, nurse]
  ender.say({ type: 'call.end', callId, reason })
  expect(await ender.hear('call.ended')).toEqual({ type: 'call.ended', callId, reason, by: 'me' })
  expect(await other.hear('call.ended')).toEqual({ type: 'call.ended', callId, reason, by: 'peer' })
})

test('[SWITCH-3] either end hangs up, and the bed can be called again at once', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  for (const ender of [nurse, bed]) {
    const { callId } = await talk(nurse, bed)
    ender.say({ type: 'call.end', callId, reason: 'hung-up' })
    for (const client of [nurse, bed]) await client.hear('call.ended', (ended) => ended.callId === callId)
  }
})

test('[CALL-2] every act said twice is done once', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  const invite = invitation(bed)
  const { callId } = invite
  nurse.say(invite)
  nurse.say(invite)
  await bed.hear('call.changed')
  bed.say({ type: 'call.accept', callId })
  bed.say({ type: 'call.accept', callId })
  await nurse.hear('call.changed', ({ call }) => call.phase === 'accepted')
  nurse.say(invite)
  nurse.say({ type: 'call.relink', callId, epoch: 1 })
  nurse.say({ type: 'call.relink', callId, epoch: 1 })
  await bed.hear('call.changed', ({ call }) => call.epoch === 2)
  bed.say({ type: 'call.end', callId, reason: 'hung-up' })
  bed.say({ type: 'call.end', callId, reason: 'declined' })
  expect(await nurse.hear('call.ended')).toMatchObject({ callId, reason: 'hung-up' })
  for (const client of [nurse, bed]) await client.settled()
  expect(nurse.heard().filter(({ type }) => type === 'call.ended')).toEqual([])
  bed.heard().length = 0
  nurse.say(invite)
  expect(await nurse.hear('call.ended')).toEqual({
    type: 'call.ended',
    callId,
    reason: 'hung-up',
    by: 'peer',
  })
  await bed.settled()
  expect(bed.heard()).toEqual([])
})

test('[SWITCH-1] an invitation that arrives too late rings nobody', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  nurse.say({ ...invitation(bed), expiresAtMs: Date.now() - 1 })
  expect(await nurse.hear('call.ended')).toMatchObject({ reason: 'connection-lost', by: 'server' })
  await bed.settled()
  expect(bed.heard()).toEqual([])
})

test('[SWITCH-14] a nurse’s other screen knows of her call, takes it over, and it is in the record once (HZ-2)', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const cookie = await ward.signIn('Anna Laine')
  const [desk, phone] = [await openStation(ward.origin, cookie), await openStation(ward.origin, cookie)]
  const { callId, epoch } = await talk(desk, bed)
  expect(await phone.hear('call.elsewhere')).toMatchObject({ call: { callId, peer: { label: '1' } } })
  phone.say({ type: 'call.take', callId })
  expect(await desk.hear('call.ended')).toMatchObject({ reason: 'taken-elsewhere', by: 'me' })
  expect(await phone.hear('call.changed')).toMatchObject({ call: { part: 'caller', epoch: epoch + 1 } })
  expect(await desk.hear('call.elsewhere')).toMatchObject({ call: { callId } })
  expect(await phone.hear('call.elsewhere')).toMatchObject({ call: null })
  bed.say(media(callId, epoch + 1))
  await phone.hear('call.signal')
  phone.say({ type: 'call.end', callId, reason: 'hung-up' })
  expect(await desk.hear('call.elsewhere')).toMatchObject({ call: null })
  const { db } = ward.store
  const acts = await db.selectFrom('audit').select('action').where('entity_id', '=', callId).execute()
  expect(acts.map(({ action }) => action)).toEqual([
    'call-invited',
    'call-answered',
    'call-taken-over',
    'call-ended',
  ])
})
