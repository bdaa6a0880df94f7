/** Who interprets for the ward, by language: people of the house, and the number of the contracted service. */
import { useRef, useState } from 'preact/hooks'
import type { AdminWard } from '../../state/admin-ward.ts'
import { listOf } from '../texts/dates.ts'
import { roleOf } from '../words.ts'
import { interpreterWords as words } from '../words-admin.ts'
import { byLanguageName, languageChoices, languageName } from '../words-languages.ts'

type WardPlan = NonNullable<AdminWard['plan']['value']>
type Interpreting = WardPlan['interpreting'][number]
type Person = WardPlan['people'][number]

const blank: Interpreting = { language: '', phone: null, staffIds: [] }

export function Interpreters({ ward, plan }: { ward: AdminWard; plan: WardPlan }) {
  const { interpreting, people } = plan
  const [form, setForm] = useState(blank)
  const [done, setDone] = useState('')
  const language = useRef<HTMLSelectElement>(null)

  /** Where the next press is: what was pressed may be gone. */
  function edit(entry: Interpreting, said = ''): void {
    setForm(entry)
    setDone(said)
    language.current?.focus()
  }

  /** Whoever chooses one that is set sees what it is set to, so that nothing is lost by saving. */
  function choose(tag: string): void {
    const setTo = (wanted: string) => interpreting.find((entry) => entry.language === wanted)
    setForm(setTo(tag) ?? { ...(setTo(form.language) ? blank : form), language: tag })
  }

  async function save(): Promise<void> {
    const { phone } = form
    if (!(await ward.setInterpreting({ ...form, phone: phone?.trim() || null }))) return setDone('')
    edit(blank, words.saved({ language: languageName(form.language) }))
  }

  async function drop(tag: string): Promise<void> {
    if (await ward.dropInterpreting(tag)) edit(blank, words.removed({ language: languageName(tag) }))
  }

  return (
    <>
      <h3>{words.title}</h3>
      <p>{words.mean}</p>
      {interpreting.length === 0 && <p>{words.none}</p>}
      {interpreting.length > 0 && (
        <ul class="interpreters" aria-label={words.title}>
          {byLanguageName(interpreting, (entry) => entry.language).map((entry) => (
            <Entry
              key={entry.language}
              entry={entry}
              people={people}
              onChange={() => edit(entry)}
              onDrop={() => void drop(entry.language)}
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
          <span>{words.language}</span>
          <select
            ref={language}
            value={form.language}
            required
            onChange={({ currentTarget: { value } }) => choose(value)}
          >
            <option value="">{words.choose}</option>
            {languageChoices(interpreting.map((entry) => entry.language)).map((tag) => (
              <option key={tag} value={tag}>
                {languageName(tag)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{words.phone}</span>
          <input
            type="tel"
            value={form.phone ?? ''}
            maxLength={32}
            onInput={({ currentTarget: { value } }) => setForm({ ...form, phone: value })}
          />
        </label>
        <People people={people} named={form.staffIds} onName={(staffIds) => setForm({ ...form, staffIds })} />
        <button type="submit" class="button plain" disabled={form.language === ''}>
          {words.save}
        </button>
      </form>
    </>
  )
}

type EntryProps = { entry: Interpreting; people: readonly Person[]; onChange: () => void; onDrop: () => void }

function Entry({ entry, people, onChange, onDrop }: EntryProps) {
  const language = languageName(entry.language)
  const names = people.filter(({ staffId }) => entry.staffIds.includes(staffId)).map(({ name }) => name)
  return (
    <li>
      <div>
        <b>{language}</b>
        <div>{names.length === 0 ? words.nobody : words.people({ names: listOf(names) })}</div>
        <div>{entry.phone === null ? words.noNumber : words.number({ phone: entry.phone })}</div>
      </div>
      <div class="acts">
        <button
          type="button"
          class="button plain"
          aria-label={words.changeFor({ language })}
          onClick={onChange}
        >
          {words.change}
        </button>
        <button
          type="button"
          class="button plain"
          aria-label={words.removeFor({ language })}
          onClick={onDrop}
        >
          {words.remove}
        </button>
      </div>
    </li>
  )
}

type PeopleProps = {
  people: readonly Person[]
  named: readonly string[]
  onName: (staffIds: string[]) => void
}

/** Those whose profession it is first. */
function People({ people, named, onName }: PeopleProps) {
  if (people.length === 0) return <p>{words.nobodyYet}</p>
  const [interpreters, others] = [
    people.filter(({ role }) => role === 'interpreter'),
    people.filter(({ role }) => role !== 'interpreter'),
  ]
  return (
    <fieldset>
      <legend>{words.who}</legend>
      {[...interpreters, ...others].map((person) => (
        <label key={person.staffId} class="switch">
          <input
            type="checkbox"
            checked={named.includes(person.staffId)}
            onChange={({ currentTarget: { checked } }) => {
              const rest = named.filter((staffId) => staffId !== person.staffId)
              onName(checked ? [...rest, person.staffId] : rest)
            }}
          />
          <span>
            {person.name}, {roleOf(person)}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
