/** Every route and every message × every role × every standing towards the ward, tried at a real server. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { type Action, actionOf, glassMs, permissionOf } from '../../src/core/permissions.ts'
import { type ClientMessage, clientMessage } from '../../src/protocol/client-frame.ts'
import { type Role, type StaffRole, staffRoles } from '../../src/protocol/people.ts'
import { unspoken } from '../../src/protocol/wishes.ts'
import { issueCode } from '../../src/server/codes.ts'
import type { Route } from '../../src/server/routes.ts'
import { type Client, openBed, openStation, signIn } from './client.ts'
import { askGuest, join, openGuest } from './guest.ts'
import { figures, healthy, openWard, talk, type Ward } from './ward.ts'

/** Towards the one ward there is: one of the person's own, nobody's business of theirs, or broken into. */
const standings = ['own', 'foreign', 'broken'] as const
type Standing = (typeof standings)[number]

/** Who comes without having signed in, and why that must be. A route that is not here must need an action. */
const open: Readonly<Record<string, string>> = {
  'POST /sign-in': 'a link is the way in',
  'GET /sign-in-ways': 'what ways in there are',
  'GET /visit/speed': 'whoever tries their device is not known yet',
  'POST /visit/speed': 'whoever tries their device is not known yet',
  'POST /sign-in/password': 'a way in',
  'POST /sign-in/passkey-options': 'a way in',
  'POST /sign-in/passkey': 'a way in',
  'GET /oidc/start': 'a way in',
  'GET /oidc/callback': 'a way in',
  'POST /oidc/back-channel-logout': 'the provider’s server signs what it says',
  'POST /invitation': 'who was invited has no account yet',
  'POST /invitation/passkey-options': 'who was invited has no account yet',
  'POST /invitation/passkey': 'who was invited has no account yet',
  'POST /invitation/password': 'who was invited has no account yet',
  'POST /sign-out': 'whoever is out already may say so again',
  'POST /enrol': 'a tablet comes with a code',
  'POST /enrol/begin': 'a tablet comes with a code',
  'POST /enrol/again': 'a tablet comes with a code',
  'POST /enrol/reveal': 'a tablet comes with a code',
  'POST /join/look': 'a guest comes with a code',
  'POST /join': 'a guest comes with a code',
  'POST /visit/look': 'an outpatient comes with a link',
  'POST /visit/renew': 'an outpatient comes with a link',
  'POST /visit/enter': 'an outpatient comes with a link',
  'POST /visit/rate': 'an outpatient comes with a link',
  'POST /family/look': 'a relative comes with a link',
  'POST /family/enter': 'a relative comes with a link',
  'POST /enrol/wait': 'a tablet waits for the digits to be compared',
}

type Samples = { readonly bedId: string; readonly staffId: string }

/** Each message in every shape that the table tells apart. */
const samples: { [T in ClientMessage['type']]: (ids: Samples) => readonly ClientMessage[] } = {
  'call.invite': ({ bedId, staffId }) => {
    const common = { type: 'call.invite' as const, expiresAtMs: Date.now() + 5_000 }
    const bed = { type: 'bed' as const, bedId }
    return [
      { ...common, callId: randomUUID(), to: bed, mode: 'ring', stay: 1 },
      { ...common, callId: randomUUID(), to: bed, mode: 'knock', stay: 1 },
      { ...common, callId: randomUUID(), to: { type: 'staff', staffId }, mode: 'ring', stay: null },
      { ...common, callId: randomUUID(), to: { type: 'duty', dutyId: 'none' }, mode: 'ring', stay: null },
      { ...common, callId: randomUUID(), to: { type: 'visitor', visitId: 'none' }, mode: 'ring', stay: null },
      { ...common, callId: randomUUID(), to: { type: 'family' }, mode: 'ring', stay: null },
    ]
  },
  'call.accept': () => [{ type: 'call.accept', callId: 'none' }],
  'call.end': () => [{ type: 'call.end', callId: 'none', reason: 'hung-up' }],
  'call.take': () => [{ type: 'call.take', callId: 'none' }],
  'guest.vouch': () => [
    {
      type: 'guest.vouch',
      guestId: 'none',
      certificate: { text: '{}', signature: 'A'.repeat(86) },
      seal: 'A'.repeat(43),
    },
  ],
  'scan.shared': () => [
    {
      ...{ type: 'scan.shared', callId: 'none', shareId: 'none', digest: 'a'.repeat(64), files: 1 },
      patientNumber: null,
    },
  ],
  'scan.seen': () => [{ type: 'scan.seen', callId: 'none', shareId: 'none' }],
  'scan.ended': () => [{ type: 'scan.ended', callId: 'none', shareId: 'none' }],
  'guest.refuse': () => [{ type: 'guest.refuse', guestId: 'none' }],
  'visit.tested': () => [
    {
      type: 'visit.tested',
      test: {
        camera: 'works',
        microphone: 'heard',
        speaker: 'heard',
        ways: {},
        downKbps: null,
        upKbps: null,
        browser: 'x',
      },
    },
  ],
  'visit.leave': () => [{ type: 'visit.leave' }],
  'family.ask': () => [{ type: 'family.ask' }],
  'family.wish': () => [{ type: 'family.wish', guestId: randomUUID(), name: 'Somebody' }],
  'family.remove': () => [{ type: 'family.remove', guestId: 'none' }],
  'call.relink': () => [{ type: 'call.relink', callId: 'none', epoch: 1 }],
  'call.signal': () => [
    {
      type: 'call.signal',
      callId: 'none',
      epoch: 1,
      signal: { type: 'media', camera: true, microphone: true },
    },
  ],
  'admission.admit': ({ bedId }) => [
    {
      type: 'admission.admit',
      actId: randomUUID(),
      admissionId: randomUUID(),
      bedId,
      patient: { name: 'Somebody', born: '1950-01-01', number: 'DEMO-0' },
      wishes: unspoken,
    },
  ],
  'admission.move': ({ bedId }) => [
    { type: 'admission.move', actId: randomUUID(), admissionId: 'none', bedId },
  ],
  'admission.swap': () => [
    { type: 'admission.swap', actId: randomUUID(), admissionId: 'none', withAdmissionId: 'no-one' },
  ],
  'admission.wish': () => [
    { type: 'admission.wish', actId: randomUUID(), admissionId: 'none', wishes: unspoken },
  ],
  'admission.away': () => [{ type: 'admission.away', actId: randomUUID(), admissionId: 'none', now: 'away' }],
  'admission.discharge': () => [
    {
      type: 'admission.discharge',
      actId: randomUUID(),
      admissionId: 'none',
      born: '1950-01-01',
      number: 'DEMO-0',
    },
  ],
  'care.take': ({ bedId }) => [{ type: 'care.take', bedIds: [bedId] }],
  'request.make': () => [
    { type: 'request.make', requestId: 'none', reason: 'water', stay: 1, expiresAtMs: Date.now() + 5_000 },
  ],
  'request.take-back': () => [{ type: 'request.take-back', requestId: 'none' }],
  'request.here': () => [{ type: 'request.here', requestId: 'none' }],
  'request.sounds': () => [{ type: 'request.sounds', requestId: 'none' }],
  'request.silent': () => [{ type: 'request.silent' }],
  'request.see': () => [{ type: 'request.see', requestId: 'none' }],
  'request.come': () => [{ type: 'request.come', requestId: 'none', inMinutes: 5 }],
  'request.done': () => [{ type: 'request.done', requestId: 'none' }],
  'call.override': ({ bedId }) => [
    {
      type: 'call.override',
      callId: randomUUID(),
      bedId,
      mode: 'ring',
      stay: 1,
      expiresAtMs: 0,
      override: { over: 'privacy', why: 'other', words: 'the matrix of permissions' },
    },
  ],
  'ledger.ask': () => [{ type: 'ledger.ask' }],
  'call.figures': () => [figures('none')],
  'call.outcome': () => [{ type: 'call.outcome', callId: 'none', outcome: 'done' }],
  'bed.report': () => [
    { type: 'bed.report', report: { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: null } },
  ],
  'tablet.health': () => [{ type: 'tablet.health', health: healthy }],
  'update.failed': () => [{ type: 'update.failed', build: '0123456789ab', number: 0, why: 'files' }],
  'settings.tried': () => [{ type: 'settings.tried', outcome: 'refused' }],
  'sound.check': ({ bedId }) => [{ type: 'sound.check', bedId }],
  /** The last: whoever may say it is no tablet any more. */
  'bed.leave': () => [{ type: 'bed.leave' }],
}

/** What the table says, read without the server's own reader of it. */
function isAllowed(role: Role, standing: Standing, action: Action): boolean {
  const permission = permissionOf(role, action)
  return permission === 'yes' || (permission === 'ward' && standing !== 'foreign')
}

/** A ward of which one person is to be everybody in turn. */
async function openMatrix() {
  const ward = await openWard({ limits: { failedTriesPerMinute: 1e9 } })
  const { db } = ward.store
  const person = db.selectFrom('staff').select('staff_id').where('name', '=', 'Anna Laine')
  const bed = db.selectFrom('beds').select('bed_id').orderBy('position')
  const { staff_id: staffId } = await person.executeTakeFirstOrThrow()
  const { bed_id: bedId } = await bed.executeTakeFirstOrThrow()
  return { ...matrixOf(ward, staffId), ward, ids: { staffId, bedId } }
}

function matrixOf(ward: Ward, staffId: string) {
  /** Makes Anna somebody else. */
  async function become(role: StaffRole, standing: Standing): Promise<void> {
    const { db } = ward.store
    const wards = JSON.stringify(standing === 'own' ? 'all' : [])
    await db.updateTable('staff').set({ role, wards }).where('staff_id', '=', staffId).execute()
    await db.deleteFrom('broken_glass').where('staff_id', '=', staffId).execute()
    if (standing !== 'broken') return
    const { ward_id } = await db.selectFrom('wards').select('ward_id').executeTakeFirstOrThrow()
    const glass = { glass_id: randomUUID(), staff_id: staffId, ward_id, reason: 'the matrix of permissions' }
    const times = { broken_ms: Date.now(), until_ms: Date.now() + glassMs }
    await db
      .insertInto('broken_glass')
      .values({ ...glass, ...times, reviewed_ms: null, reviewed_by: null, review_note: null })
      .execute()
  }

  /** A sign-in of its own for each try: some routes end the one they are asked with. */
  async function newSignIn(): Promise<string> {
    const code = await issueCode(ward.store, 'sign-in', staffId, Date.now())
    return await signIn(ward.origin, `${ward.origin}/station#signin=${code}`)
  }

  async function forbiddenRows(): Promise<string[]> {
    const rows = await ward.store.db
      .selectFrom('audit')
      .select('text')
      .where('action', '=', 'forbidden')
      .orderBy('seq')
      .execute()
    return rows.map(({ text }) => JSON.parse(text).act.detail)
  }

  /** What an empty request is answered: a bad request has passed the permission check. */
  async function ask(
    { method, path }: Route,
    cookie: string | null,
  ): Promise<{ status: number; why: unknown }> {
    const answer = await fetch(`${ward.origin}/api${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: ward.origin,
        'x-bedside': '1',
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...(cookie === null ? {} : { cookie }),
      },
      ...(method === 'GET' ? {} : { body: '{}' }),
    })
    const text = await answer.text()
    return { status: answer.status, why: text.startsWith('{"refusal"') ? JSON.parse(text).refusal : null }
  }

  return { become, newSignIn, forbiddenRows, ask }
}

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`
}

test('[PERM-4] a route needs an action of the table, or stands on the list of those that cannot', async () => {
  const { ward } = await openMatrix()
  expect(ward.routes.length).toBeGreaterThan(5)
  for (const route of ward.routes) {
    if (route.needs !== 'nothing') continue
    expect(
      open[nameOf(route)],
      `${nameOf(route)} is open to anyone: give it an action in needs, or say why not in the list of this test`,
    ).toBeDefined()
  }
})

test('[PERM-5] whoever is not signed in comes in where nothing is needed, and nowhere else', async () => {
  const { ward, ask } = await openMatrix()
  for (const route of ward.routes) {
    const { status, why } = await ask(route, null)
    if (route.needs === 'nothing')
      expect([nameOf(route), why]).not.toEqual([nameOf(route), expect.stringMatching(/signed-out|forbidden/)])
    else expect([nameOf(route), status, why]).toEqual([nameOf(route), 401, 'signed-out'])
  }
})

test.each(staffRoles.flatMap((role) => standings.map((standing) => [role, standing] as const)))(
  '[PERM-6] every route: a %s whose ward this is (%s) may do what the table says; the rest is 403 and on record',
  async (role, standing) => {
    const { ward, ask, become, newSignIn, forbiddenRows } = await openMatrix()
    await become(role, standing)
    for (const { needs, ...route } of ward.routes) {
      const before = (await forbiddenRows()).length
      const { status, why } = await ask({ needs, ...route }, await newSignIn())
      const name = `${nameOf({ needs, ...route })} as ${role}, ${standing}`
      const refusals = (await forbiddenRows()).slice(before)
      if (needs === 'nothing' || isAllowed(role, standing, needs)) {
        expect([name, why]).not.toEqual([name, expect.stringMatching(/^(forbidden|signed-out|locked)$/)])
        expect([name, refusals]).toEqual([name, []])
      } else expect([name, status, why, refusals]).toEqual([name, 403, 'forbidden', [needs]])
      await become(role, standing)
    }
  },
)

test('[PERM-7] a locked browser does only what gets it out of that', async () => {
  const { ward, ask, become, newSignIn } = await openMatrix()
  await become('nurse', 'own')
  const columns = await sql<{ name: string }>`pragma table_info(sign_ins)`.execute(ward.store.db)
  const isLockable = columns.rows.some(({ name }) => name === 'locked_ms')
  const waysOut = ward.routes.filter(({ whileLocked }) => whileLocked).map(nameOf)
  if (!isLockable) expect(waysOut).toEqual(['POST /sign-out'])
  for (const route of isLockable ? ward.routes : []) {
    const cookie = await newSignIn()
    await sql`update sign_ins set locked_ms = ${Date.now()}`.execute(ward.store.db)
    const { status, why } = await ask(route, cookie)
    if (route.needs === 'nothing' || route.whileLocked)
      expect([nameOf(route), why]).not.toEqual([nameOf(route), 'locked'])
    else expect([nameOf(route), status, why]).toEqual([nameOf(route), 401, 'locked'])
  }
})

test('[PERM-8] every message that a client can say is tried', () => {
  const types = clientMessage.options.map(({ entries }) => entries.type.literal)
  for (const type of types)
    expect(
      Object.keys(samples),
      `${type} is new: add a sample of it, so that every role is tried with it`,
    ).toContain(type)
})

/** True: it was taken, and a tablet that leaves is sent away as it asked. False: the socket was closed with 4403. */
async function isTaken(client: Client, message: ClientMessage): Promise<boolean> {
  client.say(message)
  const closed = client.closed.then(({ code }) => code)
  const outcome = await Promise.race([
    closed,
    client.settled().then(
      () => 'taken',
      () => closed,
    ),
  ])
  if (message.type === 'bed.leave' && outcome === 4401) return true
  if (outcome !== 'taken') expect(outcome).toBe(4403)
  return outcome === 'taken'
}

async function tryMessages(
  { ids, forbiddenRows }: Awaited<ReturnType<typeof openMatrix>>,
  role: Role,
  standing: Standing,
  come: () => Promise<Client>,
): Promise<void> {
  for (const message of Object.values(samples).flatMap((make) => make(ids))) {
    const client = await come()
    const before = (await forbiddenRows()).length
    const action = actionOf(message)
    const allowed = isAllowed(role, standing, action)
    const name = `${message.type} (${action}) as ${role}, ${standing}`
    expect([name, await isTaken(client, message)]).toEqual([name, allowed])
    expect([name, (await forbiddenRows()).slice(before)]).toEqual([name, allowed ? [] : [action]])
    await client.cut()
  }
}

test.each(staffRoles.flatMap((role) => standings.map((standing) => [role, standing] as const)))(
  '[PERM-9] every message: a %s whose ward this is (%s) may say what the table says; the rest is 4403 and on record',
  async (role, standing) => {
    const matrix = await openMatrix()
    await matrix.become(role, standing)
    const cookie = await matrix.newSignIn()
    await tryMessages(matrix, role, standing, () => openStation(matrix.ward.origin, cookie))
  },
)

test('[PERM-9] every message: a tablet may say what the table says; the rest is 4403 and on record', async () => {
  const matrix = await openMatrix()
  const tablet = await matrix.ward.enrol('3')
  await tryMessages(matrix, 'patient-device', 'own', () => openBed(matrix.ward.origin, tablet))
})

test('[PERM-9] every message: a guest may say what the table says; the rest is 4403 and on record', async () => {
  const matrix = await openMatrix()
  const { ward } = matrix
  const cookie = await ward.signIn('Ben Okafor')
  const { callId } = await talk(await openStation(ward.origin, cookie), await ward.bed('3'))
  const guest = await join(ward, await askGuest(ward, cookie, callId))
  await tryMessages(matrix, 'guest', 'foreign', () => openGuest(ward.origin, guest))
})
