/** What the audit's pages say: each act, how the chain stands, and what to do when it does not. */
import {
  type AuditAction,
  type AuditChoices,
  type AuditFilter,
  type AuditLine,
  type AuditState,
  type AuditVerdict,
  auditActions,
} from '../state/admin-audit.ts'
import type { ApiFailure } from '../state/ports.ts'
import { admin } from './texts/admin.ts'
import { either, localeNow } from './texts/catalogue.ts'
import { dateFormat } from './texts/dates.ts'
import { type Advice, refusals, roleOfCode } from './words.ts'

export const auditWords = admin('audit')
export const reportWords = admin('report')
export const formWords = admin('form')
export const actionWords: Readonly<Record<AuditAction, string>> = admin('actions')
const chain = admin('chain')

/** Every act, by its words. */
export function actionChoices(): readonly (readonly [AuditAction, string])[] {
  return auditActions
    .map((action) => [action, actionWords[action]] as const)
    .toSorted(([, a], [, b]) => a.localeCompare(b, localeNow()))
}

export function isAction(word: string): word is AuditAction {
  return auditActions.some((action) => action === word)
}

const moment: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'medium' }
const day: Intl.DateTimeFormatOptions = { dateStyle: 'long' }

export function momentOf(ms: number): string {
  return dateFormat(moment).format(ms)
}

export function dayWord(ms: number): string {
  return dateFormat(day).format(ms)
}

export function lineHeads(): readonly string[] {
  const heads = admin('lineHeads')
  return [heads.time, heads.act, heads.by, heads.with, heads.patient, heads.about]
}

export function byWord({ who, role }: AuditLine): string {
  return role === null ? who : `${who}, ${roleOfCode(role)}`
}

/** `Called (refused)`. */
export function actWord({ action, outcome }: AuditLine): string {
  const act = actionWords[action]
  return outcome === 'refused' ? auditWords.refused({ act }) : act
}

/** What it was about, in the program's own words and the person's. */
export function aboutWord({ detail, reason, entity }: AuditLine): string {
  // That a call is about a call, and a search about the audit, is said already.
  const isPlain =
    entity === null || entity.type === 'audit' || entity.type === 'call' || entity.type === 'request'
  const what = entity?.name ?? (isPlain ? null : entity.type)
  return [what, detail, reason].filter((part) => part !== null).join(' · ')
}

export function foundWord(count: number, filter: AuditFilter): string {
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return isFiltered ? auditWords.found({ count }) : auditWords.last({ count })
}

export const auditFailures: Readonly<Record<ApiFailure, Advice>> = either(
  admin('auditFailures'),
  either(refusals, {
    get 'unknown-code'() {
      return refusals['not-found']
    },
    get 'used-code'() {
      return refusals.conflict
    },
  }),
)

/** What is wrong with the chain, or null. */
export function chainProblem({ problem }: AuditState): string | null {
  return problem === null ? null : chain[problem]
}

export function headWord({ head, rows }: AuditState): string {
  if (head === null) return auditWords.noHead({ rows })
  return auditWords.head({ size: head.size, rows, time: momentOf(head.madeMs) })
}

/** Whether heads leave the machine, and if not, what to do. */
export function collectorWord({ collector }: AuditState): string {
  if (collector.type === 'none') return auditWords.noCollector
  const { lastDeliveredMs, waiting } = collector
  const last =
    lastDeliveredMs === null ? auditWords.notSent : auditWords.sent({ time: momentOf(lastDeliveredMs) })
  return waiting === 0 ? last : auditWords.waiting({ last, count: waiting })
}

export function collectorProblem({ collector }: AuditState): string | null {
  if (collector.type === 'none' || collector.problem === null) return null
  return auditWords.collectorProblem({ problem: collector.problem })
}

export function verdictWord(verdict: AuditVerdict | 'checking'): string {
  if (verdict === 'checking') return auditWords.checking
  if (verdict.type === 'whole') return auditWords.whole({ rows: verdict.rows, heads: verdict.heads })
  const { seq, said } = verdict
  return seq === null ? auditWords.broken({ said }) : auditWords.brokenFrom({ row: seq, said })
}

/** `Eero Salonen, bed 1, from 22 November 2026`. */
export function stayWord({ name, bed, startedMs }: AuditChoices['stays'][number]): string {
  return auditWords.stay({ name, bed, date: dayWord(startedMs) })
}
