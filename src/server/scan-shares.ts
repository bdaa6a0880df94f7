/**
 * The receipts of scans that are shown live: the server sees nothing of a share, and writes down that it was, to whom and
 * for how long. Only whoever is in the call may say so, and none stays open when its call is over.
 */
import * as v from 'valibot'
import { addressOf } from '../core/proof.ts'
import { partOf, sideOf } from '../core/switchboard-parties.ts'
import type { EndpointId, ServerCall, Switchboard } from '../core/switchboard-state.ts'
import { callsAt, tableOf } from '../core/switchboard-table.ts'
import { type Party, party } from '../protocol/people.ts'
import type { ClientMessage } from '../protocol/wire.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { Db } from './store/store.ts'

type ScanMessage = Extract<ClientMessage, { type: `scan.${string}` }>
type Shared = Extract<ScanMessage, { type: 'scan.shared' }>
/** Whoever says it, and where. */
type Speaker = { readonly endpoint: EndpointId; readonly party: Party }

export type ScanShares = ReturnType<typeof createScanShares>

export function createScanShares({ db, now }: { readonly db: Db; readonly now: () => number }) {
  async function hear(board: Switchboard, from: Speaker, message: ScanMessage): Promise<void> {
    const call = board.calls.get(message.callId)
    // Late, or of a call that is somebody else's: nothing comes of it, and it is nobody's fault.
    if (call?.phase !== 'accepted' || partOf(call, from.endpoint, from.party) === null) return
    await db.transaction().execute(async (step) => {
      switch (message.type) {
        case 'scan.shared':
          return await shared(step, board, call, from, message)
        case 'scan.seen':
          return await seen(step, call, from, message.shareId)
        case 'scan.ended':
          return await ended(step, board, call, from, message.shareId)
      }
    })
  }

  async function shared(
    step: Db,
    board: Switchboard,
    call: ServerCall,
    { party: presenter }: Speaker,
    { shareId, digest, files, patientNumber }: Shared,
  ): Promise<void> {
    if (await find(step, shareId)) return
    const tableId = tableOf(call)
    // Whoever shows another scan shows the first no more.
    for (const open of await listOpen(step))
      if (open.tableId === tableId && addressOf(open.presenter) === addressOf(presenter))
        await close(step, open, null)
    const admissionId = await whoseIs(step, board, tableId, patientNumber)
    await step
      .insertInto('scan_shares')
      .values({
        ...{ share_id: shareId, table_id: tableId, presenter: JSON.stringify(presenter) },
        ...{ admission_id: admissionId, shared_ms: now(), ended_ms: null },
      })
      .execute()
    const peer = sideOf(call, presenter) === 'caller' ? call.callee : call.caller
    await recordAct(step, now(), {
      ...{ action: 'scan-shared', agent: agentOfParty(presenter), peer: agentOfParty(peer) },
      ...{ patient: admissionId, entity: entityOf(shareId), detail: `${files} files, SHA-256 ${digest}` },
    })
  }

  async function seen(
    step: Db,
    call: ServerCall,
    { party: viewer }: Speaker,
    shareId: string,
  ): Promise<void> {
    const share = await find(step, shareId)
    if (!share || share.endedMs !== null || !isOf(share, call)) return
    if (addressOf(share.presenter) === addressOf(viewer)) return
    const isSeenAgain = (await viewersOf(step, shareId)).some(
      (one) => addressOf(one.viewer) === addressOf(viewer),
    )
    await step
      .insertInto('scan_viewers')
      .values({ share_id: shareId, viewer: JSON.stringify(viewer), seen_ms: now(), gone_ms: null })
      .onConflict((same) => same.columns(['share_id', 'viewer']).doUpdateSet({ gone_ms: null }))
      .execute()
    if (isSeenAgain) return
    await recordAct(step, now(), {
      ...{ action: 'scan-seen', agent: agentOfParty(viewer), peer: agentOfParty(share.presenter) },
      ...{ patient: share.admissionId, entity: entityOf(shareId) },
    })
  }

  /** By its presenter, or once it is gone from everybody else who sits there: that of a presenter who crashed. */
  async function ended(
    step: Db,
    board: Switchboard,
    call: ServerCall,
    { party: by }: Speaker,
    shareId: string,
  ): Promise<void> {
    const share = await find(step, shareId)
    if (!share || share.endedMs !== null || !isOf(share, call)) return
    if (addressOf(share.presenter) === addressOf(by)) return await close(step, share, by)
    await step
      .updateTable('scan_viewers')
      .set({ gone_ms: now() })
      .where('share_id', '=', shareId)
      .where('viewer', '=', JSON.stringify(by))
      .execute()
    const gone = (await viewersOf(step, shareId)).filter(({ goneMs }) => goneMs !== null)
    const isGone = (party: Party) => gone.some(({ viewer }) => addressOf(viewer) === addressOf(party))
    if (othersAt(board, share).every(isGone)) await close(step, share, null)
  }

  async function close(step: Db, share: OpenShare, by: Party | null): Promise<void> {
    const { shareId, admissionId, sharedMs, presenter } = share
    const { length } = await viewersOf(step, shareId)
    await step.updateTable('scan_shares').set({ ended_ms: now() }).where('share_id', '=', shareId).execute()
    await recordAct(step, now(), {
      action: 'scan-share-ended',
      agent: by ? agentOfParty(by) : { type: 'server' },
      peer: by ? null : agentOfParty(presenter),
      patient: admissionId,
      entity: entityOf(shareId),
      detail: `${Math.max(0, now() - sharedMs)} ms, ${length} viewers`,
    })
  }

  /** Ends every share whose presenter sits at its table no more: after the end of a call, and after a restart. */
  async function settle(board: Switchboard): Promise<void> {
    const over = (await listOpen(db)).filter((share) => !isSeated(board, share))
    for (const share of over) await db.transaction().execute((step) => close(step, share, null))
  }

  return { hear, settle }
}

type OpenShare = {
  readonly shareId: string
  readonly tableId: string
  readonly presenter: Party
  readonly admissionId: string | null
  readonly sharedMs: number
  readonly endedMs: number | null
}

const entityOf = (id: string) => ({ type: 'scan', id }) as const

const isOf = ({ tableId }: OpenShare, call: ServerCall) => tableOf(call) === tableId

function isSeated(board: Switchboard, { tableId, presenter }: OpenShare): boolean {
  return callsAt(board, tableId).some((call) => call.phase === 'accepted' && sideOf(call, presenter) !== null)
}

/** Whoever may be looking: those who sit at its table, but for its presenter. */
function othersAt(board: Switchboard, { tableId, presenter }: OpenShare): Party[] {
  const seated = callsAt(board, tableId).filter(({ phase }) => phase === 'accepted')
  return seated
    .flatMap(({ caller, callee }) => [caller, callee])
    .filter((party) => addressOf(party) !== addressOf(presenter))
}

/** Of whoever the file names, even in a call with another's bed (HZ-1); of the bed's patient where it names nobody. */
async function whoseIs(db: Db, board: Switchboard, tableId: string, number: string | null) {
  return number === null ? admissionAt(board, tableId) : await admissionOf(db, number)
}

/** Of the bed at this table. */
function admissionAt(board: Switchboard, tableId: string): string | null {
  return callsAt(board, tableId).find(({ stay }) => stay?.admissionId)?.stay?.admissionId ?? null
}

/** Of whoever lies here now and has this number; null: nobody. */
async function admissionOf(db: Db, number: string): Promise<string | null> {
  const row = await db
    .selectFrom('admissions')
    .select('admission_id')
    .where('number', '=', number)
    .where('ended_ms', 'is', null)
    .executeTakeFirst()
  return row?.admission_id ?? null
}

async function find(db: Db, shareId: string): Promise<OpenShare | null> {
  const row = await db
    .selectFrom('scan_shares')
    .selectAll()
    .where('share_id', '=', shareId)
    .executeTakeFirst()
  return row ? shareOf(row) : null
}

async function listOpen(db: Db): Promise<OpenShare[]> {
  const rows = await db.selectFrom('scan_shares').selectAll().where('ended_ms', 'is', null).execute()
  return rows.map(shareOf)
}

function shareOf(row: {
  readonly share_id: string
  readonly table_id: string
  readonly presenter: string
  readonly admission_id: string | null
  readonly shared_ms: number
  readonly ended_ms: number | null
}): OpenShare {
  return {
    ...{ shareId: row.share_id, tableId: row.table_id, admissionId: row.admission_id },
    ...{ presenter: v.parse(party, JSON.parse(row.presenter)), sharedMs: row.shared_ms },
    endedMs: row.ended_ms,
  }
}

async function viewersOf(db: Db, shareId: string): Promise<{ viewer: Party; goneMs: number | null }[]> {
  const rows = await db
    .selectFrom('scan_viewers')
    .select(['viewer', 'gone_ms'])
    .where('share_id', '=', shareId)
    .execute()
  return rows.map(({ viewer, gone_ms }) => ({ viewer: v.parse(party, JSON.parse(viewer)), goneMs: gone_ms }))
}
