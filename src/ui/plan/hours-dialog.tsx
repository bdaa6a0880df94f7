/** When somebody may be booked: their week, days that are otherwise, and absences; asked for as one act. */
import '../hours.css'
import { useMemo, useState } from 'preact/hooks'
import { type HoursForm, hoursAct, hoursForm, hoursOf, whoseHours } from '../../state/plan-hours.ts'
import { Button } from '../parts/button.tsx'
import { Dialog, vanish } from '../parts/dialog.tsx'
import { hoursProblems, hoursWords } from '../words-hours.ts'
import { personWord } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { Select } from './fields.tsx'
import { Absences, Dates } from './hours-dates.tsx'
import { LeftOut } from './hours-left-out.tsx'
import { Week } from './hours-week.tsx'
import { Toast } from './toast.tsx'

export type SetHours = (next: Partial<HoursForm>) => void

type HoursProps = { desk: Desk; asked: string; began: HoursForm | null }

/** `asked`: whose plan was looked at, if theirs may be set; else it is one's own, or the first there is. */
export function HoursDialog({ desk, asked, began }: HoursProps) {
  const { plan } = desk
  const [isTouched, setTouched] = useState(began !== null)
  const people = whoseHours(plan)
  const one = [asked, plan.me.staffId].find((id) => people.some((person) => person.id === id))
  const id = one ?? people[0]?.id
  return (
    <Dialog label={hoursWords.title} class="plan-dialog form" onClose={desk.close}>
      <h2>{hoursWords.title}</h2>
      {id !== undefined && people.length > 1 && (
        <Whose
          options={people.map((person) => [person.id, personWord(person)] as const)}
          id={id}
          isTouched={isTouched}
          onChoose={(next) => (desk.open.value = { type: 'hours', id: next, began: null })}
        />
      )}
      {id !== undefined ? (
        <Asking key={id} desk={desk} id={id} began={began} onTouch={() => setTouched(true)} />
      ) : (
        <>
          <p>{hoursWords.unknown}</p>
          <Button onPress={desk.close}>{hoursWords.close}</Button>
        </>
      )}
      <Toast plan={plan} />
    </Dialog>
  )
}

type WhoseProps = {
  options: readonly (readonly [string, string])[]
  id: string
  isTouched: boolean
  onChoose: (id: string) => void
}

/** What was written for one person is neither lost by a look at another nor taken over to them. */
function Whose({ options, id, isTouched, onChoose }: WhoseProps) {
  if (!isTouched) return <Select label={hoursWords.whose} value={id} options={options} onChoose={onChoose} />
  return (
    <div>
      <p>
        <b>{options.find(([option]) => option === id)?.[1]}</b>
      </p>
      <p class="soft">{hoursWords.unsaved}</p>
    </div>
  )
}

type AskingProps = { desk: Desk; id: string; began: HoursForm | null; onTouch: () => void }

function Asking({ desk, id, began, onTouch }: AskingProps) {
  const { plan } = desk
  // What is asked is on the ground of what stood there when it was opened: a change meanwhile is told (PLAN-6).
  const row = useMemo(() => plan.sync.view.peek().get('hours', id), [plan, id])
  const [form, setForm] = useState(() => began ?? hoursForm(row, plan.zone.peek(), plan.nowMs()))
  const [isAsked, setAsked] = useState(false)
  const read = hoursOf(form)
  const act = 'wish' in read ? hoursAct(id, row, read.wish, plan.nowMs()) : null
  const set: SetHours = (next) => {
    onTouch()
    setForm((old) => ({ ...old, ...next }))
  }

  /** Drawn at once, like all acts; the form comes back as it was when it could not be kept. */
  async function save(event: Event): Promise<void> {
    event.preventDefault()
    if (plan.asking.peek()) return
    if ('problem' in read) return setAsked(true)
    if (act === null) return desk.close()
    const asked = plan.ask(act, 'changed')
    const reappear = vanish(event.currentTarget, desk.close)
    if (!(await asked) && !reappear()) desk.open.value = { type: 'hours', id, began: form }
  }

  return (
    <form class="asking" noValidate onSubmit={(event) => void save(event)}>
      {plan.sync.unconfirmed.value.has(`hours/${id}`) && <p class="waits">{hoursWords.requested}</p>}
      <When form={form} set={set} isMade={row !== undefined && row.weekly.length > 0} />
      {form.zone !== plan.zone.value && <p class="soft">{hoursWords.zone({ zone: form.zone })}</p>}
      {form.when === 'weekly' && <Week form={form} set={set} />}
      {form.when === 'weekly' && <Dates form={form} set={set} />}
      <Absences plan={plan} id={id} form={form} set={set} />
      <LeftOut plan={plan} act={act} />
      {isAsked && 'problem' in read && (
        <p class="lost" role="alert">
          {hoursProblems[read.problem]}
        </p>
      )}
      <div class="actions foot-actions">
        <button type="submit" class="button primary">
          {hoursWords.save}
        </button>
        <Button onPress={desk.close}>{hoursWords.close}</Button>
      </div>
    </form>
  )
}

function When({ form, set, isMade }: { form: HoursForm; set: SetHours; isMade: boolean }) {
  return (
    <section class="hours">
      <fieldset class="segmented kinds" aria-label={hoursWords.when}>
        {(['always', 'weekly'] as const).map((when) => (
          <label key={when}>
            <input
              type="radio"
              name="hours-when"
              checked={form.when === when}
              data-first={form.when === when ? '' : undefined}
              onChange={() => set({ when })}
            />
            <span>{hoursWords[when]}</span>
          </label>
        ))}
      </fieldset>
      {form.when === 'always' && !isMade && <p>{hoursWords.none}</p>}
    </section>
  )
}
