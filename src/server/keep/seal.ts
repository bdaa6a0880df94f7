/**
 * Makes a backup of a copy of the database: puts beside it what it names and what is needed to go on, lists it all with
 * its hashes, looks at it as a restore would, and only then gives it its name. It runs on a thread of its own.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { counter } from '../../protocol/primitives.ts'
import { readSigningKey } from '../audit/key.ts'
import { verifyFile } from '../audit/verify-file.ts'
import { checkBackup } from './check.ts'
import { forgetCopies } from './forget.ts'
import {
  type BackedFile,
  besideNames,
  databaseName,
  hashFile,
  manifestName,
  manifestText,
  parseManifest,
} from './manifest.ts'
import { keptStamps, stampOf, timeOfStamp } from './retention.ts'

export type SealOrder = {
  readonly backupFolder: string
  readonly dataFolder: string
  readonly madeMs: number
  /** Digest of `secretProof`. */
  readonly secret: string
  readonly hourly: number
  readonly daily: number
}

/** `damaged`: the database is. `changed`: what it names went meanwhile, so it is begun anew. */
export type Sealed =
  | { readonly type: 'made'; readonly name: string; readonly bytes: number }
  | { readonly type: 'failed'; readonly why: 'damaged' | 'changed'; readonly said: readonly string[] }

const prefix = 'bedside-'
export const nameOf = (madeMs: number) => `${prefix}${stampOf(madeMs)}`
/** Hidden, and never mistaken for one that is whole. */
export const partOf = (folder: string, madeMs: number) => join(folder, `.${nameOf(madeMs)}.part`)

const stampIn = (name: string) => name.slice(prefix.length)
/** Null: no backup's name. */
export const timeOfBackup = (name: string) => (name.startsWith(prefix) ? timeOfStamp(stampIn(name)) : null)

/** The backups that are there, the newest first. */
export function listBackups(folder: string): { readonly name: string; readonly madeMs: number }[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const madeMs = timeOfBackup(name)
      return madeMs !== null && existsSync(join(folder, name, manifestName)) ? [{ name, madeMs }] : []
    })
    .toSorted((one, other) => other.madeMs - one.madeMs)
}

export const isPart = (name: string) => /^\.bedside-\w+\.part$/.test(name)

export function sealBackup(order: SealOrder): Sealed {
  const { backupFolder, dataFolder, madeMs } = order
  const part = partOf(backupFolder, madeMs)
  const { copies, shape } = settleDatabase(join(part, databaseName))
  const before = listBackups(backupFolder).find(({ name }) => isSameDay(name, madeMs))
  const known = before ? filesOf(join(backupFolder, before.name)) : new Map<string, BackedFile>()
  const linked = new Map<string, BackedFile>()
  for (const { name, bytes } of copies) {
    const same = known.get(name)
    if (before && same?.bytes === bytes && linkFrom(join(backupFolder, before.name, name), join(part, name)))
      linked.set(name, same)
    else if (!copyFrom(join(dataFolder, name), join(part, name), bytes))
      return { type: 'failed', why: 'changed', said: [`${name} went while it was copied`] }
  }
  const names = [databaseName, ...besideNames.filter((name) => existsSync(join(part, name)))]
  const files = [...names, ...copies.map(({ name }) => name)].map((name): BackedFile => {
    return linked.get(name) ?? { name, ...hashFile(join(part, name)) }
  })
  const key = readSigningKey(part)
  const verdict = verifyFile({ dataFolder: part, headFiles: [], verifiers: key ? [key.verifier] : [] })
  if (verdict.type === 'broken') return { type: 'failed', why: 'damaged', said: [verdict.said] }
  const audit = { rows: verdict.rows, root: verdict.root }
  const text = manifestText({ v: 1, madeMs, shape, secret: order.secret, audit, files })
  writeFileSync(join(part, manifestName), text, { mode: 0o600 })
  syncAll(part)
  const checked = checkBackup(part, new Set(linked.keys()))
  if (checked.type !== 'whole')
    return { type: 'failed', why: 'damaged', said: checked.type === 'broken' ? checked.said : [] }
  const name = nameOf(madeMs)
  renameSync(part, join(backupFolder, name))
  sync(backupFolder)
  prune(order, name)
  forgetEnded(backupFolder, copies)
  return { type: 'made', name, bytes: files.reduce((all, { bytes }) => all + bytes, 0) }
}

/** What is linked is not read again; once a day all of it is copied anew, so that a disk that rots takes a day's at most. */
const isSameDay = (name: string, madeMs: number) => stampIn(name).startsWith(stampOf(madeMs).slice(0, 8))

const copyRows = v.array(v.object({ copy_id: v.pipe(v.string(), v.uuid()), files: v.string() }))
const lengths = v.array(counter)
const shapes = v.object({ shape: counter })

/** One file without a log beside it; and which sealed files it names: those of copies that are whole and have not ended. */
function settleDatabase(file: string) {
  const database = new DatabaseSync(file)
  try {
    database.exec('pragma journal_mode = delete')
    const whole = 'select copy_id, files from copies where whole_ms is not null and ended is null'
    const rows = v.parse(copyRows, database.prepare(whole).all())
    const { shape } = v.parse(shapes, database.prepare('select max(number) as shape from migrations').get())
    const copies = rows.flatMap(({ copy_id, files }) =>
      v
        .parse(lengths, JSON.parse(files))
        .map((bytes, file) => ({ name: `copies/${copy_id}/${file}`, bytes })),
    )
    return { copies, shape }
  } finally {
    database.close()
  }
}

function filesOf(folder: string): Map<string, BackedFile> {
  const manifest = parseManifest(readFileSync(join(folder, manifestName), 'utf8'))
  return new Map(manifest?.files.map((file) => [file.name, file]))
}

/** Sealed files never change: hour after hour they are the same, and lie on the disk once. False: they have to be copied. */
function linkFrom(from: string, to: string): boolean {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  try {
    linkSync(from, to)
    return true
  } catch {
    return false
  }
}

/** False: it is not there any more, or not all of it. */
function copyFrom(from: string, to: string, bytes: number): boolean {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  try {
    copyFileSync(from, to)
    return statSync(to).size === bytes
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

export function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** All files, then the folders that name them. */
export function syncAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncAll(path)
    else sync(path)
  }
  sync(folder)
}

function forgetEnded(backupFolder: string, copies: readonly { readonly name: string }[]): void {
  const open = new Set(copies.map(({ name }) => name.split('/')[1] ?? ''))
  for (const { name } of listBackups(backupFolder)) forgetCopies(join(backupFolder, name), open)
}

/** Only after one was made and looked at, so that the last good one is never removed for nothing. */
function prune({ backupFolder, hourly, daily }: SealOrder, made: string): void {
  const names = listBackups(backupFolder).map(({ name }) => name)
  const kept = keptStamps(names.map(stampIn), { hourly, daily })
  for (const name of names)
    if (name !== made && !kept.has(stampIn(name)))
      rmSync(join(backupFolder, name), { recursive: true, force: true })
}
