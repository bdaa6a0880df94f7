/** What the administrator's pages know of the audit: what was searched for, how the chain stands, a patient's report. */
import { type Signal, signal } from '@preact/signals'
import type { Language } from '../core/languages.ts'
import {
  type AuditAction,
  type AuditChoices,
  type AuditFilter,
  type AuditLine,
  type AuditReport,
  type AuditState,
  type AuditVerdict,
  auditActions,
  auditChoices,
  auditPage,
  auditReport,
  auditState,
  auditVerdict,
} from '../protocol/audit.ts'
import type { LanguageChoice } from './language.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { AuditAction, AuditChoices, AuditFilter, AuditLine, AuditReport, AuditState, AuditVerdict }
export { auditActions }

/** What the list shows: found lines, and whether there are older ones. */
export type Found = { readonly lines: readonly AuditLine[]; readonly next: number | null }

export type AdminAudit = ReturnType<typeof createAdminAudit>

/** Only what was chosen is asked for. */
function said(filter: AuditFilter): Record<string, unknown> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** Lines come in the language that the page speaks when they are asked for. */
export function createAdminAudit(
  { api }: Pick<Ports, 'api'>,
  { language }: Pick<LanguageChoice, 'language'>,
) {
  const chain: Signal<AuditState | null> = signal(null)
  const choices: Signal<AuditChoices | null> = signal(null)
  const found: Signal<Found | null> = signal(null)
  const filter: Signal<AuditFilter> = signal({})
  const failure: Signal<ApiFailure | null> = signal(null)
  const verdict: Signal<AuditVerdict | 'checking' | null> = signal(null)
  /** Only the answer to the last question counts. */
  let asked = 0

  async function load(): Promise<void> {
    const answers = await Promise.all([
      api.ask('GET', '/audit/state', {}, auditState),
      api.ask('GET', '/audit/choices', {}, auditChoices),
    ])
    for (const answer of answers) if (!answer.ok) failure.value = answer.failure
    const [stands, chosen] = answers
    if (stands.ok) chain.value = stands.value
    if (chosen.ok) choices.value = chosen.value
  }

  async function look(before: number | null): Promise<void> {
    asked += 1
    const mine = asked
    const older = before === null ? {} : { before }
    const query = { ...said(filter.value), ...older, language: language.value }
    const answer = await api.ask('GET', '/audit', query, auditPage)
    if (mine !== asked) return
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    const shown = before === null ? [] : (found.value?.lines ?? [])
    found.value = { lines: [...shown, ...answer.value.lines], next: answer.value.next }
  }

  return {
    chain,
    choices,
    found,
    filter,
    failure,
    verdict,
    load,
    async search(wanted: AuditFilter): Promise<void> {
      filter.value = wanted
      await look(null)
    },
    async more(): Promise<void> {
      const next = found.value?.next ?? null
      if (next !== null) await look(next)
    },
    async check(): Promise<void> {
      if (verdict.value === 'checking') return
      verdict.value = 'checking'
      const answer = await api.ask('POST', '/audit/verify', {}, auditVerdict)
      verdict.value = answer.ok ? answer.value : null
      failure.value = answer.ok ? null : answer.failure
    },
    /** Where the file of what is searched for is downloaded. */
    exportAddress(form: 'fhir' | 'csv'): string {
      const entries = Object.entries(said(filter.value)).map(([key, value]) => [key, String(value)])
      return `/api/audit/export?${new URLSearchParams([['form', form], ...entries])}`
    },
  }
}

export type AdminReports = ReturnType<typeof createAdminReports>

/** A report that was made, and what its files are asked for by. */
type MadeReport = { readonly admissionId: string; readonly said: AuditReport }

/** Making a report is an act, so it is made when asked for and not when a stay is chosen. */
export function createAdminReports({ api, page }: Pick<Ports, 'api' | 'page'>) {
  const choices: Signal<AuditChoices | null> = signal(null)
  const report: Signal<MadeReport | null> = signal(null)
  const failure: Signal<ApiFailure | null> = signal(null)

  return {
    choices,
    report,
    failure,
    async load(): Promise<void> {
      const answer = await api.ask('GET', '/audit/choices', {}, auditChoices)
      if (answer.ok) choices.value = answer.value
      else failure.value = answer.failure
    },
    async make(admissionId: string, language: Language): Promise<void> {
      const asked = { admission: admissionId, language }
      const answer = await api.ask('GET', '/audit/report', asked, auditReport)
      report.value = answer.ok ? { admissionId, said: answer.value } : null
      failure.value = answer.ok ? null : answer.failure
    },
    fileAddress({ admissionId, said: { language } }: MadeReport, form: 'html' | 'csv'): string {
      return `/api/audit/report?${new URLSearchParams({ admission: admissionId, language, form })}`
    },
    print: () => page.print(),
  }
}
