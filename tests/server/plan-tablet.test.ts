/** What a bed's tablet is told of the plan: its own patient's days, as they change, and nobody else's. */
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createBook } from '../../src/core/plan/book.ts'
import { bedEndpoint } from '../../src/core/switchboard-parties.ts'
import { unspoken } from '../../src/protocol/wishes.ts'
import { createPlanNews } from '../../src/server/plan/news.ts'
import { entriesFor } from '../../src/server/plan/tablet-plan.ts'
import { createSession, type Sessions } from '../../src/server/session.ts'
import { openBed } from './client.ts'
import { bookAt, edit, hourMs, minuteMs, newDevice, tomorrow } from './plan.ts'
import { appointment, dayMs, rows } from './plan-fake.ts'
import { bedIdOf, openWard } from './ward.ts'

test('[PLAN-S7] a tablet is told its own patient’s days at its welcome and at each change, never of another bed', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const other = await ward.bed('2')
  const empty = await bed.hear('plan.yours')
  expect(empty.entries).toEqual([])
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  expect(empty.zone, 'its times are those of the ward’s clocks').toBe(anna.row('plan', 'plan')?.zone)
  const { admissionId } = anna.row('bed', bedIdOf(bed))?.stay ?? { admissionId: '' }
  const [doctor] = anna.all('person').filter(({ role }) => role === 'doctor')
  const stop = { bedId: bedIdOf(bed), admissionId, minutes: 30, state: 'open' as const }
  const act = bookAt(tomorrow(), { title: 'Talk', stops: [stop], staff: [doctor?.id ?? ''] }, 'bed-call')
  await anna.does(act)
  const { entries, asOfMs } = await bed.hear('plan.yours')
  expect(entries).toMatchObject([{ id: act.id, title: 'Talk', people: ['Maria Oja'], startMs: tomorrow() }])
  expect(asOfMs).toBeGreaterThan(Date.now() - 5 * minuteMs)
  const row = anna.row('appointment', act.id)
  const elsewhere = {
    ...stop,
    bedId: bedIdOf(other),
    admissionId: anna.row('bed', bedIdOf(other))?.stay?.admissionId ?? '',
  }
  await other.hear('plan.yours')
  if (row) await anna.does(edit(row, { stops: [elsewhere] }))
  expect((await bed.hear('plan.yours')).entries, 'what was taken from them is theirs no more').toEqual([])
  expect((await other.hear('plan.yours')).entries).toMatchObject([{ id: act.id }])
  await bed.settled()
  expect(bed.heardOfPlan(), 'and nothing is said twice').toEqual([])
})

test('[PLAN-S8] a discharge empties the tablet at once, and cancels what was still to come (HZ-6, HZ-1)', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  await bed.hear('plan.yours')
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  const { admissionId, patient } = anna.row('bed', bedIdOf(bed))?.stay ?? {}
  const stop = { bedId: bedIdOf(bed), admissionId: admissionId ?? '', minutes: 30, state: 'open' as const }
  const next = anna.all('bed').find(({ id }) => id !== bedIdOf(bed))
  const there = {
    bedId: next?.id ?? '',
    admissionId: next?.stay?.admissionId ?? '',
    minutes: 10,
    state: 'open' as const,
  }
  const call = bookAt(tomorrow(), { title: 'Talk', stops: [stop] }, 'bed-call')
  const round = bookAt(tomorrow(10), { title: 'Round', stops: [{ ...stop, minutes: 10 }, there] }, 'round')
  await anna.does(call, round)
  expect((await bed.hear('plan.yours', ({ entries }) => entries.length === 2)).entries).toHaveLength(2)
  const actId = randomUUID()
  const { born = '', number = '' } = patient ?? {}
  expect(
    await anna.does({ type: 'admission.discharge', actId, admissionId: admissionId ?? '', born, number }),
  ).toEqual([{ type: 'applied' }])
  await bed.hear('stay.changed')
  expect((await bed.hear('plan.yours')).entries).toEqual([])
  expect(anna.row('bed', bedIdOf(bed))?.stay).toBeNull()
  expect(anna.row('appointment', call.id)).toMatchObject({ status: 'cancelled', changedBy: 'server' })
  expect(anna.row('appointment', round.id)).toMatchObject({
    status: 'booked',
    stops: [{ state: 'skipped' }, { state: 'open' }],
  })
  // A late word about the stay that is over reaches nobody.
  const late = anna.row('appointment', round.id)
  if (late) await anna.does(edit(late, { title: 'Late' }))
  await bed.settled()
  expect(bed.heardOfPlan()).toEqual([])
})

test('[PLAN-S9] a tablet that was away while its patient left never reads that patient’s days again (HZ-6)', async () => {
  const ward = await openWard()
  const tablet = await ward.enrol('1')
  const bed = await openBed(ward.origin, tablet)
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  const { admissionId = '', patient } = anna.row('bed', tablet.bedId)?.stay ?? {}
  const stop = { bedId: tablet.bedId, admissionId, minutes: 30, state: 'open' as const }
  await bed.settled()
  const { sessionId } = bed.welcome
  const history = bed.history()
  await bed.cut()
  await anna.does(bookAt(tomorrow(), { title: 'Of the last patient', stops: [stop] }, 'bed-call'))
  const { born = '', number = '' } = patient ?? {}
  await anna.does({ type: 'admission.discharge', actId: randomUUID(), admissionId, born, number })
  const back = await openBed(ward.origin, tablet, {
    resume: { sessionId, received: history.received },
    history,
  })
  expect(back.welcome.resumed).toBe(true)
  await back.settled()
  const heard = back.heardOfPlan()
  expect(heard.length).toBeGreaterThan(0)
  expect(JSON.stringify(heard)).not.toContain('Of the last patient')
  expect(heard.at(-1)).toMatchObject({ type: 'plan.yours', entries: [] })
})

test('[PLAN-S10] a new patient’s tablet is told of a day without appointments, as the last one’s was (HZ-6, HZ-7)', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  expect((await bed.hear('plan.yours')).entries).toEqual([])
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  const { admissionId = '', patient } = anna.row('bed', bedIdOf(bed))?.stay ?? {}
  const { born = '', number = '' } = patient ?? {}
  await anna.does({ type: 'admission.discharge', actId: randomUUID(), admissionId, born, number })
  await bed.hear('stay.changed')
  expect((await bed.hear('plan.yours')).entries).toEqual([])
  const next = { name: 'Eva Berg', born: '1961-02-03', number: 'NEXT-1' }
  const admit = { bedId: bedIdOf(bed), admissionId: randomUUID(), patient: next }
  const outcomes = await anna.does({
    type: 'admission.admit',
    wishes: unspoken,
    actId: randomUUID(),
    ...admit,
  })
  expect(outcomes).toEqual([{ type: 'applied' }])
  await bed.hear('stay.changed')
  expect((await bed.hear('plan.yours')).entries).toEqual([])
})

test('[PLAN-S11] as days pass every tablet has its turn, also after those that have nothing new to hear (HZ-7)', () => {
  vi.useFakeTimers({ now: Date.UTC(2027, 0, 14, 8) })
  onTestFinished(() => void vi.useRealTimers())
  const labels = ['1', '2', '3', '4', '5', '6', '7']
  const book = createBook(rows.filter(({ type }) => type === 'plan'))
  const sessions: Sessions = new Map()
  const tablet = { role: 'patient-device', wards: ['ward'], broken: new Map() } as const
  for (const label of labels) {
    const [bedId, admissionId] = [`bed-${label}`, `stay-${label}`]
    const stay = { admissionId, patient: { name: 'Somebody', born: '1950-01-01', number: label } }
    book.put({ type: 'bed', id: bedId, rev: 1, label, position: Number(label), epoch: 1, stay })
    const party = { type: 'bed', bedId, label, ward: 'Ward' } as const
    sessions.set(bedEndpoint(bedId), createSession(bedEndpoint(bedId), party, tablet))
  }
  const startMs = Date.now() + 8 * dayMs
  const stop = { bedId: 'bed-7', admissionId: 'stay-7', minutes: 30, state: 'open' } as const
  const when = { type: 'at', startMs, endMs: startMs + hourMs } as const
  book.put(appointment({ kind: 'bed-call', outpatient: null, stops: [stop], when }))
  const news = createPlanNews({
    plan: { book, onChange: () => () => {}, lyingSince: () => 0 },
    wardId: 'ward',
    sessions,
    now: Date.now,
  })
  onTestFinished(() => news.stop())
  const last = sessions.get(bedEndpoint('bed-7'))
  for (const session of sessions.values()) news.greet(session)
  expect(last?.unacked?.join()).not.toContain(`"startMs":${startMs}`)
  vi.advanceTimersByTime(dayMs + 2 * hourMs)
  expect(last?.unacked?.join()).toContain(`"startMs":${startMs}`)
  const [first] = sessions.values()
  expect(first?.unacked, 'nothing new is not said').toHaveLength(1)
})

test('[PLAN-S12] HZ-6: of a round that names nobody the next patient is told its time and who comes, never what was typed, and nothing of one before they came', async () => {
  let nowMs = Date.now()
  const begunMs = nowMs
  const ward = await openWard({ now: () => nowMs, limits: { sweepMs: 1e9 } })
  const bed = await ward.bed('1')
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  const [doctor] = anna.all('person').filter(({ role }) => role === 'doctor')
  const stops = [{ bedId: bedIdOf(bed), admissionId: null, minutes: 30, state: 'open' as const }]
  const typed = { title: 'Stop his morphine', place: 'CT for his hip', roles: ['hospice'] }
  const round = (startMs: number) => bookAt(startMs, { ...typed, stops, staff: [doctor?.id ?? ''] }, 'round')
  const [earlier, later] = [round(begunMs + hourMs), round(begunMs + 5 * hourMs)]
  expect(await anna.does(earlier, later)).toEqual([{ type: 'applied' }, { type: 'applied' }])
  await bed.hear('plan.yours', ({ entries }) => entries.length === 2)
  const { admissionId = '', patient } = anna.row('bed', bedIdOf(bed))?.stay ?? {}
  const { born = '', number = '' } = patient ?? {}
  await anna.does({ type: 'admission.discharge', actId: randomUUID(), admissionId, born, number })
  await bed.hear('plan.yours', ({ entries }) => entries.length === 0)
  nowMs += 2 * hourMs
  const next = { name: 'Eva Berg', born: '1961-02-03', number: 'NEXT-1' }
  const stay = { admissionId: randomUUID(), patient: next }
  await anna.does({
    type: 'admission.admit',
    wishes: unspoken,
    actId: randomUUID(),
    bedId: bedIdOf(bed),
    ...stay,
  })
  const { entries } = await bed.hear('plan.yours', (news) => news.entries.length > 0)
  const told = { kind: 'round', startMs: begunMs + 5 * hourMs, title: '', place: null, people: ['Maria Oja'] }
  expect(entries).toMatchObject([told])
  expect(entries).toHaveLength(1)
  // Moved to another bed, what was planned over that one before they came is not theirs either.
  const two = anna.all('bed').find(({ label }) => label === '2')
  const bedId = two?.id ?? ''
  const who = { born: two?.stay?.patient.born ?? '', number: two?.stay?.patient.number ?? '' }
  const gone = two?.stay?.admissionId ?? ''
  await anna.does({ type: 'admission.discharge', actId: randomUUID(), admissionId: gone, ...who })
  const there = [{ bedId, admissionId: null, minutes: 30, state: 'open' as const }]
  expect(await anna.does(bookAt(nowMs + minuteMs, { ...typed, stops: there }, 'round'))).toEqual([
    { type: 'applied' },
  ])
  nowMs += hourMs
  const move = { type: 'admission.move', actId: randomUUID(), admissionId: stay.admissionId, bedId } as const
  expect(await anna.does(move)).toEqual([{ type: 'applied' }])
  expect(entriesFor(ward.plan, bedId, nowMs)).toEqual([])
})
