/** `npm run privacy` as an operator runs it, beside a server and with none; and a backup that brings back whom it erased. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { unspoken } from '../../src/protocol/wishes.ts'
import { nobodyWord } from '../../src/server/privacy/about.ts'
import { readErased } from '../../src/server/privacy/erased-list.ts'
import { databaseOf, textsOf } from './audit-rows.ts'
import { bookAt, dayMs, newDevice, tomorrow } from './plan.ts'
import { openWard, temporaryFolder, type Ward } from './ward.ts'

// Each command is a process of its own, and a busy machine takes seconds to start one.
vi.setConfig({ testTimeout: 120_000 })

const at = (path: string) => fileURLToPath(new URL(`../../src/server/${path}`, import.meta.url))

type Environment = Readonly<Record<string, string>>

async function runNode(file: string, words: readonly string[], environment: Environment) {
  const env = { PATH: process.env.PATH ?? '', ...environment }
  const child = spawn(process.execPath, [at(file), ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      said += part
    })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { said, code }
}

const privacy = (data: string, ...words: string[]) =>
  runNode('privacy/command.ts', words, { BEDSIDE_DATA: data })

const eeva = { name: 'Eeva Sallinen-Zq', born: '1944-05-06', number: 'ZQ-4711' }
const otto = { name: 'Otto Toinen', born: '1950-01-01', number: 'OT-1' }

async function bedNamed(ward: Ward, label: string): Promise<string> {
  const query = ward.store.db.selectFrom('beds').select('bed_id').where('label', '=', label)
  return (await query.executeTakeFirstOrThrow()).bed_id
}

/** Of each stay. */
function namesIn(data: string): Record<string, unknown> {
  const database = databaseOf(data)
  const rows = database.prepare('select admission_id, name from admissions').all()
  database.close()
  return Object.fromEntries(rows.map(({ admission_id, name }) => [String(admission_id), name]))
}

/** Somebody who is admitted to bed 8 by the server itself, as a nurse would. */
async function admit(ward: Ward, patient = eeva): Promise<string> {
  const admissionId = randomUUID()
  const bed = await ward.store.db
    .selectFrom('beds')
    .select('bed_id')
    .where('label', '=', '8')
    .executeTakeFirst()
  const bedId = bed?.bed_id ?? ''
  await discharge(ward, await lyingIn(ward, bedId))
  const act = {
    type: 'admission.admit',
    actId: randomUUID(),
    admissionId,
    bedId,
    patient,
    wishes: unspoken,
  } as const
  expect(await ward.plan.admit({ type: 'server' }, act)).toBeNull()
  return admissionId
}

async function lyingIn({ store }: Ward, bedId: string): Promise<string | null> {
  const open = store.db.selectFrom('admissions').select('admission_id').where('ended_ms', 'is', null)
  return (await open.where('bed_id', '=', bedId).executeTakeFirst())?.admission_id ?? null
}

async function discharge(ward: Ward, admissionId: string | null): Promise<void> {
  if (admissionId === null) return
  const { born, number } = await ward.store.db
    .selectFrom('admissions')
    .select(['born', 'number'])
    .where('admission_id', '=', admissionId)
    .executeTakeFirstOrThrow()
  const act = { type: 'admission.discharge', actId: randomUUID(), admissionId, born, number } as const
  expect(await ward.plan.admit({ type: 'server' }, act)).toBeNull()
}

const outpatient = { name: 'Timo Ulkonen-Zq', born: '1961-04-30', email: 'zq@example.org', phone: '+358 1' }

test('[PRIVACY-1] beside a server: found by ids, given out in files, refused while here, erased after that, all on record', async () => {
  const ward = await openWard()
  const stay = await admit(ward)
  const found = await privacy(ward.data, 'find', '--name', 'sallinen-zq')
  expect(found).toEqual({ code: 0, said: expect.stringMatching(new RegExp(`^stay +${stay} `)) })
  expect(found.said).not.toMatch(/eeva|4711/i)
  expect((await privacy(ward.data, 'find', '--number', 'zq-4711')).said).toContain(stay)
  expect((await privacy(ward.data, 'find', '--mail', 'nobody@example.org')).said).toBe('Nobody fits.\n')
  const out = join(temporaryFolder(), 'given')
  expect((await privacy(ward.data, 'access', stay, '--out', out)).code).toBe(0)
  expect(readdirSync(out).toSorted()).toEqual(['page.html', `report-${stay}.html`, 'rows.json'])
  expect(statSync(join(out, 'page.html')).mode & 0o777).toBe(0o600)
  for (const words of Object.values(eeva)) {
    expect(readFileSync(join(out, 'page.html'), 'utf8')).toContain(words)
    expect(readFileSync(join(out, 'rows.json'), 'utf8')).toContain(words)
  }
  const finnish = join(temporaryFolder(), 'annettu')
  await privacy(ward.data, 'access', stay, '--out', finnish, '--language', 'fi')
  const finnishPage = readFileSync(join(finnish, 'page.html'), 'utf8')
  for (const words of ['Mitä sinusta on tallennettu', 'Otti hoitoon']) expect(finnishPage).toContain(words)
  expect(readFileSync(join(finnish, `report-${stay}.html`), 'utf8')).toContain('Kuka soitti tai koputti')
  const refused = await privacy(ward.data, 'erase', stay, '--why', 'request')
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('the stay goes on') })
  await discharge(ward, stay)
  expect((await privacy(ward.data, 'erase', stay, '--why', 'request', '--dry-run')).said).toContain(
    'Would be erased',
  )
  expect((await privacy(ward.data, 'find', '--number', 'zq-4711')).said).toContain(stay)
  expect((await privacy(ward.data, 'erase', stay, '--why', 'request')).code).toBe(0)
  expect((await privacy(ward.data, 'find', '--number', 'zq-4711')).said).toBe('Nobody fits.\n')
  await ward.close()
  const acts = textsOf(ward.data).filter((text) => text.includes('"person-'))
  expect(acts.map((text) => /"action":"([\w-]+)"/.exec(text)?.[1])).toEqual([
    ...['person-sought', 'person-sought', 'person-sought', 'person-disclosed', 'person-disclosed'],
    ...['person-sought', 'person-erased', 'person-sought'],
  ])
  expect(acts.join()).not.toMatch(/sallinen|4711/i)
  expect((await runNode('audit/cli.ts', ['verify'], { BEDSIDE_DATA: ward.data })).said).toContain(
    'The audit is whole',
  )
})

test('[ERASE-3] a device that was away is told of the emptied row, and what it wrote meanwhile brings no word back', async () => {
  const ward = await openWard()
  const device = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  const booking = bookAt(tomorrow(9), { title: 'Zq talk', note: 'Zq note', outpatient })
  await device.syncAll()
  await device.does(booking)
  const off = {
    status: { from: 'booked', to: 'cancelled' },
    cancelReason: { from: null, to: 'Zq is ill' },
  } as const
  expect(await device.does({ type: 'appointment.edit', id: booking.id, changes: off })).toEqual([
    { type: 'applied' },
  ])
  expect(device.row('appointment', booking.id)?.cancelReason).toBe('Zq is ill')
  const erased = await ward.privacy.command(['privacy', 'erase', booking.id, '--why', 'request'])
  expect(erased).toMatchObject({ failed: false })
  const late = newDevice(ward.origin, await ward.signIn('Maria Oja'))
  const changes = { note: { from: 'Zq note', to: 'Zq again' } }
  const [outcome] = await late.does({ type: 'appointment.edit', id: booking.id, changes })
  expect(outcome).toMatchObject({ type: 'refused', why: 'closed' })
  await device.syncAll()
  expect(device.row('appointment', booking.id)).toMatchObject({
    title: nobodyWord,
    note: '',
    outpatient: null,
  })
  expect(JSON.stringify([...device.rows.values()])).not.toContain('Zq')
  const rows = await ward.store.db.selectFrom('plan_rows').select('json').execute()
  expect(JSON.stringify(rows)).not.toContain('Zq')
})

async function backUp(ward: Ward, backups: string): Promise<string> {
  const said = await ward.keeping.command(['keep', 'backup'])
  expect(said?.failed).toBe(false)
  return join(backups, said?.lines[0] ?? '')
}

test('[ERASE-4] who was erased stays erased when a backup of before is put back, in which they still lie in their bed', async () => {
  const backups = temporaryFolder()
  const environment = { BEDSIDE_BACKUP_DIR: backups }
  const ward = await openWard({ environment })
  await ward.keeping.turn()
  const stay = await admit(ward)
  const backup = await backUp(ward, backups)
  await discharge(ward, stay)
  expect(await ward.privacy.command(['privacy', 'erase', stay, '--why', 'request'])).toMatchObject({
    failed: false,
  })
  expect(readFileSync(join(backups, 'erased.log'), 'utf8')).toContain(stay)
  await ward.close()
  expect(readFileSync(join(backup, 'bedside.db')).includes('Sallinen-Zq'), 'the backup names them').toBe(true)
  const target = join(temporaryFolder(), 'back')
  const restored = await runNode('keep/restore.ts', [backup, '--to', target], {})
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('Erased anew') })
  const database = databaseOf(target)
  const row = database
    .prepare('select name, number, ended_ms from admissions where admission_id = ?')
    .get(stay)
  database.close()
  expect(row).toMatchObject({ name: nobodyWord, number: nobodyWord, ended_ms: expect.any(Number) })
  expect(readFileSync(join(target, 'bedside.db')).includes('Sallinen-Zq')).toBe(false)
  expect((await runNode('audit/cli.ts', ['verify'], { BEDSIDE_DATA: target })).code).toBe(0)
  const after = await openWard({ dataFolder: target, environment })
  const board = await after.store.db.selectFrom('admissions').select('name').execute()
  expect(JSON.stringify(board)).not.toContain('Sallinen')
})

test('[ERASE-4] a data folder that was copied back by hand is put right at the start, before anybody is served', async () => {
  const backups = temporaryFolder()
  const environment = { BEDSIDE_BACKUP_DIR: backups }
  const ward = await openWard({ environment })
  await ward.keeping.turn()
  const stay = await admit(ward)
  const backup = await backUp(ward, backups)
  await discharge(ward, stay)
  await ward.privacy.command(['privacy', 'erase', stay, '--why', 'request'])
  await ward.close()
  expect(existsSync(join(backup, 'erased.log'))).toBe(false)
  const after = await openWard({ dataFolder: backup, environment })
  const rows = await after.store.db.selectFrom('admissions').select(['name', 'ended_ms']).execute()
  expect(JSON.stringify(rows)).not.toContain('Sallinen')
  expect(JSON.stringify([...after.plan.book.all('bed')])).not.toContain('Sallinen')
})

test('[ERASE-7] nobody is erased by a line that the server did not write, and each such list is said', async () => {
  const backups = temporaryFolder()
  const environment = {
    BEDSIDE_BACKUP_DIR: backups,
    BEDSIDE_SECRET: 'the ward’s own secret of 32 letters and more',
  }
  const ward = await openWard({ environment })
  await ward.keeping.turn()
  const stay = await admit(ward)
  const backup = await backUp(ward, backups)
  const other = (await lyingIn(ward, await bedNamed(ward, '1'))) ?? ''
  await discharge(ward, stay)
  await ward.privacy.command(['privacy', 'erase', stay, '--why', 'request'])
  await ward.close()
  const list = join(backups, 'erased.log')
  const [own = ''] = readFileSync(list, 'utf8').split('\n')
  const [, when, seal] = own.split(' ')
  for (const line of [other, `${other} ${when}`, `${other} ${when} ${seal}`])
    appendFileSync(list, `\n${line}\n`)
  const stolen = join(temporaryFolder(), 'back')
  const restored = await runNode('keep/restore.ts', [backup, '--to', stolen], environment)
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('Erased anew') })
  expect(restored.said).toContain(`nobody is erased by them (1): ${other}`)
  expect(namesIn(stolen)).toMatchObject({ [stay]: nobodyWord, [other]: 'Eero Salonen' })
  const after = await openWard({ dataFolder: stolen, environment })
  expect(await lyingIn(after, await bedNamed(after, '1'))).toBe(other)
  await after.close()
  expect(namesIn(stolen)).toMatchObject({ [other]: 'Eero Salonen' })
})

test('[ERASE-7] without the secret nobody is erased at the restore, and all are at the first start with it', async () => {
  const backups = temporaryFolder()
  const environment = {
    BEDSIDE_BACKUP_DIR: backups,
    BEDSIDE_SECRET: 'the ward’s own secret of 32 letters and more',
  }
  const ward = await openWard({ environment })
  await ward.keeping.turn()
  const stay = await admit(ward)
  const backup = await backUp(ward, backups)
  await discharge(ward, stay)
  await ward.privacy.command(['privacy', 'erase', stay, '--why', 'request'])
  await ward.close()
  const target = join(temporaryFolder(), 'back')
  const restored = await runNode('keep/restore.ts', [backup, '--to', target], {})
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('NOT YET erased anew') })
  expect(existsSync(join(target, 'secret.key'))).toBe(false)
  expect(namesIn(target)).toMatchObject({ [stay]: eeva.name })
  const after = await openWard({
    dataFolder: target,
    environment: { BEDSIDE_SECRET: environment.BEDSIDE_SECRET },
  })
  await after.close()
  expect(namesIn(target)).toMatchObject({ [stay]: nobodyWord })
})

test('[ERASE-7] who was erased before lines were sealed gets a sealed one at the next start, and no warning stays', async () => {
  const ward = await openWard()
  const stay = await admit(ward)
  await discharge(ward, stay)
  await ward.privacy.command(['privacy', 'erase', stay, '--why', 'request'])
  await ward.close()
  const list = join(ward.data, 'erased.log')
  writeFileSync(list, readFileSync(list, 'utf8').replaceAll(/ [\w-]{43}$/gm, ''))
  const after = await openWard({ dataFolder: ward.data })
  expect(readErased(ward.data, after.store.digest)).toEqual({ ids: new Set([stay]), foreign: new Set() })
})

test('[ERASE-5] what goes is overwritten in the file, not only let go', async () => {
  const ward = await openWard()
  const stay = await admit(ward)
  await discharge(ward, stay)
  await ward.privacy.command(['privacy', 'erase', stay, '--why', 'request'])
  const files = readdirSync(ward.data).filter((name) => name.startsWith('bedside.db'))
  for (const name of files) expect(readFileSync(join(ward.data, name)).includes('Sallinen-Zq')).toBe(false)
})

test('[ERASE-6] what was kept long enough goes at the start and at night, two days of data at most, and is counted', async () => {
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  const environment = { BEDSIDE_RETAIN_STAYS: '30', BEDSIDE_ZONE: 'UTC' }
  const ward = await openWard({ environment, now })
  const first = await admit(ward)
  await discharge(ward, first)
  clock.aheadMs = 10 * dayMs
  const second = await admit(ward)
  await discharge(ward, second)
  const third = await admit(ward, otto)
  await ward.close()
  clock.aheadMs = Date.UTC(2099, 0, 1, 3) - Date.now()
  const after = await openWard({ dataFolder: ward.data, environment, now })
  const namesOf = async (id: string) =>
    (
      await after.store.db
        .selectFrom('admissions')
        .select('name')
        .where('admission_id', '=', id)
        .executeTakeFirst()
    )?.name
  expect(await namesOf(first)).toBe(nobodyWord)
  expect([await namesOf(second), await namesOf(third)]).toEqual([eeva.name, otto.name])
  await after.privacy.look()
  expect(await namesOf(second), 'not twice in a day').toBe(eeva.name)
  const run = await after.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'retention-run')
    .execute()
  expect(run.map(({ text }) => text.includes('stays 0'))).toEqual([true, false])
  // Whoever lay there in the demo had left on the first day, too.
  expect(run[1]?.text).toContain('stays 2, outpatients 0')
})

test('[ERASE-6] without a limit nothing goes, and the rehearsal says so; with one it counts and takes nothing', async () => {
  const clock = { aheadMs: 0 }
  const now = () => Date.now() + clock.aheadMs
  const ward = await openWard({ environment: { BEDSIDE_RETAIN_STAYS: '30' }, now })
  const stay = await admit(ward)
  await discharge(ward, stay)
  clock.aheadMs = 100 * dayMs
  const said = await ward.privacy.command(['privacy', 'retention', '--dry-run'])
  expect(said?.lines.find((line) => line.startsWith('stays'))).toMatch(/ [1-9]$/)
  expect(said?.lines).toContain('BEDSIDE_RETAIN_STAFF is not set: these are kept for ever.')
  const rows = await ward.store.db
    .selectFrom('admissions')
    .select('name')
    .where('admission_id', '=', stay)
    .execute()
  expect(rows).toEqual([{ name: eeva.name }])
})

test.each([
  [[], 'npm run privacy -- find'],
  [['find'], 'npm run privacy -- find'],
  [['find', '--number', '1', '--name', 'ab'], 'npm run privacy -- find'],
  [['find', '--name', 'a'], 'Two letters of a name at least.'],
  [['access', 'someone'], 'There is nobody by the id someone.'],
  [['access'], 'npm run privacy -- find'],
  [['access', 'someone', '--language', 'la'], '--language must be one of en, fi, sv, nl, it.'],
  [['erase', 'nobody'], 'Say why in one word'],
  [['erase', 'nobody', '--why', 'Eeva Sallinen'], 'Say why in one word'],
  [['erase', 'nobody', '--why', 'request'], 'There is nobody by the id nobody.'],
  [['erase', 'no body', '--why', 'request'], 'npm run privacy -- find'],
  [['retention', '--until', 'soon'], '--until must be a day'],
])('[PRIVACY-2] %j is refused in a sentence', async (words, sentence) => {
  const ward = await openWard()
  const said = await ward.privacy.command(['privacy', ...words])
  expect(said).toMatchObject({ failed: true })
  expect(said?.lines.join('\n')).toContain(sentence)
})

test('[PRIVACY-3] with no server running it does the same to the data', async () => {
  const ward = await openWard()
  const stay = await admit(ward)
  await discharge(ward, stay)
  await ward.close()
  expect((await privacy(ward.data, 'erase', stay, '--why', 'request')).said).toContain('Erased: stay 1')
  expect((await privacy(ward.data, 'find', '--name', 'sallinen-zq')).said).toBe('Nobody fits.\n')
})
