/** Several at one table, at the server: what each screen is told, what is written down, and what a restart goes on with. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CallView } from '../../src/protocol/call.ts'
import type { Client } from './client.ts'
import { media, openWard, staffIdOf, talk, temporaryFolder } from './ward.ts'

type Ward = Awaited<ReturnType<typeof openWard>>

/** Anna, in a call with bed 1, and Ben at his station. */
async function talking(ward: Ward) {
  const [anna, ben, bed] = [await ward.station(), await ward.station('Ben Okafor'), await ward.bed()]
  const { callId } = await talk(anna, bed)
  return { anna, ben, bed, callId }
}

function ask(from: Client, whom: Client, tableId: string): string {
  const callId = randomUUID()
  const to = { type: 'staff', staffId: staffIdOf(whom) } as const
  from.say({
    ...{ type: 'call.invite', callId, to, mode: 'ring', stay: null, tableId },
    expiresAtMs: Date.now() + 5_000,
  })
  return callId
}

/** The calls that go on, as they are written down. */
async function openCalls({ store: { db } }: Ward): Promise<string[]> {
  const rows = await db.selectFrom('calls').select('call_id').where('ended_ms', 'is', null).execute()
  return rows.map(({ call_id }) => call_id)
}

const call = async (client: Client, is: (call: CallView) => boolean): Promise<CallView> =>
  (await client.hear('call.changed', (message) => is(message.call))).call

/** Ben is asked, comes, and the patient lets him in. */
async function letIn({ anna, ben, bed, callId }: Awaited<ReturnType<typeof talking>>) {
  const asked = ask(anna, ben, callId)
  await call(ben, (one) => one.callId === asked)
  ben.say({ type: 'call.accept', callId: asked })
  const leg = await call(bed, ({ table }) => table !== undefined)
  bed.say({ type: 'call.accept', callId: leg.callId })
  await call(ben, (one) => one.callId === leg.callId && one.phase === 'accepted')
  return { asked, leg: leg.callId }
}

test('[TABLE-2] a colleague rings, comes, and is a ring at the bed: the patient’s answer is written down as consent (HZ-3)', async () => {
  const ward = await openWard()
  const there = await talking(ward)
  const { anna, ben, bed, callId } = there
  const asked = ask(anna, ben, callId)
  const bedParty = bed.welcome.me
  expect(await call(ben, (one) => one.callId === asked)).toMatchObject({
    phase: 'ringing',
    table: { tableId: callId, joins: 'callee', bed: bedParty },
  })
  ben.say({ type: 'call.accept', callId: asked })
  const leg = await call(bed, ({ table }) => table !== undefined)
  expect(leg).toMatchObject({ phase: 'ringing', part: 'callee', peer: ben.welcome.me, stay: 1 })
  bed.say({ type: 'call.accept', callId: leg.callId })
  const { epoch } = await call(ben, (one) => one.callId === leg.callId && one.phase === 'accepted')
  ben.say(media(leg.callId, epoch))
  await bed.hear('call.signal', (message) => message.callId === leg.callId)
  const acts = await ward.store.db
    .selectFrom('audit')
    .select(['action', 'agent_id', 'peer_id', 'patient_id'])
    .where('entity_id', '=', leg.callId)
    .execute()
  expect(acts.map(({ action }) => action)).toEqual(['call-invited', 'call-answered'])
  expect(acts[1]).toMatchObject({
    agent_id: bedParty.type === 'bed' && bedParty.bedId,
    peer_id: staffIdOf(ben),
  })
  expect(acts[1]?.patient_id).not.toBeNull()
})

test('[TABLE-3] whoever is not let in is gone from the table, and the talk goes on', async () => {
  const ward = await openWard()
  const { anna, ben, bed, callId } = await talking(ward)
  const asked = ask(anna, ben, callId)
  await call(ben, (one) => one.callId === asked)
  ben.say({ type: 'call.accept', callId: asked })
  const leg = await call(bed, ({ table }) => table !== undefined)
  bed.say({ type: 'call.end', callId: leg.callId, reason: 'declined' })
  const told = await ben.hear('call.ended', (end) => end.callId === leg.callId)
  expect(told).toMatchObject({ reason: 'declined', by: 'peer' })
  expect(await anna.hear('call.ended', (end) => end.callId === asked)).toMatchObject({ reason: 'declined' })
  expect(await openCalls(ward)).toEqual([callId])
})

test('[TABLE-3] the nurse leaves a table of three, and her colleague and the patient go on, also after a restart', async () => {
  const dataFolder = temporaryFolder()
  const ward = await openWard({ dataFolder })
  const there = await talking(ward)
  const { leg, asked } = await letIn(there)
  there.anna.say({ type: 'call.end', callId: there.callId, reason: 'hung-up' })
  await there.ben.hear('call.ended', (end) => end.callId === asked)
  await there.bed.hear('call.ended', (end) => end.callId === there.callId)
  expect(await openCalls(ward)).toEqual([leg])
  const before = await openCalls(ward)
  await ward.close()
  const again = await openWard({ dataFolder })
  expect(await openCalls(again)).toEqual(before)
})

test('[TABLE-1] a fifth is refused with a reason, and so is whoever asks from outside', async () => {
  const ward = await openWard()
  const there = await talking(ward)
  await letIn(there)
  const [third, fourth] = [await ward.station('Maria Oja'), await ward.station('Oskar Berg')]
  const foreign = ask(third, fourth, there.callId)
  expect(await third.hear('call.ended', (end) => end.callId === foreign)).toMatchObject({
    reason: 'connection-lost',
  })
  ask(there.anna, third, there.callId)
  const asked = await call(third, ({ table }) => table !== undefined)
  third.say({ type: 'call.accept', callId: asked.callId })
  await call(third, (one) => one.callId !== asked.callId)
  const fifth = ask(there.ben, fourth, there.callId)
  const refused = await there.ben.hear('call.ended', (end) => end.callId === fifth)
  expect(refused).toMatchObject({ reason: 'table-full', by: 'server' })
})
