/** What comes of a call: noted by whoever was on it, once it is over, and kept in the audit with it. */
import { expect, test } from 'vitest'
import type { CallOutcome } from '../../src/protocol/call-outcome.ts'
import type { Client } from './client.ts'
import { openWard, staffIdOf, talk } from './ward.ts'

async function talkingWard() {
  const ward = await openWard()
  const [bed, nurse, other] = [
    await ward.bed('1'),
    await ward.station('Anna Laine'),
    await ward.station('Ben Okafor'),
  ]
  const { callId } = await talk(nurse, bed)
  const end = async () => {
    nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
    await bed.hear('call.ended')
  }
  const note = async (who: Client, outcome: CallOutcome) => {
    who.say({ type: 'call.outcome', callId, outcome })
    await who.settled()
  }
  const noted = async () => {
    const rows = await ward.store.db
      .selectFrom('audit')
      .select(['text'])
      .where('action', '=', 'call-outcome')
      .orderBy('seq')
      .execute()
    return rows.map(({ text }) => JSON.parse(text).act)
  }
  return { ward, nurse, other, callId, end, note, noted }
}

test('[ROUND-4] it is on record with the call, its patient and who said it; said twice it is said once', async () => {
  const { nurse, callId, end, note, noted } = await talkingWard()
  await end()
  await note(nurse, 'visit')
  await note(nurse, 'visit')
  await note(nurse, 'later')
  const acts = await noted()
  expect(acts.map(({ detail }) => detail)).toEqual(['visit', 'later'])
  expect(acts[0]).toMatchObject({
    outcome: 'done',
    agent: { type: 'staff', staffId: staffIdOf(nurse) },
    peer: { type: 'bed' },
    entity: { type: 'call', id: callId },
  })
  expect(acts[0].patient, 'whose stay it was').toEqual(expect.any(String))
})

test('[ROUND-4] nobody notes anything of a call that goes on, of another’s, or of none', async () => {
  const { nurse, other, end, note, noted } = await talkingWard()
  await note(nurse, 'done')
  await end()
  await note(other, 'done')
  nurse.say({ type: 'call.outcome', callId: 'no-such-call', outcome: 'done' })
  await nurse.settled()
  expect(await noted()).toEqual([])
})
