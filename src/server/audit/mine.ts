/** What a tablet may read of the audit: the calls of the stay, and the scans that were shown or sent, that is there now, and of nobody else's (HZ-6). */
import * as v from 'valibot'
import { endReason } from '../../protocol/call.ts'
import type { LedgerLine } from '../../protocol/ledger.ts'
import type { Stay } from '../../protocol/people.ts'
import type { Db } from '../store/store.ts'
import { overrideOf } from './calls.ts'
import { loadNames, type Names } from './names.ts'
import { allRows, type FoundRow, lastSeq } from './search.ts'

const most = 60
const begins: ReadonlySet<string> = new Set(['call-invited', 'call-knocked', 'scan-shared', 'copy-sent'])

/** Newest first; nothing when nobody lies there. */
export async function ledgerOf(
  db: Db,
  { admissionId }: Stay,
): Promise<{ lines: LedgerLine[]; more: boolean }> {
  if (admissionId === null) return { lines: [], more: false }
  const rows = await allRows(db, { patient: admissionId }, await lastSeq(db))
  const names = await loadNames(db)
  const begun = rows.filter(({ act }) => begins.has(act.action) && act.entity !== null).reverse()
  return { lines: begun.slice(0, most).map((row) => lineOf(row, rows, names)), more: begun.length > most }
}

function lineOf({ atMs, act }: FoundRow, rows: readonly FoundRow[], names: Names): LedgerLine {
  const callId = act.entity?.id ?? ''
  const of = (action: string) =>
    rows.find((row) => row.act.action === action && row.act.entity?.id === callId)
  const overrode = of('call-overridden')
  const who = act.agent.type === 'bed' && act.peer ? act.peer : act.agent
  return {
    id: callId,
    atMs,
    how: overrode ? 'overrode' : howOf(act),
    who: names.agent(who),
    role: who.type === 'staff' ? who.role : null,
    override: overrode ? overrideOf(overrode.act) : null,
    cameOut: cameOut(),
  }

  function cameOut(): LedgerLine['cameOut'] {
    if (act.action === 'scan-shared') return shownOf(atMs, of('scan-share-ended'))
    if (act.action === 'copy-sent') return copiedOf(callId, rows)
    if (act.outcome === 'refused') return endOf(act.detail)
    return outcomeOf(of('call-answered'), of('call-ended'))
  }
}

function copiedOf(copyId: string, rows: readonly FoundRow[]): LedgerLine['cameOut'] {
  const of = rows.filter((row) => row.act.entity?.id === copyId).map((row) => row.act.action)
  const isGone = of.includes('copy-withdrawn') || of.includes('copy-expired')
  return {
    type: isGone ? 'copy-gone' : 'copied',
    opened: of.filter((action) => action === 'copy-opened').length,
  }
}

function howOf({ agent, action }: FoundRow['act']): LedgerLine['how'] {
  if (action === 'scan-shared') return 'scan'
  if (action === 'copy-sent') return 'copy'
  if (agent.type === 'bed') return 'rang-out'
  return action === 'call-knocked' ? 'knocked' : 'rang'
}

function shownOf(sharedMs: number, ended: FoundRow | undefined): LedgerLine['cameOut'] {
  return ended ? { type: 'shown', lastedMs: ended.atMs - sharedMs } : { type: 'goes-on' }
}

function outcomeOf(answered: FoundRow | undefined, ended: FoundRow | undefined): LedgerLine['cameOut'] {
  if (!ended) return { type: 'goes-on' }
  return answered ? { type: 'talked', lastedMs: ended.atMs - answered.atMs } : endOf(ended.act.detail)
}

function endOf(detail: string | null): LedgerLine['cameOut'] {
  const read = v.safeParse(endReason, detail)
  return { type: 'ended', reason: read.success ? read.output : 'connection-lost' }
}
