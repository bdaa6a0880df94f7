/** What leaves the ward's plan for other programs: calendar links of the ward, and keys. */
import { useEffect, useState } from 'preact/hooks'
import type { Admin } from '../../state/admin.ts'
import { createLinks, createPrograms } from '../../state/plan-share.ts'
import { Button } from '../parts/button.tsx'
import { LinkList, Once } from '../share/links.tsx'
import { programWord, shareProblem, shareWords } from '../words-share.ts'

export function ShareSection({ admin }: { admin: Admin }) {
  const [links] = useState(() => createLinks(admin.ports.api, 'ward', admin.speech.language))
  return (
    <section class="admin-section" aria-labelledby="share-title">
      <h2 id="share-title">{shareWords.title}</h2>
      <LinkList links={links} title={shareWords.ward} why={shareWords.wardWhy} />
      <ProgramList admin={admin} />
    </section>
  )
}

function ProgramList({ admin }: { admin: Admin }) {
  const [programs] = useState(() => createPrograms(admin.ports.api))
  const [name, setName] = useState('')
  useEffect(() => void programs.load(), [programs])
  const problem = programs.problem.value
  const list = programs.list.value
  async function make(scope: 'read' | 'write'): Promise<void> {
    await programs.make(name.trim(), scope)
    setName('')
  }
  return (
    <section class="share" aria-label={shareWords.programs}>
      <h3>{shareWords.programs}</h3>
      <p>{shareWords.programsWhy}</p>
      {problem !== null && <p role="alert">{shareProblem(problem)}</p>}
      {programs.made.value !== null && <Once words={shareWords.madeKey} secret={programs.made.value} />}
      {list?.length === 0 && <p>{shareWords.noPrograms}</p>}
      <ul>
        {list?.map((program) => (
          <li key={program.integrationId}>
            <b>{program.name}</b> {programWord(program)}{' '}
            <Button
              label={shareWords.revokeOne({ name: program.name })}
              onPress={() => void programs.revoke(program.integrationId)}
            >
              {shareWords.revoke}
            </Button>
          </li>
        ))}
      </ul>
      <label class="field">
        <span>{shareWords.programName}</span>
        <input maxLength={60} value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
      </label>
      <div class="actions">
        <Button disabled={name.trim() === ''} onPress={() => void make('read')}>
          {shareWords.makeReader}
        </Button>
        <Button disabled={name.trim() === ''} onPress={() => void make('write')}>
          {shareWords.makeWriter}
        </Button>
      </div>
    </section>
  )
}
