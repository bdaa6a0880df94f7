/** A person's own calendars: links by which their calendar program reads the plan, and a file that it wrote. */
import { useState } from 'preact/hooks'
import { type CalendarFile, createCalendarFile, createLinks } from '../../state/plan-share.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import {
  bookWord,
  changeWords,
  countWord,
  refusedFile,
  shareProblem,
  shareWords,
  skippedWords,
} from '../words-share.ts'
import { LinkList } from './links.tsx'

export function ShareDialog({ station, onClose }: { station: Station; onClose: () => void }) {
  const [links] = useState(() => createLinks(station.api, 'own', station.speech.language))
  const [file] = useState(() => createCalendarFile(station.api))
  return (
    <Dialog label={shareWords.title} onClose={onClose}>
      <h2>{shareWords.title}</h2>
      <LinkList links={links} title={shareWords.own} why={shareWords.ownWhy} />
      {station.mayEver('plan.change') && <FilePart file={file} />}
      <div class="actions">
        <Button onPress={onClose}>{shareWords.close}</Button>
      </div>
    </Dialog>
  )
}

function FilePart({ file }: { file: CalendarFile }) {
  return (
    <section class="share" aria-label={shareWords.file}>
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
            {changeWords(state.items).map((words) => (
              <li key={words}>{words}</li>
            ))}
            {skippedWords(state.items).map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          {state.type === 'looked' && state.items.some(({ why }) => why === null) && (
            <Button kind="primary" onPress={() => void file.book(shareWords.cancelledThere)}>
              {bookWord(state.items)}
            </Button>
          )}
        </>
      )
  }
}
