/** What the command line does with the audit of a server that is stopped: exports and reports, written down as acts. */
import { createWriteStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Language } from '../../core/languages.ts'
import type { AuditFilter } from '../../protocol/audit.ts'
import { StartError } from '../start-error.ts'
import { type Db, databaseFile, openStore } from '../store/store.ts'
import { type ExportFormat, exportLines } from './export.ts'
import { openSigningKey } from './key.ts'
import { makeReport } from './report.ts'
import { type ReportFormat, reportText } from './report-file.ts'
import type { Telling } from './report-words.ts'
import { lastSeq } from './search.ts'
import { recordReport, recordUse } from './use.ts'

export type Target = {
  readonly dataFolder: string
  readonly secret: string | null
  /** Null: the terminal. */
  readonly out: string | null
  /** The ward's own language, and the zone of its clocks. */
  readonly telling: Telling
}

/** Without a language in the ward's own. */
export type ReportAsked = {
  readonly format: ReportFormat
  readonly admissionId: string
  readonly language: Language | undefined
}

const operator = { type: 'operator' } as const

/** The store is a server's own: it is opened as a server opens it, and refused while one runs. */
async function withStore(target: Target, work: (db: Db) => Promise<void>): Promise<void> {
  const { dataFolder, secret } = target
  if (!existsSync(databaseFile(dataFolder))) throw new StartError(`There is no database in ${dataFolder}.`)
  const store = await openStore(dataFolder, secret, Date.now()).catch((error) => {
    if (!(error instanceof StartError)) throw error
    throw new StartError(
      ...error.lines,
      'Use the page Administration → Audit while it runs, or stop it first.',
    )
  })
  try {
    await work(store.db)
  } finally {
    await store.close()
  }
}

async function write(lines: AsyncIterable<string> | Iterable<string>, out: string | null): Promise<void> {
  if (out !== null) return await pipeline(Readable.from(lines), createWriteStream(out, { mode: 0o600 }))
  for await (const line of lines) process.stdout.write(line)
}

export async function exportAudit(target: Target, format: ExportFormat, filter: AuditFilter): Promise<void> {
  await withStore(target, async (db) => {
    await recordUse(db, Date.now(), { action: 'audit-exported', agent: operator, filter, form: format })
    const { origin } = openSigningKey(target.dataFolder)
    await write(exportLines(db, format, filter, { last: await lastSeq(db), origin }), target.out)
  })
}

export async function reportStay(
  target: Target,
  { format, admissionId, language = target.telling.language }: ReportAsked,
): Promise<void> {
  const telling = { ...target.telling, language }
  await withStore(target, async (db) => {
    if ((await makeReport(db, admissionId, 0, 0, telling)) === null)
      throw new StartError(`There is no admission ${admissionId}.`)
    await recordReport(db, Date.now(), operator, admissionId)
    const report = await makeReport(db, admissionId, await lastSeq(db), Date.now(), telling)
    if (report) await write([reportText(report, format)], target.out)
  })
}
