/** What lies open over the plan: one appointment, one form, one decision. Kept beside the screens, not in them. */
import { type Signal, signal } from '@preact/signals'
import type { Appointment, Concern, PlanScreens } from '../../state/plan.ts'
import { emptyForm, type Form, formOf, type Scope } from '../../state/plan-form.ts'
import type { HoursForm } from '../../state/plan-hours.ts'

export type Open =
  | { readonly type: 'nothing' }
  | { readonly type: 'entry'; readonly id: string }
  /** `concern`: what it is asked in place of. */
  | {
      readonly type: 'form'
      readonly form: Form
      readonly row: Appointment | null
      readonly scope: Scope
      readonly concern: Concern | null
    }
  | { readonly type: 'print'; readonly date: string }
  /** Whose working hours; `began`: what could not be kept comes back as it was written. */
  | { readonly type: 'hours'; readonly id: string; readonly began: HoursForm | null }

export type Desk = {
  readonly plan: PlanScreens
  readonly open: Signal<Open>
  /** Whether the plan stands in the board's place. */
  readonly shown: Signal<boolean>
  /** Concerns that were looked at here and are another one's to decide. */
  readonly seen: Signal<ReadonlySet<string>>
  close(): void
  openEntry(row: Appointment): void
  /** Half past the next full step, for nobody in particular, unless told. */
  create(startMs: number, over?: Partial<Form>): void
  change(row: Appointment, scope: Scope): void
  changeConcern(concern: Concern): void
}

export function createDesk(plan: PlanScreens): Desk {
  const open = signal<Open>({ type: 'nothing' })
  const form = (next: Omit<Extract<Open, { type: 'form' }>, 'type'>) => {
    open.value = { type: 'form', ...next }
  }
  return {
    plan,
    open,
    shown: signal(false),
    seen: signal(new Set()),
    close() {
      open.value = { type: 'nothing' }
    },
    openEntry(row) {
      open.value = { type: 'entry', id: row.id }
    },
    create(startMs, over = {}) {
      const empty = emptyForm(startMs, plan.zone.value, plan.person.value)
      form({ form: { ...empty, ...over }, row: null, scope: 'this', concern: null })
    },
    change(row, scope) {
      form({ form: formOf(row, plan.seriesOf(row), plan.zone.value), row, scope, concern: null })
    },
    changeConcern(concern) {
      const { asked } = concern
      const row =
        asked?.type === 'appointment.edit' ? plan.sync.view.value.get('appointment', asked.id) : null
      const wished = wishOf(concern, row ?? null)
      if (wished)
        form({ form: formOf(wished, undefined, plan.zone.value), row: row ?? null, scope: 'this', concern })
    },
  }
}

/** The appointment as it was asked for; null: it was no appointment. */
export function wishOf({ asked, by }: Concern, row: Appointment | null): Appointment | null {
  if (asked?.type === 'appointment.book') {
    const { id, kind, fields } = asked
    const made = { rev: 0, occasion: null, by, changedBy: by, changedMs: 0 }
    return { type: 'appointment', id, kind, ...fields, ...made }
  }
  if (asked?.type !== 'appointment.edit' || !row) return null
  const { when, title, stops, staff, place } = asked.changes
  return {
    ...row,
    when: when?.to ?? row.when,
    title: title?.to ?? row.title,
    stops: stops?.to ?? row.stops,
    staff: staff?.to ?? row.staff,
    place: place ? place.to : row.place,
  }
}
