/** Looks at a backup as whoever needs it would: is every byte there, is the database sound, is the record whole. */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { readSigningKey } from '../audit/key.ts'
import { verifyFile } from '../audit/verify-file.ts'
import { StartError } from '../start-error.ts'
import { newestShape } from '../store/migrations.ts'
import { databaseName, hashFile, type Manifest, manifestName, parseManifest } from './manifest.ts'

export type Checked =
  | { readonly type: 'whole'; readonly manifest: Manifest; readonly heads: number }
  /** What is wrong, in words; nothing of it should be used. */
  | { readonly type: 'broken'; readonly said: readonly string[] }
  /** Whole, as far as this program can tell, and made by a newer one. */
  | { readonly type: 'newer'; readonly manifest: Manifest }

/** `known`: files whose bytes were looked at when the backup before this one was made. */
export function checkBackup(folder: string, known: ReadonlySet<string> = new Set()): Checked {
  if (!existsSync(folder)) return broken(`There is no backup at ${folder}.`)
  const text = readIfFile(join(folder, manifestName))
  if (text === null)
    return broken(`There is no ${manifestName} in ${folder}: it is no backup, or not all of one.`)
  const manifest = parseManifest(text)
  if (!manifest) return broken(`${manifestName} was changed or cut: its own hash does not hold.`)
  const wrong = [
    ...strangers(folder, manifest),
    ...manifest.files.flatMap((file) => wrongWith(folder, file, known)),
  ]
  if (wrong.length > 0) return broken(...wrong)
  if (manifest.shape > newestShape) return { type: 'newer', manifest }
  return checkDatabase(folder, manifest)
}

const broken = (...said: string[]): Checked => ({ type: 'broken', said })

function readIfFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** What lies there and is in no list: a backup is what was made, and nothing was added to it. */
function strangers(folder: string, { files }: Manifest): string[] {
  const listed = new Set([manifestName, ...files.map(({ name }) => name)])
  return filesIn(folder, '').flatMap((name) =>
    listed.has(name) ? [] : [`${name} does not belong to this backup.`],
  )
}

function filesIn(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    return entry.isDirectory() ? filesIn(folder, name) : [name]
  })
}

function wrongWith(
  folder: string,
  { name, bytes, sha256 }: Manifest['files'][number],
  known: ReadonlySet<string>,
): string[] {
  const path = join(folder, name)
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (!there) return [`${name} is missing.`]
  if (!there.isFile()) return [`${name} is no file.`]
  if (there.size !== bytes) return [`${name} has ${there.size} bytes instead of ${bytes}.`]
  if (known.has(name)) return []
  try {
    return hashFile(path).sha256 === sha256 ? [] : [`${name} was changed: its hash does not hold.`]
  } catch (error) {
    return [`${name} cannot be read: ${error instanceof Error ? error.message : 'of an unknown error'}.`]
  }
}

const answers = v.array(v.looseObject({ integrity_check: v.string() }))
const shapes = v.object({ shape: v.number() })

function checkDatabase(folder: string, manifest: Manifest): Checked {
  try {
    const said = problemsOf(join(folder, databaseName), manifest)
    if (said.length > 0) return broken(...said)
    const key = readSigningKey(folder)
    const verdict = verifyFile({ dataFolder: folder, headFiles: [], verifiers: key ? [key.verifier] : [] })
    if (verdict.type === 'broken') return broken(`The audit is broken: ${verdict.said}.`)
    if (verdict.rows !== manifest.audit.rows || verdict.root !== manifest.audit.root)
      return broken(`The audit has ${verdict.rows} rows and another root than the manifest says.`)
    return { type: 'whole', manifest, heads: verdict.heads }
  } catch (error) {
    if (error instanceof StartError) return broken(...error.lines)
    return broken(
      `The database cannot be read: ${error instanceof Error ? error.message : 'an unknown error'}.`,
    )
  }
}

function problemsOf(file: string, { shape }: Manifest): string[] {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = v.parse(answers, database.prepare('pragma integrity_check(10)').all())
    const said = rows.map((row) => row.integrity_check).filter((one) => one !== 'ok')
    if (said.length > 0) return said.map((one) => `The database is damaged: ${one}.`)
    if (database.prepare('pragma foreign_key_check').all().length > 0)
      return ['The database is damaged: rows name others that are not there.']
    const found = v.parse(shapes, database.prepare('select max(number) as shape from migrations').get())
    return found.shape === shape ? [] : [`The database has shape ${found.shape}, the manifest says ${shape}.`]
  } finally {
    database.close()
  }
}
