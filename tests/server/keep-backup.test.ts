/** Backups of a real server under load, looked at and put back by the real command, and a server on what was put back. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { checkBackup } from '../../src/server/keep/check.ts'
import { manifestName, manifestText, parseManifest } from '../../src/server/keep/manifest.ts'
import { mulberry32 } from '../lab/prng.ts'
import { surroundings } from '../surroundings.ts'
import { enrol, post } from './client.ts'
import { copyPerson, filesBelow, rootOf, sealCopy } from './copies.ts'
import { bookAt, newDevice, tomorrow } from './plan.ts'
import { openWard, temporaryFolder, type Ward } from './ward.ts'

// Each command is a process of its own, and a busy machine takes seconds to start one.
vi.setConfig({ testTimeout: 120_000 })

const cli = fileURLToPath(new URL('../../src/server/keep/restore.ts', import.meta.url))

function restore(...args: string[]): { code: number | null; out: string; err: string } {
  const env = { ...surroundings }
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { env, encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

async function openKept(backups = temporaryFolder(), dataFolder?: string) {
  const environment = { BEDSIDE_BACKUP_DIR: backups }
  const ward = await openWard({ environment, ...(dataFolder ? { dataFolder } : {}) })
  // The first look made one already, or makes it now.
  await ward.keeping.turn()
  return { ward, backups }
}

/** Makes one now: its folder. */
async function backUp({ ward, backups }: { readonly ward: Ward; readonly backups: string }): Promise<string> {
  const said = await ward.keeping.command(['keep', 'backup'])
  if (!said || said.failed) throw new Error(said?.lines.join(' '))
  return join(backups, said.lines[0] ?? '')
}

/** Two people, a sealed copy from one to the other, and something in the plan. */
async function furnished() {
  const kept = await openKept()
  const { ward } = kept
  const [anna, maria] = [await ward.signIn('Anna Laine'), await ward.signIn('Maria Oja')]
  const [nurse, doctor] = [await copyPerson(ward, anna), await copyPerson(ward, maria)]
  const { db } = ward.store
  const { staff_id } = await db
    .selectFrom('staff')
    .select('staff_id')
    .where('name', '=', 'Maria Oja')
    .executeTakeFirstOrThrow()
  const to = { type: 'staff', staffId: staff_id } as const
  const { keys } = await nurse.recipients(to)
  const picture = crypto.getRandomValues(new Uint8Array(60_000))
  const copyId = await nurse.send(await sealCopy(ward, nurse, { to, keys, files: [picture] }))
  return { ...kept, anna, doctor, copyId }
}

test('[KEEP-1] a backup made while people write is whole, and nothing acknowledged before it is missing after a restore', async () => {
  const kept = await furnished()
  const { ward, anna, copyId } = kept
  const device = newDevice(ward.origin, anna)
  await device.syncAll()
  const acknowledged: string[] = []
  let isWriting = true
  const writing = (async () => {
    for (let index = 0; isWriting; index += 1) {
      const act = bookAt(tomorrow() + index * 60_000, { title: `Under load ${index}` }, 'note')
      const [outcome] = await device.does(act)
      if (outcome?.type === 'applied') acknowledged.push(act.id)
    }
  })()
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(20)
  const made: { folder: string; before: string[] }[] = []
  for (let round = 0; round < 3; round += 1) {
    const before = [...acknowledged]
    made.push({ folder: await backUp(kept), before })
  }
  isWriting = false
  await writing
  const last = made.at(-1)?.before.length ?? 0
  expect(acknowledged.length, 'it was written on while the last was made').toBeGreaterThan(last)
  for (const { folder, before } of made) {
    const target = join(temporaryFolder(), 'put', 'back')
    const { code, out, err } = restore(folder, '--to', target)
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('This backup is whole.')
    const database = new DatabaseSync(join(target, 'bedside.db'))
    const there = database
      .prepare("select id from plan_rows where type = 'appointment' and json is not null")
      .all()
    database.close()
    const ids = new Set(there.map(({ id }) => id))
    expect(before.filter((id) => !ids.has(id))).toEqual([])
    expect(filesBelow(join(target, 'copies', copyId)).map((path) => statSync(path).size)).toEqual(
      filesBelow(join(ward.data, 'copies', copyId)).map((path) => statSync(path).size),
    )
  }
})

test('[KEEP-2] a server on what was put back: tablets are enrolled, copies open, sync goes on, and devices that saw more read anew', async () => {
  const kept = await furnished()
  const { ward, anna, doctor, copyId } = kept
  const tablet = await enrol(ward.origin, ward.bedLink('1'))
  const device = newDevice(ward.origin, anna)
  await device.syncAll()
  await device.does(bookAt(tomorrow(8), { title: 'In the backup' }))
  const folder = await backUp(kept)
  await device.does(bookAt(tomorrow(10), { title: 'Since the backup' }))
  const { epoch } = device.place
  await ward.close()
  const target = join(temporaryFolder(), 'data')
  expect(restore(folder, '--to', target).code).toBe(0)
  const after = await openWard({ dataFolder: target })
  const rows = await after.store.db.selectFrom('devices').select('device_id').execute()
  expect(rows).toContainEqual({ device_id: tablet.deviceId })
  device.goTo(after.origin)
  const answer = await device.sync()
  expect([answer.reset, answer.epoch === epoch]).toEqual([true, false])
  await device.syncAll()
  expect(device.all('appointment').map(({ title }) => title)).toEqual(['In the backup'])
  const copies = await fetch(`${after.origin}/api/copies/file?copyId=${copyId}&file=1&from=0`, {
    headers: { cookie: doctor.cookie },
  })
  expect((await copies.bytes()).length).toBeGreaterThan(60_000)
  const acts = await after.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'ward-changed')
    .execute()
  expect(acts.map(({ text }) => JSON.parse(text).act)).toContainEqual(
    expect.objectContaining({
      agent: { type: 'operator' },
      detail: expect.stringMatching(/^put back from the backup of \d{4}-/),
    }),
  )
  expect(after.keeping.answer().alerts).toEqual([])
})

/** Any change of a file, undone when it was looked at. */
function changed(file: string, change: () => void, look: () => void): void {
  const before = readFileSync(file)
  change()
  look()
  writeFileSync(file, before)
}

test('[KEEP-3] one changed byte, anywhere in a backup, is found', async () => {
  const folder = await backUp(await furnished())
  expect(checkBackup(folder).type).toBe('whole')
  const random = mulberry32(20_261_202)
  for (const file of filesBelow(folder)) {
    const bytes = readFileSync(file)
    const isSmall = bytes.length < 3_000
    const places = isSmall ? bytes.keys() : [0, bytes.length - 1, ...seeded(random, bytes.length, 60)]
    for (const at of places) {
      const other = Buffer.from(bytes)
      other[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      writeFileSync(file, other)
      expect([file, at, checkBackup(folder).type]).toEqual([file, at, 'broken'])
    }
    writeFileSync(file, bytes)
  }
  expect(checkBackup(folder).type).toBe('whole')
})

const seeded = (random: () => number, below: number, many: number) =>
  Array.from({ length: many }, () => Math.floor(random() * below))

test('[KEEP-3] a backup that was cut, lacks a file, has one more, or is none, is said in words, and put back nowhere', async () => {
  const folder = await backUp(await furnished())
  const target = join(temporaryFolder(), 'data')
  const wrong: [string, () => void][] = []
  for (const file of filesBelow(folder)) {
    wrong.push([file, () => truncateSync(file, statSync(file).size - 1)])
    wrong.push([file, () => truncateSync(file, 0)])
    wrong.push([file, () => rmSync(file)])
  }
  for (const [file, change] of wrong)
    changed(file, change, () => expect([file, checkBackup(folder).type]).toEqual([file, 'broken']))
  writeFileSync(join(folder, 'more.key'), 'x')
  const { code, err } = restore(folder, '--to', target)
  expect([code, err]).toEqual([1, expect.stringContaining('more.key does not belong to this backup.')])
  rmSync(join(folder, 'more.key'))
  truncateSync(join(folder, 'bedside.db'), 5_000)
  const cut = restore('--verify', folder)
  expect([cut.code, cut.err]).toEqual([
    1,
    expect.stringMatching(/NOT whole[\s\S]*bedside\.db has 5000 bytes/),
  ])
  expect(restore(folder, '--to', target).code).toBe(1)
  expect(restore('--verify', temporaryFolder()).err).toContain('it is no backup')
  expect(restore('--verify', join(target, 'nowhere')).err).toContain('There is no backup at')
  expect(restore('sing').err).toContain('npm run restore')
  expect(existsSync(target)).toBe(false)
})

test('[KEEP-4] verify says what a backup holds, and a restore is refused over other data and of a newer Bedside', async () => {
  const folder = await backUp(await furnished())
  const { code, out } = restore('--verify', folder)
  expect(code).toBe(0)
  expect(out).toMatch(/This backup is whole\.[\s\S]*Database: sound\.[\s\S]*\d+ rows in an unbroken chain/)
  expect(out).toContain('its key file is in the backup')
  const taken = temporaryFolder()
  writeFileSync(join(taken, 'note.txt'), 'mine')
  expect(restore(folder, '--to', taken)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is not empty'),
  })
  expect(readdirSync(taken)).toEqual(['note.txt'])
  const path = join(folder, manifestName)
  const manifest = parseManifest(readFileSync(path, 'utf8'))
  if (!manifest) throw new Error('no manifest')
  writeFileSync(path, manifestText({ ...manifest, shape: 10_000 }))
  for (const args of [
    ['--verify', folder],
    [folder, '--to', join(taken, 'x')],
  ])
    expect(restore(...args)).toMatchObject({ code: 1, err: expect.stringContaining('of a newer Bedside') })
  expect(existsSync(join(taken, 'x'))).toBe(false)
})

test('[KEEP-5] a backup is for its owner alone, and files that never change lie on the disk once', async () => {
  const kept = await furnished()
  const [first, second] = [await backUp(kept), await backUp(kept)]
  for (const path of filesBelow(second)) expect([path, statSync(path).mode & 0o077]).toEqual([path, 0])
  expect(statSync(second).mode & 0o077).toBe(0)
  const sealed = join('copies', kept.copyId, '1')
  expect(statSync(join(second, sealed)).ino).toBe(statSync(join(first, sealed)).ino)
  expect(statSync(join(second, sealed)).ino).not.toBe(statSync(join(kept.ward.data, sealed)).ino)
  expect(statSync(join(second, 'bedside.db')).ino).not.toBe(statSync(join(first, 'bedside.db')).ino)
  rmSync(first, { recursive: true })
  expect(checkBackup(second).type).toBe('whole')
  expect(rootOf(kept.ward)).not.toBe('')
})

test('[KEEP-22] [HZ-9] a sealed copy that was taken back is gone from every backup with the next one, and they are whole', async () => {
  const kept = await furnished()
  const { ward, anna, copyId } = kept
  const [first, second] = [await backUp(kept), await backUp(kept)]
  expect(filesBelow(join(first, 'copies')).length).toBeGreaterThan(0)
  const taken = await post(ward.origin, '/api/copies/withdraw', { copyId }, { cookie: anna })
  expect(taken.status).toBe(200)
  const third = await backUp(kept)
  for (const folder of [first, second, third]) {
    expect(filesBelow(folder).filter((path) => path.includes(copyId))).toEqual([])
    expect(checkBackup(folder)).toMatchObject({ type: 'whole' })
  }
  const target = join(temporaryFolder(), 'data')
  expect(restore(first, '--to', target).code).toBe(0)
  await ward.close()
  const after = await openWard({ dataFolder: target })
  const copy = after.store.db.selectFrom('copies').select('ended').where('copy_id', '=', copyId)
  expect(await copy.executeTakeFirst(), 'it is nowhere, and said to be').toEqual({ ended: 'withdrawn' })
})

test('[KEEP-6] a folder that is gone is an alert, is not made, and hurts nobody; when it is back, so are backups', async () => {
  const kept = await openKept()
  const { ward, backups } = kept
  renameSync(backups, `${backups}.away`)
  const said = await ward.keeping.command(['keep', 'backup'])
  expect(said).toEqual({ lines: [expect.stringContaining('It was not made: gone')], failed: true })
  expect(existsSync(backups)).toBe(false)
  expect(ward.keeping.answer().alerts).toEqual([
    { type: 'backup-failed', why: 'gone', sinceMs: expect.any(Number) },
  ])
  expect((await fetch(`${ward.origin}/readyz`)).status).toBe(200)
  renameSync(`${backups}.away`, backups)
  expect(checkBackup(await backUp(kept)).type).toBe('whole')
  expect(ward.keeping.answer().alerts).toEqual([])
})

/** A disk of its own, of so many KiB; null where this account may not mount one. */
function smallDisk(kib: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder])
  onTestFinished(() => {
    if (status === 0) spawnSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return status === 0 ? folder : null
}

test('[KEEP-7] a full disk is an alert, leaves the last good backup and no half one, and the server goes on', async (context) => {
  const disk = smallDisk(2_048)
  if (disk === null) return context.skip('nothing can be mounted here')
  const kept = await openKept(disk)
  const { ward } = kept
  const good = await backUp(kept)
  // So large that the database does not fit twice, whatever is in it.
  writeFileSync(join(disk, 'somebody-elses'), Buffer.alloc(400 * 1024))
  const { db } = ward.store
  await db
    .insertInto('plan_meta')
    .values({ name: 'filler', value: 'x'.repeat(1_500_000) })
    .execute()
  const said = await ward.keeping.command(['keep', 'backup'])
  expect(said).toEqual({ lines: [expect.stringContaining('It was not made: full')], failed: true })
  expect(ward.keeping.answer().alerts).toContainEqual({
    ...{ type: 'backup-failed', why: 'full', sinceMs: expect.any(Number) },
  })
  expect(readdirSync(disk).filter((name) => name.endsWith('.part'))).toEqual([])
  expect(checkBackup(good).type).toBe('whole')
  const device = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  expect((await device.does(bookAt(tomorrow())))[0]?.type).toBe('applied')
  await db.deleteFrom('plan_meta').where('name', '=', 'filler').execute()
  rmSync(join(disk, 'somebody-elses'))
})

test('[KEEP-8] what a killed server left half made is no backup, and goes with the next', async () => {
  const kept = await openKept()
  const part = join(kept.backups, '.bedside-20200101T000000000Z.part')
  mkdirSync(part)
  writeFileSync(join(part, 'bedside.db'), 'half')
  const mine = join(kept.backups, 'notes.part')
  writeFileSync(mine, 'mine')
  const made = await backUp(kept)
  expect(existsSync(part)).toBe(false)
  expect(existsSync(mine)).toBe(true)
  expect(readdirSync(kept.backups)).toContain(made.split('/').at(-1))
})

test('[KEEP-9] a database that is damaged makes no backup that looks good', async () => {
  const kept = await openKept()
  const { ward, backups } = kept
  const before = readdirSync(backups)
  await ward.signIn('Anna Laine')
  await ward.store.db.updateTable('audit').set({ agent_id: 'somebody else' }).where('seq', '=', 1).execute()
  const said = await ward.keeping.command(['keep', 'backup'])
  expect(said).toEqual({ lines: [expect.stringContaining('It was not made: damaged')], failed: true })
  expect(readdirSync(backups)).toEqual(before)
})

test('[KEEP-10] where the operator chose the secret it is in no backup, and verify says whether this one is right', async () => {
  const backups = temporaryFolder()
  const secret = 'a secret of thirty-two characters!'
  const environment = { BEDSIDE_BACKUP_DIR: backups, BEDSIDE_SECRET: secret }
  const ward = await openWard({ environment })
  const folder = await backUp({ ward, backups })
  for (const path of filesBelow(folder)) expect(readFileSync(path).includes(secret)).toBe(false)
  const verify = (said: string) => {
    const env = { ...surroundings, BEDSIDE_SECRET: said }
    return spawnSync(process.execPath, [cli, '--verify', folder], { env, encoding: 'utf8' }).stdout
  }
  expect(restore('--verify', folder).out).toContain('It needs the same one again.')
  expect(verify(secret)).toContain('is the one that this backup needs')
  expect(verify(`${secret}!`)).toContain('IS ANOTHER THAN THE SERVER HAD')
})

test('[KEEP-2] a backup can be read from a disk that takes no writing', async () => {
  const kept = await furnished()
  const folder = await backUp(kept)
  const copy = join(temporaryFolder(), 'copy')
  cpSync(folder, copy, { recursive: true })
  for (const path of filesBelow(copy)) chmodSync(path, 0o400)
  chmodSync(copy, 0o500)
  expect(checkBackup(copy).type).toBe('whole')
  expect(readdirSync(copy).toSorted()).toEqual(readdirSync(folder).toSorted())
  chmodSync(copy, 0o700)
})
