/** What stands in the log after a day of all kinds, said as loudly as it can be: lines of JSON, and no person in any. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { expect, test, vi } from 'vitest'
import { codeOf, post, signIn } from './client.ts'
import { bookAt, newDevice, tomorrow } from './plan.ts'
import { linkOf, newProcessWard, readLinks } from './process.ts'
import { talk, temporaryFolder } from './ward.ts'

vi.setConfig({ testTimeout: 90_000 })

const line = v.looseObject({ level: v.number(), time: v.number(), msg: v.string() })

test('[KEEP-21] logs are lines of JSON, by ids: no name, number, code, token or description of a link stands in one', async () => {
  const backups = join(temporaryFolder(), 'not-there')
  const ward = await newProcessWard({
    BEDSIDE_LOG: 'trace',
    BEDSIDE_BACKUP_DIR: backups,
    BEDSIDE_DISK_MB: '99999999',
  })
  const server = await ward.start()
  const links = readLinks(ward.data)
  const cookie = await signIn(ward.origin, linkOf(links, 'Maria Oja'))
  const secrets = [
    cookie,
    codeOf(linkOf(links, 'Maria Oja')),
    codeOf(linkOf(links, '1')),
    'a=fingerprint-of-nobody',
  ]
  const people = await ward.people()
  const [nurse, bed] = [await people.nurse(), await people.bed()]
  const { callId, epoch } = await talk(nurse, bed)
  nurse.say({
    ...{ type: 'call.signal', callId, epoch },
    signal: { type: 'offer', negotiation: 1, sdp: 'v=0\r\na=fingerprint-of-nobody', proof: null },
  })
  await nurse.settled()
  const device = newDevice(ward.origin, cookie)
  await device.syncAll()
  const outpatient = {
    name: 'Pirkko Salainen',
    born: '1950-02-03',
    email: 'pirkko@example.com',
    phone: '+358401234567',
  }
  await device.does(bookAt(tomorrow(), { title: 'Salainen asia', outpatient }))
  secrets.push(...Object.values(outpatient), 'Salainen asia')
  // Bad input, of which more is said than of good.
  await post(ward.origin, '/api/sign-in', { code: codeOf(linkOf(links, 'Maria Oja')) })
  await post(ward.origin, '/api/sign-in', '{"code": "broken-token-of-somebody"', { cookie })
  await post(ward.origin, '/api/sync', { patient: 'Pirkko Salainen' }, { cookie })
  await fetch(`${ward.origin}/api/who?name=Pirkko+Salainen&token=broken-token-of-somebody`, {
    headers: { cookie },
  })
  await fetch(`${ward.origin}/visit/broken-token-of-somebody`)
  secrets.push('broken-token-of-somebody')
  bed.wire.send('{"type":"Pirkko Salainen"}')
  await bed.wire.closed
  server.signal('SIGTERM')
  await server.ended
  const database = new DatabaseSync(join(ward.data, 'bedside.db'))
  const named = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .flatMap((row) => Object.values(row).map(String))
  secrets.push(...named('select name from staff'), ...named('select name, number, born from admissions'))
  database.close()
  const lines = server.said.err.split('\n').filter((text) => text !== '')
  for (const text of lines) expect([text, v.is(line, JSON.parse(text))]).toEqual([text, true])
  expect(
    lines.some((text) => text.includes('"type":"disk-low"')),
    'an alert is in it',
  ).toBe(true)
  expect(
    lines.some((text) => text.includes('"why":"gone"')),
    'and a backup that failed',
  ).toBe(true)
  expect(
    lines.some((text) => text.includes('broke the protocol')),
    'and a message that was refused',
  ).toBe(true)
  for (const secret of secrets) expect([secret, server.said.err.includes(secret)]).toEqual([secret, false])
})
