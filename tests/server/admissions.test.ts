/** Who lies where, over the wire: durable, audited, told to everyone, and never a call to the patient before. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { usualVisits } from '../../src/core/family.ts'
import type { AdmissionAct } from '../../src/protocol/admission.ts'
import { unspoken, type Wishes } from '../../src/protocol/wishes.ts'
import { openStore } from '../../src/server/store/store.ts'
import { type Client, openBed, openStation } from './client.ts'
import { bedIdOf, invitation, openWard, ring, talk } from './ward.ts'

const helmi = { name: 'Helmi Virtanen', born: '1939-11-19', number: 'NEW-1139' }

type Beds = NonNullable<Client['welcome']['snapshot']>['beds']

function bedsOf(station: Client): Beds {
  return station.welcome.snapshot?.beds ?? []
}

/** Says an act and waits for its answer. */
async function does(station: Client, act: AdmissionAct): Promise<string | null> {
  station.say(act)
  return (await station.hear('admission.answered', ({ actId }) => actId === act.actId)).refusal
}

function dischargeOf(bed: Beds[number] | undefined): AdmissionAct {
  return {
    type: 'admission.discharge',
    actId: randomUUID(),
    admissionId: bed?.stay.admissionId ?? '',
    born: bed?.patient?.born ?? '',
    number: bed?.patient?.number ?? '',
  }
}

function admitTo(bedId: string, patient = helmi): AdmissionAct & { type: 'admission.admit' } {
  return {
    type: 'admission.admit',
    ...{ actId: randomUUID(), admissionId: randomUUID(), bedId, patient, wishes: unspoken },
  }
}

function moveOf(bed: Beds[number] | undefined, bedId: string): AdmissionAct {
  return { type: 'admission.move', actId: randomUUID(), admissionId: bed?.stay.admissionId ?? '', bedId }
}

test('[ADMIT-2] a discharge and an admission are told to every board, to the tablet, and outlive a restart', async () => {
  const first = await openWard()
  const tablet = await first.enrol('1')
  const bed = await openBed(first.origin, tablet)
  const [nurse, other] = [await first.station('Anna Laine'), await first.station('Ben Okafor')]
  const [before] = bedsOf(nurse)
  expect(bed.welcome.stay).toEqual(before?.stay)
  expect(await does(nurse, dischargeOf(before))).toBeNull()
  const epoch = (before?.stay.epoch ?? 0) + 1
  const empty = await other.hear('bed.changed', ({ bed }) => bed.patient === null)
  expect(empty.bed).toMatchObject({ label: '1', stay: { epoch, admissionId: null } })
  expect(await bed.hear('stay.changed')).toMatchObject({ stay: { epoch } })
  const act = admitTo(before?.bedId ?? '')
  expect(await does(nurse, act)).toBeNull()
  const taken = await other.hear('bed.changed', ({ bed }) => bed.patient !== null)
  const stay = { epoch: epoch + 1, admissionId: act.admissionId }
  expect(taken.bed).toMatchObject({ patient: helmi, stay })
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  expect(bedsOf(await ward.station())[0]).toMatchObject({ patient: helmi, stay })
  expect((await openBed(ward.origin, tablet)).welcome.stay).toEqual(stay)
})

test('[SWITCH-12] whoever still sees the patient before rings nobody, and is told to look again (HZ-1)', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const [nurse, other] = [await ward.station('Anna Laine'), await ward.station('Ben Okafor')]
  const [one] = bedsOf(nurse)
  const late = invitation(bed)
  await does(nurse, dischargeOf(one))
  await does(nurse, admitTo(one?.bedId ?? ''))
  other.say(late)
  expect(await other.hear('call.ended')).toMatchObject({ callId: late.callId, reason: 'left', by: 'server' })
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type === 'call.changed')).toEqual([])
  const { stay } = (await other.hear('bed.changed', ({ bed }) => bed.patient?.number === helmi.number)).bed
  const now = { ...invitation(bed), stay: stay.epoch }
  other.say(now)
  expect((await bed.hear('call.changed')).call).toMatchObject({ callId: now.callId, stay: stay.epoch })
})

test('[SWITCH-13] a move ends the ringing call of the old bed, and the new one is called by its new number (HZ-1)', async () => {
  const ward = await openWard()
  const [from, to] = [await ward.bed('1'), await ward.bed('2')]
  const [nurse, doctor] = [await ward.station('Anna Laine'), await ward.station('Maria Oja')]
  const [one, two] = bedsOf(nurse)
  await does(nurse, dischargeOf(two))
  const callId = await ring(doctor, from)
  expect(await does(nurse, moveOf(one, two?.bedId ?? ''))).toBeNull()
  for (const end of [doctor, from])
    expect(await end.hear('call.ended')).toMatchObject({ callId, reason: 'left', by: 'server' })
  const stale = invitation(from)
  doctor.say(stale)
  expect(await doctor.hear('call.ended')).toMatchObject({ callId: stale.callId, reason: 'left' })
  const arrived = await doctor.hear('bed.changed', ({ bed }) => bed.label === '2' && bed.patient !== null)
  expect(arrived.bed.patient).toEqual(one?.patient)
  const { stay } = arrived.bed
  doctor.say({ ...invitation(to), callId: 'right', stay: stay.epoch })
  await to.hear('call.changed', ({ call }) => call.callId === 'right')
})

test('[SWITCH-13] a discharge ends the answered call; killed in between, the server ends it when it is back', async () => {
  const first = await openWard()
  const tablet = await first.enrol('1')
  const bed = await openBed(first.origin, tablet)
  const cookie = await first.signIn('Anna Laine')
  const nurse = await openStation(first.origin, cookie)
  const { callId } = await talk(nurse, bed)
  await first.close()
  // As a kill leaves it: the discharge is durable, the end of the call is not.
  const store = await openStore(first.data, null, Date.now())
  await store.db.updateTable('beds').set({ stay_epoch: 99 }).where('bed_id', '=', tablet.bedId).execute()
  await store.close()
  const ward = await openWard({ dataFolder: first.data })
  const back = await openStation(ward.origin, cookie, { claims: [{ callId, epoch: 1 }] })
  expect(await back.hear('call.ended')).toMatchObject({ callId, reason: 'left', by: 'server' })
})

test('[ADMIT-1] a taken bed and a patient who is here are refused, and nothing is told', async () => {
  const ward = await openWard()
  const nurse = await ward.station()
  const [one, two] = bedsOf(nurse)
  expect(await does(nurse, admitTo(one?.bedId ?? ''))).toBe('bed-taken')
  expect(await does(nurse, moveOf(one, two?.bedId ?? ''))).toBe('bed-taken')
  await does(nurse, dischargeOf(two))
  const again = { ...helmi, number: one?.patient?.number ?? '' }
  expect(await does(nurse, admitTo(two?.bedId ?? '', again))).toBe('already-admitted')
  expect(
    await does(nurse, { ...dischargeOf(one), actId: 'wrong', ...{ born: '1900-01-01' } } as AdmissionAct),
  ).toBe('wrong-identifiers')
  expect(nurse.heard().filter(({ type }) => type === 'bed.changed')).toHaveLength(1)
})

test('[STAY-1] an act said twice is done once, and answered alike', async () => {
  const first = await openWard()
  const nurse = await first.station()
  const [one] = bedsOf(nurse)
  const discharge = dischargeOf(one)
  expect(await does(nurse, discharge)).toBeNull()
  expect(await does(nurse, discharge)).toBeNull()
  await does(nurse, admitTo(one?.bedId ?? ''))
  expect(await does(nurse, discharge), 'also when it would not be possible any more').toBeNull()
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  const back = await ward.station()
  expect(await does(back, discharge), 'also after a restart').toBeNull()
  expect(bedsOf(back)[0]?.patient).toEqual(helmi)
})

test('[STAY-2] every act is on record with its admission and no name; a doctor may not, and is sent away', async () => {
  const ward = await openWard()
  const [nurse, doctor] = [await ward.station('Anna Laine'), await ward.station('Maria Oja')]
  const [one, two] = bedsOf(nurse)
  await does(nurse, dischargeOf(two))
  await does(nurse, moveOf(one, two?.bedId ?? ''))
  await does(nurse, admitTo(two?.bedId ?? ''))
  doctor.say(dischargeOf(one))
  expect((await doctor.closed).code).toBe(4403)
  await ward.close()
  const store = await openStore(ward.data, null, Date.now())
  const rows = await store.db.selectFrom('audit').selectAll().orderBy('seq').execute()
  await store.close()
  const acts = rows.filter(({ action }) => ['admitted', 'moved', 'discharged'].includes(action)).slice(8)
  expect(acts.map(({ action, text }) => [action, text.includes('"refused"')])).toEqual([
    ['discharged', false],
    ['moved', false],
    ['admitted', true],
  ])
  expect(acts[1]).toMatchObject({ patient_id: one?.stay.admissionId })
  expect(rows.some(({ text }) => text.includes('Virtanen') || text.includes(helmi.number))).toBe(false)
})

test('[ADMIT-6] a swap renames both beds at once, ends the calls of both, and is on the record of both (HZ-1)', async () => {
  const ward = await openWard()
  const [first, second] = [await ward.bed('1'), await ward.bed('2')]
  const [nurse, doctor] = [await ward.station('Anna Laine'), await ward.station('Maria Oja')]
  const [one, two] = bedsOf(nurse)
  const ids = [one?.stay.admissionId ?? '', two?.stay.admissionId ?? '']
  const callId = await ring(doctor, first)
  const [admissionId = '', withAdmissionId = ''] = ids
  const swap = { type: 'admission.swap', actId: randomUUID(), admissionId, withAdmissionId } as const
  expect(await does(nurse, swap)).toBeNull()
  expect(await first.hear('call.ended')).toMatchObject({ callId, reason: 'left', by: 'server' })
  for (const [bed, admission] of [
    [first, ids[1]],
    [second, ids[0]],
  ] as const)
    expect((await bed.hear('stay.changed')).stay).toEqual({ epoch: 2, admissionId: admission })
  const now = await doctor.hear('bed.changed', ({ bed }) => bed.label === '2' && bed.stay.epoch === 2)
  expect(now.bed.patient).toEqual(one?.patient)
  expect(await does(nurse, swap), 'twice is once').toBeNull()
  const rows = await ward.store.db.selectFrom('audit').selectAll().where('action', '=', 'swapped').execute()
  expect(rows.map(({ patient_id, entity_id }) => [patient_id, entity_id])).toEqual([
    [ids[0], two?.bedId],
    [ids[1], one?.bedId],
  ])
})

test('[ADMIT-7] wishes come with the admission, are told to the tablet, change, are on record, follow and outlive a restart (HZ-3)', async () => {
  const first = await openWard()
  const tablet = await first.enrol('1')
  const bed = await openBed(first.origin, tablet)
  expect(bed.welcome).toMatchObject({ wishes: { ...unspoken, visits: usualVisits } })
  const nurse = await first.station('Anna Laine')
  const [one, two] = bedsOf(nurse)
  await does(nurse, dischargeOf(one))
  const wishes: Wishes = { ...unspoken, language: 'fi', answer: 'knock', consent: { type: 'patient' } }
  const act = { ...admitTo(one?.bedId ?? ''), wishes }
  expect(await does(nurse, act)).toBeNull()
  const told = await bed.hear('stay.changed', ({ stay }) => stay.admissionId === act.admissionId)
  expect(told.wishes).toEqual(wishes)
  const changed: Wishes = { ...wishes, answer: 'in-person' }
  const { admissionId } = act
  expect(
    await does(nurse, { type: 'admission.wish', actId: randomUUID(), admissionId, wishes: changed }),
  ).toBeNull()
  const again = await bed.hear('stay.changed', (said) => said.wishes?.answer === 'in-person')
  expect(again.stay, 'no new stay').toEqual(told.stay)
  expect((await nurse.hear('bed.changed', (said) => said.bed.wishes?.answer === 'in-person')).bed.label).toBe(
    '1',
  )
  await does(nurse, dischargeOf(two))
  expect(
    await does(nurse, {
      ...{ type: 'admission.move', actId: randomUUID(), admissionId },
      bedId: two?.bedId ?? '',
    }),
  ).toBeNull()
  const rows = await first.store.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'wishes-changed')
    .execute()
  expect(rows).toMatchObject([{ patient_id: admissionId, entity_id: one?.bedId }])
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  const back = bedsOf(await ward.station())
  expect(back.map((bed) => bed.wishes?.answer).slice(0, 2)).toEqual([undefined, 'in-person'])
  expect((await openBed(ward.origin, tablet)).welcome.wishes, 'the bed is empty').toBeNull()
})

test('[STAY-4] a tablet has wiped when it says so, for stays that were, and a restart remembers (HZ-6)', async () => {
  const first = await openWard()
  const tablet = await first.enrol('1')
  const bed = await openBed(first.origin, tablet)
  const nurse = await first.station('Anna Laine')
  const [one] = bedsOf(nurse)
  expect(one).toMatchObject({ cleanEpoch: 0, stay: { epoch: 1 } })
  const says = (cleanEpoch: number) =>
    bed.say({ type: 'bed.report', report: { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch } })
  says(99)
  expect((await nurse.hear('bed.changed', (said) => said.bed.cleanEpoch > 0)).bed.cleanEpoch).toBe(1)
  await does(nurse, dischargeOf(one))
  expect((await nurse.hear('bed.changed', (said) => said.bed.stay.epoch === 2)).bed.cleanEpoch).toBe(1)
  says(2)
  await nurse.hear('bed.changed', (said) => said.bed.cleanEpoch === 2)
  says(1)
  await nurse.settled()
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  expect(bedsOf(await ward.station())[0]).toMatchObject({ cleanEpoch: 2, stay: { epoch: 2 } })
})

test('[STAY-3] a bed that is called by nobody’s stay rings nobody: the demo’s eight begin at stay one', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  expect(bedsOf(nurse).every(({ stay }) => stay.epoch === 1 && stay.admissionId !== null)).toBe(true)
  nurse.say({ ...invitation(bed), callId: 'none', stay: null })
  expect(await nurse.hear('call.ended')).toMatchObject({ callId: 'none', reason: 'left' })
  expect(bedIdOf(bed)).toBe(bedsOf(nurse)[0]?.bedId)
})
