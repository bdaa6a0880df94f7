/** What a person asks of the plan, each with its way back; and what they decide about what was refused. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Trouble } from '../core/plan/decide.ts'
import { freeStarts, type Wish } from '../core/plan/free.ts'
import { inverseOf } from '../core/plan/inverse.ts'
import { type Opening, waitingFor } from '../core/plan/waiting.ts'
import type { Appointment, KeptAct, Series } from '../protocol/plan.ts'
import type { Deed, PlanParts, Toast } from './plan.ts'
import { editOf, readAct } from './plan-acts.ts'
import { atStart, insisted, outside, wanted } from './plan-again.ts'
import { watchDecided } from './plan-decided.ts'
import type { Concern } from './plan-entries.ts'
import { type Form, type FormProblem, fieldsOf, formOf, patternOf, type Scope } from './plan-form.ts'
import { ruleOf } from './plan-repeat.ts'
import type { Sync } from './sync.ts'

/** `row`: what is changed; null: a new one. */
export type Asking = { readonly row: Appointment | null; readonly scope: Scope }

export type Asks = {
  readonly toast: Signal<Toast | null>
  /** True while something is being kept: what a screen shows is not yet what a second press would build on. */
  readonly asking: Signal<boolean>
  /** True: it is kept on this device. */
  ask(act: KeptAct | null, deed: Deed): Promise<boolean>
  /** What this device expects the server to say against it; null also for what cannot be asked. */
  expect(act: KeptAct | null): Trouble | null
  /** The acts that a form stands for. */
  read(
    form: Form,
    asking: Asking,
    newId: string,
  ): { readonly problem: FormProblem } | { readonly act: KeptAct | null }
  newId(): string
  /** Up to three starts within two weeks at which this act meets nothing, as far as this device knows. */
  freeStarts(act: KeptAct): readonly number[]
  /** This occasion and all that follow, or every one of them, are no more. */
  endSeries(row: Appointment, scope: 'following' | 'all', reason: string): Promise<boolean>
  takeSuggestion(concern: Concern, startMs: number): Promise<boolean>
  /** Asks the same once more, outside the hours of somebody. */
  override(concern: Concern): Promise<boolean>
  /** Writes what was asked over what another one wrote. */
  insist(concern: Concern): Promise<boolean>
  drop(concern: Concern): Promise<boolean>
  /** What was asked, now that another act stands in its place. */
  settle(concern: Concern): Promise<boolean>
  /** Ends the watch for what others decided. */
  stop(): void
}

export function createAsks({ sync, me, newId, clock }: PlanParts, zone: ReadonlySignal<string>): Asks {
  const nowMs = () => clock.nowMs() - (sync.clockAheadMs.value ?? 0)
  const toast = signal<Toast | null>(null)
  const asking = signal(false)
  let under = 0
  const tellLate = (by: string) => (toast.value = { type: 'late', by })
  const decided = watchDecided(sync, me.staffId, tellLate)

  async function during(work: Promise<boolean>): Promise<boolean> {
    under += 1
    asking.value = true
    try {
      return await work
    } finally {
      under -= 1
      asking.value = under > 0
    }
  }

  /** Unsent, it never was; sent, its inverse is one more act, so that both are on record. */
  async function undo(act: KeptAct, actId: string): Promise<void> {
    if (await sync.takeBack(actId)) {
      toast.value = { type: 'did', deed: 'undone', actId: null, undo: null, offer: null }
      return
    }
    await ask(inverseOf(sync.view.value, act), 'undone')
  }

  async function ask(act: KeptAct | null, deed: Deed): Promise<boolean> {
    if (act === null) return fail('senseless')
    const freed = freedBy(sync, act)
    const kept = await sync.perform(act)
    if (!kept.ok) return fail(kept.failure)
    const canUndo = deed !== 'undone' && deed !== 'resolved' && inverseOf(sync.view.value, act) !== null
    toast.value = {
      type: 'did',
      deed,
      actId: kept.value,
      undo: canUndo ? () => undo(act, kept.value) : null,
      offer: offerOf(freed),
    }
    return true
  }

  /** Who waits for what has just become free; the first of them is the first to be asked. */
  function offerOf(freed: Appointment | null): Opening | null {
    return (freed && waitingFor(sync.view.value, freed, nowMs())[0]) ?? null
  }

  function fail(failure: Extract<Toast, { type: 'failed' }>['failure']): false {
    toast.value = { type: 'failed', failure }
    return false
  }

  async function settle(concern: Concern, how: 'dropped' | 'taken' | 'overridden'): Promise<boolean> {
    if (concern.where === 'here') return await sync.takeBack(concern.id)
    const kept = await sync.perform({ type: 'attention.resolve', id: concern.id, how })
    if (kept.ok) decided.note(concern.id, kept.value)
    return kept.ok
  }

  /** What was never sent is written nowhere else, so that one press brings it back: the same, as an act of its own. */
  async function drop(concern: Concern): Promise<boolean> {
    toast.value = null
    if (!(await settle(concern, 'dropped'))) return false
    if (toast.value !== null) return true
    const { asked, where } = concern
    const undo = where === 'here' && asked ? async () => void (await ask(anew(asked, newId), 'undone')) : null
    toast.value = { type: 'did', deed: 'resolved', actId: null, undo, offer: null }
    return true
  }

  /** The new act first: were the second lost, what it stands for would still be there to be seen. */
  async function again(concern: Concern, act: KeptAct | null, how: 'taken' | 'overridden'): Promise<boolean> {
    return (await ask(act, 'booked')) && (await settle(concern, how))
  }

  return {
    toast,
    asking,
    ask: (act, deed) => during(ask(act, deed)),
    newId,
    expect: (act) => (act === null ? null : sync.expect(act)),
    freeStarts: (act) => freeStartsOf(sync, act, nowMs()),
    read: (form, asking, id) =>
      readForm(sync, form, asking, { newId: id, zone: zone.peek(), nowMs: nowMs() }),
    async endSeries({ occasion }, scope, reason) {
      if (!occasion) return false
      const from = scope === 'all' ? null : occasion.at
      return await ask({ type: 'series.end', id: occasion.seriesId, from, reason }, 'ended')
    },
    takeSuggestion: (concern, startMs) => again(concern, atStart(sync, concern, startMs), 'taken'),
    override: (concern) => again(concern, outside(sync, concern), 'overridden'),
    insist: (concern) => again(concern, insisted(concern), 'taken'),
    drop,
    settle: (concern) => during(settle(concern, 'taken')),
    stop: decided.stop,
  }
}

function readForm(
  sync: Sync,
  form: Form,
  { row, scope }: Asking,
  { newId, zone, nowMs }: { readonly newId: string; readonly zone: string; readonly nowMs: number },
): { readonly problem: FormProblem } | { readonly act: KeptAct | null } {
  const read = fieldsOf(form, zone, row, nowMs)
  if ('problem' in read) return read
  const rule = ruleOf(form.repeat, zone)
  const pattern = patternOf(form)
  if (row?.occasion && scope !== 'this') {
    const { seriesId, at } = row.occasion
    const series = sync.view.value.get('series', seriesId)
    const from = scope === 'all' ? null : at
    const edit = { type: 'series.edit', id: seriesId, from, nextId: newId }
    return { act: readAct({ ...edit, ...touched(form, row, zone, series) }) }
  }
  if (row) return { act: editOf(row, read.fields) }
  if (rule === null)
    return { act: readAct({ type: 'appointment.book', id: newId, kind: form.kind, fields: read.fields }) }
  const start = `${form.date}T${form.clock}`
  return { act: readAct({ type: 'series.make', id: newId, rule, start, zone, pattern }) }
}

/**
 * What was touched in the form of one occasion, as a change of its series: what the occasion has of its own stays its
 * own. `was` lets two people's edits merge (PLAN-2).
 */
function touched(form: Form, row: Appointment, zone: string, series: Series | undefined) {
  const before = formOf(row, series, zone)
  const rule = ruleOf(form.repeat, zone)
  const [seen, asked] = [patternOf(before), patternOf(form)]
  const isRepeated = rule !== null && rule !== ruleOf(before.repeat, zone)
  const time = form.clock === before.clock ? null : form.clock
  if (!series || !row.occasion) return { rule, time, pattern: asked }
  const { detached, at } = row.occasion
  const whole = { ...asked, stops: asked.stops.map((stop) => ({ ...stop, state: 'open' })) }
  const own = Object.entries(whole).filter(
    ([field]) => JSON.stringify(Reflect.get(asked, field)) !== JSON.stringify(Reflect.get(seen, field)),
  )
  const pattern = detached ? series.pattern : patternIn(row, series, seen.minutes)
  return {
    rule: isRepeated ? rule : null,
    time,
    pattern: { ...pattern, ...Object.fromEntries(own) },
    was: { rule: series.rule, start: detached ? series.start : at, pattern },
  }
}

/** The pattern as it was when the row was drawn: whoever changed the series since is not overwritten unseen. */
function patternIn(row: Appointment, { pattern }: Series, minutes: number) {
  const fields = Object.keys(pattern).map((field) => [field, Reflect.get(row, field)])
  return { ...Object.fromEntries(fields), minutes }
}

/** As it stood before it was cancelled or moved away. */
function freedBy(sync: Sync, act: KeptAct): Appointment | null {
  if (act.type !== 'appointment.edit') return null
  const { status, when } = act.changes
  const isFreed = status?.to === 'cancelled' || status?.to === 'noshow' || when !== undefined
  return (isFreed && sync.view.value.get('appointment', act.id)) || null
}

/** What is known here by its own id was taken back under that id, and never comes again (SYNC-5). */
function anew(act: KeptAct, newId: () => string): KeptAct {
  return 'actId' in act ? { ...act, actId: newId() } : act
}

const searchedMs = 14 * 24 * 60 * 60_000

/** From where it was asked for, and never in the past. Who knows nothing offers nothing. */
function freeStartsOf(sync: Sync, act: KeptAct, nowMs: number): number[] {
  if (sync.freshness.value.type === 'never') return []
  const begunMs = startOf(act)
  const wish = begunMs === null ? null : wishOf(sync, act)
  if (!wish || begunMs === null) return []
  const fromMs = Math.max(begunMs, nowMs)
  return freeStarts(sync.view.value, wish, fromMs, fromMs + searchedMs, 3)
}

function wishOf(sync: Sync, act: KeptAct): Wish | null {
  if (act.type === 'appointment.book') return { id: act.id, kind: act.kind, ...act.fields }
  if (act.type !== 'appointment.edit') return null
  const row = sync.view.value.get('appointment', act.id)
  return row ? { ...row, ...wanted(act) } : null
}

function startOf(act: KeptAct): number | null {
  const when =
    act.type === 'appointment.book'
      ? act.fields.when
      : act.type === 'appointment.edit'
        ? act.changes.when?.to
        : undefined
  if (!when) return null
  return when.type === 'at' ? when.startMs : when.notBeforeMs
}
