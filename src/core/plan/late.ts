/** What running late pushes: whoever comes after in the same people, beds and rooms, up to the first gap that takes it. */
import type { Appointment, AppointmentFields, KeptAct, PlanRefusal, Stop } from '../../protocol/plan.ts'
import { draftOver, type PlanReader } from './book.ts'
import { minuteMs } from './booking.ts'
import { judge } from './decide.ts'
import { same } from './merge.ts'
import { type Begins, type Pushing, pushedBy } from './push.ts'
import { minutesOf } from './sense.ts'
import { hasBegun } from './status.ts'

/** `others`: nobody of it runs late. `promised`: its patient was told when. The others are what the plan would say. */
export type StuckWhy = 'others' | 'promised' | 'under-way' | PlanRefusal

/** One that cannot come later by itself; `row` is as it stands. */
export type Stuck = { readonly row: Appointment; readonly why: StuckWhy }

/** One that comes later; `row` is as it stood. */
export type Push = { readonly row: Appointment; readonly startMs: number; readonly endMs: number }

export type Delay = {
  /** The late one with the time it takes now. */
  readonly row: Appointment
  /** In the order of their times. */
  readonly pushes: readonly Push[]
  /** In the order in which each is taken: whoever is pushed furthest first, the late one last. */
  readonly acts: readonly KeptAct[]
  readonly stuck: readonly Stuck[]
}

/** `part` and `alone` are null when there is no such way, or when it is the same as one before. */
export type Lateness = {
  /** All of the delay, and all that it meets. Only without anything stuck can it be asked for. */
  readonly whole: Delay
  /** As much as can be pushed; the beds that are left share what is missing. */
  readonly part: Delay | null
  /** Nothing else is pushed. */
  readonly alone: Delay | null
}

export type LateAsker = {
  readonly staffId: string
  readonly atMs: number
  readonly rights: 'change' | 'override'
}

/** [PLAN-17] `minutes` from now on; the row has a time. */
export function latenessOf(plan: PlanReader, row: Appointment, minutes: number, asker: LateAsker): Lateness {
  const late = delayed(row, minutes)
  const whole = delayOf(plan, row, late, asker, 'push')
  const isSimple = whole.stuck.length === 0 && whole.pushes.length === 0
  const alone = isSimple ? null : mostOf(plan, row, late, asker, 'alone')
  const part = whole.stuck.length === 0 ? null : mostOf(plan, row, late, asker, 'push')
  return { whole, part: part && alone && isSame(part.row, alone.row) ? null : part, alone }
}

/** The stop that is under way takes longer; time of its own that no bed needs is used up before it ends later. */
function delayed(row: Appointment, minutes: number): Appointment {
  if (row.when.type === 'waiting') return row
  const open = row.stops.findIndex(({ state }) => state === 'open')
  const { startMs, endMs } = row.when
  if (open === -1) return { ...row, when: { ...row.when, endMs: endMs + minutes * minuteMs } }
  const stops = row.stops.map((stop, at) => (at === open ? withMinutes(stop, minutes) : stop))
  return {
    ...row,
    stops,
    when: { ...row.when, endMs: Math.max(endMs, startMs + minutesOf(stops) * minuteMs) },
  }
}

function withMinutes(stop: Stop, more: number): Stop {
  return { ...stop, minutes: stop.minutes + more }
}

/** A bed that is left is never given less by a program. */
const leastMinutes = 5

/** The same ending earlier: the beds that are left share what is missing, the one under way gives what they cannot. */
function endingAt(row: Appointment, late: Appointment, endMs: number): Appointment | null {
  if (late.when.type === 'waiting' || row.when.type === 'waiting') return null
  const open = row.stops.findIndex(({ state }) => state === 'open')
  const stops = [...late.stops]
  if (open === -1) return { ...late, when: { ...late.when, endMs } }
  const mostMinutes = (endMs - late.when.startMs) / minuteMs
  for (let missing = minutesOf(stops) - mostMinutes; missing > 0; missing -= 1) {
    const at = longest(stops, open) ?? open
    const given = stops[at]
    if (!given || (at === open && given.minutes <= (row.stops[open]?.minutes ?? 0))) return null
    stops[at] = withMinutes(given, -1)
  }
  return { ...late, stops, when: { ...late.when, endMs } }
}

/** Of the open stops after this one, the last of those that have most; undefined: none has anything to give. */
function longest(stops: readonly Stop[], after: number): number | undefined {
  const giving = stops.flatMap(({ minutes, state }, at) =>
    at > after && state === 'open' && minutes > leastMinutes ? [{ at, minutes }] : [],
  )
  return giving.sort((one, other) => other.minutes - one.minutes || other.at - one.at)[0]?.at
}

/** The latest end at which nothing is stuck; null: it cannot run late at all. */
function mostOf(
  plan: PlanReader,
  row: Appointment,
  late: Appointment,
  asker: LateAsker,
  how: Pushing,
): Delay | null {
  if (row.when.type === 'waiting' || late.when.type === 'waiting') return null
  for (let { endMs } = late.when; endMs >= row.when.endMs; endMs -= minuteMs) {
    const next = endingAt(row, late, endMs)
    if (!next || isSame(next, row)) continue
    const delay = delayOf(plan, row, next, asker, how)
    if (delay.stuck.length === 0) return delay
  }
  return null
}

function isSame(one: Appointment, other: Appointment): boolean {
  return same(one.when, other.when) && same(one.stops, other.stops)
}

function delayOf(
  plan: PlanReader,
  row: Appointment,
  next: Appointment,
  asker: LateAsker,
  how: Pushing,
): Delay {
  const held = new Map<string, Stuck>()
  const begins: Begins = pushedBy(plan, row, next, (met) => {
    const why = how === 'alone' ? 'taken' : heldBy(met, row, asker)
    if (why === null) return 'goes'
    held.set(met.id, { row: met, why })
    return 'stays'
  })
  const pushes = [...begins]
    .flatMap(([id, byMs]) => (held.has(id) ? [] : pushOf(plan, id, byMs)))
    .sort((one, other) => one.startMs - other.startMs)
  const tried = tryOut(plan, [...pushes.map(editOf).reverse(), ownEdit(row, next)], asker)
  const refused = tried.refused.flatMap(({ id, why }): Stuck[] => {
    const one = plan.get('appointment', id)
    return one ? [{ row: one, why }] : []
  })
  const reasons = [...held.values(), ...refused.filter(({ why }) => why !== 'taken')]
  return { row: next, pushes, acts: tried.acts, stuck: reasons.length > 0 ? reasons : refused }
}

function pushOf(plan: PlanReader, id: string, byMs: number): Push[] {
  const row = plan.get('appointment', id)
  if (row?.when.type !== 'at') return []
  return [{ row, startMs: row.when.startMs + byMs, endMs: row.when.endMs + byMs }]
}

/** Why this one is not pushed, whatever room there is. */
function heldBy(met: Appointment, late: Appointment, { staffId, rights }: LateAsker): StuckWhy | null {
  if (hasBegun(met)) return 'under-way'
  if (met.kind === 'visit' && met.status === 'booked') return 'promised'
  const isTheirs = met.staff.some((id) => id === staffId || late.staff.includes(id))
  if (met.staff.length > 0 && !isTheirs) return 'others'
  return met.outsideHours && rights === 'change' ? 'forbidden' : null
}

type Edit = Extract<KeptAct, { type: 'appointment.edit' }>

function editOf({ row, startMs, endMs }: Push): Edit {
  const when = { from: row.when, to: { type: 'at', startMs, endMs } } as const
  return { type: 'appointment.edit', id: row.id, changes: { when } }
}

function ownEdit(row: Appointment, next: Appointment): Edit {
  const fields: (keyof Pick<AppointmentFields, 'when' | 'stops'>)[] = ['when', 'stops']
  const changed = fields.filter((field) => !same(row[field], next[field]))
  const changes = Object.fromEntries(changed.map((field) => [field, { from: row[field], to: next[field] }]))
  return { type: 'appointment.edit', id: row.id, changes }
}

type Tried = {
  readonly acts: readonly Edit[]
  readonly refused: readonly { readonly id: string; readonly why: PlanRefusal }[]
}

/** Takes whichever the plan takes next, until it takes none: what comes first must make room for what comes after. */
function tryOut(plan: PlanReader, edits: readonly Edit[], author: LateAsker): Tried {
  const draft = draftOver(plan)
  const acts: Edit[] = []
  let left = edits
  for (;;) {
    const refused: { edit: Edit; id: string; why: PlanRefusal }[] = []
    for (const edit of left) {
      const said = judge(draft, edit, author, () => [])
      const why = said.type === 'refused' ? said.trouble.why : said.troubles[0]?.why
      if (why !== undefined) refused.push({ edit, id: edit.id, why })
      else if (said.type === 'done') {
        for (const row of said.rows) draft.put(row)
        acts.push(edit)
      }
    }
    if (refused.length === 0 || refused.length === left.length) return { acts, refused }
    left = refused.map(({ edit }) => edit)
  }
}
