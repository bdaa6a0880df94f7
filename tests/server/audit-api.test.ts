/** The audit over HTTP: only for who may read it, every look written down, the chain's state told as it is. */
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import {
  type AuditPage,
  auditChoices,
  auditPage,
  auditReport,
  auditState,
  auditVerdict,
} from '../../src/protocol/audit.ts'
import { databaseOf, rowsOf, stayOf, textsOf } from './audit-rows.ts'
import { post, refusalOf } from './client.ts'
import { auditEvent } from './fhir-schema.ts'
import { openWard, staffIdOf, talk, type Ward } from './ward.ts'

/** An administrator's way to ask. */
async function reader(ward: Ward, name = 'Oskar Berg') {
  const cookie = await ward.signIn(name)
  const get = (path: string) => fetch(`${ward.origin}/api${path}`, { headers: { cookie } })
  return {
    get,
    read: async <S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> =>
      v.parse(schema, await (await get(path)).json()),
    verify: async () => {
      const answer = await post(ward.origin, '/api/audit/verify', {}, { cookie })
      return v.parse(auditVerdict, await answer.json())
    },
  }
}

async function wardAfterACall(environment: Record<string, string> = {}) {
  const ward = await openWard({ environment })
  const [bed, nurse] = [await ward.bed('3'), await ward.station()]
  const { callId } = await talk(nurse, bed)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await bed.hear('call.ended')
  return { ward, nurse, callId }
}

const paths = [
  '/audit',
  '/audit/choices',
  '/audit/state',
  '/audit/export?form=csv',
  `/audit/report?admission=${randomUUID()}`,
]

test('[AUDIT-10] nobody but an administrator reads the audit, and who tries is written down', async () => {
  const ward = await openWard()
  const nurse = await reader(ward, 'Anna Laine')
  for (const path of paths) {
    expect((await fetch(`${ward.origin}/api${path}`)).status).toBe(401)
    expect(await refusalOf(await nurse.get(path))).toEqual({ status: 403, body: { refusal: 'forbidden' } })
  }
  await ward.close()
  const refused = rowsOf(ward.data).filter(({ act }) => act.action === 'forbidden')
  expect(refused.map(({ act }) => act.detail)).toEqual(paths.map(() => 'audit.read'))
})

test('[AUDIT-10] the search finds by time, act, person, bed and stay, with names, newest first', async () => {
  const { ward, nurse, callId } = await wardAfterACall()
  const admin = await reader(ward)
  const all = async (query: string) => (await admin.read(`/audit?${query}`, auditPage)).lines
  const found = async (query: string) => (await all(query)).filter(({ action }) => action.startsWith('call-'))
  const { people, beds, stays } = await admin.read('/audit/choices', auditChoices)
  expect(people.map(({ name }) => name)).toContain('Anna Laine')
  const stay = stays.find(({ bed }) => bed === '3')
  const calls = [
    { action: 'call-ended', who: 'Anna Laine', role: 'nurse', peer: 'Bed 3', detail: 'hung-up' },
    { action: 'call-answered', who: 'Bed 3', role: null, peer: 'Anna Laine' },
    { action: 'call-invited', who: 'Anna Laine', entity: { type: 'call', id: callId } },
  ]
  expect(await found(`patient=${stay?.admissionId}`)).toMatchObject(
    calls.map((line) => ({ ...line, patient: { name: 'Mateusz Nowak' } })),
  )
  expect(await found(`who=${beds[2]?.id}`)).toMatchObject(calls)
  expect(await found(`who=${staffIdOf(nurse)}&action=call-invited`)).toMatchObject(calls.slice(2))
  expect((await all(`patient=${stay?.admissionId}`)).at(-1)).toMatchObject({ action: 'admitted' })
  expect(await all(`action=sign-in&to=1`)).toEqual([])
  expect(await all(`action=sign-in&from=1`)).toHaveLength(2)
  for (const query of ['action=sing-in', 'who=a%20b', 'from=soon', 'nobody=1'])
    expect((await admin.get(`/audit?${query}`)).status).toBe(400)
})

test('[AUDIT-10] pages follow each other without a gap and without a double, while rows are being added', async () => {
  const ward = await openWard()
  const admin = await reader(ward)
  for (let time = 0; time < 230; time += 1) await admin.get('/audit?action=lock')
  const seen: number[] = []
  let page: AuditPage = await admin.read('/audit?from=1', auditPage)
  seen.push(...page.lines.map(({ seq }) => seq))
  while (page.next !== null) {
    page = await admin.read(`/audit?from=1&before=${page.next}`, auditPage)
    seen.push(...page.lines.map(({ seq }) => seq))
  }
  const [newest = 0] = seen
  expect(newest).toBeGreaterThanOrEqual(231)
  expect(seen).toEqual(Array.from({ length: newest }, (_, index) => newest - index))
})

test('[AUDIT-10] every search, export and report is an act, with what was looked for', async () => {
  const ward = await openWard()
  const admin = await reader(ward)
  await ward.bed('3')
  const { stays } = await admin.read('/audit/choices', auditChoices)
  const admission = stays.find(({ bed }) => bed === '3')?.admissionId ?? ''
  await admin.get(`/audit?action=sign-in&from=5&patient=${admission}`)
  await (await admin.get('/audit/export?form=fhir&to=9')).text()
  await (await admin.get(`/audit/report?admission=${admission}`)).text()
  expect((await admin.get(`/audit/report?admission=${randomUUID()}`)).status).toBe(404)
  await ward.close()
  const patient = stayOf(ward.data, '3')
  const acts = rowsOf(ward.data).map(({ act }) => act)
  expect(acts.filter(({ agent }) => agent.type === 'staff')).toMatchObject([
    { action: 'sign-in' },
    { action: 'audit-searched', detail: 'choices', patient: null },
    { action: 'audit-searched', detail: 'from=5 action=sign-in', patient },
    { action: 'audit-exported', detail: 'fhir to=9', patient: null },
    { action: 'report-made', patient, entity: { type: 'admission', id: patient } },
  ])
})

test('[AUDIT-9] an export holds every row of the chain, as FHIR or as a table', async () => {
  const { ward } = await wardAfterACall()
  const admin = await reader(ward)
  const fhir = await admin.get('/audit/export?form=fhir')
  expect(fhir.headers.get('content-type')).toBe('application/fhir+ndjson')
  expect(fhir.headers.get('content-disposition')).toBe('attachment; filename="audit.ndjson"')
  const lines = (await fhir.text()).trimEnd().split('\n')
  const events = lines.map((line) => v.parse(auditEvent, JSON.parse(line)))
  const table = (await (await admin.get('/audit/export?form=csv')).text()).trimEnd().split('\r\n')
  await ward.close()
  const rows = rowsOf(ward.data)
  expect(events).toHaveLength(rows.length - 1)
  expect(events.map(({ recorded }) => Date.parse(recorded))).toEqual(
    rows.slice(0, -1).map(({ atMs }) => atMs),
  )
  expect(table).toHaveLength(rows.length + 1)
  expect(table.find((line) => line.includes('call-answered'))).toContain(',Anna Laine,')
  expect(`${lines}${table}`).not.toContain('Mateusz')
})

test('[AUDIT-11] a patient’s report says who called, how it came out and who looked', async () => {
  const { ward } = await wardAfterACall()
  const admin = await reader(ward)
  const { stays } = await admin.read('/audit/choices', auditChoices)
  const path = `/audit/report?admission=${stays.find(({ bed }) => bed === '3')?.admissionId}`
  const { name, about, sections } = await admin.read(path, auditReport)
  expect([name, about[0], about[1]]).toEqual([
    'Mateusz Nowak',
    expect.stringMatching(/^born \d+ [A-Z][a-z]+ \d{4}, number DEMO-/),
    expect.stringMatching(/, bed 3, from \d+ [A-Z][a-z]+ \d{4} to today$/),
  ])
  const [calls, rung, , overrides, shown, , looks] = sections.map(({ lines }) => lines)
  expect(calls).toMatchObject([{ who: 'Anna Laine, nurse', did: 'called' }])
  expect(calls?.[0]?.cameOut).toMatch(
    /^answered after 0 s, 0 s long, ended by hanging up by Anna Laine, nurse$/,
  )
  expect([rung, overrides, shown]).toEqual([[], [], []])
  expect(looks).toMatchObject([{ who: 'Oskar Berg, administrator', did: 'made this report' }])
  const html = await (await admin.get(`${path}&form=html`)).text()
  expect(html).toContain('<strong>Mateusz Nowak</strong>')
  const other = stays.find(({ bed }) => bed === '4')?.admissionId
  expect(await (await admin.get(`/audit/report?admission=${other}&form=csv`)).text()).not.toContain(
    'Anna Laine',
  )
})

test('[AUDIT-11] it is told in the language that is asked for, by the ward’s clock, and is a page on which nothing can run', async () => {
  const zone = 'Pacific/Kiritimati'
  const { ward } = await wardAfterACall({ BEDSIDE_ZONE: zone })
  const admin = await reader(ward)
  const { stays } = await admin.read('/audit/choices', auditChoices)
  const path = `/audit/report?admission=${stays.find(({ bed }) => bed === '3')?.admissionId}&language=fi`
  const { title, heads, sections } = await admin.read(path, auditReport)
  expect([title, heads[1]]).toEqual(['Kuka soitti, koputti, ohitti ja katsoi', 'Kuka'])
  expect(sections[0]?.lines).toMatchObject([
    {
      ...{ who: 'Anna Laine, hoitaja', did: 'soitti' },
      cameOut: 'vastattiin 0 s kuluttua, kesto 0 s, puhelu lopetettiin (Anna Laine, hoitaja)',
    },
  ])
  const { atMs = 0, at } = sections[0]?.lines[0] ?? {}
  const style = { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' } as const
  const clock = new Intl.DateTimeFormat('fi-FI', { ...style, timeZone: zone })
  expect(at).toBe(clock.format(atMs))
  const page = await (await admin.get(`${path}&form=html`)).text()
  expect(page).toContain('<html lang="fi">')
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  const [head] = (await (await admin.get(`${path}&form=csv`)).text()).split('\r\n')
  expect(head).toBe('Aika,Osa,Kuka,Mitä,Miten päättyi')
  expect((await admin.get(path.replace('=fi', '=xx'))).status).toBe(400)
  const { lines } = await admin.read('/audit?action=call-answered&language=fi', auditPage)
  expect(lines.map(({ who }) => who)).toEqual(['Vuode 3'])
})

test('[AUDIT-11] it says what the patient asked for, who answered, and what came of it', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('3'), await ward.station()]
  const [answered, late] = [randomUUID(), randomUUID()]
  const common = { type: 'request.make' as const, stay: bed.welcome.stay?.epoch ?? 0 }
  bed.say({ ...common, requestId: late, reason: 'pain', expiresAtMs: Date.now() - 1 })
  bed.say({ ...common, requestId: answered, reason: 'water', expiresAtMs: Date.now() + 5_000 })
  await nurse.hear('request.changed', ({ request }) => request.requestId === answered)
  nurse.say({ type: 'request.see', requestId: answered })
  nurse.say({ type: 'request.done', requestId: answered })
  await bed.hear('request.changed', ({ request }) => request.state.type === 'ended')
  const admin = await reader(ward)
  const { stays } = await admin.read('/audit/choices', auditChoices)
  const path = `/audit/report?admission=${stays.find((stay) => stay.bed === '3')?.admissionId}`
  const { sections } = await admin.read(path, auditReport)
  const asked = sections.find(({ title }) => title === 'What the patient asked for')
  expect(asked?.lines.map(({ did, cameOut }) => [did, cameOut])).toEqual([
    ['asked for a nurse', 'not sent: it came too late'],
    ['asked for water', 'answered by Anna Laine, nurse after 0 s; done'],
  ])
  expect(await (await admin.get(`${path}&form=html`)).text()).toContain('asked for water')
})

test('[AUDIT-12] the state and the check of a running server: whole, then broken by a row changed under it', async () => {
  const { ward } = await wardAfterACall()
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const admin = await reader(again)
  const { head, rows, problem, collector, key } = await admin.read('/audit/state', auditState)
  expect({ size: head?.size, problem, collector }).toEqual({
    ...{ size: rows - 1, problem: null, collector: { type: 'none' } },
  })
  expect(key).toMatch(/^bedside\.audit\/[0-9a-f]{16}\+/)
  expect(await admin.verify()).toMatchObject({ type: 'whole', rows, heads: 2 })
  await again.close()
  const database = databaseOf(ward.data)
  database.prepare(`update audit set action = 'call-knocked' where seq = 2`).run()
  database.close()
  const tampered = await openWard({ dataFolder: ward.data })
  expect(await (await reader(tampered)).verify()).toMatchObject({ type: 'broken', seq: 2 })
})

test('[AUDIT-12] a head log that was changed under a running server is found', async () => {
  const { ward } = await wardAfterACall()
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const log = join(ward.data, 'heads.log')
  writeFileSync(log, readFileSync(log, 'utf8').replace(/\n\d+\n/, '\n3\n'))
  const verdict = await (await reader(again)).verify()
  expect(verdict).toMatchObject({ type: 'broken', said: expect.stringContaining('signature') })
})

test('[AUDIT-1] an act whose row cannot be written does not happen', async () => {
  const ward = await openWard()
  await ward.close()
  const before = textsOf(ward.data)
  const database = databaseOf(ward.data)
  database.exec(`create trigger full before insert on audit begin select raise(abort, 'disk full'); end`)
  database.close()
  const again = await openWard({ dataFolder: ward.data })
  await expect(again.signIn('Anna Laine')).rejects.toThrow('500')
  await again.close()
  expect(textsOf(ward.data)).toEqual(before)
  const kept = databaseOf(ward.data)
  expect(kept.prepare('select count(*) as n from sign_ins').get()?.n).toBe(0)
  kept.close()
})
