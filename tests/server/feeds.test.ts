import { randomBytes, randomUUID } from 'node:crypto'
import { convertIcsCalendar } from 'ts-ics'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { feedList, importAnswer, madeFeed } from '../../src/protocol/plan-share.ts'
import { uidOf } from '../../src/server/plan/ics-parts.ts'
import { post } from './client.ts'
import { bookAt, dayMs, edit, hourMs, minuteMs, tomorrow } from './plan.ts'
import { openWard, type Ward } from './ward.ts'

async function staffIdOf(ward: Ward, name: string): Promise<string> {
  const query = ward.store.db.selectFrom('staff').select('staff_id').where('name', '=', name)
  return (await query.executeTakeFirstOrThrow()).staff_id
}

async function openFeeds(now?: () => number) {
  const ward = await openWard(now ? { now } : {})
  const anna = await staffIdOf(ward, 'Anna Laine')
  const cookie = await ward.signIn('Anna Laine')
  async function make(path = '/api/plan/feeds', as = cookie, days = 90) {
    const answer = await post(ward.origin, path, { name: 'My phone', days }, { cookie: as })
    return v.parse(madeFeed, await answer.json())
  }
  async function book(act: ReturnType<typeof bookAt>): Promise<string> {
    const [outcome] = await ward.plan.perform({ type: 'staff', staffId: anna }, [
      { actId: randomUUID(), act },
    ])
    expect(outcome).toEqual({ type: 'applied' })
    return act.id
  }
  return { ward, anna, cookie, make, book }
}

function uidsOf(text: string): (string | undefined)[] {
  return (convertIcsCalendar(undefined, text).events ?? []).map(({ uid }) => uid)
}

const gone = { status: 404, text: 'There is no such calendar.\n' }

async function read(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers })
  return { status: answer.status, text: await answer.text() }
}

test('[FEED-1] a person’s link shows their own appointments, without a cookie, and nobody else’s', async () => {
  const { ward, anna, make, book } = await openFeeds()
  const ben = await staffIdOf(ward, 'Ben Okafor')
  const mine = await book(bookAt(tomorrow(), { staff: [anna], title: 'Secret' }))
  const ours = await book(bookAt(tomorrow(11), { staff: [anna, ben] }))
  const his = await book(bookAt(tomorrow(13), { staff: [ben] }))
  const { url, feed } = await make()
  expect(feed).toMatchObject({ of: 'person', name: 'My phone', readMs: null })
  const answer = await fetch(url)
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  const text = await answer.text()
  expect(uidsOf(text)).toEqual(expect.arrayContaining([uidOf(mine), uidOf(ours)]))
  expect(text).not.toContain(uidOf(his))
  expect(text).not.toContain('Secret')
})

test('[FEED-2] only who may share the plan makes a link of the ward; it shows all of it but people’s notes', async () => {
  const { ward, anna, cookie, make, book } = await openFeeds()
  expect((await post(ward.origin, '/api/plan/feeds/ward', { name: 'All', days: 9 }, { cookie })).status).toBe(
    403,
  )
  const admin = await ward.signIn('Oskar Berg')
  const { url } = await make('/api/plan/feeds/ward', admin)
  const call = await book(bookAt(tomorrow(), { staff: [anna] }))
  const note = await book(bookAt(tomorrow(12), { title: 'Mine alone' }, 'note'))
  const { text } = await read(url)
  expect(uidsOf(text)).toContain(uidOf(call))
  expect(text).not.toContain(uidOf(note))
})

test('[FEED-3] a link that never was, is over or revoked answers the same, and so does that of who has left', async () => {
  let nowMs = Date.now()
  const { ward, anna, cookie, make } = await openFeeds(() => nowMs)
  const [short, revoked, left] = [await make('/api/plan/feeds', cookie, 1), await make(), await make()]
  for (const { url } of [short, revoked, left]) expect((await read(url)).status).toBe(200)
  const { feedId } = revoked.feed
  expect((await post(ward.origin, '/api/plan/feeds/revoke', { feedId }, { cookie })).status).toBe(200)
  expect(await read(revoked.url)).toEqual(gone)
  expect((await post(ward.origin, '/api/plan/feeds/revoke', { feedId }, { cookie })).status).toBe(404)
  nowMs += dayMs + 1
  expect(await read(short.url)).toEqual(gone)
  expect((await read(left.url)).status).toBe(200)
  await ward.store.db.updateTable('staff').set({ disabled_ms: nowMs }).where('staff_id', '=', anna).execute()
  expect(await read(left.url)).toEqual(gone)
  for (const wrong of [
    `${randomBytes(20).toString('base64url')}.ics`,
    'x.ics',
    '%2e%2e%2fetc',
    "'or'1'='1.ics",
  ])
    expect(await read(`${ward.origin}/feeds/${wrong}`)).toEqual(gone)
})

test('[FEED-4] nobody revokes another’s link, and a person of the ward does not revoke the ward’s', async () => {
  const { ward, cookie, make } = await openFeeds()
  const { feed, url } = await make()
  const ben = await ward.signIn('Ben Okafor')
  const revoke = { feedId: feed.feedId }
  expect((await post(ward.origin, '/api/plan/feeds/revoke', revoke, { cookie: ben })).status).toBe(404)
  const admin = await ward.signIn('Oskar Berg')
  const all = await make('/api/plan/feeds/ward', admin)
  const wards = { feedId: all.feed.feedId }
  expect((await post(ward.origin, '/api/plan/feeds/revoke', wards, { cookie })).status).toBe(404)
  expect([(await read(url)).status, (await read(all.url)).status]).toEqual([200, 200])
})

test('[FEED-5] a calendar that has it is told so, and hears of a cancellation under the same UID', async () => {
  const { ward, anna, make, book } = await openFeeds()
  const id = await book(bookAt(tomorrow(), { staff: [anna] }))
  const { url } = await make()
  const first = await fetch(url)
  const etag = first.headers.get('etag') ?? ''
  expect(first.headers.get('last-modified')).toMatch(/GMT$/)
  expect(await read(url, { 'if-none-match': etag })).toEqual({ status: 304, text: '' })
  const row = ward.plan.book.get('appointment', id)
  if (!row) throw new Error('not booked')
  const act = edit(row, { status: 'cancelled', cancelReason: 'Unwell' })
  await ward.plan.perform({ type: 'staff', staffId: anna }, [{ actId: randomUUID(), act }])
  const { status, text } = await read(url, { 'if-none-match': etag })
  expect(status).toBe(200)
  const event = convertIcsCalendar(undefined, text).events?.find(({ uid }) => uid === uidOf(id))
  expect(event).toMatchObject({ status: 'CANCELLED', sequence: 2 })
  expect(text).not.toContain('Unwell')
})

test('[FEED-6] a link that is asked too often waits, and others do not', async () => {
  const { make } = await openFeeds()
  const [busy, calm] = [await make(), await make()]
  const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await fetch(busy.url)).status))
  expect(new Set(statuses)).toEqual(new Set([200, 429]))
  expect((await read(calm.url)).status).toBe(200)
})

test('[FEED-7] the token is nowhere but in the link; making, revoking and reading are known', async () => {
  const { ward, cookie, make } = await openFeeds()
  const { url, feed } = await make()
  const token = url.slice(url.lastIndexOf('/') + 1, -'.ics'.length)
  expect(Buffer.from(token, 'base64url')).toHaveLength(20)
  await read(url)
  const rows = await ward.store.db.selectFrom('plan_feeds').selectAll().execute()
  const acts = await ward.store.db.selectFrom('audit').select('text').execute()
  expect(JSON.stringify([rows, acts])).not.toContain(token)
  expect(acts.some(({ text }) => text.includes('feed-made') && text.includes(feed.feedId))).toBe(true)
  const listed = await fetch(`${ward.origin}/api/plan/feeds`, { headers: { cookie } })
  const { feeds } = v.parse(feedList, await listed.json())
  expect(feeds).toMatchObject([{ feedId: feed.feedId, readMs: expect.any(Number) }])
})

test('[FEED-12] that a link was read is on record, once for each hour and without a patient', async () => {
  let nowMs = Math.ceil(Date.now() / hourMs) * hourMs + minuteMs
  const { ward, anna, make, book } = await openFeeds(() => nowMs)
  await book(bookAt(nowMs + dayMs, { staff: [anna], title: 'Secret' }))
  const { url, feed } = await make()
  const other = await make()
  const told = async () => {
    const rows = await ward.store.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'plan-read')
      .execute()
    return rows.map(({ text, entity_id, patient_id }) => [
      entity_id,
      patient_id,
      JSON.parse(text).act.agent.type,
    ])
  }
  await Promise.all([read(url), read(url), read(url)])
  nowMs += 50 * minuteMs
  await read(url)
  expect(await told()).toEqual([[feed.feedId, null, 'unknown']])
  nowMs += 10 * minuteMs
  await read(url)
  await read(other.url)
  expect(await told()).toHaveLength(3)
  await read(`${ward.origin}/feeds/${randomBytes(20).toString('base64url')}.ics`)
  expect(await told()).toHaveLength(3)
})

test('[FEED-8] one appointment is a file for whoever may see it', async () => {
  const { ward, anna, cookie, book } = await openFeeds()
  const id = await book(bookAt(tomorrow(), { staff: [anna] }))
  const ask = (as: string) =>
    fetch(`${ward.origin}/api/plan/appointments/ics?id=${id}`, { headers: { cookie: as } })
  const answer = await ask(cookie)
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="appointment.ics"')
  expect(uidsOf(await answer.text())).toEqual([uidOf(id)])
  const ben = await ward.signIn('Ben Okafor')
  await ward.giveWards('Ben Okafor', [])
  expect((await ask(ben)).status).toBe(404)
  expect(
    (await fetch(`${ward.origin}/api/plan/appointments/ics?id=none`, { headers: { cookie } })).status,
  ).toBe(404)
})

function fileOf(events: readonly string[]): string {
  const body = events.map((event) => `BEGIN:VEVENT\r\n${event}\r\nEND:VEVENT\r\n`).join('')
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${body}END:VCALENDAR\r\n`
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}

test('[FEED-9] a file is looked at, imported, and imported again, over HTTP by who may change the plan', async () => {
  const { ward, anna, cookie, book } = await openFeeds()
  await book(bookAt(tomorrow(), { staff: [anna] }))
  const text = fileOf([
    `UID:a\r\nSUMMARY:Clash\r\nDTSTART:${stamp(tomorrow())}\r\nDURATION:PT1H`,
    `UID:b\r\nSUMMARY:Teaching\r\nDTSTART:${stamp(tomorrow(15))}\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY`,
    `UID:c\r\nDTSTART:${stamp(tomorrow(16))}\r\nDURATION:PT1H\r\nRRULE:FREQ=SECONDLY`,
  ])
  const send = async (path: string) => {
    const answer = await post(ward.origin, path, { text }, { cookie })
    const read = v.parse(importAnswer, await answer.json())
    return read.type === 'read' ? read : { booked: -1, items: [] }
  }
  const before = [...ward.plan.book.all('appointment')].length
  const preview = await send('/api/plan/import/preview')
  expect([...ward.plan.book.all('appointment')]).toHaveLength(before)
  const done = await send('/api/plan/import')
  expect(done.items).toEqual(preview.items)
  expect(done.items.filter(({ why }) => why !== null).map(({ why }) => why)).toEqual([
    'taken',
    'unsupported-rule',
  ])
  expect(done.booked).toBeGreaterThan(50)
  expect([...ward.plan.book.all('appointment')]).toHaveLength(before + done.booked)
  expect((await send('/api/plan/import')).booked).toBe(0)
  expect([...ward.plan.book.all('appointment')]).toHaveLength(before + done.booked)
  expect([...ward.plan.book.all('attention')]).toEqual([])
})

test('[FEED-10] a megabyte of 10,000 lines is answered, and the server answers others meanwhile', async () => {
  const { ward, cookie } = await openFeeds()
  const event = `DTSTART:${stamp(tomorrow())}\r\nDURATION:PT1M\r\nRRULE:FREQ=DAILY;COUNT=10000;BYMONTH=2;BYMONTHDAY=30\r\nDESCRIPTION:${'x'.repeat(400)}`
  const text = fileOf(Array.from({ length: 1_600 }, (_, index) => `UID:${index}\r\n${event}`))
  expect(Buffer.byteLength(text)).toBeLessThan(1_000_000)
  const answer = post(ward.origin, '/api/plan/import/preview', { text }, { cookie }).then((one) => one.status)
  const done = { is: false }
  void answer.then(() => {
    done.is = true
  })
  let served = 0
  while (!done.is) {
    expect((await fetch(`${ward.origin}/healthz`)).status).toBe(200)
    served += 1
  }
  expect(await answer).toBe(200)
  expect(served, 'others were answered before the file was').toBeGreaterThan(5)
  const large = await post(ward.origin, '/api/plan/import', { text: 'x'.repeat(1_000_001) }, { cookie })
  expect(large.status).toBe(400)
  const huge = await post(ward.origin, '/api/plan/import', { text: 'x'.repeat(3_000_000) }, { cookie })
  expect(huge.status).toBe(413)
})

test('[FEED-11] what we export comes back as the same times', async () => {
  const { ward, anna, cookie, book } = await openFeeds()
  const starts = [tomorrow(), tomorrow(10) + 5 * minuteMs, tomorrow() + 3 * dayMs]
  for (const startMs of starts) await book(bookAt(startMs, { staff: [anna], place: 'Room 4' }))
  const made = await post(ward.origin, '/api/plan/feeds', { name: 'x', days: 1 }, { cookie })
  const { text } = await read(v.parse(madeFeed, await made.json()).url)
  const ben = await ward.signIn('Ben Okafor')
  const elsewhere = text.replaceAll('LOCATION:Room 4', 'LOCATION:Room 5')
  const answer = await post(ward.origin, '/api/plan/import/preview', { text: elsewhere }, { cookie: ben })
  const back = v.parse(importAnswer, await answer.json())
  if (back.type === 'refused') throw new Error(back.why)
  const wanted = back.items.filter(({ why }) => why === null).map(({ startMs, endMs }) => [startMs, endMs])
  expect(wanted).toEqual(expect.arrayContaining(starts.map((ms) => [ms, ms + hourMs / 2])))
})

test('[FEED-12] a link speaks the language of whoever made it, else the ward’s', async () => {
  const ward = await openWard({ environment: { BEDSIDE_LANGUAGE: 'fi' } })
  const cookie = await ward.signIn('Anna Laine')
  const staffId = await staffIdOf(ward, 'Anna Laine')
  const act = bookAt(tomorrow(), { staff: [staffId] })
  await ward.plan.perform({ type: 'staff', staffId }, [{ actId: randomUUID(), act }])
  const textOf = async (more: Record<string, unknown>) => {
    const made = await post(ward.origin, '/api/plan/feeds', { name: 'x', days: 1, ...more }, { cookie })
    return (await read(v.parse(madeFeed, await made.json()).url)).text
  }
  expect(await textOf({ language: 'sv' })).toContain('SUMMARY:Mottagningsbesök')
  expect(await textOf({})).toContain('SUMMARY:Poliklinikkakäynti')
})

test('[FEED-13] what moved, and what was cancelled, in a calendar is moved and cancelled when its file comes again', async () => {
  const { ward, cookie } = await openFeeds()
  const fileAt = (hour: number, sequence: number, more = '') =>
    fileOf([
      `UID:a\r\nSEQUENCE:${sequence}\r\nSUMMARY:Meeting\r\nDTSTART:${stamp(tomorrow(hour))}\r\nDURATION:PT1H${more}`,
    ])
  const send = async (path: string, text: string) => {
    const answer = v.parse(importAnswer, await (await post(ward.origin, path, { text }, { cookie })).json())
    return answer.type === 'read' ? answer.items.map(({ does, why }) => [does, why]) : [answer.why]
  }
  const meeting = () => [...ward.plan.book.all('appointment')].find(({ title }) => title === 'Meeting')
  await send('/api/plan/import', fileAt(15, 0))
  const before = meeting()
  expect(await send('/api/plan/import/preview', fileAt(17, 1))).toEqual([['move', null]])
  expect(meeting(), 'looked at, nothing is done').toEqual(before)
  expect(await send('/api/plan/import', fileAt(17, 1))).toEqual([['move', null]])
  expect(meeting()).toMatchObject({ id: before?.id, when: { startMs: tomorrow(17) } })
  expect(await send('/api/plan/import', fileAt(15, 0)), 'an older file').toEqual([['book', 'known']])
  expect(await send('/api/plan/import', fileAt(17, 2, '\r\nSTATUS:CANCELLED'))).toEqual([['cancel', null]])
  expect(meeting()).toMatchObject({ id: before?.id, status: 'cancelled' })
})
