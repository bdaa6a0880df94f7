/** What other programs write into the plan: whole or not at all, and never past a rule of it. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Appointment } from '../../src/protocol/plan.ts'
import { appointmentResource } from '../../src/server/plan/fhir-appointment.ts'
import { updateAppointment } from '../../src/server/plan/fhir-write.ts'
import type { PlanPort } from '../../src/server/plan/port.ts'
import { diagnostics, type Json, keyOf, openFhir, programOf, visit } from './fhir-program.ts'
import { bookAt, dayMs, edit, hourMs, minuteMs, tomorrow } from './plan.ts'
import type { Ward } from './ward.ts'

const iso = (ms: number) => new Date(ms).toISOString()

/** Booked by a person: a program is not its writer. */
async function bookAs(ward: Ward, staffId: string, act: ReturnType<typeof bookAt>): Promise<Appointment> {
  const author = { type: 'staff', staffId } as const
  expect(await ward.plan.perform(author, [{ actId: randomUUID(), act }])).toEqual([{ type: 'applied' }])
  return rowOf(ward, act.id)
}

function rowOf(ward: Ward, id: string): Appointment {
  const row = ward.plan.book.get('appointment', id)
  if (!row) throw new Error('not booked')
  return row
}

test('[FHIR-18] HZ-8: a bedside call that a program makes longer or shorter keeps its bed for all of it', async () => {
  const { ward, ask, anna, bed } = await openFhir()
  const stops = [{ bedId: bed.id, admissionId: null, minutes: 30, state: 'open' } as const]
  const { id } = await bookAs(ward, anna, bookAt(tomorrow(), { staff: [anna], stops }, 'bed-call'))
  const resize = async (minutes: number) => {
    const { json, headers } = await ask('GET', `/Appointment/${id}`)
    const end = iso(tomorrow() + minutes * minuteMs)
    const wish = { ...json, end, minutesDuration: minutes }
    return await ask('PUT', `/Appointment/${id}`, wish, { 'if-match': headers.get('etag') ?? '' })
  }
  expect((await resize(60)).status).toBe(200)
  expect(ward.plan.book.bookings(`bed:${bed.id}`, tomorrow(), tomorrow(23))).toMatchObject([
    { startMs: tomorrow(), endMs: tomorrow() + hourMs, appointmentId: id },
  ])
  const atBed = { participant: [{ actor: { reference: `Location/${bed.id}` }, status: 'accepted' }] }
  expect((await ask('POST', '/Appointment', visit(anna, tomorrow() + 40 * minuteMs, atBed))).status).toBe(409)
  expect((await resize(15)).status, 'made by a person, made shorter by a program').toBe(200)
  expect(rowOf(ward, id).stops).toMatchObject([{ minutes: 15 }])
  expect([...ward.plan.book.all('attention')]).toEqual([])
})

test('[FHIR-19] a round into which its beds do not fit is 422: no newer version would help', async () => {
  const { ward, ask, anna } = await openFhir()
  const beds = [...ward.plan.book.all('bed')].slice(0, 2)
  const stops = beds.map(({ id }) => ({ bedId: id, admissionId: null, minutes: 15, state: 'open' as const }))
  const { id } = await bookAs(ward, anna, bookAt(tomorrow(), { staff: [anna], stops }, 'round'))
  const { json } = await ask('GET', `/Appointment/${id}`)
  const short = { ...json, end: iso(tomorrow() + 20 * minuteMs), minutesDuration: 20 }
  const answer = await ask('PUT', `/Appointment/${id}`, short, { 'if-match': 'W/"1"' })
  expect(answer.status).toBe(422)
  expect(diagnostics(answer)).toContain('beds of a round')
  expect(rowOf(ward, id).rev).toBe(1)
})

test('[FHIR-20] what somebody else changes at the same moment leaves nothing of an update: 412, and nobody has to decide', async () => {
  const { ward, anna, integrationId } = await openFhir()
  const before = await bookAs(ward, anna, bookAt(tomorrow(), { staff: [anna] }))
  const agent = { type: 'integration', integrationId } as const
  const asker = { agent, author: agent, view: (one: Appointment) => one, mayAsk: () => true }
  /** Anna is quicker, each time between the program's reading and the plan's decision. */
  const plan: PlanPort = {
    book: ward.plan.book,
    perform: async (...asked) => {
      const act = edit(rowOf(ward, before.id), { note: randomUUID() })
      await ward.plan.perform({ type: 'staff', staffId: anna }, [{ actId: randomUUID(), act }])
      return await ward.plan.perform(...asked)
    },
  }
  const put = async (through: PlanPort) => {
    const row = rowOf(ward, before.id)
    const wish: Json = {
      ...appointmentResource(ward.plan.book, row),
      description: 'Moved',
      comment: 'By FHIR',
    }
    return await updateAppointment({ plan: through, asker, body: wish }, row, String(row.rev))
  }
  for (let time = 1; time <= 3; time += 1) expect((await put(plan)).status).toBe(412)
  expect(rowOf(ward, before.id), 'nothing of it').toMatchObject({ title: before.title, rev: 4 })
  expect([...ward.plan.book.all('attention')]).toEqual([])
  expect((await put(ward.plan)).status).toBe(200)
  expect(rowOf(ward, before.id)).toMatchObject({ title: 'Moved', note: 'By FHIR' })
})

test('[FHIR-21] what a program proposes waits for a person and takes its time until then', async () => {
  const { ward, ask, anna } = await openFhir()
  for (const [hour, status] of [
    [9, 'proposed'],
    [11, 'pending'],
  ] as const) {
    const made = await ask('POST', '/Appointment', visit(anna, tomorrow(hour), { status }))
    expect([made.status, made.json.status]).toEqual([201, status])
    expect((await ask('POST', '/Appointment', visit(anna, tomorrow(hour)))).status).toBe(409)
    const row = rowOf(ward, String(made.json.id))
    expect(row.status).toBe(status)
    const act = edit(row, { status: 'booked' })
    expect(await ward.plan.perform({ type: 'staff', staffId: anna }, [{ actId: randomUUID(), act }])).toEqual(
      [{ type: 'applied' }],
    )
  }
})

test('[FHIR-22] a key is nobody’s once whoever made it has left, or may share the plan no more', async () => {
  const { ward, ask, anna } = await openFhir()
  const oskar = ward.store.db.updateTable('staff').where('name', '=', 'Oskar Berg')
  expect((await ask('GET', '/Appointment')).status).toBe(200)
  await oskar.set({ role: 'doctor' }).execute()
  expect((await ask('GET', '/Appointment')).status).toBe(401)
  await oskar.set({ role: 'admin' }).execute()
  expect((await ask('GET', '/Appointment')).status).toBe(200)
  await oskar.set({ disabled_ms: Date.now() }).execute()
  expect((await ask('GET', '/Appointment')).status).toBe(401)
  expect((await ask('POST', '/Appointment', visit(anna, tomorrow()))).status).toBe(401)
})

function absence(staffId: string, startMs: number, more: Json = {}): Json {
  return {
    resourceType: 'Slot',
    schedule: { reference: `Schedule/staff.${staffId}` },
    status: 'busy-unavailable',
    start: iso(startMs),
    end: iso(startMs + 2 * hourMs),
    ...more,
  }
}

test('[FHIR-23] an absence is written as a Slot, read as one, and taken away again', async () => {
  const { ward, ask, anna } = await openFhir()
  const startMs = tomorrow(9) + 20 * dayMs
  const made = await ask('POST', '/Slot', absence(anna, startMs, { comment: 'Ill' }))
  expect([made.status, made.json.status]).toEqual([201, 'busy-unavailable'])
  const path = `/Slot/${made.json.id}`
  expect(made.headers.get('location')).toBe(`/fhir${path}`)
  expect(ward.plan.book.get('hours', anna)?.away).toContainEqual({
    startMs,
    endMs: startMs + 2 * hourMs,
    why: 'Ill',
  })
  expect((await ask('GET', path)).json).toEqual(made.json)
  expect(JSON.stringify(made.json), 'why is theirs to know').not.toContain('Ill')

  const day = iso(startMs).slice(0, 10)
  const search = `/Slot?schedule=Schedule/staff.${anna}&start=${day}&status=free,busy,busy-unavailable`
  const { entry = [] } = (await ask('GET', search)).json as unknown as { entry?: { resource: Json }[] }
  const slots = entry.map(({ resource }) => resource)
  expect(slots.filter(({ status }) => status === 'busy-unavailable')).toEqual([made.json])
  for (const { status, start, end } of slots)
    if (status === 'free')
      expect(Date.parse(String(end)) <= startMs || Date.parse(String(start)) >= startMs + 2 * hourMs).toBe(
        true,
      )
  const clash = await ask('POST', '/Appointment', visit(anna, startMs + 30 * minuteMs))
  expect([clash.status, diagnostics(clash).includes('in an absence')]).toEqual([409, true])

  const again = await ask('POST', '/Slot', absence(anna, startMs))
  expect([again.status, again.json.id]).toEqual([200, made.json.id])
  const renamed = { ...made.json, comment: 'A course' }
  expect((await ask('PUT', path, renamed)).status).toBe(200)
  expect(ward.plan.book.get('hours', anna)?.away.filter((one) => one.startMs === startMs)).toMatchObject([
    { why: 'A course' },
  ])
  expect((await ask('DELETE', path)).status).toBe(204)
  expect(ward.plan.book.get('hours', anna)?.away.filter((one) => one.startMs === startMs)).toEqual([])
  expect((await ask('DELETE', path)).status, 'it is free now').toBe(405)
  expect((await ask('POST', '/Appointment', visit(anna, startMs + 30 * minuteMs))).status).toBe(201)
})

test('[FHIR-24] a free slot that was found becomes an absence, and what is booked in one is told', async () => {
  const { ward, ask, anna } = await openFhir()
  const booked = await bookAs(ward, anna, bookAt(tomorrow(10), { staff: [anna] }))
  const made = await ask('POST', '/Slot', absence(anna, tomorrow(9)))
  expect(made.status).toBe(201)
  expect(rowOf(ward, booked.id).status, 'it stands until a person decides').toBe('booked')
  expect([...ward.plan.book.all('attention')]).toMatchObject([{ why: 'away', also: [anna] }])
  const day = iso(tomorrow() + 20 * dayMs).slice(0, 10)
  const found = await ask('GET', `/Slot?schedule=staff.${anna}&start=${day}`)
  const { entry = [] } = found.json as unknown as { entry?: { resource: Json }[] }
  const free = entry[0]?.resource
  if (!free) throw new Error('nothing is free')
  const taken = await ask('PUT', `/Slot/${free.id}`, { ...free, status: 'busy-unavailable' })
  expect(taken.status).toBe(200)
  expect((await ask('GET', `/Slot/${free.id}`)).json).toEqual({ ...free, status: 'busy-unavailable' })
})

test('[FHIR-25] what is no absence of one person is refused with its element, and a Schedule is not written', async () => {
  const { ward, ask, anna, bed } = await openFhir()
  const at = tomorrow()
  const bad: readonly (readonly [number, unknown, string])[] = [
    [422, absence(anna, at, { status: 'busy-tentative' }), 'Slot.status'],
    [422, absence(anna, at, { status: 'busy' }), 'Slot.status'],
    [422, absence(anna, at, { status: 'free' }), 'Slot.status'],
    [422, absence(anna, at, { status: 'gone' }), 'Slot.status'],
    [422, absence(anna, at, { end: iso(at) }), 'Slot.end'],
    [422, absence(anna, at, { end: '2999' }), 'Slot.end'],
    [422, absence(anna, at, { comment: 'x'.repeat(81) }), 'Slot.comment'],
    [422, absence(anna, at, { overbooked: true }), 'Slot.overbooked'],
    [422, absence('nobody', at), 'Slot.schedule'],
    [422, absence(anna, at, { schedule: { reference: `Schedule/bed.${bed.id}` } }), 'Slot.schedule'],
    [422, absence(anna, at, { schedule: undefined }), 'Slot.schedule'],
  ]
  for (const [status, body, where] of bad) {
    const answer = await ask('POST', '/Slot', body)
    expect([where, answer.status]).toEqual([where, status])
    expect(diagnostics(answer)).toContain(where)
  }
  const { json } = await ask('POST', '/Slot', absence(anna, at))
  const later = { ...json, end: iso(at + 3 * hourMs) }
  expect((await ask('PUT', `/Slot/${json.id}`, later)).status).toBe(422)
  expect((await ask('PUT', `/Slot/${json.id}`, { ...json, id: 'x' })).status).toBe(400)
  expect((await ask('PUT', '/Slot/none', json)).status).toBe(405)
  expect((await ask('DELETE', '/Slot/none')).status).toBe(404)
  for (const [method, path] of [
    ['POST', '/Schedule'],
    ['PUT', `/Schedule/staff.${anna}`],
    ['DELETE', `/Schedule/staff.${anna}`],
    ['DELETE', '/Appointment/x'],
  ] as const)
    expect([path, (await ask(method, path, method === 'DELETE' ? null : {})).status]).toEqual([path, 405])
  expect(ward.plan.book.get('hours', anna)?.away.filter(({ startMs }) => startMs >= at)).toHaveLength(1)
})

test('[FHIR-26] absences are written by whoever may change those hours: a key to write, the person, an administrator', async () => {
  const { ward, admin, anna } = await openFhir()
  const ours = { origin: ward.origin, 'x-bedside': '1' }
  const reader = await keyOf(ward, admin, 'read')
  const read = programOf(ward, { authorization: `Bearer ${reader.token}` })
  expect((await read('POST', '/Slot', absence(anna, tomorrow()))).status).toBe(403)
  const annas = programOf(ward, { cookie: await ward.signIn('Anna Laine'), ...ours })
  const bens = programOf(ward, { cookie: await ward.signIn('Ben Okafor'), ...ours })
  const admins = programOf(ward, { cookie: admin, ...ours })
  expect((await bens('POST', '/Slot', absence(anna, tomorrow()))).status).toBe(403)
  const made = await annas('POST', '/Slot', absence(anna, tomorrow()))
  expect(made.status).toBe(201)
  expect((await bens('DELETE', `/Slot/${made.json.id}`)).status).toBe(403)
  expect((await admins('DELETE', `/Slot/${made.json.id}`)).status).toBe(204)
})
