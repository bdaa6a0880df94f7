/** Nothing that is queued is lost, and nothing is said twice beyond what a mail program can tell for a repeat. */
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openMailServer } from '../fakes/mail-server.ts'
import { facts, hourMs, link, minuteMs, nowMs, openPost, startMs } from './mail.ts'

const dayMs = 24 * hourMs
const busy = { at: 'rcpt', code: 451, words: 'try again later' } as const

test('[MAIL-10] a server that is busy is asked again; staff see its words meanwhile, and nobody is told twice', async () => {
  const { queue, pass, server, state, world } = await openPost()
  server.answers.push(busy, { at: 'data', code: 452, words: 'no room' })
  await queue('invitation')
  expect(await state()).toMatchObject({
    state: 'waiting',
    to: 'juan@example.org',
    problem: '451 try again later',
  })
  await pass(14_000)
  expect(server.answers, 'not yet').toHaveLength(1)
  await pass(1_000)
  expect(await state()).toMatchObject({ state: 'waiting', problem: '452 no room' })
  await pass(30_000)
  expect(await state()).toEqual({
    state: 'sent',
    to: 'juan@example.org',
    atMs: nowMs + 45_000,
    problem: null,
    isDealt: false,
  })
  await pass(dayMs)
  expect(server.delivered).toHaveLength(1)
  expect(world.news).toEqual(['visit-1', 'visit-1', 'visit-1'])
})

test('[MAIL-11] a refusal is for good at once, in the server’s words: one line of 200 characters', async () => {
  const { queue, pass, server, state } = await openPost()
  server.answers.push({ at: 'rcpt', code: 550, words: `no such person here ${'x'.repeat(300)}` })
  await queue('invitation')
  const mail = await state()
  expect(mail).toMatchObject({ state: 'failed', atMs: nowMs })
  expect(mail?.problem).toMatch(/^550 no such person here x+$/)
  expect(mail?.problem).toHaveLength(200)
  await pass(hourMs)
  expect(server.delivered).toEqual([])
})

test('[MAIL-12] after two hours without a server staff are told; it is tried on for as long as it helps, and goes as soon as the server is back', async () => {
  const { queue, pass, server, state, world } = await openPost()
  await server.close()
  await queue('invitation')
  for (let minutes = 0; minutes < 118; minutes += 2) await pass(2 * minuteMs)
  expect(await state()).toMatchObject({ state: 'waiting' })
  await pass(2 * minuteMs)
  expect(await state()).toMatchObject({ state: 'failed', problem: expect.stringContaining('ECONNREFUSED') })
  world.facts.set('visit-2', facts({ to: 'maria@example.org' }))
  await queue('invitation', world.nowMs, 'visit-2')
  const back = await openMailServer({}, server.port)
  onTestFinished(() => back.close())
  await pass(2 * minuteMs)
  expect(back.delivered.map(({ to }) => to)).toEqual([['maria@example.org'], ['juan@example.org']])
  expect(await state()).toMatchObject({ state: 'sent', problem: null })
})

test('[MAIL-13] nothing that was queued is lost in a restart, and what was sent is not sent again', async () => {
  const first = await openPost()
  await first.queue('invitation')
  await first.queue('reminder-day', startMs - dayMs)
  await first.close()
  const second = await openPost({ server: first.server, dataFolder: first.data })
  expect(first.server.delivered).toHaveLength(1)
  await second.pass(startMs - dayMs - nowMs)
  expect(first.server.delivered.map(({ mail }) => mail.subject)).toEqual([
    'Your video visit with Ward 4',
    'Reminder: your video visit with Ward 4',
  ])
})

test('[MAIL-14] when nobody knows whether it was taken it comes once more, under the same id', async () => {
  const { queue, pass, server, state } = await openPost()
  server.answers.push('cut')
  await queue('invitation')
  expect(await state()).toMatchObject({ state: 'waiting' })
  await pass(15_000)
  await pass(dayMs)
  const ids = server.delivered.map(({ mail }) => mail.messageId)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('[MAIL-15] it is queued with the change that it tells of, or not at all', async () => {
  const { post, db, server } = await openPost()
  const undone = db.transaction().execute(async (step) => {
    await post.queue(step, { visitId: 'visit-1', kind: 'invitation', dueMs: nowMs })
    throw new Error('the change was refused')
  })
  await expect(undone).rejects.toThrow('refused')
  await post.turn()
  expect(server.delivered).toEqual([])
})

test('[MAIL-16] reminders follow the time: those of the old one never come', async () => {
  const { queue, pass, post, db, server, world } = await openPost()
  await queue('reminder-day', startMs - dayMs)
  await queue('reminder-soon', startMs - 10 * minuteMs)
  const laterMs = startMs + 2 * dayMs
  const when = { type: 'at', startMs: laterMs, endMs: laterMs + hourMs } as const
  world.facts.set('visit-1', facts({}, { rev: 2, when }))
  await queue('reminder-day', laterMs - dayMs)
  await queue('reminder-soon', laterMs - 10 * minuteMs)
  await pass(startMs - nowMs)
  expect(server.delivered).toEqual([])
  await pass(dayMs)
  expect(server.delivered.map(({ mail }) => mail.subject?.split(':')[0])).toEqual(['Reminder'])
  await post.drop(db, 'visit-1')
  await pass(dayMs)
  expect(server.delivered).toHaveLength(1)
})

test('[MAIL-17] a reminder that has lost its sense is dropped, and so is all of a visit that is no more', async () => {
  const { queue, pass, server, world, rows } = await openPost()
  await queue('reminder-day', startMs - dayMs)
  await queue('reminder-soon', startMs - 10 * minuteMs)
  await pass(startMs - nowMs + 16 * minuteMs)
  world.facts.set('visit-2', null)
  await queue('invitation', world.nowMs, 'visit-2')
  world.facts.set('visit-3', facts({}, { status: 'cancelled' }))
  await queue('invitation', world.nowMs, 'visit-3')
  expect(server.delivered).toEqual([])
  expect((await rows()).map(({ state }) => state)).toEqual(['dropped', 'dropped', 'dropped', 'dropped'])
})

test('[MAIL-18] whoever was never told is invited, even when the time has moved since; a cancellation leaves nothing behind it', async () => {
  const { queue, pass, server, world } = await openPost()
  server.answers.push(busy)
  await queue('invitation')
  await queue('update', nowMs + 1_000)
  await queue('reminder-soon', startMs - 10 * minuteMs)
  await pass(dayMs)
  expect(server.delivered.map(({ mail }) => mail.subject)).toEqual(['Your video visit with Ward 4'])
  world.facts.set('visit-1', facts({}, { status: 'cancelled', rev: 2 }))
  await queue('cancellation')
  await pass(7 * dayMs)
  expect(server.delivered.map(({ mail }) => mail.subject?.split(':')[0])).toEqual([
    'Your video visit with Ward 4',
    'Cancelled',
  ])
})

test('[MAIL-19] the log has no link, no name, no address and none of the server’s words', async () => {
  const { queue, pass, server, world } = await openPost()
  server.answers.push(
    { at: 'rcpt', code: 451, words: 'juan@example.org is not here yet' },
    { at: 'rcpt', code: 550, words: 'juan@example.org is nobody' },
  )
  await queue('invitation')
  await pass(minuteMs)
  world.facts.set('visit-1', facts({ zone: 'No/Where' }))
  await queue('invitation')
  expect(world.log).toContain('EENVELOPE 451')
  expect(world.log).toContain('a letter could not be written')
  for (const secret of [
    'juan',
    'García',
    'example.org',
    'nobody',
    link,
    'visit#',
    '127.0.0.1',
    'hospital.example',
  ])
    expect(world.log, secret).not.toContain(secret)
})

test('[MAIL-20] two turns at once send one letter', async () => {
  const { post, db, server } = await openPost()
  await post.queue(db, { visitId: 'visit-1', kind: 'invitation', dueMs: nowMs })
  await Promise.all([post.turn(), post.turn(), post.turn()])
  expect(server.delivered).toHaveLength(1)
})

test('[MAIL-21] without a mail server nothing is queued and nothing is promised', async () => {
  const { createPost } = await import('../../src/server/mail/post.ts')
  const { db, world } = await openPost()
  const { pino } = await import('pino')
  const off = createPost({
    ...{ db, config: null, origin: 'https://bedside.example', now: () => world.nowMs },
    ...{ log: pino({ level: 'silent' }), newsOf: () => {} },
  })
  await off.queue(db, { visitId: 'visit-9', kind: 'invitation', dueMs: nowMs })
  expect(off.isOn).toBe(false)
  expect(await off.stateOf(db, ['visit-9'])).toEqual(new Map())
})

test('[MAIL-24] what is due goes by itself, and a server that says nothing keeps nobody from stopping', async () => {
  const first = await openPost({ sweepMs: 10 })
  await first.post.queue(first.db, { visitId: 'visit-1', kind: 'reminder-day', dueMs: startMs - dayMs })
  first.world.nowMs = startMs - dayMs
  await expect.poll(() => first.server.delivered.length).toBe(1)
  await first.close()
  const silent = createServer(() => {})
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
  onTestFinished(() => void silent.close())
  const heard = new Promise((done) => silent.once('connection', done))
  const port = portOf(silent.address())
  const second = await openPost({ server: first.server, changes: { port }, dataFolder: first.data })
  await second.post.queue(second.db, { visitId: 'visit-1', kind: 'invitation', dueMs: nowMs })
  await heard
  await second.close()
  const third = await openPost({ server: first.server, dataFolder: first.data })
  expect(first.server.delivered, 'after the next start').toHaveLength(2)
  expect(await third.state()).toMatchObject({ state: 'sent' })
})

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

test('[MAIL-25] what ended is forgotten after ninety days', async () => {
  const { queue, pass, rows } = await openPost()
  await queue('invitation')
  await pass(90 * dayMs)
  expect(await rows()).toHaveLength(1)
  await pass(1)
  expect(await rows()).toEqual([])
})

test('[MAIL-26] what is cancelled is cancelled by the time that was told, also when it waits for another one', async () => {
  const { queue, server, world } = await openPost()
  const waiting = { type: 'waiting', minutes: 20, notBeforeMs: nowMs, notAfterMs: nowMs + dayMs } as const
  await queue('invitation')
  world.facts.set('visit-1', facts({}, { when: waiting, status: 'waitlist', rev: 2 }))
  await queue('cancellation')
  expect(server.delivered).toHaveLength(2)
  expect(server.delivered[1]?.mail.text).toContain('Thursday 21 January 2027, 10:00 EET')
  expect(server.delivered[1]?.calendar).toMatchObject({ method: 'CANCEL' })
  expect(server.delivered[1]?.calendar?.text).toContain('DTSTART:20270121T080000Z')
})

test('[MAIL-27] a letter that could not go in time has failed, and staff are told', async () => {
  const { queue, pass, server, world, state } = await openPost()
  world.nowMs = startMs
  await server.close()
  await queue('invitation')
  for (let minutes = 0; minutes < 40; minutes += 2) await pass(2 * minuteMs)
  expect(await state()).toMatchObject({ state: 'failed' })
  world.facts.set('visit-2', facts())
  await queue('invitation', world.nowMs, 'visit-2')
  expect(await state('visit-2')).toMatchObject({ state: 'failed', problem: 'too late' })
})

test('[MAIL-28] a letter that is at fault itself is not tried for ever', async () => {
  const { queue, pass, server, state } = await openPost()
  server.answers.push(...Array.from({ length: 100 }, () => busy))
  await queue('invitation')
  for (let minutes = 0; minutes < 122; minutes += 2) await pass(2 * minuteMs)
  expect(await state()).toMatchObject({ state: 'failed', atMs: expect.any(Number) })
  server.answers.length = 0
  await pass(dayMs)
  expect(server.delivered).toEqual([])
})

test('[MAIL-29] a reminder that is sent after the time does not say that the visit is still to come', async () => {
  const { queue, pass, server } = await openPost()
  await queue('reminder-soon', startMs - 10 * minuteMs)
  await pass(startMs + 14 * minuteMs - nowMs)
  expect(server.delivered).toHaveLength(1)
  const { subject, text } = server.delivered[0]?.mail ?? {}
  expect(subject).toBe('You can come in now: your video visit with Ward 4')
  expect(text).not.toMatch(/soon/i)
})
