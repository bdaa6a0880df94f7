import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { post } from './client.ts'
import { diagnostics, keyOf, openFhir, programOf, visit } from './fhir-program.ts'
import { bookAt, dayMs, hourMs, minuteMs, tomorrow } from './plan.ts'
import { openWard } from './ward.ts'

test('[FHIR-7] what the server can do is said to anyone, and the rest to nobody without a key', async () => {
  const ward = await openWard()
  const nobody = programOf(ward, {})
  expect((await nobody('GET', '/metadata')).json).toMatchObject({
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
  })
  for (const path of ['/Appointment', '/Appointment/x', '/Schedule', '/Slot']) {
    const answer = await nobody('GET', path)
    expect([path, answer.status]).toEqual([path, 401])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  }
  const guessed = programOf(ward, { authorization: `Bearer ${randomUUID()}` })
  expect((await guessed('GET', '/Appointment')).status).toBe(401)
  expect((await guessed('POST', '/Appointment', {})).status).toBe(401)
})

test('[FHIR-8] an appointment is made, read, changed and cancelled, and the plan has it', async () => {
  const { ward, ask, anna } = await openFhir()
  const made = await ask('POST', '/Appointment', visit(anna, tomorrow()))
  expect(made.status).toBe(201)
  expect(made.headers.get('etag')).toBe('W/"1"')
  const id = String(made.json.id)
  expect(made.headers.get('location')).toBe(`/fhir/Appointment/${id}/_history/1`)
  expect(ward.plan.book.get('appointment', id)).toMatchObject({
    title: 'Follow-up',
    staff: [anna],
    kind: 'visit',
    by: 'server',
  })

  const read = await ask('GET', `/Appointment/${id}`)
  expect(read.json).toEqual(made.json)
  expect((await ask('GET', `/Appointment/${id}`, null, { 'if-none-match': 'W/"1"' })).status).toBe(304)

  const same = await ask('PUT', `/Appointment/${id}`, read.json, { 'if-match': 'W/"1"' })
  expect([same.status, same.headers.get('etag')]).toEqual([200, 'W/"1"'])

  const moved = {
    ...read.json,
    start: new Date(tomorrow(10)).toISOString(),
    end: new Date(tomorrow(11)).toISOString(),
    minutesDuration: 60,
  }
  const changed = await ask('PUT', `/Appointment/${id}`, moved, { 'if-match': 'W/"1"' })
  expect([changed.status, changed.headers.get('etag')]).toEqual([200, 'W/"2"'])

  const cancelled = { ...changed.json, status: 'cancelled', cancelationReason: { text: 'The patient asked' } }
  expect((await ask('PUT', `/Appointment/${id}`, cancelled, { 'if-match': 'W/"2"' })).status).toBe(200)
  expect(ward.plan.book.get('appointment', id)).toMatchObject({
    status: 'cancelled',
    cancelReason: 'The patient asked',
  })
})

test('[PLAN-3] a program moves nothing that was put outside hours on purpose; it may say that it is cancelled', async () => {
  const { ward, ask, anna } = await openFhir()
  const act = bookAt(tomorrow(), { staff: [anna], outsideHours: true })
  expect(await ward.plan.perform({ type: 'server' }, [{ actId: randomUUID(), act }])).toEqual([
    { type: 'applied' },
  ])
  const { json } = await ask('GET', `/Appointment/${act.id}`)
  const moved = {
    ...json,
    start: new Date(tomorrow(10)).toISOString(),
    end: new Date(tomorrow(11)).toISOString(),
    minutesDuration: 60,
  }
  const refused = await ask('PUT', `/Appointment/${act.id}`, moved, { 'if-match': 'W/"1"' })
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(refused.status).toBeLessThan(500)
  expect(ward.plan.book.get('appointment', act.id)).toMatchObject({ when: act.fields.when })
  const cancelled = { ...json, status: 'cancelled', cancelationReason: { text: 'The patient asked' } }
  const answer = await ask('PUT', `/Appointment/${act.id}`, cancelled, { 'if-match': 'W/"1"' })
  expect(answer.status).toBe(200)
})

test('[FHIR-9] HZ-8: a double booking is 409 and names the slot, whoever made the first; nothing is booked', async () => {
  const { ward, ask, anna, bed } = await openFhir()
  const first = bookAt(tomorrow(), { staff: [anna], title: 'Secret matter' })
  await ward.plan.perform({ type: 'staff', staffId: anna }, [{ actId: randomUUID(), act: first }])
  const count = [...ward.plan.book.all('appointment')].length
  const clash = await ask('POST', '/Appointment', visit(anna, tomorrow() + 10 * minuteMs))
  expect(clash.status).toBe(409)
  expect(diagnostics(clash)).toContain(`Practitioner/${anna} from ${new Date(tomorrow()).toISOString()}`)
  expect(diagnostics(clash)).toContain('Free: ')
  expect(diagnostics(clash)).not.toContain('Secret')
  expect([...ward.plan.book.all('appointment')]).toHaveLength(count)
  expect([...ward.plan.book.all('attention')], 'whoever asked was told at once').toEqual([])

  const atBed = { participant: [{ actor: { reference: `Location/${bed.id}` }, status: 'accepted' }] }
  const call = await ask('POST', '/Appointment', visit(anna, tomorrow(14), atBed))
  expect(call.status).toBe(201)
  expect(ward.plan.book.get('appointment', String(call.json.id))).toMatchObject({
    kind: 'bed-call',
    stops: [{ bedId: bed.id, admissionId: bed.stay?.admissionId ?? null, minutes: 30 }],
  })
  const again = await ask('POST', '/Appointment', visit(anna, tomorrow(14), atBed))
  expect([again.status, diagnostics(again).includes(`(bed ${bed.label})`)]).toEqual([409, true])
})

test('[FHIR-10] of many programs that want one slot at once, one gets it', async () => {
  const { ward, ask, anna } = await openFhir()
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => ask('POST', '/Appointment', visit(anna, tomorrow(15)))),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(409)])
  expect(ward.plan.book.bookings(`staff:${anna}`, tomorrow(15), tomorrow(16))).toHaveLength(1)
})

test('[FHIR-11] nobody changes what they have not seen: an old version is 412, none is 400', async () => {
  const { ask, anna } = await openFhir()
  const made = await ask('POST', '/Appointment', visit(anna, tomorrow()))
  const path = `/Appointment/${made.json.id}`
  const renamed = { ...made.json, description: 'Another' }
  expect((await ask('PUT', path, renamed)).status).toBe(400)
  expect((await ask('PUT', path, renamed, { 'if-match': 'W/"1"' })).status).toBe(200)
  const late = await ask('PUT', path, { ...made.json, description: 'Lost' }, { 'if-match': 'W/"1"' })
  expect(late.status).toBe(412)
  expect((await ask('GET', path)).json.description).toBe('Another')
  expect((await ask('PUT', '/Appointment/none', renamed, { 'if-match': 'W/"1"' })).status).toBe(405)
})

test('[FHIR-12] what the plan cannot hold is refused with its element, and not half taken', async () => {
  const { ward, ask, anna } = await openFhir()
  const at = tomorrow()
  const bad: readonly (readonly [number, unknown, string])[] = [
    [422, visit(anna, at, { participant: [] }), 'Appointment.participant'],
    [422, visit(anna, at, { participant: undefined }), 'Appointment.participant'],
    [422, visit(anna, at, { status: 'sleeping' }), 'Appointment.status'],
    [422, visit(anna, at, { start: 'soon' }), 'Appointment.start'],
    [422, visit(anna, at, { end: new Date(at - hourMs).toISOString() }), 'Appointment.end'],
    [422, visit(anna, at, { end: undefined }), 'Appointment.start'],
    [422, visit(anna, at, { slot: [{ reference: 'Slot/1' }] }), 'Appointment.slot'],
    [422, visit('nobody', at), 'Appointment.participant[0]'],
    [
      422,
      visit(anna, at, {
        serviceType: [{ coding: [{ system: 'urn:x-bedside:appointment-kind', code: 'note' }] }],
      }),
      'Appointment.serviceType',
    ],
    [422, { resourceType: 'Patient' }, 'Appointment'],
    [422, [], 'Appointment'],
    [400, '{"resourceType":', ''],
    [400, '{"__proto__": {"a": 1}}', ''],
  ]
  for (const [status, body, where] of bad) {
    const answer = await ask('POST', '/Appointment', body)
    expect([where, answer.status]).toEqual([where, status])
    expect(diagnostics(answer)).toContain(where)
  }
  expect((await ask('POST', '/Appointment', `"${'x'.repeat(70_000)}"`)).status).toBe(413)
  expect(
    (await ask('POST', '/Appointment', '<xml/>', { 'content-type': 'application/fhir+xml' })).status,
  ).toBe(415)
  expect((await ask('GET', '/Appointment', null, { accept: 'application/fhir+xml' })).status).toBe(406)
  expect((await ask('POST', '/Slot', {})).status).toBe(422)
  expect((await ask('GET', '/Patient')).status).toBe(404)
  const server = [...ward.plan.book.all('appointment')].filter(
    ({ by, kind }) => by === 'server' && kind === 'visit',
  )
  expect(server.filter(({ title }) => title === 'Follow-up')).toEqual([])
})

test('[FHIR-13] a search finds by date, person, bed and status, in pages that leave nothing out', async () => {
  const { ask, anna, bed } = await openFhir()
  for (let day = 0; day < 5; day += 1)
    await ask('POST', '/Appointment', visit(anna, tomorrow() + (10 + day) * dayMs))
  const from = new Date(tomorrow() + 10 * dayMs).toISOString().slice(0, 10)
  const to = new Date(tomorrow() + 13 * dayMs).toISOString().slice(0, 10)
  const found = await ask(
    'GET',
    `/Appointment?practitioner=${anna}&date=ge${from}&date=lt${to}&status=booked`,
  )
  expect(found.json.total).toBe(3)
  const ids: string[] = []
  let path: string | null = `/Appointment?actor=Practitioner/${anna}&date=ge${from}&_count=2`
  for (let page = 0; path !== null; page += 1) {
    expect(page).toBeLessThan(4)
    const { json, status } = await ask('GET', path)
    expect(status).toBe(200)
    const bundle = json as unknown as {
      entry?: { resource: { id: string } }[]
      link: { relation: string; url: string }[]
    }
    ids.push(...(bundle.entry ?? []).map(({ resource }) => resource.id))
    const next = bundle.link.find(({ relation }) => relation === 'next')
    path = next ? next.url.slice(next.url.indexOf('/fhir') + '/fhir'.length) : null
  }
  expect([ids.length, new Set(ids).size]).toEqual([5, 5])
  expect((await ask('GET', `/Appointment?location=${bed.id}&date=ge${from}`)).json.total).toBe(0)
  expect((await ask('GET', `/Appointment?_id=${ids[0]}`)).json.total).toBe(1)
  expect((await ask('GET', '/Appointment?status=noshow')).json.total).toBe(0)
  for (const wrong of [
    'patient=1',
    'date=soon',
    'date=ap2027',
    '_count=many',
    '_page=here',
    'date=2027-02-30',
  ])
    expect([wrong, (await ask('GET', `/Appointment?${wrong}`)).status]).toEqual([wrong, 400])
})

test('[FHIR-14] a free slot that is found can be booked, and then is free no more', async () => {
  const { ask, anna } = await openFhir()
  const schedules = await ask('GET', `/Schedule?actor=Practitioner/${anna}`)
  const { entry = [] } = schedules.json as unknown as { entry?: { resource: { id: string } }[] }
  const schedule = entry[0]?.resource.id
  expect((await ask('GET', `/Schedule/${schedule}`)).status).toBe(200)
  const day = new Date(tomorrow() + 20 * dayMs).toISOString().slice(0, 10)
  const free = async () => {
    const answer = await ask('GET', `/Slot?schedule=Schedule/${schedule}&start=${day}`)
    return (
      (answer.json as unknown as { entry?: { resource: { id: string; start: string; end: string } }[] })
        .entry ?? []
    )
  }
  const [slot] = await free()
  if (!slot) throw new Error('nothing is free')
  expect((await ask('GET', `/Slot/${slot.resource.id}`)).json).toEqual(slot.resource)
  expect((await ask('POST', '/Appointment', visit(anna, Date.parse(slot.resource.start)))).status).toBe(201)
  expect((await ask('GET', `/Slot/${slot.resource.id}`)).status).toBe(404)
  for (const { resource } of await free())
    expect(Date.parse(resource.start)).toBeGreaterThanOrEqual(Date.parse(slot.resource.start) + 30 * minuteMs)
  expect((await ask('GET', '/Slot')).status).toBe(400)
  expect((await ask('GET', `/Slot?schedule=${schedule}&start=ge2027&start=lt2029`)).status).toBe(400)
})

test('[FHIR-15] a key to read writes nothing, a revoked one does nothing, and the audit says which program it was', async () => {
  const { ward, ask, anna, admin, integrationId } = await openFhir()
  const reader = await keyOf(ward, admin, 'read')
  const read = programOf(ward, { authorization: `Bearer ${reader.token}` })
  expect((await read('GET', '/Appointment')).status).toBe(200)
  expect((await read('POST', '/Appointment', visit(anna, tomorrow()))).status).toBe(403)
  expect((await ask('POST', '/Appointment', visit(anna, tomorrow()))).status).toBe(201)
  const acts = await ward.store.db
    .selectFrom('audit')
    .select(['action', 'text'])
    .where('agent_id', '=', integrationId)
    .orderBy('seq')
    .execute()
  expect(acts.map(({ action }) => action)).toEqual(['plan-changed', 'plan-shared'])
  const cookie = await ward.signIn('Maria Oja')
  const listed = await fetch(`${ward.origin}/api/plan/integrations`, { headers: { cookie } })
  expect(listed.status, 'a doctor hands out no keys').toBe(403)
  const kept = await ward.store.db.selectFrom('plan_integrations').select(['token_hash']).execute()
  expect(JSON.stringify(kept)).not.toContain(reader.token)
})

test('[FHIR-16] a revoked key is nobody’s at once', async () => {
  const { ward, ask, admin, integrationId } = await openFhir()
  const revoke = () =>
    post(ward.origin, '/api/plan/integrations/revoke', { integrationId }, { cookie: admin })
  expect((await ask('GET', '/Appointment')).status).toBe(200)
  expect((await revoke()).status).toBe(200)
  expect((await ask('GET', '/Appointment')).status).toBe(401)
  expect((await revoke()).status).toBe(404)
})

test('[FHIR-17] a person asks by the cookie of our own page only, and sees what they may', async () => {
  const { ward, ask, anna } = await openFhir()
  const made = await ask('POST', '/Appointment', visit(anna, tomorrow()))
  const path = `/Appointment/${made.json.id}`
  const cookie = await ward.signIn('Ben Okafor')
  const ben = programOf(ward, { cookie })
  expect((await ben('GET', path)).status).toBe(200)
  expect((await ben('GET', path, null, { 'sec-fetch-site': 'cross-site' })).status).toBe(401)
  expect(
    (await ben('POST', '/Appointment', visit(anna, tomorrow(11)))).status,
    'no proof that our page asks',
  ).toBe(401)
  const ours = programOf(ward, { cookie, origin: ward.origin, 'x-bedside': '1' })
  expect((await ours('POST', '/Appointment', visit(anna, tomorrow(11)))).status).toBe(201)
  await ward.giveWards('Ben Okafor', [])
  expect((await ben('GET', path)).status, 'another ward’s').toBe(404)
  expect((await ours('PUT', path, made.json, { 'if-match': 'W/"1"' })).status).toBe(403)
})
