/** A received copy on the screen, and what is said when it had to close. */
import '../scan-copies.css'
import type { Copies } from '../../state/scan-copies.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { endedWord, momentWord, shownWords } from '../words-scan-copies.ts'
import { whoIs } from '../words-table.ts'

/** It is there by then: the copy was opened by it. */
const viewing = createLater(() => import('../scan/index.ts'))

export function CopyViewer({ copies: { reading } }: { copies: Copies }) {
  const part = useLater(viewing)
  const opened = reading.opened.value
  if (!part || !opened) return null
  const { copy, io, viewer } = opened
  const about = { who: whoIs(copy.from), number: copy.patientNumber, time: momentWord(copy.expiresMs) }
  return (
    <part.ViewerView
      {...{ io, viewer }}
      takes="nothing"
      onClose={reading.close}
      banner={
        <p class="copies-banner">
          <b>{shownWords.banner(about)}</b> <span>{shownWords.memory}</span>
        </p>
      }
    />
  )
}

/** [COPY-12] Nobody wonders where it went. */
export function Ended({ copies: { reading } }: { copies: Copies }) {
  const ended = reading.ended.value
  if (!ended) return null
  return (
    <Dialog label={shownWords.endedTitle} class="copies" onClose={reading.dismiss}>
      <h2 tabIndex={-1} data-first>
        {shownWords.endedTitle}
      </h2>
      <p role="alert">{endedWord(ended.why, ended.copy)}</p>
      <div class="actions">
        <Button onPress={reading.dismiss}>{shownWords.ok}</Button>
      </div>
    </Dialog>
  )
}
