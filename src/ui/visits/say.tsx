/** A message to one who waits, or to all of them: that one is late by one press, or a line of one's own. */
import { useId, useState } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import type { VisitSaid } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { appWords } from '../words.ts'
import { admitWords, sayWords } from '../words-visits.ts'
import { Failed, useAct } from './act.tsx'
import { shown, visitsOf } from './desk.ts'

const lateMinutes = [5, 10, 15, 20, 30] as const

export function SayDialog({ station, visitId }: { station: Station; visitId: string | null }) {
  const desk = visitsOf(station)
  const visit = desk.now.value?.visits.find((one) => one.visitId === visitId)
  const { act, failure, isBusy } = useAct()
  const [isSent, setIsSent] = useState(false)
  const back = () => (shown.value = { type: 'list' })
  const title = visit ? sayWords.title({ name: visit.name }) : sayWords.titleAll
  const say = (said: VisitSaid) => {
    setIsSent(false)
    void act(() => desk.say(visitId, said)).then(setIsSent)
  }
  return (
    <Dialog label={title} class="visits" onClose={back}>
      <h2 tabIndex={-1} data-first>
        {title}
      </h2>
      {visitId !== null && !visit ? (
        <p role="alert">{admitWords.gone}</p>
      ) : (
        <>
          <p class="soft">{sayWords.means}</p>
          <fieldset class="visits-late">
            <legend>{sayWords.late}</legend>
            {lateMinutes.map((minutes) => (
              <Button key={minutes} disabled={isBusy} onPress={() => say({ type: 'late', minutes })}>
                {sayWords.minutes({ count: minutes })}
              </Button>
            ))}
          </fieldset>
          <Own isBusy={isBusy} onSay={(text) => say({ type: 'text', text })} />
          <output class="well">{isSent && sayWords.sent}</output>
          <Failed failure={failure} />
        </>
      )}
      <div class="actions">
        <Button onPress={back}>{appWords.close}</Button>
      </div>
    </Dialog>
  )
}

function Own({ isBusy, onSay }: { isBusy: boolean; onSay: (text: string) => void }) {
  const [text, setText] = useState('')
  const id = useId()
  return (
    <form
      class="visits-own"
      onSubmit={(event) => {
        event.preventDefault()
        onSay(text.trim())
        setText('')
      }}
    >
      <div class="field">
        <label for={id}>{sayWords.own}</label>
        <input
          id={id}
          value={text}
          maxLength={300}
          autocomplete="off"
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <small id={`${id}-hint`} class="soft">
          {sayWords.ownHint}
        </small>
      </div>
      <button type="submit" class="button plain" disabled={isBusy || text.trim() === ''}>
        {sayWords.send}
      </button>
    </form>
  )
}
