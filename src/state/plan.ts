/** The plan's screens: which day and whose, what stands there, what a person does to it, and how to take it back. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { permissionOf } from '../core/permissions.ts'
import type { Trouble } from '../core/plan/decide.ts'
import type { Opening } from '../core/plan/waiting.ts'
import type { StaffParty } from '../protocol/people.ts'
import type { Appointment, BedRow, KeptAct, PersonRow, Series } from '../protocol/plan.ts'
import { type Asks, createAsks } from './plan-asks.ts'
import { type Day, dateAt, dayOfDate, stepDate, weekOf } from './plan-days.ts'
import { type Concern, concernsOf, createEntries, type Entry, type Whose, waits } from './plan-entries.ts'
import { dueReminders, type Reminder, reminded } from './plan-reminders.ts'
import { type PlanStatus, statusOf } from './plan-status.ts'
import { createZone, type ZoneMemory } from './plan-zone.ts'
import type { Clock } from './ports.ts'
import type { DoFailure, Sync } from './sync.ts'

export type {
  Appointment,
  BedRow,
  Concern,
  Day,
  Entry,
  KeptAct,
  Opening,
  PersonRow,
  PlanStatus,
  Reminder,
  Series,
  Trouble,
  Whose,
}

export type Tab = 'day' | 'week' | 'ward' | 'attention' | 'waiting'

/** What was just done, named by words; `undo` is null when it cannot be taken back by one press. */
export type Deed =
  | 'booked'
  | 'moved'
  | 'changed'
  | 'cancelled'
  | 'done'
  | 'missed'
  | 'late'
  | 'agreed'
  | 'arrived'
  | 'reordered'
  | 'ended'
  | 'resolved'
  | 'undone'
export type Toast =
  | {
      readonly type: 'did'
      readonly deed: Deed
      /** Null: nothing has to be sent for it. */
      readonly actId: string | null
      readonly undo: (() => Promise<void>) | null
      /** Somebody on the waiting list to whom the time that became free could go. */
      readonly offer: Opening | null
    }
  | { readonly type: 'failed'; readonly failure: DoFailure | 'senseless' }
  /** What was decided here had been decided by somebody else before. */
  | { readonly type: 'late'; readonly by: string }

export type PlanScreens = Asks & {
  readonly sync: Sync
  readonly me: StaffParty
  /** IANA name; until the first answer brings the plan's own, the one last heard here, or this device's. */
  readonly zone: ReadonlySignal<string>
  readonly tab: Signal<Tab>
  readonly date: Signal<string>
  /** Whose day and week are looked at. */
  readonly person: Signal<string>
  /** The days that the tab shows. */
  readonly days: ReadonlySignal<readonly Day[]>
  readonly people: ReadonlySignal<readonly PersonRow[]>
  /** Of everybody, also of those who left; by id. */
  readonly names: ReadonlySignal<ReadonlyMap<string, string>>
  readonly bedLabels: ReadonlySignal<ReadonlyMap<string, string>>
  readonly beds: ReadonlySignal<readonly BedRow[]>
  readonly concerns: ReadonlySignal<readonly Concern[]>
  readonly waiting: ReadonlySignal<readonly Appointment[]>
  readonly status: ReadonlySignal<PlanStatus>
  readonly reminders: Signal<readonly Reminder[]>
  /** Whether this person's role may change the plan; the server has the last word. */
  readonly mayChange: boolean
  readonly mayOverride: boolean
  /** Milliseconds since 1970 by the server's clock, as far as it is known. */
  nowMs(): number
  today(): Day
  entries(day: Day, whose: Whose): readonly Entry[]
  seriesOf(row: Appointment): Series | undefined
  /** By day, or by week where weeks are shown. */
  step(direction: -1 | 1): void
  goToday(): void
  dismissReminder(key: string): void
  /** Ends the watches. */
  stop(): void
}

/** How often reminders are looked for. */
const watchMs = 10_000

export type PlanParts = ZoneMemory & {
  readonly sync: Sync
  readonly me: StaffParty
  readonly clock: Clock
  newId(): string
}

export function createPlanScreens(parts: PlanParts): PlanScreens {
  const { sync, me, clock } = parts
  const nowMs = () => clock.nowMs() - (sync.clockAheadMs.value ?? 0)
  const { zone, watch: watchZone } = createZone(sync, parts)
  const tab = signal<Tab>('day')
  const begun = dateAt(nowMs(), zone.peek())
  const date = signal(begun)
  // Today by another clock is no day that anybody chose.
  const stopZone = watchZone((heard) => {
    if (date.peek() === begun) date.value = dateAt(nowMs(), heard)
  })
  const today = () => dayOfDate(dateAt(nowMs(), zone.value), zone.value)
  /** Read out of the view once for each change, whoever then looks through it. */
  const appointments = computed(() => [...sync.view.value.all('appointment')])
  const between = createEntries(sync, appointments)
  const entries = (day: Day, whose: Whose) => between(day.startMs, day.endMs, whose)
  const everybody = stable(() => [...sync.view.value.all('person')])
  const beds = stable(() => bedsOf(sync))
  const mine = ({ startMs, endMs }: Pick<Day, 'startMs' | 'endMs'>) =>
    between(startMs, endMs, { type: 'person', id: me.staffId })
  const watch = watchReminders(parts, nowMs, mine)

  const asks = createAsks(parts, zone)

  return {
    ...asks,
    sync,
    me,
    zone,
    tab,
    date,
    person: signal(me.staffId),
    days: computed(() =>
      tab.value === 'week' ? weekOf(date.value, zone.value) : [dayOfDate(date.value, zone.value)],
    ),
    people: computed(() => peopleOf(everybody.value)),
    names: computed(() => new Map(everybody.value.map(({ id, name }) => [id, name]))),
    beds,
    bedLabels: computed(() => new Map(beds.value.map(({ id, label }) => [id, label]))),
    concerns: stable(() => concernsOf(sync, me.staffId)),
    waiting: stable(() => waitingOf(sync, appointments.value)),
    status: computed(() => statusOf(sync)),
    reminders: watch.reminders,
    mayChange: permissionOf(me.role, 'plan.change') !== 'no',
    mayOverride: permissionOf(me.role, 'plan.override') !== 'no',
    nowMs,
    today,
    entries,
    seriesOf: ({ occasion }) => (occasion ? sync.view.value.get('series', occasion.seriesId) : undefined),
    step(direction) {
      date.value = stepDate(date.value, tab.value === 'week' ? direction * 7 : direction)
    },
    goToday() {
      date.value = today().date
    },
    dismissReminder: watch.dismiss,
    stop() {
      watch.stop()
      asks.stop()
      stopZone()
    },
  }
}

/** The list that was there before, when the next one holds the same: nobody who watches it draws anew. */
function stable<T>(make: () => readonly T[]): ReadonlySignal<readonly T[]> {
  let last: readonly T[] = []
  return computed(() => {
    const next = make()
    if (next.length !== last.length || next.some((one, at) => one !== last[at])) last = next
    return last
  })
}

const byName = new Intl.Collator()

function peopleOf(everybody: readonly PersonRow[]): PersonRow[] {
  return everybody
    .filter((person) => person.active)
    .sort((one, other) => byName.compare(one.name, other.name))
}

function bedsOf(sync: Sync): BedRow[] {
  return [...sync.view.value.all('bed')].sort((one, other) => one.position - other.position)
}

/** One whose end the server has not confirmed still stands there (HZ-7). */
function waitingOf(sync: Sync, appointments: readonly Appointment[]): Appointment[] {
  const unconfirmed = sync.unconfirmed.value
  const waiting = appointments.filter(
    (row) => row.status === 'waitlist' || (row.when.type === 'waiting' && waits(row, { unconfirmed })),
  )
  return waiting.sort((one, other) => latest(one) - latest(other))
}

function latest({ when }: Appointment): number {
  return when.type === 'waiting' ? when.notAfterMs : when.endMs
}

/** Each is told once, however long this page stays. */
function watchReminders(
  { clock }: PlanParts,
  nowMs: () => number,
  mine: (span: ReturnType<typeof reminded>) => readonly Entry[],
) {
  const reminders = signal<readonly Reminder[]>([])
  const told = new Set<string>()
  let cancel = () => {}

  function look(): void {
    const due = dueReminders(mine(reminded(nowMs())), nowMs(), told)
    for (const { key } of due) told.add(key)
    if (due.length > 0) reminders.value = [...reminders.value, ...due]
    cancel = clock.after(watchMs, look)
  }
  look()
  return {
    reminders,
    dismiss(key: string) {
      reminders.value = reminders.value.filter((one) => one.key !== key)
    },
    stop: () => cancel(),
  }
}
