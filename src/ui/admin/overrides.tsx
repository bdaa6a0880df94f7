/** Broken glass, for whoever has to look at it afterwards: who, why, what they did, and what was found. */
import waiting from 'lucide-static/icons/circle-alert.svg?raw'
import { useEffect, useState } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { createOverrides, type Override, type Overrides, shortestNote } from '../../state/overrides.ts'
import { Button } from '../parts/button.tsx'
import { Status } from '../parts/status.tsx'
import { glassProblem } from '../words-glass.ts'
import { actWord, overrideTitle, overrideWords, reviewedWord } from '../words-overrides.ts'

export function OverridesSection({ admin }: { admin: Admin }) {
  const [overrides] = useState(() => createOverrides(admin.ports))
  useEffect(() => void overrides.load(), [overrides])
  const list = overrides.list.value
  const problem = overrides.problem.value
  return (
    <section aria-label={overrideWords.title}>
      <h2>{overrideWords.title}</h2>
      {problem !== null && <p role="alert">{glassProblem(problem)}</p>}
      {list === null && problem === null && <p>{overrideWords.loading}</p>}
      {list?.length === 0 && <p>{overrideWords.none}</p>}
      {list?.map((override) => (
        <Item key={override.glassId} overrides={overrides} override={override} />
      ))}
    </section>
  )
}

function Item({ overrides, override }: { overrides: Overrides; override: Override }) {
  const { reason, acts, review } = override
  const title = overrideTitle(override)
  return (
    <article class="panel" aria-label={title}>
      <h3>{title}</h3>
      <p>
        {overrideWords.reason}: <b>{reason}</b>
      </p>
      <p class="note">{overrideWords.acts}</p>
      {acts.length === 0 ? <p>{overrideWords.noActs}</p> : <Acts acts={acts} />}
      {review ? (
        <p class="note">{reviewedWord(review)}</p>
      ) : (
        <Review overrides={overrides} override={override} />
      )}
    </article>
  )
}

function Acts({ acts }: { acts: Override['acts'] }) {
  return (
    <ol>
      {acts.map((act, index) => (
        <li key={index}>{actWord(act)}</li>
      ))}
    </ol>
  )
}

function Review({ overrides, override }: { overrides: Overrides; override: Override }) {
  const [note, setNote] = useState('')
  return (
    <form class="review" onSubmit={(event) => event.preventDefault()}>
      <Status tone="waits" icon={waiting} word={overrideWords.waits} />
      <label>
        {overrideWords.note}
        <textarea
          rows={2}
          maxLength={500}
          value={note}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
        />
      </label>
      <Button
        disabled={note.trim().length < shortestNote}
        onPress={() => void overrides.review(override.glassId, note)}
      >
        {overrideWords.review}
      </Button>
    </form>
  )
}
