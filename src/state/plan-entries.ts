/** What stands in the plan, as a screen draws it: appointments, and what was asked for and is not in it. */

import { computed, type ReadonlySignal } from '@preact/signals'
import { stopTimes } from '../core/plan/booking.ts'
import type { Trouble } from '../core/plan/decide.ts'
import type { Appointment, Attention, KeptAct, Stop } from '../protocol/plan.ts'
import { wishOf } from './plan-again.ts'
import type { PendingAct, Sync } from './sync.ts'
import { isReadable } from './sync-view.ts'

/**
 * `saving`: drawn, and not kept on this device yet. `requested`: not confirmed by the server. `proposed`: the server has
 * it, and somebody of the ward has yet to agree to it. `attention`: somebody has to decide about it. `cancelling`,
 * `finishing` and `missing` were said here to be cancelled, done and missed, and the server has not confirmed it (HZ-7).
 */
export type Look =
  | 'confirmed'
  | 'saving'
  | 'requested'
  | 'proposed'
  | 'arrived'
  | 'attention'
  | 'cancelled'
  | 'done'
  | 'missed'
  | 'cancelling'
  | 'finishing'
  | 'missing'

export type Entry = {
  /** The appointment's, or of an act that found no place. */
  readonly key: string
  readonly row: Appointment
  readonly startMs: number
  readonly endMs: number
  readonly look: Look
  /** The act or the row of attention to open; null: nothing to decide. */
  readonly concern: string | null
}

/** Whose day: a person's, a bed's, or everything there is. */
export type Whose =
  | { readonly type: 'person'; readonly id: string }
  | { readonly type: 'bed'; readonly id: string }
  | { readonly type: 'all' }

/** What somebody asked and did not get: `ward`, the server said so; `here`, this device expects it to. */
export type Concern = Pick<Attention, 'asked' | 'why' | 'startMs' | 'escalated' | 'by' | 'atMs'> & {
  readonly blocking: readonly Attention['blocking'][number][]
  readonly free: readonly number[]
  readonly clashes: readonly Attention['clashes'][number][]
  readonly id: string
  readonly where: 'ward' | 'here'
  /** `asked`: by me. `told`: mine stands in its way. `ward`: somebody of the ward has to. */
  readonly part: 'asked' | 'told' | 'ward'
}

/** All of [startMs, endMs) in order, beginning with what begins first. */
export type Between = (startMs: number, endMs: number, whose: Whose) => Entry[]

/** What has a time is gone through once for each change of the plan, however many beds then ask for their part. */
export function createEntries(sync: Sync, appointments: ReadonlySignal<readonly Appointment[]>): Between {
  const same = createSame()
  const timed = computed(() => appointments.value.filter(isTimed))
  const concerns = computed(() => concernsByAppointment(sync))
  const wished = computed(() => ghosts(sync))
  return (startMs, endMs, whose) => {
    const waiting = waitingOf(sync)
    const isWithin = (span: Span) => span.startMs < endMs && span.endMs > startMs
    const found: Entry[] = []
    for (const row of timed.value) {
      const span = isWithin(row.when) ? spanFor(row, whose) : null
      if (!span || !isWithin(span)) continue
      // What was taken back never was, once the server has confirmed that.
      if (row.status === 'entered-in-error' && !waits(row, waiting)) continue
      const concern = concerns.value.get(row.id) ?? null
      found.push(same({ key: row.id, row, ...span, look: lookOf(row, waiting, concern), concern }))
    }
    for (const ghost of wished.value) {
      const span = spanFor(ghost.row, whose)
      if (span && isWithin(span)) found.push({ ...ghost, ...span })
    }
    return found.sort((one, other) => one.startMs - other.startMs || one.endMs - other.endMs)
  }
}

type Timed = Appointment & { readonly when: Span }

function isTimed(row: Appointment): row is Timed {
  return row.when.type === 'at'
}

/** An entry that reads as it did is the same object, so that what stands still is not drawn again. */
function createSame(): (entry: Entry) => Entry {
  const known = new WeakMap<Appointment, Entry>()
  return (entry) => {
    const last = known.get(entry.row)
    const isSame =
      last?.startMs === entry.startMs &&
      last.endMs === entry.endMs &&
      last.look === entry.look &&
      last.concern === entry.concern
    if (isSame) return last
    known.set(entry.row, entry)
    return entry
  }
}

/** What the server has not confirmed: which act touched a row last, and which acts are not even kept here. */
export type Waiting = {
  readonly unconfirmed: ReadonlyMap<string, string>
  readonly saving: ReadonlySet<string>
}

export function waitingOf({ unconfirmed, saving }: Sync): Waiting {
  return { unconfirmed: unconfirmed.value, saving: saving.value }
}

/** Whether it is not yet as the server has it. */
export function waits({ id }: Appointment, { unconfirmed }: Pick<Waiting, 'unconfirmed'>): boolean {
  return unconfirmed.has(`appointment/${id}`)
}

export function lookOf(row: Appointment, waiting: Waiting, concern: string | null): Look {
  const actId = waiting.unconfirmed.get(`appointment/${row.id}`)
  if (actId !== undefined && waiting.saving.has(actId)) return 'saving'
  if (concern !== null) return 'attention'
  return actId === undefined ? confirmedLook(row) : waitingLook(row)
}

function waitingLook({ status }: Appointment): Look {
  if (status === 'cancelled' || status === 'entered-in-error') return 'cancelling'
  if (status === 'fulfilled') return 'finishing'
  return status === 'noshow' ? 'missing' : 'requested'
}

function confirmedLook(row: Appointment): Look {
  switch (row.status) {
    case 'cancelled':
    case 'entered-in-error':
      return 'cancelled'
    case 'fulfilled':
      return 'done'
    case 'noshow':
      return 'missed'
    case 'proposed':
    case 'pending':
      return 'proposed'
    case 'arrived':
    case 'checked-in':
      return 'arrived'
    default:
      return 'confirmed'
  }
}

type Span = { readonly startMs: number; readonly endMs: number }

/** Its own time, or at a bed the time of that bed's stop; null: not this one's, or without a time. */
function spanFor(row: Appointment, whose: Whose): Span | null {
  if (row.when.type === 'waiting') return null
  if (whose.type === 'bed') return stopSpans(row).find(({ stop }) => stop.bedId === whose.id) ?? null
  const isTheirs = whose.type === 'all' || isOf(row, whose.id)
  return isTheirs ? { startMs: row.when.startMs, endMs: row.when.endMs } : null
}

/** A note is its writer's. */
export function isOf(row: Appointment, staffId: string): boolean {
  return row.staff.includes(staffId) || (row.kind === 'note' && row.by === staffId)
}

/** Each stop with its time, one after the other; one that is left out keeps its own (PLAN-1). */
export function stopSpans(row: Appointment): (Span & { readonly stop: Stop; readonly index: number })[] {
  return stopTimes(row).map((span, index) => ({ ...span, index }))
}

/** Bookings that found no place stay where they were wished, so that nobody believes them gone. */
function ghosts(sync: Sync): Entry[] {
  const wished = openAsked(sync).flatMap((asked) => ghostOf(sync, asked, 'attention'))
  return [...wished, ...unplaced(sync).flatMap((asked) => ghostOf(sync, asked, 'requested'))]
}

/** Over no plan nothing has a place; what waits to be sent is seen all the same. */
function unplaced(sync: Sync): Asked[] {
  if (sync.freshness.value.type !== 'never') return []
  const readable = sync.pending.value.filter(({ outboxAct }) => isReadable(outboxAct))
  return readable.map(({ outboxAct: { actId, act } }) => ({ id: actId, asked: act, by: '' }))
}

function ghostOf(sync: Sync, wish: Asked, look: 'attention' | 'requested'): Entry[] {
  const { id, asked } = wish
  if (asked?.type !== 'appointment.book' || sync.view.value.get('appointment', asked.id)) return []
  const row = wishOf(wish, null)
  if (row?.when.type !== 'at') return []
  const { startMs, endMs } = row.when
  return [{ key: id, row, startMs, endMs, look, concern: look === 'attention' ? id : null }]
}

type Asked = { readonly id: string; readonly asked: KeptAct | null; readonly by: string }

function openAsked(sync: Sync): Asked[] {
  const refused = [...sync.view.value.all('attention')].filter(({ resolved }) => resolved === null)
  const expected = sync.pending.value.filter(({ trouble }) => trouble !== null)
  return [...refused, ...expected.map(({ outboxAct: { actId, act } }) => ({ id: actId, asked: act, by: '' }))]
}

function concernsByAppointment(sync: Sync): Map<string, string> {
  const edits = openAsked(sync).filter(({ asked }) => asked?.type === 'appointment.edit')
  return new Map(edits.flatMap(({ id, asked }) => (asked && 'id' in asked ? [[asked.id, id] as const] : [])))
}

/** The loud ones first, then one's own, then by when they would begin. */
export function concernsOf(sync: Sync, me: string): Concern[] {
  const open = [...sync.view.value.all('attention')].filter(({ resolved }) => resolved === null)
  const refused = open.map((row): Concern => {
    const part = row.by === me ? 'asked' : row.also.includes(me) ? 'told' : 'ward'
    return { ...row, where: 'ward', part }
  })
  const expected = sync.pending.value.flatMap((one) =>
    one.trouble ? [expectedConcern(one, one.trouble, me)] : [],
  )
  return [...refused, ...expected].sort(
    (one, other) => rank(one) - rank(other) || (one.startMs ?? one.atMs) - (other.startMs ?? other.atMs),
  )
}

const parts = { asked: 1, told: 2, ward: 3 } as const
function rank({ escalated, part }: Concern): number {
  return escalated ? 0 : parts[part]
}

function expectedConcern({ outboxAct }: PendingAct, trouble: Trouble, by: string): Concern {
  const { actId, act, madeMs } = outboxAct
  return {
    ...trouble,
    id: actId,
    asked: act,
    by,
    atMs: madeMs,
    escalated: false,
    where: 'here',
    part: 'asked',
  }
}
