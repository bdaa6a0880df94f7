/** What the ward calls by its duty and not by a name, and where each passes on to. */
import { useRef, useState } from 'preact/hooks'
import type { AdminWard } from '../../state/admin-ward.ts'
import { dutyWords as words } from '../words-admin.ts'

type Duty = NonNullable<AdminWard['plan']['value']>['duties'][number]
type Form = Parameters<AdminWard['setDuty']>[0]

const blank: Form = { dutyId: null, name: '', nextId: null }

export function Duties({ ward, duties }: { ward: AdminWard; duties: readonly Duty[] }) {
  const [form, setForm] = useState(blank)
  const [done, setDone] = useState('')
  const name = useRef<HTMLInputElement>(null)

  /** Where the next press is: what was pressed may be gone. */
  function edit(next: Form, said = ''): void {
    setForm(next)
    setDone(said)
    name.current?.focus()
  }

  async function save(): Promise<void> {
    const said = words.saved({ name: form.name.trim() })
    if (await ward.setDuty(form)) edit(blank, said)
    else setDone('')
  }

  async function drop(duty: Duty): Promise<void> {
    if (await ward.dropDuty(duty.dutyId)) edit(blank, words.removed({ name: duty.name }))
  }

  return (
    <>
      <h3>{words.title}</h3>
      <p>{words.mean}</p>
      {duties.length === 0 && <p>{words.none}</p>}
      {duties.length > 0 && (
        <ul class="interpreters" aria-label={words.title}>
          {duties.map((duty, index) => (
            <Entry
              key={duty.dutyId}
              duty={duty}
              next={duties.find(({ dutyId }) => dutyId === duty.nextId)?.name}
              isFirst={index === 0}
              onRaise={() => void ward.raiseDuty(duty.dutyId)}
              onChange={() => edit(duty)}
              onDrop={() => void drop(duty)}
            />
          ))}
        </ul>
      )}
      <p role="status">{done}</p>
      <form
        class="interpreters-form"
        aria-label={words.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <label>
          <span>{words.name}</span>
          <input
            ref={name}
            value={form.name}
            maxLength={80}
            required
            onInput={({ currentTarget: { value } }) => setForm({ ...form, name: value })}
          />
        </label>
        <label>
          <span>{words.next}</span>
          <select
            value={form.nextId ?? ''}
            onChange={({ currentTarget: { value } }) => setForm({ ...form, nextId: value || null })}
          >
            <option value="">{words.nobody}</option>
            {duties
              .filter(({ dutyId }) => dutyId !== form.dutyId)
              .map((duty) => (
                <option key={duty.dutyId} value={duty.dutyId}>
                  {duty.name}
                </option>
              ))}
          </select>
        </label>
        <button type="submit" class="button plain" disabled={form.name.trim() === ''}>
          {words.save}
        </button>
      </form>
    </>
  )
}

type EntryProps = {
  duty: Duty
  next: string | undefined
  isFirst: boolean
  onRaise: () => void
  onChange: () => void
  onDrop: () => void
}

function Entry({ duty: { name }, next, isFirst, onRaise, onChange, onDrop }: EntryProps) {
  return (
    <li>
      <div>
        <b>{name}</b>
        <div>{next === undefined ? words.passesNowhere : words.passes({ name: next })}</div>
      </div>
      <div class="acts">
        <button
          type="button"
          class="button plain"
          aria-label={words.upFor({ name })}
          disabled={isFirst}
          onClick={onRaise}
        >
          {words.up}
        </button>
        <button type="button" class="button plain" aria-label={words.changeFor({ name })} onClick={onChange}>
          {words.change}
        </button>
        <button type="button" class="button plain" aria-label={words.removeFor({ name })} onClick={onDrop}>
          {words.remove}
        </button>
      </div>
    </li>
  )
}
