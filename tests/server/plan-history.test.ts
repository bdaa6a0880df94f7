/** Long absences and lost histories: pages, cursors that are too old, a server that came back from a copy. */
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createChangeLog } from '../../src/server/plan/changes.ts'
import { bookAt, type Device, dayMs, newDevice, tomorrow } from './plan.ts'
import { appointment } from './plan-fake.ts'
import { openWard, temporaryFolder, type Ward } from './ward.ts'

async function deviceOf(ward: Ward, name = 'Anna Laine'): Promise<Device> {
  const device = newDevice(ward.origin, await ward.signIn(name))
  await device.syncAll()
  return device
}

/** So many notes, fifty a request. */
async function writeNotes(device: Device, count: number): Promise<void> {
  for (let done = 0; done < count; done += 50)
    await device.does(
      ...Array.from({ length: Math.min(50, count - done) }, (_, index) =>
        bookAt(tomorrow() + (done + index) * 1_000, { title: `Note ${done + index}` }, 'note'),
      ),
    )
}

test('[SYNC-13] a first reading comes in pages; what changes meanwhile is in them, and nothing is there twice or lost', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  await writeNotes(anna, 1_500)
  const ben = newDevice(ward.origin, await ward.signIn('Ben Okafor'))
  const mine = ben.named(bookAt(tomorrow(20), { title: 'Written before the first page' }))
  const first = await ben.sync(mine)
  expect(first).toMatchObject({ reset: true, more: true, outcomes: [{ outcome: { type: 'applied' } }] })
  expect(
    first.rows.filter((row) => row.type === 'appointment' && row.title === 'Written before the first page'),
    'an outcome comes with its row',
  ).toHaveLength(1)
  const [early] = first.rows.filter(({ type }) => type === 'appointment')
  const row = anna.row('appointment', early?.id ?? '')
  await anna.does({
    type: 'appointment.edit',
    id: row?.id ?? '',
    changes: { title: { from: row?.title ?? '', to: 'Changed between two pages' } },
  })
  const second = await ben.sync()
  expect(second, 'only the first page begins anew').toMatchObject({ reset: false })
  await ben.syncAll()
  await anna.syncAll()
  expect(ben.rows).toEqual(anna.rows)
  expect(ben.row('appointment', row?.id ?? '')?.title).toBe('Changed between two pages')
})

test('[SYNC-14] what has been over for more than seven days is not sent; what is ahead is', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const [old, recent, far] = [-8 * dayMs, -6 * dayMs, 90 * dayMs].map((ms) => bookAt(Date.now() + ms))
  for (const act of [old, recent, far]) if (act) await anna.does(act)
  const ben = await deviceOf(ward, 'Ben Okafor')
  expect(new Set(ben.all('appointment').map(({ id }) => id))).toEqual(new Set([recent?.id, far?.id]))
})

test('[SYNC-15] a server put back from a copy says so by a new epoch: all is read anew, and what is said again is done', async () => {
  const first = await openWard()
  const cookie = await first.signIn('Anna Laine')
  const anna = newDevice(first.origin, cookie)
  await anna.syncAll()
  const kept = anna.named(bookAt(tomorrow(8)))
  await anna.sync(kept)
  await first.close()
  const copy = join(temporaryFolder(), 'copy.db')
  copyFileSync(join(first.data, 'bedside.db'), copy)
  const middle = await openWard({ dataFolder: first.data })
  const later = newDevice(middle.origin, cookie, anna.deviceId)
  Object.assign(later.place, anna.place)
  const lost = [later.named(bookAt(tomorrow(9))), later.named(bookAt(tomorrow(10)))].map((act, index) => ({
    ...act,
    n: index + 2,
  }))
  expect((await later.sync(...lost)).reset).toBe(false)
  const { epoch } = later.place
  await middle.close()
  copyFileSync(copy, join(first.data, 'bedside.db'))
  for (const file of ['bedside.db-wal', 'bedside.db-shm'])
    if (existsSync(join(first.data, file))) rmSync(join(first.data, file))
  const ward = await openWard({ dataFolder: first.data })
  // The copy writes on, so that its numbers are those of the history that is lost.
  const ben = await deviceOf(ward, 'Ben Okafor')
  await ben.does(bookAt(tomorrow(12)), bookAt(tomorrow(13)), bookAt(tomorrow(14)))
  const back = newDevice(ward.origin, cookie, anna.deviceId)
  Object.assign(back.place, later.place)
  const answer = await back.sync()
  expect(answer.reset).toBe(true)
  expect(answer.epoch).not.toBe(epoch)
  expect(back.all('appointment').map(({ id }) => id)).toContain(
    kept.act.type === 'appointment.book' && kept.act.id,
  )
  const again = await back.sync({ ...kept, n: 1 }, ...lost)
  expect(again.outcomes.map(({ outcome }) => outcome.type)).toEqual(['applied', 'applied', 'applied'])
  expect((await ben.sync()).reset, 'everyone reads anew').toBe(true)
  expect(ben.all('appointment')).toHaveLength(6)
  const { epoch: renewed } = ben.place
  Object.assign(back.place, { epoch: renewed, cursor: later.place.cursor })
  expect(await back.sync(), 'once, however often that cursor comes again').toMatchObject({
    reset: true,
    epoch: renewed,
  })
})

test('[SYNC-16] after 120 days a cursor is too old: all is read anew, under the same epoch', async () => {
  let nowMs = Date.now()
  const ward = await openWard({ now: () => nowMs, limits: { sweepMs: 1e9 } })
  const cookie = await ward.signIn('Anna Laine')
  const anna = newDevice(ward.origin, cookie)
  await anna.syncAll()
  const place = { ...anna.place }
  await anna.does(bookAt(tomorrow()))
  // It was off for so long; what is old goes little by little, since a clock may as well be wrong.
  for (const days of [121, 1.5, 1.5]) {
    nowMs += days * dayMs
    await ward.plan.lookAtTheClock()
  }
  const back = newDevice(ward.origin, await ward.signIn('Ben Okafor'))
  Object.assign(back.place, place)
  const answer = await back.sync()
  expect(answer).toMatchObject({ reset: true, epoch: place.epoch })
})

test('[SYNC-17] a cursor or an epoch that is no such thing costs a new reading, never an error', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  for (const cursor of [
    '',
    'x',
    '1.2.3',
    '-1.0.0.-.ward',
    '9'.repeat(40),
    `1.1.999999.${'a'.repeat(8)}.ward`,
  ]) {
    Object.assign(anna.place, { cursor })
    const answer = await anna.sync()
    expect([cursor, answer.reset]).toEqual([cursor, true])
  }
})

test('[SYNC-18] a cursor that this server did not make costs its bringer a new reading, and nobody else anything', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward)
  const ben = await deviceOf(ward, 'Ben Okafor')
  const { epoch } = anna.place
  const [from, base, seq, ...rest] = anna.place.cursor?.split('.') ?? []
  const made = [
    `${from}.${base}.${Number(seq) + 1_000}.${rest.join('.')}`,
    `${from}.${base}.${Number(seq) + 1_000}.${rest.slice(0, 2).join('.')}`,
    anna.place.cursor?.slice(0, -1) ?? '',
  ]
  for (const cursor of made) {
    Object.assign(anna.place, { cursor })
    const answer = await anna.sync(anna.named(bookAt(tomorrow(8), { title: cursor.slice(0, 80) })))
    expect(answer).toMatchObject({ reset: true, epoch, outcomes: [{ outcome: { type: 'applied' } }] })
  }
  expect(await ben.sync()).toMatchObject({ reset: false, epoch })
})

test('[SYNC-19] the answers that are kept ready take no more than 64 MB, whatever is asked for', () => {
  const log = createChangeLog()
  const note = 'x'.repeat(1_900_000)
  for (let seq = 1; seq <= 100; seq += 1) {
    const row = appointment({ id: `one-${seq}`, note })
    log.append({ seq, name: row, row, people: [], json: JSON.stringify(row) })
  }
  const reader = { staffId: 'anna', role: 'nurse', own: 'ward' } as const
  for (let from = 0; from < 99; from += 1) {
    log.page({ from, base: 100 }, reader, 0)
    expect(log.keptBytes()).toBeLessThanOrEqual(64 * 1024 * 1024)
  }
  expect(log.keptBytes()).toBeGreaterThan(0)
})
