/** What lies open over the plan: one appointment, one form, one decision. Kept beside the screens, not in them. */
import { type Signal, signal } from '@preact/signals'
import type { Appointment, Concern, PlanScreens } from '../../state/plan.ts'
import { groundOf, wishOf } from '../../state/plan-again.ts'
import { emptyForm, type Form, formOf, nextOf, type Scope } from '../../state/plan-form.ts'
import type { HoursForm } from '../../state/plan-hours.ts'
import { formOfSeries } from '../../state/plan-series-form.ts'

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
  /** Another one like it, four weeks on: to be looked at, and booked by one press. */
  follow(appointmentId: string): void
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
    follow(appointmentId) {
      const row = plan.sync.view.value.get('appointment', appointmentId)
      if (row) form({ form: nextOf(row, plan.zone.value), row: null, scope: 'this', concern: null })
    },
    changeConcern(concern) {
      const { asked } = concern
      if (asked?.type === 'series.make')
        form({ form: formOfSeries(asked, plan.zone.value), row: null, scope: 'this', concern })
      const stands =
        asked?.type === 'appointment.edit' ? plan.sync.view.value.get('appointment', asked.id) : undefined
      const wished = wishOf(concern, stands ?? null)
      if (!wished) return
      const row = stands ? groundOf(concern, stands) : null
      form({ form: formOf(wished, undefined, plan.zone.value), row, scope: 'this', concern })
    },
  }
}

/** Without those that are another one's to decide and were read here. */
export function openConcerns({ plan, seen }: Desk): readonly Concern[] {
  return plan.concerns.value.filter(({ id }) => !seen.value.has(id))
}
