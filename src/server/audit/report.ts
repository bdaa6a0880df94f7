/** A patient's report: who called, knocked, overrode and looked during one stay. */
import { glassMs } from '../../core/permissions.ts'
import type { AuditAction, AuditAgent, AuditReport } from '../../protocol/audit.ts'
import type { Db } from '../store/store.ts'
import { overrideOf } from './calls.ts'
import { loadNames, type Names } from './names.ts'
import {
  type Dates,
  datesOf,
  lasting,
  type ReportWords,
  reportWords,
  sections,
  type Telling,
} from './report-words.ts'
import { allRows, type FoundRow } from './search.ts'

type Line = Omit<AuditReport['sections'][number]['lines'][number], 'at'>

/** All that the lines are told from. */
type Told = {
  readonly rows: readonly FoundRow[]
  readonly names: Names
  readonly words: ReportWords
  readonly dates: Dates
}

/** Null: there is no such stay. The report goes up to row `last`. */
export async function makeReport(
  db: Db,
  admissionId: string,
  last: number,
  nowMs: number,
  telling: Telling,
): Promise<AuditReport | null> {
  const stay = await db
    .selectFrom('admissions')
    .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
    .innerJoin('wards', 'wards.ward_id', 'beds.ward_id')
    .select(['admissions.name', 'born', 'number', 'started_ms', 'ended_ms', 'label', 'wards.name as ward'])
    .where('admission_id', '=', admissionId)
    .executeTakeFirst()
  if (!stay) return null
  const { language } = telling
  const [words, dates] = [reportWords[language], datesOf(telling)]
  const rows = await allRows(db, { patient: admissionId }, last)
  const told: Told = { rows, words, dates, names: await loadNames(db, language) }
  const glass = { action: 'glass-broken' as const, from: stay.started_ms, to: stay.ended_ms ?? undefined }
  // Older audits have its end under the same action.
  const broken = (await allRows(db, glass, last)).filter(({ act }) => act.detail !== 'ended')
  const lines: Readonly<Record<(typeof sections)[number], readonly Line[]>> = {
    calls: callLines(told, 'staff'),
    rung: callLines(told, 'bed'),
    requests: requestLines(told),
    overrides: overrideLines(broken, told),
    scans: scanLines(told),
    copies: copyLines(told),
    looks: plainLines(told, words.looks),
    stay: plainLines(told, words.changes),
  }
  const to = stay.ended_ms === null ? null : dates.day(stay.ended_ms)
  return {
    ...{ language, title: words.title, name: stay.name, section: words.section, heads: [...words.heads] },
    about: [
      `${words.born(dates.date(stay.born))}, ${words.number(stay.number)}`,
      words.period(stay.ward, stay.label, dates.day(stay.started_ms), to),
      words.made(dates.minute(nowMs)),
    ],
    sections: sections.map((section) => ({
      ...words.sections[section],
      lines: lines[section].map((line) => ({ ...line, at: dates.moment(line.atMs) })),
    })),
  }
}

/** One line a call, by whoever began it. */
function callLines(told: Told, by: AuditAgent['type']): Line[] {
  const begun = told.rows.filter(
    ({ act }) => act.agent.type === by && (act.action === 'call-invited' || act.action === 'call-knocked'),
  )
  return begun.map((row) => ({
    atMs: row.atMs,
    who: whoOf(row.act.agent, told),
    did: didOf(row, told),
    cameOut: cameOutOf(row, told),
  }))
}

function didOf({ act }: FoundRow, told: Told): string {
  if (act.action === 'call-knocked') return told.words.knocked
  return told.words.called(act.agent.type === 'bed' && act.peer ? whoOf(act.peer, told) : null)
}

/** What else was done to what an act is about: the same call, request, share or copy. */
function actsOn({ act }: FoundRow, { rows }: Told): (action: AuditAction) => FoundRow[] {
  return (action) => rows.filter((row) => row.act.action === action && row.act.entity?.id === act.entity?.id)
}

/** The word for what an act was written down with; an older word stands as it is. */
function wordOf(words: Readonly<Record<string, string>>, detail: string | null): string | null {
  return detail !== null && Object.hasOwn(words, detail) ? (words[detail] ?? null) : detail
}

function cameOutOf(row: FoundRow, told: Told): string {
  const { words } = told
  const endOf = (detail: string | null) => wordOf(words.ends, detail) ?? words.ended
  if (row.act.outcome === 'refused') return endOf(row.act.detail)
  const of = actsOn(row, told)
  const [[answered], [ended]] = [of('call-answered'), of('call-ended')]
  if (!ended) return answered ? words.goesOn : words.rings
  const { agent, detail } = ended.act
  const end = agent.type === 'server' ? endOf(detail) : words.endedBy(endOf(detail), whoOf(agent, told))
  const outcome = wordOf(words.outcomes, of('call-outcome').at(-1)?.act.detail ?? null)
  const noted = outcome === null ? '' : words.noted(outcome)
  if (!answered) return `${end}${noted}`
  const [after, lasted] = [answered.atMs - row.atMs, ended.atMs - answered.atMs]
  return `${words.talked(lasting(after, words), lasting(lasted, words), end)}${noted}`
}

/** One line a request: who saw it first, after how long, and what became of it. */
function requestLines(told: Told): Line[] {
  const { rows, words } = told
  const made = rows.filter(({ act }) => act.action === 'request-made')
  return made.map((row) => {
    const { atMs, act } = row
    const isRefused = act.outcome === 'refused'
    const did = isRefused ? words.needs.other : (wordOf(words.needs, act.detail) ?? words.needs.other)
    const cameOut = isRefused ? words.tooLate : requestOutcome(row, told)
    return { atMs, who: whoOf(act.agent, told), did, cameOut }
  })
}

function requestOutcome(row: FoundRow, told: Told): string {
  const { words } = told
  const of = actsOn(row, told)
  const [[answered], [ended]] = [of('request-answered'), of('request-ended')]
  const end = wordOf(words.requestEnds, ended?.act.detail ?? null) ?? words.stillOpen
  if (!answered) return end
  return words.answeredBy(whoOf(answered.act.agent, told), lasting(answered.atMs - row.atMs, words), end)
}

/** Several people, or null for nobody. */
function allOf(acts: readonly FoundRow[], told: Told): string | null {
  return acts.length === 0 ? null : acts.map(({ act }) => whoOf(act.agent, told)).join(told.words.and)
}

/** One line a share: who saw it, and for how long it was shown. */
function scanLines(told: Told): Line[] {
  const { rows, words } = told
  return rows
    .filter(({ act }) => act.action === 'scan-shared')
    .map((row) => {
      const { atMs, act } = row
      const of = actsOn(row, told)
      const [ended] = of('scan-share-ended')
      const lasted = ended ? words.shownFor(lasting(ended.atMs - atMs, words)) : words.shownStill
      const cameOut = `${lasted}; ${words.seenBy(allOf(of('scan-seen'), told))}`
      return { atMs, who: whoOf(act.agent, told), did: words.showed(filesOf(act.detail, told)), cameOut }
    })
}

/** One line a copy: who has opened it, and whether it is still there. */
function copyLines(told: Told): Line[] {
  const { rows, words } = told
  return rows
    .filter(({ act }) => act.action === 'copy-sent')
    .map((row) => {
      const { atMs, act } = row
      const of = actsOn(row, told)
      const end = copyEnd(of('copy-withdrawn').length, of('copy-expired').length)
      const cameOut = `${words.copyEnds[end]}; ${words.openedBy(allOf(of('copy-opened'), told))}`
      return { atMs, who: whoOf(act.agent, told), did: words.sent(filesOf(act.detail, told)), cameOut }
    })
}

function copyEnd(withdrawn: number, expired: number): keyof ReportWords['copyEnds'] {
  if (withdrawn > 0) return 'withdrawn'
  return expired > 0 ? 'expired' : 'there'
}

/** What was shown or sent, as `scan-shares.ts` and `copies/record.ts` write it down; anything else stands as it is. */
function filesOf(detail: string | null, { words, dates }: Told): string {
  const [, files, rest = ''] = /^(\d+) files, (.*)$/.exec(detail ?? '') ?? []
  if (files === undefined) return detail ?? ''
  const [, people, until] = /^for (\d+) people, until (.*)$/.exec(rest) ?? []
  const others =
    people === undefined || until === undefined
      ? [rest]
      : [words.people(Number(people)), words.until(dates.minute(Date.parse(until)))]
  return [words.files(Number(files)), ...others].join(', ')
}

/** Through broken glass, and although the patient wanted to be alone, or to sleep. */
function overrideLines(broken: readonly FoundRow[], told: Told): Line[] {
  const { rows, words } = told
  const calls = rows.filter(({ act }) => act.action === 'call-overridden')
  return [
    ...broken.map((row) => overrideLine(row, told)),
    ...calls.map(({ atMs, act }) => {
      const override = overrideOf(act)
      const why = override ? words.whys[override.why] : act.detail
      const cameOut = act.outcome === 'refused' ? words.refused : words.reason(why, act.reason)
      return { atMs, who: whoOf(act.agent, told), did: words.overrode[override?.over ?? 'privacy'], cameOut }
    }),
  ].sort((a, b) => a.atMs - b.atMs)
}

/** What somebody typed may be about another patient: it is shown to whose bed they then called. */
function overrideLine(row: FoundRow, told: Told): Line {
  const { atMs, act } = row
  const { rows, words } = told
  const came = rows.some((other) => isCallWithin(other, row))
  const reason = came ? words.reason(null, act.reason) : words.didNotCall
  const cameOut = act.outcome === 'refused' ? words.refused : reason
  return { atMs, who: whoOf(act.agent, told), did: words.brokeGlass, cameOut }
}

function isCallWithin({ atMs, act }: FoundRow, broken: FoundRow): boolean {
  const { agent } = broken.act
  const isTheirs = act.agent.type === 'staff' && agent.type === 'staff' && act.agent.staffId === agent.staffId
  const isCall = act.action === 'call-invited' || act.action === 'call-knocked'
  return isTheirs && isCall && atMs >= broken.atMs && atMs <= broken.atMs + glassMs
}

function plainLines(told: Told, words: Readonly<Record<string, string>>): Line[] {
  return told.rows.flatMap(({ atMs, act }) => {
    if (!Object.hasOwn(words, act.action)) return []
    const cameOut = act.outcome === 'refused' ? told.words.refused : ''
    return [{ atMs, who: whoOf(act.agent, told), did: words[act.action] ?? '', cameOut }]
  })
}

function whoOf(agent: AuditAgent, { names, words }: Told): string {
  const name = names.agent(agent)
  return agent.type === 'staff' ? `${name}, ${words.roles[agent.role]}` : name
}
