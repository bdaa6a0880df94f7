/** Booking and changing: plain questions from top to bottom, with what is in the way said while it is typed. */
import { useMemo, useRef, useState } from 'preact/hooks'
import { againId } from '../../core/plan/again.ts'
import { clockAt, dateAt } from '../../state/plan-days.ts'
import type { Form, FormProblem } from '../../state/plan-form.ts'
import { Button } from '../parts/button.tsx'
import { Dialog, vanish } from '../parts/dialog.tsx'
import { formProblems, scopeWords } from '../words-changes.ts'
import { dialogWords, kindWords } from '../words-plan.ts'
import { ClashLine } from './clash.tsx'
import type { Desk, Open } from './desk.ts'
import { Ask, Check, NumberAsk } from './fields.tsx'
import { PatientAsk } from './patient-fields.tsx'
import { BedAsk, PeopleAsk } from './people-fields.tsx'
import { RepeatAsk } from './repeat-fields.tsx'
import { Toast } from './toast.tsx'

type Shown = Extract<Open, { type: 'form' }>
export type Set = (next: Partial<Form>) => void
export type FieldProps = { desk: Desk; form: Form; set: Set }

export function FormDialog({ desk, shown }: { desk: Desk; shown: Shown }) {
  const { plan } = desk
  const [form, setForm] = useState(shown.form)
  const [problem, setProblem] = useState<FormProblem | null>(null)
  // In place of something refused, whoever decides second books nothing beside the first.
  const newId = useMemo(() => (shown.concern ? againId(shown.concern.id) : plan.newId()), [plan, shown])
  const isGone = useRef(false)
  const set: Set = (next) => setForm((old) => ({ ...old, ...next }))
  const read = plan.read(form, shown, newId)
  const act = 'act' in read ? read.act : null
  const zone = plan.zone.value

  /** What was asked is drawn at once; the form comes back as it was when it could not be kept. */
  async function save(event: Event): Promise<void> {
    event.preventDefault()
    if (isGone.current || plan.asking.peek()) return
    if ('problem' in read) return setProblem(read.problem)
    const asked = plan.ask(read.act, shown.row ? 'changed' : 'booked')
    isGone.current = true
    const reappear = vanish(event.currentTarget, desk.close)
    if (!(await asked)) {
      isGone.current = false
      if (!reappear()) desk.open.value = { ...shown, form }
    } else if (shown.concern) await plan.settle(shown.concern)
  }

  const title = shown.row ? dialogWords.change : dialogWords.fresh
  const current = problem !== null && 'problem' in read ? read.problem : null
  return (
    <Dialog label={title} class="plan-dialog form" onClose={desk.close}>
      <form class="asking" noValidate onSubmit={(event) => void save(event)}>
        <h2>{title}</h2>
        {shown.row?.occasion && <p class="soft">{scopeWords[shown.scope]}</p>}
        {!shown.row && <KindAsk desk={desk} form={form} set={set} />}
        <Ask
          label={dialogWords.title}
          value={form.title}
          longest={120}
          first="yes"
          onType={(text) => set({ title: text })}
        />
        <BedAsk desk={desk} form={form} set={set} />
        <WhenAsk desk={desk} form={form} set={set} />
        <ClashLine
          plan={plan}
          act={act}
          trouble={plan.expect(act)}
          lengthMs={form.minutes * 60_000}
          onTake={(ms) => set({ date: dateAt(ms, zone), clock: clockAt(ms, zone), waitUntil: null })}
        />
        {form.kind === 'visit' && <PatientAsk desk={desk} form={form} set={set} />}
        <PeopleAsk desk={desk} form={form} set={set} />
        {form.kind !== 'note' && (
          <Ask
            label={dialogWords.place}
            hint={dialogWords.placeHint}
            value={form.place}
            longest={80}
            onType={(text) => set({ place: text })}
          />
        )}
        {(!shown.row || (shown.row.occasion && shown.scope !== 'this')) && form.waitUntil === null && (
          <RepeatAsk desk={desk} form={form} set={set} />
        )}
        <More desk={desk} form={form} set={set} />
        {current && (
          <p class="lost" role="alert">
            {formProblems[current]}
          </p>
        )}
        <div class="actions foot-actions">
          {/* Enter in a field presses it, too. Heard as a press and not as the form's: a browser that sends a form off looks
              through each of its fields first, for what it would like to fill in another time. */}
          <button type="submit" class="button primary" onClick={(event) => void save(event)}>
            {shown.row ? dialogWords.save : dialogWords.book}
          </button>
          <Button onPress={desk.close}>{dialogWords.close}</Button>
        </div>
      </form>
      <Toast plan={plan} />
    </Dialog>
  )
}

const kinds = ['bed-call', 'round', 'visit', 'note'] as const
const usualMinutes = { 'bed-call': 15, round: 60, visit: 30, note: 30 } as const

function KindAsk({ form, set }: FieldProps) {
  return (
    <fieldset class="segmented kinds">
      <legend class="unseen">{dialogWords.kind}</legend>
      {kinds.map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name="plan-kind"
            checked={form.kind === kind}
            onChange={() =>
              set({
                kind,
                minutes: usualMinutes[kind],
                stops: kind === 'bed-call' ? form.stops.slice(0, 1) : form.stops,
              })
            }
          />
          <span>{kindWords[kind]}</span>
        </label>
      ))}
    </fieldset>
  )
}

function WhenAsk({ form, set }: FieldProps) {
  const isRound = form.kind === 'round' && form.stops.length > 0
  return (
    <>
      <div class="row">
        <Ask label={dialogWords.date} type="date" value={form.date} onType={(date) => set({ date })} />
        {form.waitUntil === null ? (
          <Ask label={dialogWords.clock} type="time" value={form.clock} onType={(clock) => set({ clock })} />
        ) : (
          <Ask
            label={dialogWords.waitUntil}
            type="date"
            value={form.waitUntil}
            onType={(waitUntil) => set({ waitUntil })}
          />
        )}
        {!isRound && (
          <NumberAsk
            label={dialogWords.minutes}
            value={form.minutes}
            step={5}
            onType={(minutes) => set({ minutes })}
          />
        )}
      </div>
      {form.kind !== 'note' && (
        <Check
          label={dialogWords.wait}
          checked={form.waitUntil !== null}
          onCheck={(is) =>
            set({ waitUntil: is ? form.date : null, repeat: is ? { type: 'none' } : form.repeat })
          }
        />
      )}
    </>
  )
}

function More({ desk, form, set }: FieldProps) {
  return (
    <details class="more">
      <summary>{dialogWords.more}</summary>
      <div class="row">
        <Ask
          label={dialogWords.language}
          hint={dialogWords.languageHint}
          value={form.language}
          longest={35}
          onType={(language) => set({ language })}
        />
        <NumberAsk
          label={dialogWords.before}
          value={form.before}
          step={5}
          onType={(before) => set({ before })}
        />
        <NumberAsk label={dialogWords.after} value={form.after} step={5} onType={(after) => set({ after })} />
      </div>
      <Check
        label={dialogWords.interpreter}
        checked={form.interpreter}
        onCheck={(interpreter) => set({ interpreter })}
      />
      {desk.plan.mayOverride && (
        <Check
          label={dialogWords.outside}
          checked={form.outsideHours}
          onCheck={(outsideHours) => set({ outsideHours })}
        />
      )}
      <label class="ask">
        <span>{dialogWords.note}</span>
        <textarea
          rows={3}
          maxLength={2000}
          value={form.note}
          onInput={({ currentTarget }) => set({ note: currentTarget.value })}
        />
      </label>
    </details>
  )
}
