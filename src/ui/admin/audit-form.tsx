/** What to search the audit for: time, act, person or bed, patient. */
import type { AdminAudit, AuditChoices } from '../../state/admin-audit.ts'
import { bedWord } from '../words.ts'
import { actionChoices, formWords, isAction, stayWord } from '../words-audit.ts'

/** An empty field asks for nothing. Times are those of this computer's clock. */
function filterOf(form: HTMLFormElement) {
  const fields = new FormData(form)
  const textOf = (name: string) => {
    const value = fields.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const msOf = (name: string) => {
    const text = textOf(name)
    return text === undefined ? undefined : new Date(text).getTime()
  }
  const action = textOf('action')
  return {
    from: msOf('from'),
    to: msOf('to'),
    action: action !== undefined && isAction(action) ? action : undefined,
    who: textOf('who'),
    patient: textOf('patient'),
  }
}

export function AuditForm({ audit, choices }: { audit: AdminAudit; choices: AuditChoices }) {
  return (
    <form
      class="audit-form"
      onSubmit={(event) => {
        event.preventDefault()
        void audit.search(filterOf(event.currentTarget))
      }}
    >
      <label>
        {formWords.from}
        <input type="datetime-local" name="from" />
      </label>
      <label>
        {formWords.to}
        <input type="datetime-local" name="to" />
      </label>
      <label>
        {formWords.action}
        <select name="action">
          <option value="">{formWords.anyAction}</option>
          {actionChoices().map(([action, words]) => (
            <option key={action} value={action}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        {formWords.who}
        <select name="who">
          <option value="">{formWords.anyone}</option>
          {choices.people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {choices.beds.map(({ id, label }) => (
            <option key={id} value={id}>
              {bedWord(label)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {formWords.patient}
        <select name="patient">
          <option value="">{formWords.anyPatient}</option>
          <Stays choices={choices} />
        </select>
      </label>
      <button type="submit" class="button primary">
        <span>{formWords.search}</span>
      </button>
    </form>
  )
}

/** `Eero Salonen, bed 1, from 22 November 2026`. */
export function Stays({ choices }: { choices: AuditChoices }) {
  return (
    <>
      {choices.stays.map((stay) => (
        <option key={stay.admissionId} value={stay.admissionId}>
          {stayWord(stay)}
        </option>
      ))}
    </>
  )
}
