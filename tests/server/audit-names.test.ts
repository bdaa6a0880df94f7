/** A whole ward at the loudest log level: no name, number, birthday, code, key or description of a call is written. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { databaseOf, textsOf } from './audit-rows.ts'
import { codeOf, enrol, openBed, openStation, post, signIn, type Tablet } from './client.ts'
import { askGuest, join as joinTable, openGuest } from './guest.ts'
import { linkOf, newProcessWard, readLinks } from './process.ts'
import { invitation, offer, talk } from './ward.ts'
import { openWire } from './wire.ts'

const patients = ['Salonen', 'Virtanen', 'Nowak', 'Lindqvist', 'Ricci', 'Korhonen', 'Dahl', 'Haddad']
const staff = ['Laine', 'Okafor', 'Maria Oja', 'Oskar Berg']
const facts = ['DEMO-', '1948-03-02', '1939-11-19', '1971-06-30']
const secrets = ['v=0', 'fingerprint', 'BEGIN PRIVATE']

/** Wrong in every way the server has a word for. */
async function offend(origin: string, cookie: string, tablet: Tablet): Promise<void> {
  for (const frame of ['{', '{"type":"hello","name":"Eero Salonen"}', 'Anna Laine', 'x'.repeat(70_000)]) {
    const wire = openWire(origin, { cookie })
    await wire.nonce()
    wire.send(frame)
    await wire.closed
  }
  const nurse = await openStation(origin, cookie)
  nurse.wire.send('{"seq":1,"ack":0,"message":{"type":"call.invite","to":"Eero Salonen"}}')
  await nurse.closed
  const doubled = await openBed(origin, tablet)
  await openBed(origin, tablet)
  await doubled.closed
  const bodies: [string, unknown][] = [
    ['/api/sign-in', { code: 'Helmi Virtanen' }],
    ['/api/sign-in', { code: 'c'.repeat(27) }],
    ['/api/enrol', '{"code": "Mateusz Nowak"'],
    ['/api/enrol', { code: 'c'.repeat(27), publicKey: 'DEMO-1048' }],
    ['/api/nowhere?patient=Eero%20Salonen', {}],
  ]
  for (const [path, body] of bodies) await post(origin, path, body, { cookie })
  for (const path of [
    '/api/audit?who=Eero%20Salonen',
    '/Giulia%20Ricci',
    '/api/audit/report?admission=DEMO-1048',
  ])
    await fetch(`${origin}${path}`, { headers: { cookie } })
}

/** What nobody but a guest and their nurse may know comes back. */
async function work(origin: string, nurseCookie: string, tablet: Tablet): Promise<string[]> {
  const [nurse, bed] = [await openStation(origin, nurseCookie), await openBed(origin, tablet)]
  const { callId, epoch } = await talk(nurse, bed)
  nurse.say(offer(callId, epoch, 1))
  await bed.hear('call.signal')
  nurse.say(invitation(bed, randomUUID()))
  const guest = await joinTable({ origin }, await askGuest({ origin }, nurseCookie, callId))
  await openGuest(origin, guest)
  await nurse.hear('guest.waiting')
  bed.say({ type: 'call.end', callId, reason: 'declined' })
  await nurse.hear('call.ended', (heard) => heard.callId === callId)
  bed.say({ ...invitation(bed), to: { type: 'bed', bedId: tablet.bedId } })
  await bed.closed
  return [guest.code, guest.codeId, guest.secret]
}

test('[AUDIT-15] no name, number, birthday, code, key or SDP in the log or in the audit, at any level', async () => {
  const ward = await newProcessWard({
    BEDSIDE_LOG: 'trace',
    // Nobody listens there, so that the collector complains too.
    BEDSIDE_AUDIT_COLLECTOR: 'http://127.0.0.1:9/heads',
  })
  const first = await ward.start()
  const links = readLinks(ward.data)
  const nurse = await signIn(ward.origin, linkOf(links, 'Anna Laine'))
  const admin = await signIn(ward.origin, linkOf(links, 'Oskar Berg'))
  const tablet = await enrol(ward.origin, linkOf(links, '1'))
  const ofGuest = await work(ward.origin, nurse, tablet)
  await offend(ward.origin, nurse, tablet)
  const get = (path: string) => fetch(`${ward.origin}/api${path}`, { headers: { cookie: admin } })
  expect(await (await get('/audit?from=1')).text()).toContain('Eero Salonen')
  await (await get('/audit/export?form=csv')).text()
  await post(ward.origin, '/api/sign-out', {}, { cookie: nurse })
  first.signal('SIGTERM')
  await first.ended
  const database = databaseOf(ward.data)
  const stay = database.prepare('select admission_id from admissions').get()
  // The ledger keeps names and is no log; what is asked here is whether an error about it would carry them out.
  database.exec(`create trigger full before insert on audit when new.action in ('call-invited', 'sign-out')
    begin select raise(abort, 'disk full'); end`)
  database.close()
  expect(stay).toBeDefined()
  const second = await ward.start()
  const again = await signIn(ward.origin, linkOf(readLinks(ward.data), 'Anna Laine'))
  const signOut = await post(ward.origin, '/api/sign-out?patient=Eero%20Salonen', {}, { cookie: again })
  expect(signOut.status).toBe(500)
  const [caller, callee] = [await openStation(ward.origin, again), await openBed(ward.origin, tablet)]
  caller.say(invitation(callee))
  expect(await second.ended).toBe(1)
  const log = [first, second].map(({ said }) => said.err).join('\n')
  expect(log).toContain('collector')
  expect(log).toContain('disk full')
  expect(log).toContain('/api/sign-out')
  const used = [...links.staff, ...links.beds].map(({ url }) => codeOf(url))
  const cookies = [nurse, admin, again].map((cookie) => cookie.split('=')[1] ?? '')
  const forbidden = [...patients, ...staff, ...facts, ...secrets, ...used, ...cookies, ...ofGuest]
  const written = {
    log,
    audit: textsOf(ward.data).join('\n'),
    heads: readFileSync(join(ward.data, 'heads.log'), 'utf8'),
  }
  for (const [where, text] of Object.entries(written))
    expect(forbidden.filter((word) => text.includes(word)).map((word) => `${word} in ${where}`)).toEqual([])
}, 60_000)
