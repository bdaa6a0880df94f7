/** The check of an audit in a database file that no server is using: past Kysely, byte by byte, reading only. */
import { existsSync } from 'node:fs'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { StartError } from '../start-error.ts'
import { databaseFile } from '../store/store.ts'
import { isHalfNote, readHeadLog, readHeads } from './head-log.ts'
import type { Verifier } from './note.ts'
import { type FoundHead, startVerifying, type Verdict } from './verify.ts'

export type Checked = {
  /** The database, when it is not the data folder's own: a copy. */
  readonly file?: string
  readonly dataFolder: string
  /** Files with heads kept elsewhere. */
  readonly headFiles: readonly string[]
  readonly verifiers: readonly Verifier[]
}

const rowsInOrder = `
  select seq, at_ms, action, agent_id, peer_id, patient_id, entity_id, cast(text as blob) as text, hash
  from audit order by seq
`

/** Throws a StartError when there is nothing to check or a server has it open. */
export function verifyFile({ file, dataFolder, headFiles, verifiers }: Checked): Verdict {
  const path = file ?? databaseFile(dataFolder)
  if (!existsSync(path)) throw new StartError(`There is no database at ${path}.`)
  const database = openReadOnly(path)
  try {
    const found = [...filedHeads(dataFolder), ...headFiles.flatMap(givenHeads), ...keptHeads(database)]
    const verifying = startVerifying(found, verifiers)
    for (const row of database.prepare(rowsInOrder).iterate()) {
      const broken = verifying.take({ ...row, seq: row.seq, hash: row.hash, text: bytesOf(row.text) })
      if (broken) return broken
    }
    return verifying.finish()
  } catch (error) {
    if (isErrno(error, 5)) throw inUse(path)
    if (isErrno(error, 11) || isErrno(error, 26))
      return { type: 'broken', seq: null, said: `${path} is not a whole database any more` }
    throw error
  } finally {
    database.close()
  }
}

function openReadOnly(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true })
  } catch (error) {
    if (isErrno(error, 5)) throw inUse(path)
    throw error
  }
}

function inUse(path: string): StartError {
  return new StartError(
    `A running Bedside holds ${path}: check it on the page Administration → Audit, stop it first, or give a copy with --file.`,
  )
}

function bytesOf(text: SQLOutputValue | undefined): Uint8Array {
  return text instanceof Uint8Array ? text : new Uint8Array()
}

function filedHeads(dataFolder: string): FoundHead[] {
  return labelled(readHeadLog(dataFolder), 'heads.log')
}

function givenHeads(file: string): FoundHead[] {
  if (!existsSync(file)) throw new StartError(`There is no file ${file}.`)
  const log = readHeads(file)
  return labelled({ ...log, torn: log.notes.length === 0 ? '' : log.torn }, file, log.notes.length === 0)
}

/** A power cut may leave half a note at the end; the server takes it off at its next start. */
export function labelled(
  { notes, torn }: { readonly notes: readonly string[]; readonly torn: string },
  name: string,
  isEmptyWrong = false,
): FoundHead[] {
  const found = notes.map((note, index) => ({ note, from: `head ${index + 1} of ${name}` }))
  const isWrong = isEmptyWrong || (torn !== '' && !isHalfNote(torn))
  return isWrong ? [...found, { note: torn, from: `head ${notes.length + 1} of ${name}` }] : found
}

function keptHeads(database: DatabaseSync): FoundHead[] {
  const rows = database.prepare('select size, note from audit_heads order by size').all()
  return rows.map(({ size, note }) => ({ note: String(note), from: `the kept head of ${String(size)} rows` }))
}

/** SQLite's primary result code: 5 busy, 11 corrupt, 26 not a database. */
function isErrno(error: unknown, code: number): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === code
}
