/** Patients who are not in their bed for a while: told by the hospital or by hand, shown to everybody, and never knocked at. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { BedView } from '../../src/protocol/people.ts'
import { type Told, timeText } from '../fakes/adt.ts'
import { openHospital } from './adt.ts'
import type { Client } from './client.ts'
import { invitation, openWard } from './ward.ts'

const eero = { number: 'DEMO-1048', name: ['Salonen', 'Eero'], born: '19480302' } satisfies Told

/** Whoever lies in bed 1. */
const hers = (nurse: Client) => nurse.welcome.snapshot?.beds.find(({ label }) => label === '1')

test('[ADT-14] departing and arriving are shown on every board at once, since the first word of it (HZ-1)', async () => {
  const ward = await openHospital()
  const [nurse, other] = [await ward.station(), await ward.station('Ben Okafor')]
  const isAway = ({ bed }: { bed: BedView }) => bed.label === '1' && bed.awaySinceMs !== undefined
  const isBack = ({ bed }: { bed: BedView }) => bed.label === '1' && bed.awaySinceMs === undefined
  expect(await ward.says({ trigger: 'A09', people: [eero] })).toMatchObject({ code: 'AA' })
  const { bed } = await nurse.hear('bed.changed', isAway)
  await other.hear('bed.changed', isAway)
  await ward.says({ trigger: 'A09', people: [eero], at: timeText(Date.now() + 2_000) })
  const late = await ward.station('Maria Oja')
  expect(hers(late)?.awaySinceMs, 'since the first of them').toBe(bed.awaySinceMs)
  await ward.says({ trigger: 'A10', people: [eero], at: timeText(Date.now() + 4_000) })
  await nurse.hear('bed.changed', isBack)
  const acts = await ward.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'away-changed')
    .execute()
  expect(acts.map(({ text }) => text).join()).toContain('adt')
  await ward.close()
})

test('[ADMIT-17] by hand away and back, kept over a restart; and a knock there is a ring (HZ-3)', async () => {
  const ward = await openWard()
  const [nurse, bed] = [await ward.station(), await ward.bed('1')]
  const admissionId = hers(nurse)?.stay.admissionId ?? ''
  const say = async (now: 'away' | 'back') => {
    const actId = randomUUID()
    nurse.say({ type: 'admission.away', actId, admissionId, now })
    expect(await nurse.hear('admission.answered', (said) => said.actId === actId)).toMatchObject({
      refusal: null,
    })
  }
  const modeOfKnock = async () => {
    const knock = { ...invitation(bed), mode: 'knock' } as const
    nurse.say(knock)
    const { call } = await bed.hear('call.changed', (said) => said.call.callId === knock.callId)
    nurse.say({ type: 'call.end', callId: knock.callId, reason: 'cancelled' })
    await bed.hear('call.ended', (said) => said.callId === knock.callId)
    return call.mode
  }
  expect(await modeOfKnock()).toBe('knock')
  await say('away')
  expect(await modeOfKnock()).toBe('ring')
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  expect(hers(await again.station())?.awaySinceMs).toBeTypeOf('number')
})
