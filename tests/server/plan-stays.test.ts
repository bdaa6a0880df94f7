/** What was planned follows the patient: to the next bed, and not beyond the stay, however it was said (HZ-1, HZ-6). */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AdmissionAct } from '../../src/protocol/admission.ts'
import type { BedRow, Stop } from '../../src/protocol/plan.ts'
import { post, refusalOf } from './client.ts'
import { bookAt, type Device, edit, newDevice, tomorrow } from './plan.ts'
import { openWard, type Ward } from './ward.ts'

async function deviceOf(ward: Ward, name = 'Anna Laine'): Promise<Device> {
  const device = newDevice(ward.origin, await ward.signIn(name))
  await device.syncAll()
  return device
}

function bedOf(device: Device, label: string): BedRow {
  const bed = device.all('bed').find((one) => one.label === label)
  if (!bed) throw new Error(`there is no bed ${label}`)
  return bed
}

function stopAt({ id, stay }: BedRow, minutes = 30): Stop {
  return { bedId: id, admissionId: stay?.admissionId ?? null, minutes, state: 'open' }
}

function dischargeOf({ stay }: BedRow): AdmissionAct {
  const { born = '', number = '' } = stay?.patient ?? {}
  return {
    type: 'admission.discharge',
    actId: randomUUID(),
    admissionId: stay?.admissionId ?? '',
    born,
    number,
  }
}

test.each(['socket', 'sync'])(
  '[STAYS-1] a discharge said by %s cancels what was to come, and is on record once',
  async (way) => {
    const ward = await openWard()
    const anna = await deviceOf(ward)
    const one = bedOf(anna, '1')
    const call = bookAt(tomorrow(), { stops: [stopAt(one)] }, 'bed-call')
    await anna.does(call)
    const act = dischargeOf(one)
    const nurse = await ward.station('Ben Okafor')
    if (way === 'socket') {
      nurse.say(act)
      expect((await nurse.hear('admission.answered')).refusal).toBeNull()
    } else expect(await anna.does(act)).toEqual([{ type: 'applied' }])
    expect((await nurse.hear('bed.changed', ({ bed }) => bed.patient === null)).bed.label).toBe('1')
    await anna.sync()
    expect(bedOf(anna, '1').stay).toBeNull()
    expect(anna.row('appointment', call.id)).toMatchObject({
      status: 'cancelled',
      cancelReason: 'discharged',
      changedBy: 'server',
    })
    const rows = await ward.store.db.selectFrom('audit').select(['action', 'text']).execute()
    expect(rows.filter(({ action }) => action === 'discharged')).toHaveLength(1)
    const followed = rows
      .map(({ text }) => JSON.parse(text).act)
      .filter(({ detail }) => detail === 'stay changed')
    expect(followed).toMatchObject([
      { agent: { type: 'server' }, entity: { type: 'appointment', id: call.id } },
    ])
    // Said the other way as well, it is still done once.
    nurse.say(act)
    expect((await nurse.hear('admission.answered')).refusal).toBeNull()
  },
)

test('[STAYS-2] a move takes the bedside call along; where the new bed is taken then, a person has to decide', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const [one, two] = [bedOf(anna, '1'), bedOf(anna, '2')]
  await anna.does(dischargeOf(two))
  const free = bookAt(tomorrow(9), { stops: [stopAt(one)] }, 'bed-call')
  const clashing = bookAt(tomorrow(11), { stops: [stopAt(one)], title: 'Moves' }, 'bed-call')
  const there: Stop = { bedId: two.id, admissionId: null, minutes: 30, state: 'open' }
  const standing = bookAt(tomorrow(11), { stops: [there], title: 'Stands' }, 'round')
  expect(await anna.does(free, clashing, standing)).toEqual([
    { type: 'applied' },
    { type: 'applied' },
    { type: 'applied' },
  ])
  const admissionId = one.stay?.admissionId ?? ''
  expect(
    await anna.does({ type: 'admission.move', actId: randomUUID(), admissionId, bedId: two.id }),
  ).toEqual([{ type: 'applied' }])
  expect(anna.row('appointment', free.id)).toMatchObject({
    status: 'booked',
    stops: [{ bedId: two.id, admissionId }],
  })
  expect(anna.row('appointment', standing.id)).toMatchObject({ stops: [{ bedId: two.id, state: 'open' }] })
  const moved = anna.row('appointment', clashing.id)
  expect(
    moved?.stops.some(({ bedId, state }) => bedId === one.id && state === 'open'),
    'not at the old bed',
  ).toBe(false)
  expect(anna.all('attention')).toMatchObject([
    { why: 'taken', blocking: [{ title: 'Stands' }], by: 'server' },
  ])
})

test('[STAYS-3] what is written for a patient who has left is refused and kept, and a refused admission says why', async () => {
  const ward = await openWard()
  const [anna, ben] = [await deviceOf(ward), await deviceOf(ward, 'Ben Okafor')]
  const one = bedOf(anna, '1')
  const late = ben.named(bookAt(tomorrow(), { stops: [stopAt(one)] }, 'bed-call'))
  await anna.does(dischargeOf(one))
  expect((await ben.sync(late)).outcomes).toMatchObject([{ outcome: { type: 'refused', why: 'discharged' } }])
  const again = ben.named(dischargeOf(one))
  expect((await ben.sync(again)).outcomes).toMatchObject([
    { outcome: { type: 'refused', why: 'admission', detail: 'unknown-admission' } },
  ])
  expect(ben.row('attention', late.actId)).toMatchObject({ why: 'discharged' })
  expect(ben.row('attention', again.actId)).toMatchObject({
    why: 'admission',
    asked: { type: 'admission.discharge' },
  })
})

test('[STAYS-4] beds and people follow whoever furnishes the ward and whoever manages its staff', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const cookie = await ward.signIn('Oskar Berg')
  const beds = await post(ward.origin, '/api/ward/beds', { labels: ['9A'] }, { cookie })
  expect(beds.ok, JSON.stringify(await refusalOf(beds))).toBe(true)
  await post(ward.origin, '/api/staff/add', { name: 'Nora Vik', role: 'doctor' }, { cookie })
  await anna.sync()
  expect(bedOf(anna, '9A').stay).toBeNull()
  const nora = anna.all('person').find(({ name }) => name === 'Nora Vik')
  expect(nora).toMatchObject({ role: 'doctor', active: true })
  await post(ward.origin, '/api/staff/change', { staffId: nora?.id, disabled: true }, { cookie })
  await anna.sync()
  expect(anna.row('person', nora?.id ?? '')).toMatchObject({ active: false })
})

test('[STAYS-5] time that becomes free is offered to who waits for it, once; taken or past, the offer goes by itself', async () => {
  let nowMs = Date.now()
  const ward = await openWard({ now: () => nowMs, limits: { sweepMs: 1e9 } })
  const anna = await deviceOf(ward)
  const at = tomorrow()
  const held = [at, at + 3_600_000].map((startMs) => bookAt(startMs, { place: 'Room 1' }))
  const when = { type: 'waiting', minutes: 20, notBeforeMs: at, notAfterMs: at + 7_200_000 } as const
  const waiting = bookAt(at, { when, status: 'waitlist', place: 'Room 1', title: 'Waits' })
  await anna.does(...held, waiting)
  for (const { id } of held)
    await anna.does({
      type: 'appointment.edit',
      id,
      changes: { status: { from: 'booked', to: 'cancelled' }, cancelReason: { from: null, to: 'asked to' } },
    })
  const offers = anna.all('attention')
  expect(offers).toMatchObject([{ why: 'freed', free: [at], startMs: at, escalated: false }])
  const asked = offers[0]?.asked
  expect(asked && (await anna.does(asked))).toEqual([{ type: 'applied' }])
  expect(anna.row('appointment', waiting.id)).toMatchObject({ status: 'booked', when: { startMs: at } })
  nowMs += 1_000
  await ward.plan.lookAtTheClock()
  await anna.sync()
  expect(anna.all('attention')).toEqual([])
})

const waits = (at: number, title: string, notAfterMs: number) =>
  bookAt(at, {
    when: { type: 'waiting', minutes: 20, notBeforeMs: at, notAfterMs },
    ...({ status: 'waitlist', place: 'Room 1', title } as const),
  })

async function offersOf(device: Device): Promise<string[]> {
  await device.sync()
  return device
    .all('attention')
    .filter(({ why, resolved }) => why === 'freed' && resolved === null)
    .map(({ asked }) => device.row('appointment', asked && 'id' in asked ? asked.id : '')?.title ?? '?')
}

test('[STAYS-6] an offer that is dropped, or whose asker waits no more, goes on to the next, each asked once (PLAN-12)', async () => {
  const ward = await openWard({ limits: { sweepMs: 1e9 } })
  const anna = await deviceOf(ward)
  const at = tomorrow()
  const held = bookAt(at, { place: 'Room 1', title: 'Held' })
  const [first, second, third] = ['First', 'Second', 'Third'].map((title, index) =>
    waits(at, title, at + (2 + index) * 3_600_000),
  )
  if (!first || !second || !third) throw new Error('nobody waits')
  await anna.does(held, first, second, third)
  const standing = anna.row('appointment', held.id)
  if (standing) await anna.does(edit(standing, { status: 'cancelled', cancelReason: 'asked to' }))
  expect(await offersOf(anna)).toEqual(['First'])
  const drop = async () => {
    const open = anna.all('attention').find(({ why, resolved }) => why === 'freed' && resolved === null)
    expect(open?.blocking, 'it says what became free').toMatchObject([{ title: 'Held', startMs: at }])
    await anna.does({ type: 'attention.resolve', id: open?.id ?? '', how: 'dropped' })
  }
  await drop()
  expect(await offersOf(anna)).toEqual(['Second'])
  const withdrawn = anna.row('appointment', second.id)
  if (withdrawn) await anna.does(edit(withdrawn, { status: 'cancelled', cancelReason: 'well again' }))
  await ward.plan.lookAtTheClock()
  expect(await offersOf(anna)).toEqual(['Third'])
  await drop()
  expect(await offersOf(anna), 'nobody is asked twice about one time').toEqual([])
})

test('[STAYS-7] time that a series frees, ended or changed, is offered as any other (PLAN-12)', async () => {
  const ward = await openWard({ environment: { BEDSIDE_ZONE: 'UTC' } })
  const anna = await deviceOf(ward)
  const at = tomorrow()
  const day = new Date(at).toISOString().slice(0, 10)
  const {
    when: _when,
    status: _status,
    cancelReason: _reason,
    ...fields
  } = bookAt(at, { place: 'Room 1' }).fields
  const pattern = { ...fields, kind: 'visit', minutes: 30 } as const
  const id = randomUUID()
  const make = {
    type: 'series.make',
    id,
    rule: 'FREQ=DAILY;COUNT=3',
    start: `${day}T09:00`,
    zone: 'UTC',
  } as const
  await anna.does({ ...make, pattern }, waits(at, 'Early', at + 1_800_000))
  const change = {
    type: 'series.edit',
    id,
    from: null,
    nextId: randomUUID(),
    rule: null,
    pattern: null,
  } as const
  expect(await anna.does({ ...change, time: '11:00' })).toEqual([{ type: 'applied' }])
  expect(await offersOf(anna)).toEqual(['Early'])
  const eleven = at + 2 * 3_600_000
  await anna.does(waits(eleven, 'Late', eleven + 1_800_000))
  expect(await anna.does({ type: 'series.end', id, from: null, reason: 'over' })).toEqual([
    { type: 'applied' },
  ])
  expect(await offersOf(anna)).toEqual(['Early', 'Late'])
})
