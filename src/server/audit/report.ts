/** A patient's report: who called, knocked, overrode and looked during one stay. */
import { glassMs } from '../../core/permissions.ts'
import type { AuditAgent, AuditReport } from '../../protocol/audit.ts'
import type { Db } from '../store/store.ts'
import { overrideOf } from './calls.ts'
import { loadNames, type Names } from './names.ts'
import {
  endWords,
  lasting,
  needWords,
  outcomeWords,
  requestEndWords,
  roleWord,
  sectionWords,
} from './report-words.ts'
import { allRows, type FoundRow } from './search.ts'

type Line = AuditReport['sections'][number]['lines'][number]

const looks = new Map([
  ['scans-listed', 'looked at which scans there are'],
  ['scan-fetched', 'fetched a scan from the hospital’s archive'],
  ['audit-searched', 'searched the audit for this stay'],
  ['audit-exported', 'exported the audit of this stay'],
  ['report-made', 'made this report'],
])

const changes = new Map([
  ['admitted', 'admitted'],
  ['moved', 'moved to another bed'],
  ['swapped', 'exchanged beds with another patient'],
  ['wishes-changed', 'changed what the patient wishes'],
  ['away-changed', 'said that the patient left their bed for a while, or is in it again'],
  ['discharged', 'discharged'],
  ['identifiers-corrected', 'corrected name, birth or number by the hospital’s record'],
])

/** Null: there is no such stay. The report goes up to row `last`. */
export async function makeReport(
  db: Db,
  admissionId: string,
  last: number,
  nowMs: number,
): Promise<AuditReport | null> {
  const stay = await db
    .selectFrom('admissions')
    .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
    .innerJoin('wards', 'wards.ward_id', 'beds.ward_id')
    .select(['admissions.name', 'born', 'number', 'started_ms', 'ended_ms', 'label', 'wards.name as ward'])
    .where('admission_id', '=', admissionId)
    .executeTakeFirst()
  if (!stay) return null
  const names = await loadNames(db)
  const rows = await allRows(db, { patient: admissionId }, last)
  const glass = { action: 'glass-broken' as const, from: stay.started_ms, to: stay.ended_ms ?? undefined }
  // Older audits have its end under the same action.
  const broken = (await allRows(db, glass, last)).filter(({ act }) => act.detail !== 'ended')
  return {
    ward: stay.ward,
    patient: { name: stay.name, born: stay.born, number: stay.number, bed: stay.label },
    startedMs: stay.started_ms,
    endedMs: stay.ended_ms,
    madeMs: nowMs,
    sections: [
      { ...sectionWords.calls, lines: callLines(rows, names, 'staff') },
      { ...sectionWords.rung, lines: callLines(rows, names, 'bed') },
      { ...sectionWords.requests, lines: requestLines(rows, names) },
      { ...sectionWords.overrides, lines: overrideLines(broken, rows, names) },
      { ...sectionWords.scans, lines: scanLines(rows, names) },
      { ...sectionWords.copies, lines: copyLines(rows, names) },
      { ...sectionWords.looks, lines: plainLines(rows, names, looks) },
      { ...sectionWords.stay, lines: plainLines(rows, names, changes) },
    ],
  }
}

/** One line a call, by whoever began it. */
function callLines(rows: readonly FoundRow[], names: Names, by: AuditAgent['type']): Line[] {
  const begun = rows.filter(
    ({ act }) => act.agent.type === by && (act.action === 'call-invited' || act.action === 'call-knocked'),
  )
  return begun.map((row) => ({
    atMs: row.atMs,
    who: whoOf(row.act.agent, names),
    did: didOf(row, names),
    cameOut: cameOutOf(row, rows, names),
  }))
}

function didOf({ act }: FoundRow, names: Names): string {
  if (act.action === 'call-knocked') return 'knocked'
  return act.agent.type === 'bed' && act.peer ? `called ${whoOf(act.peer, names)}` : 'called'
}

function cameOutOf(row: FoundRow, rows: readonly FoundRow[], names: Names): string {
  if (row.act.outcome === 'refused') return endWords(row.act.detail)
  const of = (action: string) =>
    rows.find(({ act }) => act.action === action && act.entity?.id === row.act.entity?.id)
  const [answered, ended] = [of('call-answered'), of('call-ended')]
  if (!ended) return answered ? 'answered; still going on' : 'still ringing'
  const by = ended.act.agent.type === 'server' ? '' : ` by ${whoOf(ended.act.agent, names)}`
  const noted = outcomeWords(rows.findLast(isOutcomeOf(row))?.act.detail ?? null)
  if (!answered) return `${endWords(ended.act.detail)}${by}${noted}`
  return `answered after ${lasting(answered.atMs - row.atMs)}, ${lasting(ended.atMs - answered.atMs)} long, ${endWords(ended.act.detail)}${by}${noted}`
}

function isOutcomeOf({ act }: FoundRow): (row: FoundRow) => boolean {
  return (row) => row.act.action === 'call-outcome' && row.act.entity?.id === act.entity?.id
}

/** One line a request: who saw it first, after how long, and what became of it. */
function requestLines(rows: readonly FoundRow[], names: Names): Line[] {
  const made = rows.filter(({ act }) => act.action === 'request-made')
  return made.map((row) => {
    const { atMs, act } = row
    const did = act.outcome === 'refused' ? 'asked for a nurse' : needWords(act.detail)
    return { atMs, who: whoOf(act.agent, names), did, cameOut: requestOutcome(row, rows, names) }
  })
}

function requestOutcome({ atMs, act }: FoundRow, rows: readonly FoundRow[], names: Names): string {
  if (act.outcome === 'refused') return 'not sent: it came too late'
  const of = (action: string) =>
    rows.find((other) => other.act.action === action && other.act.entity?.id === act.entity?.id)
  const [answered, ended] = [of('request-answered'), of('request-ended')]
  const end = requestEndWords(ended?.act.detail ?? null)
  if (!answered) return end
  return `answered by ${whoOf(answered.act.agent, names)} after ${lasting(answered.atMs - atMs)}; ${end}`
}

/** One line a share: who saw it, and for how long it was shown. */
function scanLines(rows: readonly FoundRow[], names: Names): Line[] {
  return rows.filter(({ act }) => act.action === 'scan-shared').map((row) => scanLine(row, rows, names))
}

function scanLine({ atMs, act }: FoundRow, rows: readonly FoundRow[], names: Names): Line {
  const of = (action: string) =>
    rows.filter((other) => other.act.action === action && other.act.entity?.id === act.entity?.id)
  const viewers = of('scan-seen').map((seen) => whoOf(seen.act.agent, names))
  const [ended] = of('scan-share-ended')
  const lasted = ended ? `for ${lasting(ended.atMs - atMs)}` : 'still going on'
  const cameOut =
    viewers.length > 0 ? `${lasted}; seen by ${viewers.join(' and ')}` : `${lasted}; seen by nobody`
  return { atMs, who: whoOf(act.agent, names), did: `showed a scan (${act.detail})`, cameOut }
}

/** One line a copy: who has opened it, and whether it is still there. */
function copyLines(rows: readonly FoundRow[], names: Names): Line[] {
  return rows
    .filter(({ act }) => act.action === 'copy-sent')
    .map(({ atMs, act }) => {
      const of = (action: string) =>
        rows.filter((other) => other.act.action === action && other.act.entity?.id === act.entity?.id)
      const readers = of('copy-opened').map((opened) => whoOf(opened.act.agent, names))
      const seen = readers.length > 0 ? `opened by ${readers.join(' and ')}` : 'opened by nobody'
      const cameOut = `${copyEnd(of('copy-withdrawn').length, of('copy-expired').length)}; ${seen}`
      const did = `sent a sealed copy of a scan (${act.detail})`
      return { atMs, who: whoOf(act.agent, names), did, cameOut }
    })
}

function copyEnd(withdrawn: number, expired: number): string {
  if (withdrawn > 0) return 'taken back'
  return expired > 0 ? 'removed at its time' : 'still there'
}

/** Through broken glass, and although the patient wanted to be alone, or to sleep. */
function overrideLines(broken: readonly FoundRow[], rows: readonly FoundRow[], names: Names): Line[] {
  const calls = rows.filter(({ act }) => act.action === 'call-overridden')
  return [
    ...broken.map((row) => overrideLine(row, rows, names)),
    ...calls.map(({ atMs, act }) => {
      const override = overrideOf(act)
      const reason = `reason given: ${override?.why ?? act.detail}: ${act.reason ?? 'none'}`
      const cameOut = act.outcome === 'refused' ? 'refused' : reason
      const did = override?.over === 'quiet' ? 'overrode the quiet hours' : 'overrode the wish to be alone'
      return { atMs, who: whoOf(act.agent, names), did, cameOut }
    }),
  ].sort((a, b) => a.atMs - b.atMs)
}

/** What somebody typed may be about another patient: it is shown to whose bed they then called. */
function overrideLine(row: FoundRow, rows: readonly FoundRow[], names: Names): Line {
  const { atMs, act } = row
  const came = rows.some((other) => isCallWithin(other, row))
  const reason = came ? `reason given: ${act.reason ?? 'none'}` : 'did not call this bed'
  const cameOut = act.outcome === 'refused' ? 'refused' : reason
  return { atMs, who: whoOf(act.agent, names), did: 'overrode the limits of the ward', cameOut }
}

function isCallWithin({ atMs, act }: FoundRow, broken: FoundRow): boolean {
  const { agent } = broken.act
  const isTheirs = act.agent.type === 'staff' && agent.type === 'staff' && act.agent.staffId === agent.staffId
  const isCall = act.action === 'call-invited' || act.action === 'call-knocked'
  return isTheirs && isCall && atMs >= broken.atMs && atMs <= broken.atMs + glassMs
}

function plainLines(rows: readonly FoundRow[], names: Names, words: ReadonlyMap<string, string>): Line[] {
  return rows.flatMap(({ atMs, act }) => {
    const did = words.get(act.action)
    if (did === undefined) return []
    return [{ atMs, who: whoOf(act.agent, names), did, cameOut: act.outcome === 'refused' ? 'refused' : '' }]
  })
}

function whoOf(agent: AuditAgent, names: Names): string {
  const name = names.agent(agent)
  return agent.type === 'staff' ? `${name}, ${roleWord(agent.role)}` : name
}
