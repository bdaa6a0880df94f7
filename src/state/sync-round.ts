/** One meeting with the server: what waits goes out, what is new comes in, and all of it is folded at once. */
import { keyOfRow } from '../core/plan/book.ts'
import { planVersion, type Row, type RowName } from '../protocol/plan.ts'
import { mostActs, type NamedAct, type OutboxAct, type SyncAnswer } from '../protocol/sync.ts'
import type { Fold, KeepFailure, Meeting, PlanMeta, Settled, SyncFailure, SyncPorts } from './plan-ports.ts'
import type { Result } from './ports.ts'
import { bytesOf, largestAct, smallAct, wholeBatch } from './sync-batch.ts'
import type { Shelf } from './sync-shelf.ts'

/** `again`: more waits to be sent. `afterMs`: the server's own word for how long to leave it alone. */
export type MeetingEnd = { readonly meeting: Meeting; readonly again: boolean; readonly afterMs: number }

/** The pages of an answer, until the last: half a snapshot is shown to nobody. */
type Gathered = {
  readonly deviceId: string
  readonly seq: number
  readonly renewed: boolean
  reset: boolean
  cursor: string | null
  epoch: string
  readonly changed: Map<string, { readonly row: Row } | { readonly removed: RowName }>
  readonly settled: Map<string, Settled>
}

type Hooks = {
  sendingChanged(): void
  /** An answer came and this device could not keep it. */
  notKept(failure: KeepFailure): void
}

export type Round = ReturnType<typeof createRound>

export function createRound(
  { api, clock, newId }: Pick<SyncPorts, 'api' | 'clock' | 'newId'>,
  shelf: Shelf,
  staffId: string,
  { sendingChanged, notKept }: Hooks,
) {
  let sending: ReadonlySet<string> = new Set()
  let gathered: Gathered | null = null
  /** Fewer acts than usual, when something on the way found a request too large. */
  let batch = wholeBatch
  /** Acts that are too large alone: the ward is told that they are there, and the others go on. */
  const parked = new Set<string>()

  function setSending(acts: readonly OutboxAct[]): void {
    if (acts.length === 0 && sending.size === 0) return
    sending = new Set(acts.map(({ actId }) => actId))
    sendingChanged()
  }

  function begin({ deviceId, seq }: PlanMeta, epoch: string, isRenewed: boolean): Gathered {
    return {
      deviceId,
      seq,
      renewed: isRenewed,
      reset: false,
      cursor: null,
      epoch,
      changed: new Map(),
      settled: new Map(),
    }
  }

  /** Takes a page in; a `reset` begins anew but for the outcomes, which are as they are. */
  function gather(into: Gathered, answer: SyncAnswer): void {
    if (answer.reset) {
      into.changed.clear()
      into.reset = true
    }
    into.cursor = answer.cursor
    for (const removed of answer.removed) into.changed.set(keyOfRow(removed.type, removed.id), { removed })
    for (const row of answer.rows) into.changed.set(keyOfRow(row.type, row.id), { row })
    for (const { actId, outcome } of answer.outcomes)
      into.settled.set(actId, { actId, took: outcome.type === 'refused' ? 'no' : 'yes' })
  }

  async function fold(from: Gathered, serverNowMs: number): Promise<Result<null, KeepFailure | 'moved'>> {
    const changes = [...from.changed.values()]
    const made: Fold = {
      deviceId: from.deviceId,
      seq: from.seq,
      epoch: from.epoch,
      cursor: from.cursor ?? '',
      asOfMs: serverNowMs,
      contactMs: clock.nowMs(),
      reset: from.reset,
      rows: changes.flatMap((change) => ('row' in change ? [change.row] : [])),
      removed: changes.flatMap((change) => ('removed' in change ? [change.removed] : [])),
      settled: [...from.settled.values()],
      renewed: from.renewed ? newId() : null,
    }
    gathered = null
    return await shelf.fold(made)
  }

  /** Asks until all is here. Null: nobody's store is open here. */
  async function meet(): Promise<MeetingEnd | null> {
    for (;;) {
      const acts = gathered ? [] : await take()
      const meta = shelf.meta()
      if (!meta || !acts) return null
      // Another tab was faster: what was gathered for an older store belongs to nothing.
      if (gathered && (gathered.seq !== meta.seq || gathered.deviceId !== meta.deviceId)) gathered = null
      setSending(acts)
      const answer = await api.send({
        deviceId: meta.deviceId,
        staffId,
        version: planVersion,
        epoch: gathered?.epoch ?? meta.epoch,
        cursor: gathered ? gathered.cursor : meta.cursor,
        acts: acts.map(named),
      })
      if (shelf.isWiped()) return null
      setSending([])
      if (!answer.ok && answer.failure.type === 'too-large' && lessen(acts)) continue
      if (!answer.ok) return failed(answer.failure)
      if (acts.length > 0) batch = { ...batch, acts: Math.min(batch.acts * 2, mostActs) }
      const end = await takeIn(answer.value, meta)
      if (end) return end
    }
  }

  /** Whose words nobody would take is said to be there, for the server to refuse like all that it cannot read. */
  function named(act: OutboxAct): OutboxAct | NamedAct {
    const { actId, n, version, madeMs } = act
    const isParked = parked.has(actId) || bytesOf(act) > largestAct
    return isParked ? { actId, n, version, madeMs, act: null } : act
  }

  /** False: it cannot be less, or what is too large is not what is sent. */
  function lessen(acts: readonly OutboxAct[]): boolean {
    const [first, ...others] = acts
    if (others.length > 0) {
      batch = { ...batch, acts: Math.ceil(acts.length / 2) }
      return true
    }
    if (!first || parked.has(first.actId) || bytesOf(first) <= smallAct) return false
    parked.add(first.actId)
    return true
  }

  async function take(): Promise<readonly OutboxAct[] | null> {
    const acts = await shelf.take(batch)
    if (acts.ok) return acts.value
    // A store that cannot be written can still be read by whoever looks: rows are asked for, nothing is sent.
    return acts.failure === 'wiped' ? null : []
  }

  /**
   * Null: there is more to ask for. `asked`: the store as it was when it was asked, not as it is now: another tab may
   * have folded meanwhile, and an older answer laid over a newer one would take it back for good.
   */
  async function takeIn(answer: SyncAnswer, asked: PlanMeta): Promise<MeetingEnd | null> {
    const before = gathered?.epoch ?? asked.epoch
    const isAnother = before !== null && before !== answer.epoch
    const into = isAnother
      ? begin(asked, answer.epoch, true)
      : (gathered ?? begin(asked, answer.epoch, false))
    gathered = into
    gather(into, answer)
    if (isAnother && !answer.reset) {
      // Rows of another server can only be taken as a whole.
      into.cursor = null
      return null
    }
    if (answer.more) return null
    const folded = await fold(into, answer.serverNowMs)
    // What is shown is as old as it was: it is as if nothing had been answered, and asked again as seldom (HZ-7).
    if (!folded.ok && folded.failure !== 'moved' && folded.failure !== 'lost') {
      notKept(folded.failure)
      return failed({ type: 'unreachable' })
    }
    const meta = shelf.meta()
    const meeting: Meeting = {
      failure: null,
      asOfMs: meta?.asOfMs ?? null,
      clockAheadMs: clock.nowMs() - answer.serverNowMs,
    }
    if (folded.ok && into.settled.size > 0) await shelf.compact()
    const hasProgress = into.settled.size > 0 || into.renewed
    return { meeting, again: (hasProgress || !folded.ok) && shelf.acts().length > 0, afterMs: 0 }
  }

  return { meet, sending: () => sending }
}

function failed(failure: SyncFailure): MeetingEnd {
  const why = failure.type === 'too-large' ? 'unreachable' : failure.type
  const meeting: Meeting = { failure: why, asOfMs: null, clockAheadMs: null }
  return { meeting, again: false, afterMs: failure.type === 'too-many' ? failure.afterMs : 0 }
}
