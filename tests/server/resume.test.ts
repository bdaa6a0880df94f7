/** A session that outlives its socket: what is said again, what is not, and when it begins anew. */
import { expect, test } from 'vitest'
import { openBed, openStation } from './client.ts'
import { media, offer, openWard, ring, talk } from './ward.ts'

test('[SOCKET-8] what was said while the socket was gone comes in order when it is back', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId, epoch } = await talk(nurse, bed)
  await bed.settled()
  const history = bed.history()
  await bed.cut()
  await nurse.hear('bed.changed')
  const negotiations = [1, 2, 3]
  for (const negotiation of negotiations) nurse.say(offer(callId, epoch, negotiation))
  await nurse.settled()
  const { sessionId } = bed.welcome
  const back = await openBed(ward.origin, bed.tablet, {
    resume: { sessionId, received: history.received },
    claims: [{ callId, epoch }],
    history,
  })
  expect(back.welcome).toMatchObject({ resumed: true, snapshot: null, received: history.sent, sessionId })
  for (const negotiation of negotiations)
    expect((await back.hear('call.signal')).signal).toMatchObject({ negotiation })
  back.say(media(callId, epoch))
  await nurse.hear('call.signal')
})

test('[SOCKET-8] of what is said again after a loss, the server takes only what it had not received', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const cookie = await ward.signIn('Anna Laine')
  const nurse = await openStation(ward.origin, cookie, { tabId: 'tab' })
  const { callId, epoch } = await talk(nurse, bed)
  nurse.say(offer(callId, epoch, 1))
  await nurse.settled()
  const history = nurse.history()
  await nurse.cut()
  const resume = { sessionId: nurse.welcome.sessionId, received: history.received }
  const back = await openStation(ward.origin, cookie, { tabId: 'tab', resume, history })
  expect(back.welcome).toMatchObject({ resumed: true, received: history.sent })
  back.sayAs(history.sent, offer(callId, epoch, 1))
  back.say(offer(callId, epoch, 2))
  await back.settled()
  await bed.settled()
  const offers = bed.heard().flatMap((message) => (message.type === 'call.signal' ? [message.signal] : []))
  expect(offers.map((signal) => 'negotiation' in signal && signal.negotiation)).toEqual([1, 2])
})

test('[SOCKET-8] a ring that ended while the tablet was away is known to it when it is back (HZ-3)', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const callId = await ring(nurse, bed)
  const history = bed.history()
  await bed.cut()
  await nurse.hear('bed.changed', ({ bed }) => bed.state.type === 'ringing')
  nurse.say({ type: 'call.end', callId, reason: 'cancelled' })
  await nurse.hear('call.ended')
  const back = await openBed(ward.origin, bed.tablet, {
    resume: { sessionId: bed.welcome.sessionId, received: history.received },
    claims: [{ callId, epoch: 1 }],
    history,
  })
  expect(await back.hear('call.ended')).toMatchObject({ callId, reason: 'cancelled', by: 'peer' })
})

test("[SOCKET-9] nobody resumes another's session", async () => {
  const ward = await openWard()
  const nurse = await ward.station('Anna Laine')
  const { sessionId } = nurse.welcome
  const thief = await openStation(ward.origin, await ward.signIn('Ben Okafor'), {
    resume: { sessionId, received: 0 },
  })
  expect(thief.welcome.resumed).toBe(false)
  expect(thief.welcome.sessionId).not.toBe(sessionId)
  expect(thief.welcome.me).toMatchObject({ name: 'Ben Okafor' })
  await nurse.settled()
})

test('[SOCKET-9] a session that claims to have received more than was sent begins anew', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const { sessionId } = bed.welcome
  await bed.cut()
  const back = await openBed(ward.origin, bed.tablet, { resume: { sessionId, received: 10 } })
  expect(back.welcome).toMatchObject({ resumed: false, snapshot: { calls: [] } })
})

test('[SOCKET-10] a session is kept for the reconnection time and no longer', async () => {
  let laterMs = 0
  const ward = await openWard({
    now: () => Date.now() + laterMs,
    limits: { sweepMs: 10 },
  })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { sessionId } = bed.welcome
  await bed.cut()
  await nurse.hear('bed.changed')
  laterMs = 59_000
  const back = await openBed(ward.origin, bed.tablet, { resume: { sessionId, received: 0 } })
  expect(back.welcome.resumed).toBe(true)
  await back.cut()
  await nurse.hear('bed.changed', ({ bed }) => bed.state.type === 'offline')
  laterMs += 61_000
  const late = await openBed(ward.origin, bed.tablet, { resume: { sessionId, received: 0 } })
  expect(late.welcome.resumed).toBe(false)
  expect(late.welcome.snapshot).toEqual({ beds: [], calls: [] })
})

test('[SOCKET-11] a session that is owed too much begins anew, with its calls in the snapshot', async () => {
  const ward = await openWard({ limits: { framesPerSecond: 1e6, burstFrames: 1e6 } })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId, epoch } = await talk(nurse, bed)
  const history = bed.history()
  await bed.cut()
  for (let count = 0; count < 600; count += 1) nurse.say(media(callId, epoch))
  await nurse.settled()
  const { sessionId } = bed.welcome
  const back = await openBed(ward.origin, bed.tablet, {
    resume: { sessionId, received: history.received },
    history,
  })
  expect(back.welcome.resumed).toBe(false)
  expect(back.welcome.snapshot?.calls).toMatchObject([{ callId, phase: 'accepted', part: 'callee' }])
})
