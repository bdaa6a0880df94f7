/** The audit over HTTP, for who may read it: search, state, check, export and a patient's report. */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import * as v from 'valibot'
import {
  type AuditPage,
  type AuditState,
  type AuditVerdict,
  auditExport,
  auditReportRequest,
  auditSearch,
} from '../../protocol/audit.ts'
import type { RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import type { Collector } from './collector.ts'
import { exportKind, exportLines } from './export.ts'
import type { Heads } from './heads.ts'
import type { SigningKey } from './key.ts'
import { linesOf, listChoices } from './lines.ts'
import { verifierText } from './note.ts'
import { recordAct } from './record.ts'
import { makeReport } from './report.ts'
import { reportKind, reportText } from './report-file.ts'
import type { Telling } from './report-words.ts'
import { findPage, lastSeq } from './search.ts'
import { recordReport, recordUse } from './use.ts'
import { verifyLive } from './verify-live.ts'

export type AuditApiParts = {
  readonly store: Store
  readonly dataFolder: string
  readonly key: SigningKey
  readonly heads: Heads
  readonly collector: Collector
  /** The ward's own language, and the zone of its clocks. */
  readonly telling: Telling
}

const pageLines = 100
const nothing = v.strictObject({})

export function addAudit(book: RouteBook, parts: AuditApiParts): void {
  addSearch(book, parts)
  addState(book, parts)
  addFiles(book, parts)
}

function addSearch({ route }: RouteBook, { store, telling }: AuditApiParts): void {
  const { db } = store
  route('GET', '/audit', { needs: 'audit.read', takes: auditSearch }, async ({ body, agent, nowMs }) => {
    const { before, language = telling.language, ...filter } = body
    const rows = await findPage(db, filter, before ?? null, pageLines + 1)
    await recordUse(db, nowMs, { action: 'audit-searched', agent, filter })
    const shown = rows.slice(0, pageLines)
    const next = rows.length > pageLines ? (shown.at(-1)?.seq ?? null) : null
    const answer: AuditPage = { lines: await linesOf(db, shown, language), next }
    return { answer }
  })

  route('GET', '/audit/choices', { needs: 'audit.read', takes: nothing }, async ({ agent, nowMs }) => {
    // Every patient's name is in it, so it is a look as well.
    const entity = { type: 'audit', id: 'log' } as const
    await recordAct(db, nowMs, { action: 'audit-searched', agent, entity, detail: 'choices' })
    return { answer: await listChoices(db) }
  })
}

function addState({ route }: RouteBook, { store, dataFolder, key, heads, collector }: AuditApiParts): void {
  let checking: Promise<AuditVerdict> | null = null

  route('GET', '/audit/state', { needs: 'audit.read', takes: nothing }, async () => {
    const { last, problem } = heads.state()
    const answer: AuditState = {
      rows: await lastSeq(store.db),
      head: last,
      problem,
      collector: await collector.state(),
      key: verifierText(key.verifier),
    }
    return { answer }
  })

  /** Two who ask at once get the same check. */
  route('POST', '/audit/verify', { needs: 'audit.read', takes: nothing }, async () => {
    checking ??= verifyLive(store.db, dataFolder, [key.verifier]).finally(() => {
      checking = null
    })
    return { answer: await checking }
  })
}

function addFiles({ route }: RouteBook, { store, key, telling }: AuditApiParts): void {
  const { db } = store
  route(
    'GET',
    '/audit/export',
    { needs: 'audit.read', takes: auditExport },
    async ({ body, agent, nowMs, reply }) => {
      const { form, ...filter } = body
      await recordUse(db, nowMs, { action: 'audit-exported', agent, filter, form })
      const lines = exportLines(db, form, filter, { last: await lastSeq(db), origin: key.origin })
      return { answer: attach(reply, exportKind[form], Readable.from(lines)) }
    },
  )

  route(
    'GET',
    '/audit/report',
    { needs: 'audit.read', takes: auditReportRequest },
    async ({ body, agent, nowMs, reply }) => {
      const { admission, form, language = telling.language } = body
      const told = { ...telling, language }
      if ((await makeReport(db, admission, 0, nowMs, told)) === null) return { refusal: 'not-found' }
      await recordReport(db, nowMs, agent, admission)
      const report = await makeReport(db, admission, await lastSeq(db), nowMs, told)
      if (!report || form === undefined) return { answer: report }
      return { answer: attach(reply, reportKind[form], reportText(report, form)) }
    },
  )
}

/** A file to keep, never a page to run (the content is others' words). */
function attach<T>(reply: FastifyReply, { type, file }: { type: string; file: string }, body: T): T {
  reply.header('content-type', type)
  reply.header('content-disposition', `attachment; filename="${file}"`)
  reply.header('cache-control', 'no-store')
  return body
}
