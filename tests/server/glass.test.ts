/** Break-glass: into a ward that is not one's own, for a reason, for an hour, seen by everyone it concerns. */

import * as v from 'valibot'
import { expect, test } from 'vitest'
import { glassMs } from '../../src/core/permissions.ts'
import { auditReport } from '../../src/protocol/audit.ts'
import { overrides } from '../../src/protocol/override.ts'
import type { ServerMessage } from '../../src/protocol/wire.ts'
import { findPerson } from '../../src/server/people.ts'
import { type Client, openStation, post, refusalOf } from './client.ts'
import { actsIn, invitation, openWard, ring, talk, type Ward } from './ward.ts'

const reason = 'Ward 4B has no doctor tonight'

async function wardIdOf({ store }: Ward): Promise<string> {
  return (await store.db.selectFrom('wards').select('ward_id').executeTakeFirstOrThrow()).ward_id
}

/** A ward with a foreign nurse, Ben, and one of its own, Anna. */
async function openForeign(options: Parameters<typeof openWard>[0] = {}) {
  const ward = await openWard(options)
  await ward.giveWards('Ben Okafor', [])
  const cookie = await ward.signIn('Ben Okafor')
  const wardId = await wardIdOf(ward)
  const ask = (path: string, body: unknown, as = cookie) => post(ward.origin, path, body, { cookie: as })
  return {
    ward,
    wardId,
    cookie,
    ask,
    station: (tabId?: string) => openStation(ward.origin, cookie, tabId ? { tabId } : {}),
    breakIt: () => ask('/api/glass', { wardId, reason }),
  }
}

test('[GLASS-1] a station in a foreign ward sees no bed and is told so, not shown an empty board', async () => {
  const { station, wardId } = await openForeign()
  const ben = await station()
  expect(ben.welcome.access).toEqual({ type: 'foreign', wardId, mayBreak: true })
  expect(ben.welcome.snapshot?.beds).toEqual([])
})

test('[GLASS-2] breaking it opens the board at once on every screen of that person, and they may call', async () => {
  const { ward, wardId, station, breakIt } = await openForeign()
  const [bed, one, two] = [await ward.bed('1'), await station('a'), await station('b')]
  const before = Date.now()
  const answer = v.parse(v.object({ untilMs: v.number() }), await (await breakIt()).json())
  expect(answer.untilMs).toBeGreaterThanOrEqual(before + glassMs)
  for (const screen of [one, two]) {
    const { access, beds } = await screen.hear('access.changed')
    expect(access).toEqual({ type: 'broken', wardId, untilMs: answer.untilMs })
    expect(beds).toHaveLength(8)
  }
  await ring(one, bed)
  await two.hear('bed.changed')
})

test('[GLASS-3] the row and the audit are one act: with who, why, and until when', async () => {
  const { ward, wardId, breakIt } = await openForeign()
  await breakIt()
  const row = await ward.store.db.selectFrom('broken_glass').selectAll().executeTakeFirstOrThrow()
  expect([row.ward_id, row.reason, row.until_ms - row.broken_ms]).toEqual([wardId, reason, glassMs])
  expect(await actsIn(ward, 'glass-broken')).toMatchObject([
    {
      detail: 'begun',
      reason,
      entity: { type: 'ward', id: wardId },
      agent: { type: 'staff', role: 'nurse' },
    },
  ])
})

test('[GLASS-3] no audit, no glass: when the row of the audit cannot be written nothing is open', async () => {
  const { ward, station, ask, wardId } = await openForeign()
  const ben = await station()
  await ward.store.db.schema.alterTable('audit').renameTo('gone').execute()
  const answer = await ask('/api/glass', { wardId, reason }).catch(() => null)
  expect(answer?.ok ?? false).toBe(false)
  await ward.store.db.schema.alterTable('gone').renameTo('audit').execute()
  expect(await ward.store.db.selectFrom('broken_glass').selectAll().execute()).toEqual([])
  await ben.settled()
  expect(ben.heard()).toEqual([])
})

test.each([
  ['no reason', {}],
  ['a reason of nine letters', { reason: 'too short' }],
  ['ten spaces', { reason: ' '.repeat(10) }],
  ['nine letters and spaces', { reason: '  too short  ' }],
  ['more than 500 letters', { reason: 'x'.repeat(501) }],
])('[GLASS-4] %s breaks nothing', async (_name, body) => {
  const { ward, ask, wardId } = await openForeign()
  expect((await ask('/api/glass', { wardId, ...body })).status).toBe(400)
  expect(await actsIn(ward, 'glass-broken')).toEqual([])
})

test('[GLASS-5] one’s own ward, one that is broken already and one that is not here are refused', async () => {
  const { ward, wardId, ask, breakIt } = await openForeign()
  const anna = await ward.signIn('Anna Laine')
  expect((await ask('/api/glass', { wardId, reason }, anna)).status).toBe(409)
  expect((await ask('/api/glass', { wardId: 'elsewhere', reason })).status).toBe(404)
  expect((await ask('/api/glass/end', { wardId })).status).toBe(409)
  const both = await Promise.all([breakIt(), breakIt()])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('[GLASS-6] it ends at the minute by itself: the board is gone, the next call is refused, a call that lives goes on', async () => {
  let laterMs = 0
  const { ward, wardId, cookie, station, breakIt } = await openForeign({
    now: () => Date.now() + laterMs,
    limits: { sweepMs: 20 },
  })
  const [bed, other, ben] = [await ward.bed('1'), await ward.bed('2'), await station('a')]
  await breakIt()
  const { callId, epoch } = await talk(ben, bed)
  laterMs = glassMs - 60_000
  await ben.settled()
  expect(ben.heard().filter(({ type }) => type === 'access.changed')).toHaveLength(1)
  laterMs = glassMs + 1
  await ben.hear('access.changed', ({ access }) => access.type === 'broken')
  const { access, beds } = await ben.hear('access.changed')
  expect([access, beds]).toEqual([{ type: 'foreign', wardId, mayBreak: true }, []])
  const ends = await actsIn(ward, 'glass-ended')
  expect(ends).toMatchObject([{ detail: 'hour-over', agent: { type: 'server' }, entity: { type: 'staff' } }])
  bed.say({ type: 'call.relink', callId, epoch })
  await ben.hear('call.changed', ({ call }) => call.epoch === epoch + 1)
  ben.say({ type: 'call.end', callId, reason: 'hung-up' })
  expect((await bed.hear('call.ended')).reason).toBe('hung-up')
  ben.say(invitation(other))
  expect((await ben.closed).code).toBe(4403)
  expect((await openStation(ward.origin, cookie)).welcome.access.type).toBe('foreign')
})

test('[GLASS-7] leaving early ends it everywhere and is in the audit', async () => {
  const { ward, wardId, station, ask, breakIt } = await openForeign()
  const ben = await station()
  await breakIt()
  expect((await ask('/api/glass/end', { wardId })).status).toBe(200)
  await ben.hear('access.changed', ({ access }) => access.type === 'foreign')
  expect((await actsIn(ward, 'glass-broken')).map(({ detail }) => detail)).toEqual(['begun'])
  expect(await actsIn(ward, 'glass-ended')).toMatchObject([{ detail: 'left', agent: { role: 'nurse' } }])
  expect((await breakIt()).status, 'and may be broken again, for another reason').toBe(200)
})

test('[GLASS-8] the ward’s own stations are told live who is in and when they are out; a screen that comes later too', async () => {
  const { ward, wardId, station, ask, breakIt } = await openForeign()
  const [anna, ben, bed] = [await ward.station('Anna Laine'), await station(), await ward.bed('1')]
  await breakIt()
  const { visitor } = await anna.hear('ward.visited')
  expect(visitor).toMatchObject({ name: 'Ben Okafor', role: 'nurse' })
  expect(visitor.untilMs).toBeGreaterThan(Date.now())
  const later = await ward.station('Anna Laine').catch(() => null)
  expect(later, 'her link was used').toBeNull()
  const maria = await ward.station('Maria Oja')
  expect((await maria.hear('ward.visited')).visitor).toEqual(visitor)
  await ask('/api/glass/end', { wardId })
  for (const own of [anna, maria])
    expect((await own.hear('ward.visited')).visitor).toEqual({ ...visitor, untilMs: null })
  for (const other of [ben, bed]) {
    await other.settled()
    expect(other.heard().map(({ type }) => type)).not.toContain('ward.visited')
  }
})

test('[GLASS-9] the hour goes on over a restart, no longer and no shorter', async () => {
  const { ward, cookie, wardId, breakIt } = await openForeign()
  const { untilMs } = v.parse(v.object({ untilMs: v.number() }), await (await breakIt()).json())
  await ward.close()
  const again = await openWard({ dataFolder: ward.data, now: () => untilMs - 1_000 })
  const ben = await openStation(again.origin, cookie)
  expect(ben.welcome.access).toEqual({ type: 'broken', wardId, untilMs })
  const anna = await again.station('Anna Laine')
  expect((await anna.hear('ward.visited')).visitor).toMatchObject({ name: 'Ben Okafor', untilMs })
  await again.close()
  const late = await openWard({ dataFolder: ward.data, now: () => untilMs + 1 })
  expect((await openStation(late.origin, cookie)).welcome.access.type).toBe('foreign')
})

/** Everything a bed hears of a call, without what differs between any two calls. */
async function heardAtBed(caller: Client, ward: Ward, label: string, mode: 'ring' | 'knock') {
  const bed = await ward.bed(label)
  const message = { ...invitation(bed), mode }
  caller.say(message)
  const { call } = await bed.hear('call.changed')
  const media = { type: 'media' as const, camera: true, microphone: true }
  caller.say({ type: 'call.signal', callId: call.callId, epoch: call.epoch, signal: media })
  await bed.hear('call.signal')
  await bed.settled()
  const rest: ServerMessage[] = bed.heard()
  const { mode: told, part, phase, epoch, remainingMs } = call
  return { told, part, phase, epoch, rings: remainingMs > 25_000, rest }
}

test.each(['ring', 'knock'] as const)(
  '[GLASS-10] broken glass changes who may %s and nothing of how: the bed hears exactly what it hears of anyone (HZ-3)',
  async (mode) => {
    const { ward, station, breakIt } = await openForeign()
    const [anna, ben] = [await ward.station('Anna Laine'), await station()]
    await breakIt()
    const own = await heardAtBed(anna, ward, '1', mode)
    const visiting = await heardAtBed(ben, ward, '2', mode)
    expect(visiting).toEqual(own)
    expect(visiting).toMatchObject({ told: mode, phase: 'ringing', rings: true, rest: [] })
  },
)

test('[GLASS-11] the queue shows who, why and what they did; a look at it is noted, once, with a note', async () => {
  const { ward, station, ask, breakIt } = await openForeign()
  const [bed, ben] = [await ward.bed('1'), await station()]
  await breakIt()
  await talk(ben, bed)
  const admin = await ward.signIn('Oskar Berg')
  const list = async () => {
    const answer = await fetch(`${ward.origin}/api/glass`, { headers: { cookie: admin } })
    return v.parse(overrides, await answer.json()).overrides
  }
  const [shown] = await list()
  expect(shown).toMatchObject({ name: 'Ben Okafor', role: 'nurse', ward: 'Ward 4B', reason, review: null })
  expect(shown?.acts[0]).toMatchObject({ action: 'glass-broken', outcome: 'done', detail: 'begun' })
  const look = { glassId: shown?.glassId, note: 'Agreed with the night manager' }
  expect((await ask('/api/glass/review', look, admin)).status).toBe(200)
  expect((await list())[0]?.review).toMatchObject({ name: 'Oskar Berg', note: look.note })
  expect(await refusalOf(await ask('/api/glass/review', look, admin))).toEqual({
    status: 409,
    body: { refusal: 'conflict' },
  })
  expect(await actsIn(ward, 'glass-reviewed')).toMatchObject([{ reason: look.note, detail: shown?.glassId }])
  expect((await ask('/api/glass/review', { ...look, glassId: 'none' }, admin)).status).toBe(404)
  expect((await actsIn(ward, 'audit-searched')).length).toBe(2)
})

test('[GLASS-12] nobody reviews but an administrator, and no administrator breaks', async () => {
  const { ward, wardId, ask, breakIt } = await openForeign()
  await breakIt()
  const { glass_id } = await ward.store.db
    .selectFrom('broken_glass')
    .select('glass_id')
    .executeTakeFirstOrThrow()
  const note = 'I did nothing wrong'
  expect((await ask('/api/glass/review', { glassId: glass_id, note })).status).toBe(403)
  await ward.giveWards('Oskar Berg', [])
  expect((await ask('/api/glass', { wardId, reason }, await ward.signIn('Oskar Berg'))).status).toBe(403)
})

test('[GLASS-13] an hour that runs out while the server is down is written down at its next start, once', async () => {
  const { ward, breakIt } = await openForeign()
  const { untilMs } = v.parse(v.object({ untilMs: v.number() }), await (await breakIt()).json())
  await ward.close()
  const options = { dataFolder: ward.data, now: () => untilMs + 1, limits: { sweepMs: 20 } }
  const late = await openWard(options)
  await expect.poll(() => actsIn(late, 'glass-ended')).toMatchObject([{ detail: 'hour-over' }])
  await late.close()
  const again = await openWard(options)
  await (await again.station()).settled()
  expect(await actsIn(again, 'glass-ended')).toHaveLength(1)
})

test('[GLASS-14] an old visit that ends late does not take away the new one of the same person', async () => {
  let laterMs = 0
  const { ward, wardId, station, breakIt } = await openForeign({
    now: () => Date.now() + laterMs,
    limits: { sweepMs: 400 },
  })
  const ben = await station()
  await breakIt()
  laterMs = glassMs + 1
  const { untilMs } = v.parse(v.object({ untilMs: v.number() }), await (await breakIt()).json())
  await expect.poll(() => actsIn(ward, 'glass-ended')).toHaveLength(1)
  await ben.settled()
  const told = ben.heard().flatMap((message) => (message.type === 'access.changed' ? [message.access] : []))
  expect(told.at(-1)).toEqual({ type: 'broken', wardId, untilMs })
})

test('[GLASS-15] who is disabled loses the glass they broke, and being enabled again does not give it back', async () => {
  const { ward, wardId, breakIt } = await openForeign({ limits: { sweepMs: 20 } })
  await breakIt()
  const anna = await ward.station('Anna Laine')
  await anna.hear('ward.visited')
  const admin = await ward.signIn('Oskar Berg')
  const { staff_id: staffId } = await ward.store.db
    .selectFrom('broken_glass')
    .select('staff_id')
    .executeTakeFirstOrThrow()
  const change = (disabled: boolean) =>
    post(ward.origin, '/api/staff/change', { staffId, disabled }, { cookie: admin })
  expect((await change(true)).status).toBe(200)
  expect((await anna.hear('ward.visited')).visitor.untilMs).toBeNull()
  expect(await actsIn(ward, 'glass-ended')).toMatchObject([{ detail: 'disabled', entity: { id: staffId } }])
  expect((await change(false)).status).toBe(200)
  const person = await findPerson(ward.store.db, staffId, Date.now())
  expect(person?.actor.broken.has(wardId)).toBe(false)
})

test('[GLASS-16] nobody reviews the glass they broke themselves, not even as an administrator since', async () => {
  const { ward, ask, breakIt } = await openForeign()
  await breakIt()
  const { db } = ward.store
  const { glass_id } = await db.selectFrom('broken_glass').select('glass_id').executeTakeFirstOrThrow()
  await db
    .updateTable('staff')
    .set({ role: 'admin', wards: '"all"' })
    .where('name', '=', 'Ben Okafor')
    .execute()
  expect((await ask('/api/glass/review', { glassId: glass_id, note: 'All was well' })).status).toBe(403)
  const admin = await ward.signIn('Oskar Berg')
  expect((await ask('/api/glass/review', { glassId: glass_id, note: 'All was well' }, admin)).status).toBe(
    200,
  )
})

test('[GLASS-17] a patient’s report shows an override once, and its reason only to whom it led', async () => {
  const { ward, wardId, station, ask, breakIt } = await openForeign()
  const [bed, ben] = [await ward.bed('1'), await station()]
  await breakIt()
  await talk(ben, bed)
  await ask('/api/glass/end', { wardId })
  const admin = await ward.signIn('Oskar Berg')
  const overridesOf = async (label: string) => {
    const { admission_id } = await ward.store.db
      .selectFrom('admissions')
      .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
      .select('admission_id')
      .where('label', '=', label)
      .executeTakeFirstOrThrow()
    const url = `${ward.origin}/api/audit/report?admission=${admission_id}`
    const answer = await fetch(url, { headers: { cookie: admin } })
    const { sections } = v.parse(auditReport, await answer.json())
    return sections[3]?.lines.map(({ who, cameOut }) => [who, cameOut])
  }
  expect(await overridesOf('1')).toEqual([['Ben Okafor, nurse', `reason given: ${reason}`]])
  expect(await overridesOf('2')).toEqual([['Ben Okafor, nurse', 'did not call this bed']])
})
