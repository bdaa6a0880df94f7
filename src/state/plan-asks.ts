/** What a person asks of the plan, each with its way back; and what they decide about what was refused. */
import { type Signal, signal } from '@preact/signals'
import type { Trouble } from '../core/plan/decide.ts'
import type { Appointment, AppointmentFields, KeptAct, PlanAct } from '../protocol/plan.ts'
import type { Deed, PlanParts, Toast } from './plan.ts'
import { editOf, inverseOf, lengthOf, readAct } from './plan-acts.ts'
import type { Concern } from './plan-entries.ts'
import { type Form, type FormProblem, fieldsOf, patternOf, type Scope } from './plan-form.ts'
import { ruleOf } from './plan-repeat.ts'
import type { Sync } from './sync.ts'

/** `row`: what is changed; null: a new one. */
export type Asking = { readonly row: Appointment | null; readonly scope: Scope }

export type Asks = {
  readonly toast: Signal<Toast | null>
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
}

export function createAsks({ sync, newId }: PlanParts & { readonly sync: Sync }): Asks {
  const toast = signal<Toast | null>(null)
  const zone = () => sync.view.peek().get('plan', 'plan')?.zone ?? 'UTC'

  /** Unsent, it never was; sent, its inverse is one more act, so that both are on record. */
  async function undo(act: KeptAct, actId: string): Promise<void> {
    if (await sync.takeBack(actId)) {
      toast.value = { type: 'did', deed: 'undone', undo: null }
      return
    }
    await ask(inverseOf(act), 'undone')
  }

  async function ask(act: KeptAct | null, deed: Deed): Promise<boolean> {
    if (act === null) return fail('senseless')
    const kept = await sync.perform(act)
    if (!kept.ok) return fail(kept.failure)
    const canUndo = deed !== 'undone' && deed !== 'resolved' && inverseOf(act) !== null
    toast.value = { type: 'did', deed, undo: canUndo ? () => undo(act, kept.value) : null }
    return true
  }

  function fail(failure: Extract<Toast, { type: 'failed' }>['failure']): false {
    toast.value = { type: 'failed', failure }
    return false
  }

  async function settle(concern: Concern, how: 'dropped' | 'taken' | 'overridden'): Promise<boolean> {
    if (concern.where === 'here') return await sync.takeBack(concern.id)
    return (await sync.perform({ type: 'attention.resolve', id: concern.id, how })).ok
  }

  /** The new act first: were the second lost, the first would still be there to be seen. */
  async function again(concern: Concern, act: KeptAct | null, how: 'taken' | 'overridden'): Promise<boolean> {
    if (concern.where === 'here') await sync.takeBack(concern.id)
    if (!(await ask(act, 'booked'))) return false
    return concern.where === 'here' || (await settle(concern, how))
  }

  return {
    toast,
    ask,
    newId,
    expect: (act) => (act === null ? null : sync.expect(act)),
    freeStarts: (act) => freeStartsOf(sync, act, newId),
    read: (form, asking, id) => readForm(form, asking, id, zone()),
    async endSeries({ occasion }, scope, reason) {
      if (!occasion) return false
      const from = scope === 'all' ? null : occasion.at
      return await ask({ type: 'series.end', id: occasion.seriesId, from, reason }, 'ended')
    },
    takeSuggestion: (concern, startMs) =>
      again(concern, atStart(sync, concern.asked, startMs, newId), 'taken'),
    override: (concern) => again(concern, outside(sync, concern.asked, newId), 'overridden'),
    insist: (concern) => again(concern, rewritten(sync, concern.asked, {}), 'taken'),
    async drop(concern) {
      const dropped = await settle(concern, 'dropped')
      if (dropped) toast.value = { type: 'did', deed: 'resolved', undo: null }
      return dropped
    },
    settle: (concern) => settle(concern, 'taken'),
  }
}

function readForm(
  form: Form,
  { row, scope }: Asking,
  newId: string,
  zone: string,
): { readonly problem: FormProblem } | { readonly act: KeptAct | null } {
  const read = fieldsOf(form, zone, row)
  if ('problem' in read) return read
  const rule = ruleOf(form.repeat, zone)
  const pattern = patternOf(form)
  if (row?.occasion && scope !== 'this') {
    const from = scope === 'all' ? null : row.occasion.at
    const common = { type: 'series.edit', id: row.occasion.seriesId, from, nextId: newId }
    return { act: readAct({ ...common, rule, time: form.clock, pattern }) }
  }
  if (row) return { act: editOf(row, read.fields) }
  if (rule === null)
    return { act: readAct({ type: 'appointment.book', id: newId, kind: form.kind, fields: read.fields }) }
  return {
    act: readAct({
      type: 'series.make',
      id: newId,
      rule,
      start: `${form.date}T${form.clock}`,
      zone,
      pattern,
    }),
  }
}

/** The same at another time; a refused booking gets a new name, for its own is known as refused. */
function atStart(sync: Sync, asked: KeptAct | null, startMs: number, newId: () => string): PlanAct | null {
  if (asked?.type === 'appointment.book') {
    const { when } = asked.fields
    return rebooked(asked, { when: { type: 'at', startMs, endMs: startMs + lengthOf({ when }) } }, newId)
  }
  if (asked?.type !== 'appointment.edit') return null
  const row = sync.view.value.get('appointment', asked.id)
  if (!row) return null
  const lengthMs = lengthOf({ when: asked.changes.when?.to ?? row.when })
  return editOf(row, { ...wanted(asked), when: { type: 'at', startMs, endMs: startMs + lengthMs } })
}

function outside(sync: Sync, asked: KeptAct | null, newId: () => string): PlanAct | null {
  if (asked?.type === 'appointment.book') return rebooked(asked, { outsideHours: true }, newId)
  return rewritten(sync, asked, { outsideHours: true })
}

function rebooked(
  asked: Extract<PlanAct, { type: 'appointment.book' }>,
  fields: Partial<AppointmentFields>,
  newId: () => string,
): PlanAct {
  return { ...asked, id: newId(), fields: { ...asked.fields, ...fields } }
}

/** What an edit wanted, over what stands now. */
function rewritten(sync: Sync, asked: KeptAct | null, more: Partial<AppointmentFields>): PlanAct | null {
  if (asked?.type !== 'appointment.edit') return null
  const row = sync.view.value.get('appointment', asked.id)
  return row ? editOf(row, { ...wanted(asked), ...more }) : null
}

function wanted({ changes }: Extract<PlanAct, { type: 'appointment.edit' }>): Partial<AppointmentFields> {
  return Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change?.to]))
}

const stepMs = 15 * 60_000
const searchedMs = 14 * 24 * 60 * 60_000

function freeStartsOf(sync: Sync, act: KeptAct, newId: () => string): number[] {
  const begun = startOf(act)
  const starts: number[] = []
  if (begun === null) return starts
  for (let ms = begun; ms < begun + searchedMs && starts.length < 3; ms += stepMs) {
    const moved = atStart(sync, act, ms, newId)
    if (moved === null || sync.expect(moved) === null) starts.push(ms)
  }
  return starts
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
