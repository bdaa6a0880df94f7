/** The plan's store where the browser keeps nothing: the same promises, for as long as the page lives. */
import { keyOfRow } from '../core/plan/book.ts'
import type { Row, RowName } from '../protocol/plan.ts'
import type {
  Batch,
  Fold,
  KeepFailure,
  KeptPlan,
  NewAct,
  OutboxEntry,
  PlanMeta,
  PlanStore,
} from '../state/plan-ports.ts'
import type { Result } from '../state/ports.ts'
import { bytesOf, firstOf } from '../state/sync-batch.ts'

type OutboxAct = OutboxEntry['outboxAct']
type Change = { readonly seq: number; readonly rows: readonly Row[]; readonly removed: readonly RowName[] }

/** All of one person, as a value: whoever has a copy of it has the store as it was. */
export type PlanDisk = {
  readonly meta: PlanMeta | null
  readonly baseSeq: number
  readonly changes: readonly Change[]
  readonly outbox: readonly OutboxEntry[]
  readonly settled: ReadonlyMap<string, OutboxAct | null>
  readonly wiped: ReadonlySet<string>
}

export const emptyDisk: PlanDisk = {
  meta: null,
  baseSeq: 0,
  changes: [],
  outbox: [],
  settled: new Map(),
  wiped: new Set(),
}

/** What a transaction comes to: the store after it, and its answer. */
export type Step<T> = { readonly disk: PlanDisk; readonly answer: T }

const refused = (disk: PlanDisk, failure: KeepFailure) => ({ disk, answer: { ok: false as const, failure } })

export function readDisk(
  disk: PlanDisk,
  known: string | null,
  after: number | null,
  newDeviceId: string,
): Step<Result<KeptPlan, KeepFailure>> {
  if (known !== null && disk.wiped.has(known)) return refused(disk, 'wiped')
  const meta = disk.meta ?? emptyMeta(newDeviceId)
  const isMore = after !== null && meta.deviceId === known && after >= disk.baseSeq
  const { rows, removed } = sumOf(disk.changes.filter(({ seq }) => !isMore || seq > after))
  const settled = new Set(disk.settled.keys())
  const value: KeptPlan = { meta, reset: !isMore, rows, removed, outbox: disk.outbox, settled }
  return { disk: { ...disk, meta }, answer: { ok: true, value } }
}

export function appendTo(
  disk: PlanDisk,
  known: string | null,
  acts: readonly NewAct[],
): Step<Result<readonly OutboxAct[], KeepFailure>> {
  const { meta } = disk
  if (!meta || meta.deviceId !== known) return refused(disk, 'lost')
  const there = new Set(disk.outbox.map(({ outboxAct }) => outboxAct.actId))
  const fresh = acts.filter(({ actId }) => !there.has(actId) && !disk.settled.has(actId))
  const value = fresh.map((act, index) => ({ ...act, n: meta.lastN + 1 + index }))
  const outbox = [...disk.outbox, ...value.map((outboxAct) => ({ outboxAct, isSent: false }))]
  const next = { ...disk, outbox, meta: { ...meta, lastN: meta.lastN + value.length } }
  return { disk: next, answer: { ok: true, value } }
}

export function takeFrom(
  disk: PlanDisk,
  known: string | null,
  batch: Batch,
): Step<Result<readonly OutboxAct[], KeepFailure>> {
  if (disk.meta?.deviceId !== known) return refused(disk, 'lost')
  const value = firstOf(
    disk.outbox.map(({ outboxAct }) => outboxAct),
    bytesOf,
    batch,
  )
  const outbox = disk.outbox.map((entry, index) =>
    index < value.length ? { ...entry, isSent: true } : entry,
  )
  return { disk: { ...disk, outbox }, answer: { ok: true, value } }
}

export function takeBackFrom(disk: PlanDisk, known: string | null, actId: string): Step<boolean> {
  const entry = disk.outbox.find(({ outboxAct }) => outboxAct.actId === actId)
  if (!entry || entry.isSent || disk.meta?.deviceId !== known) return { disk, answer: false }
  const outbox = disk.outbox.filter((one) => one !== entry)
  return { disk: { ...disk, outbox, settled: new Map(disk.settled).set(actId, null) }, answer: true }
}

export function foldInto(
  disk: PlanDisk,
  known: string | null,
  fold: Fold,
): Step<Result<null, KeepFailure | 'moved'>> {
  const { meta } = disk
  if (!meta || meta.deviceId !== known || meta.deviceId !== fold.deviceId) return refused(disk, 'lost')
  if (meta.seq !== fold.seq) return { disk, answer: { ok: false, failure: 'moved' } }
  const seq = fold.seq + 1
  const change = { seq, rows: fold.rows, removed: fold.removed }
  const { epoch, cursor, asOfMs, contactMs } = fold
  const folded: PlanDisk = {
    ...settle(disk, fold),
    meta: { ...meta, seq, epoch, cursor, asOfMs, contactMs },
    baseSeq: fold.reset ? seq : disk.baseSeq,
    changes: fold.reset ? [change] : [...disk.changes, change],
  }
  const next = fold.renewed === null ? folded : renew(folded, fold.renewed)
  return { disk: next, answer: { ok: true, value: null } }
}

function settle(disk: PlanDisk, { settled }: Fold): PlanDisk {
  const took = new Map(settled.map((one) => [one.actId, one.took]))
  const known = new Map(disk.settled)
  for (const { outboxAct } of disk.outbox) {
    const how = took.get(outboxAct.actId)
    if (how) known.set(outboxAct.actId, how === 'yes' ? outboxAct : null)
  }
  const outbox = disk.outbox.filter(({ outboxAct }) => !took.has(outboxAct.actId))
  return { ...disk, outbox, settled: known }
}

function renew(disk: PlanDisk, deviceId: string): PlanDisk {
  const again = [...disk.settled.values()].filter((act) => act !== null)
  const waiting = disk.outbox.map(({ outboxAct }) => outboxAct)
  const acts = [...again, ...waiting].sort((one, other) => one.n - other.n)
  const outbox = acts.map((act, index) => ({ outboxAct: { ...act, n: index + 1 }, isSent: true }))
  const settled = new Map([...disk.settled].filter(([, act]) => act === null))
  const meta = disk.meta && { ...disk.meta, deviceId, lastN: acts.length }
  return { ...disk, meta, outbox, settled }
}

export function expireDisk(disk: PlanDisk): PlanDisk {
  if (!disk.meta) return disk
  const seq = disk.meta.seq + 1
  const meta = { ...disk.meta, seq, cursor: null, asOfMs: null, contactMs: null }
  return { ...disk, meta, baseSeq: seq, changes: [] }
}

export function wipeDisk({ meta, wiped }: PlanDisk): PlanDisk {
  return { ...emptyDisk, wiped: meta ? new Set(wiped).add(meta.deviceId) : wiped }
}

function sumOf(changes: readonly Change[]): { rows: Row[]; removed: RowName[] } {
  const rows = new Map<string, Row>()
  const removed = new Map<string, RowName>()
  for (const change of changes) {
    for (const name of change.removed) {
      rows.delete(keyOfRow(name.type, name.id))
      removed.set(keyOfRow(name.type, name.id), name)
    }
    for (const row of change.rows) {
      rows.set(keyOfRow(row.type, row.id), row)
      removed.delete(keyOfRow(row.type, row.id))
    }
  }
  return { rows: [...rows.values()], removed: [...removed.values()] }
}

function emptyMeta(deviceId: string): PlanMeta {
  return { deviceId, seq: 0, epoch: null, cursor: null, asOfMs: null, contactMs: null, lastN: 0 }
}

/** A store over `disk`, which several tabs may share. */
export function createMemoryStore(place: { disk: PlanDisk } = { disk: emptyDisk }): PlanStore {
  let known: string | null = null
  function run<T>(step: (disk: PlanDisk) => Step<T>): T {
    const { disk, answer } = step(place.disk)
    place.disk = disk
    return answer
  }
  return {
    async read(after, newDeviceId) {
      const answer = run((disk) => readDisk(disk, known, after, newDeviceId))
      if (answer.ok) known = answer.value.meta.deviceId
      return answer
    },
    append: async (acts) => run((disk) => appendTo(disk, known, acts)),
    take: async (batch) => run((disk) => takeFrom(disk, known, batch)),
    takeBack: async (actId) => run((disk) => takeBackFrom(disk, known, actId)),
    fold: async (fold) => run((disk) => foldInto(disk, known, fold)),
    async expire() {
      place.disk = expireDisk(place.disk)
    },
    async wipe() {
      place.disk = wipeDisk(place.disk)
    },
    room: async () => ({ persisted: false, used: 0 }),
    isDurable: () => false,
    onLost() {},
    close() {},
  }
}
