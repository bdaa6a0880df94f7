/** A person's own calendars: links by which their calendar program reads the plan, and a file that it wrote. */
import { useState } from 'preact/hooks'
import { type CalendarFile, createCalendarFile, createLinks } from '../../state/plan-share.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { LinkList } from '../parts/links.tsx'
import { bookWord, countWord, refusedFile, shareProblem, shareWords, skippedWords } from '../words-share.ts'
import type { Desk } from './desk.ts'

export function ShareDialog({ desk }: { desk: Desk }) {
  const { plan } = desk
  const [links] = useState(() => createLinks(plan.api, 'own'))
  const [file] = useState(() => createCalendarFile(plan.api))
  return (
    <Dialog label={shareWords.section} class="plan-dialog form" onClose={desk.close}>
      <h2>{shareWords.section}</h2>
      <LinkList links={links} title={shareWords.own} why={shareWords.ownWhy} />
      {plan.mayChange && <FilePart file={file} />}
      <Button onPress={desk.close}>{shareWords.close}</Button>
    </Dialog>
  )
}

function FilePart({ file }: { file: CalendarFile }) {
  return (
    <section aria-label={shareWords.file}>
      <h3>{shareWords.file}</h3>
      <p>{shareWords.fileWhy}</p>
      <label class="field">
        <span>{shareWords.choose}</span>
        <input
          type="file"
          accept=".ics,text/calendar"
          onChange={async ({ currentTarget }) => {
            const [chosen] = currentTarget.files ?? []
            if (chosen) await file.look(await chosen.text())
          }}
        />
      </label>
      <div role="status">
        <Found file={file} />
      </div>
    </section>
  )
}

function Found({ file }: { file: CalendarFile }) {
  const state = file.state.value
  switch (state.type) {
    case 'none':
      return null
    case 'busy':
      return <p>{shareWords.reading}</p>
    case 'refused':
      return <p>{refusedFile(state)}</p>
    case 'failed':
      return <p>{shareProblem(state.failure)}</p>
    case 'looked':
    case 'booked':
      return (
        <>
          <p>
            <b>{countWord(state.type, state.items)}</b>
          </p>
          <ul>
            {skippedWords(state.items).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          {state.type === 'looked' && state.items.some(({ why }) => why === null) && (
            <Button kind="primary" onPress={() => void file.book()}>
              {bookWord(state.items)}
            </Button>
          )}
        </>
      )
  }
}
