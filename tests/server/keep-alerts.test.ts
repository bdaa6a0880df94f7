/** What an alert is, by tables; and how administrators, logs and the command line are told of it, by a real server. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { expect, onTestFinished, test, vi } from 'vitest'
import { keepingAnswer } from '../../src/protocol/keeping.ts'
import { alertsOf, type Facts } from '../../src/server/keep/alerts.ts'
import { failureOf } from '../../src/server/keep/failure.ts'
import { aheadOf, createClockWatch, httpsLife } from '../../src/server/keep/watch.ts'
import { surroundings } from '../surroundings.ts'
import { certificate, certificateKey } from './certificate.ts'
import { newProcessWard } from './process.ts'
import { openWard, temporaryFolder } from './ward.ts'

vi.setConfig({ testTimeout: 90_000 })

const dayMs = 24 * 60 * 60_000
const hourMs = dayMs / 24
const nowMs = 1_000 * dayMs

const fine: Facts = {
  ...{ nowMs, isReal: true, startedMs: nowMs - dayMs, diskBytes: 100, record: null },
  backup: { lastMs: nowMs - hourMs, failed: null },
  sheet: { lastMs: nowMs - hourMs, failed: null },
  disks: [{ place: 'data', freeBytes: 100 }],
  certificates: [{ of: 'https', lives: [{ fromMs: nowMs - 30 * dayMs, endsMs: nowMs + 60 * dayMs }] }],
  clock: { aheadMs: 5_000, behindRecordMs: 0, set: null },
}

test('[KEEP-16] where all is well there is nothing to do', () => {
  expect(alertsOf(fine)).toEqual([])
})

const https = (fromMs: number, endsMs: number): Partial<Facts> => ({
  certificates: [{ of: 'https', lives: [{ fromMs: nowMs + fromMs, endsMs: nowMs + endsMs }] }],
})
const clock = (over: Partial<Facts['clock']>): Partial<Facts> => ({ clock: { ...fine.clock, ...over } })
const since = { why: 'full', sinceMs: 5 } as const

const table: [string, Partial<Facts>, object[]][] = [
  ['a real ward without backups', { backup: null }, [{ type: 'backup-off' }]],
  ['a demo without backups', { backup: null, isReal: false }, []],
  [
    'one backup that failed',
    { backup: { lastMs: nowMs - hourMs, failed: since } },
    [{ type: 'backup-failed', ...since }],
  ],
  [
    'no backup for three hours',
    { backup: { lastMs: nowMs - 3 * hourMs, failed: null } },
    [{ type: 'backup-old', lastMs: nowMs - 3 * hourMs }],
  ],
  [
    'none at all since the start',
    { backup: { lastMs: null, failed: since } },
    [
      { type: 'backup-failed', ...since },
      { type: 'backup-old', lastMs: null },
    ],
  ],
  ['none yet, just started', { backup: { lastMs: null, failed: null }, startedMs: nowMs }, []],
  ['no sheet', { sheet: { lastMs: null, failed: since } }, [{ type: 'sheet-failed', ...since }]],
  [
    'a full disk',
    { disks: [{ place: 'backups', freeBytes: 99 }] },
    [{ type: 'disk-low', place: 'backups', freeBytes: 99 }],
  ],
  [
    'a certificate that ended overnight',
    https(-90 * dayMs, -hourMs),
    [{ type: 'certificate-ended', of: 'https', endsMs: nowMs - hourMs, count: 1 }],
  ],
  [
    'one that ends in a week',
    https(-83 * dayMs, 7 * dayMs),
    [{ type: 'certificate-ends', of: 'https', endsMs: nowMs + 7 * dayMs, count: 1 }],
  ],
  ['one of twelve hours that was just made', https(0, 12 * hourMs), []],
  [
    'one of twelve hours that nobody renewed',
    https(-11 * hourMs, hourMs),
    [{ type: 'certificate-ends', of: 'https', endsMs: nowMs + hourMs, count: 1 }],
  ],
  [
    'a clock that is ahead',
    clock({ aheadMs: 6_000 }),
    [{ type: 'clock-wrong', than: 'source', byMs: 6_000 }],
  ],
  [
    'a clock in 1970',
    clock({ behindRecordMs: 56 * 365 * dayMs }),
    [{ type: 'clock-wrong', than: 'record', byMs: -56 * 365 * dayMs }],
  ],
  [
    'a clock that was set',
    clock({ set: { byMs: -hourMs, atMs: nowMs - hourMs } }),
    [{ type: 'clock-set', byMs: -hourMs, atMs: nowMs - hourMs }],
  ],
  ['a clock that was set long ago', clock({ set: { byMs: 9_999, atMs: nowMs - 2 * dayMs } }), []],
  ['a record that is broken', { record: 'rows-missing' }, [{ type: 'record-broken', what: 'rows-missing' }]],
]

test.each(table)('[KEEP-16] %s', (_name, over, said) => {
  expect(alertsOf({ ...fine, ...over })).toEqual(said)
  for (const one of alertsOf({ ...fine, ...over }))
    expect(v.is(keepingAnswer.entries.alerts, [one]), 'it can be said').toBe(true)
})

test('[KEEP-16] of many certificates the first is named, and how many', () => {
  const life = (days: number) => ({ fromMs: nowMs - 370 * dayMs, endsMs: nowMs + days * dayMs })
  const certificates = [{ of: 'bed', lives: [life(20), life(10), life(400)] }] as const
  expect(alertsOf({ ...fine, certificates })).toEqual([
    { type: 'certificate-ends', of: 'bed', endsMs: nowMs + 10 * dayMs, count: 2 },
  ])
})

test('[KEEP-17] a clock that is set gives itself away, and one that merely runs does not', () => {
  let [day, ran] = [1_000_000, 0]
  const watch = createClockWatch(
    () => day,
    () => ran,
  )
  day += 60_000
  ran += 60_000
  expect(watch.look()).toBe(0)
  day += 60_000 - hourMs
  ran += 60_000
  expect(watch.look()).toBe(-hourMs)
  day += 60_000
  ran += 60_000
  expect(watch.look()).toBe(0)
})

test('[KEEP-17] a clock is compared with what another machine says, to a second, and with nothing where it says nothing', async () => {
  let said: string | null = new Date(Date.now() - 60_000).toUTCString()
  const server = createServer((_request, response) => {
    response.sendDate = false
    response.writeHead(204, said === null ? {} : { date: said }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
  const ahead = await aheadOf(url, Date.now)
  expect(Math.abs((ahead ?? 0) - 60_000)).toBeLessThan(3_000)
  for (const nonsense of [null, 'yesterday']) {
    said = nonsense
    expect(await aheadOf(url, Date.now)).toBeNull()
  }
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  expect(await aheadOf(url, Date.now)).toBeNull()
})

function withCertificate() {
  const folder = temporaryFolder()
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(cert, certificate)
  writeFileSync(key, certificateKey)
  return { environment: { BEDSIDE_TLS_CERT: cert, BEDSIDE_TLS_KEY: key } }
}

test('[KEEP-18] the life of the certificate that people are shown is read from the file, or from whoever stands in front', async () => {
  const ward = await openWard(withCertificate())
  await ward.keeping.turn()
  const own = ward.keeping.facts().https
  expect(own?.endsMs).toBeGreaterThan(Date.now())
  expect(await httpsLife(ward.origin, null), 'asked over the network').toEqual(own)
  expect(await httpsLife('http://localhost:1', null)).toBeNull()
  expect(await httpsLife('https://localhost:1', null)).toBeNull()
})

test('[KEEP-18] a certificate that ended overnight is said within the hour, by a server that goes on', async () => {
  let aheadMs = 0
  const { environment } = withCertificate()
  const ward = await openWard({ environment, now: () => Date.now() + aheadMs, limits: { sweepMs: 1e9 } })
  await ward.keeping.turn()
  expect(ward.keeping.answer().alerts).toEqual([])
  const endsMs = ward.keeping.facts().https?.endsMs ?? 0
  aheadMs = endsMs - Date.now() + hourMs
  await ward.keeping.turn()
  expect(ward.keeping.answer().alerts).toContainEqual({
    ...{ type: 'certificate-ended', of: 'https', endsMs, count: 1 },
  })
  expect(ward.keeping.answer().alerts).toContainEqual({
    ...{ type: 'clock-set', byMs: expect.any(Number), atMs: expect.any(Number) },
  })
})

test('[KEEP-19] administrators are shown what there is to do, and nobody else is', async () => {
  const ward = await openWard({ environment: { BEDSIDE_DISK_MB: '99999999' } })
  await ward.keeping.turn()
  const ask = async (name: string) => {
    const cookie = await ward.signIn(name)
    return await fetch(`${ward.origin}/api/keeping`, { headers: { cookie, 'x-bedside': '1' } })
  }
  const admin = await ask('Oskar Berg').then((answer) => answer.json())
  expect(v.parse(keepingAnswer, admin)).toMatchObject({
    alerts: [{ type: 'disk-low', place: 'data' }],
    backup: null,
    sheet: null,
  })
  expect((await ask('Anna Laine')).status).toBe(403)
})

const cli = fileURLToPath(new URL('../../src/server/keep/command.ts', import.meta.url))

function keep(data: string, ...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    env: { ...surroundings, BEDSIDE_DATA: data },
    encoding: 'utf8',
  })
  return { code: status, out: stdout, err: stderr }
}

test('[KEEP-20] npm run keep makes a backup and a sheet by the server that runs, and says what there is to do', async () => {
  const [backups, sheets] = [temporaryFolder(), temporaryFolder()]
  const ward = await newProcessWard({
    ...{ BEDSIDE_BACKUP_DIR: backups, BEDSIDE_DOWNTIME_DIR: sheets, BEDSIDE_DISK_MB: '1' },
  })
  const nobody = keep(ward.data, 'backup')
  expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining('No server runs')])
  await ward.start()
  expect(keep(ward.data, 'backup')).toMatchObject({ code: 0, out: expect.stringMatching(/^bedside-\w+Z\n$/) })
  expect(keep(ward.data, 'downtime')).toMatchObject({
    ...{ code: 0, out: expect.stringMatching(/^bedside-downtime-\w+Z\.html\n$/) },
  })
  expect(keep(ward.data, 'alerts')).toEqual({ code: 0, out: '', err: '' })
  expect(keep(ward.data, 'sing')).toMatchObject({ code: 1, out: expect.stringContaining('npm run keep') })
  expect(keep(ward.data).err).toContain('npm run keep')
})

test('[KEEP-20] a word for why, whatever system or database said it', () => {
  const coded = (code: string) => Object.assign(new Error(code), { code })
  const sqlite = (errcode: number) =>
    Object.assign(new Error('sqlite'), { code: 'ERR_SQLITE_ERROR', errcode })
  const said: [unknown, string][] = [
    [coded('ENOSPC'), 'full'],
    [coded('EDQUOT'), 'full'],
    [coded('ENOENT'), 'gone'],
    [coded('EROFS'), 'refused'],
    [sqlite(13), 'full'],
    [sqlite(778), 'failed'],
    [sqlite(526), 'gone'],
    [new Error('x'), 'failed'],
    ['x', 'failed'],
  ]
  for (const [error, why] of said) expect([error, failureOf(error)]).toEqual([error, why])
})
