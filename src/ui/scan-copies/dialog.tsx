/** All copies of one person: those that wait here, those that came, those that were sent. */
import '../scan-copies.css'
import { useEffect } from 'preact/hooks'
import type { Copies } from '../../state/scan-copies.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { copiesWords } from '../words-scan-copies.ts'
import { Received } from './received.tsx'
import { Sent } from './sent.tsx'
import { Waiting } from './waiting.tsx'

type CopiesDialogProps = { station: Station; copies: Copies; onClose: () => void }

export function CopiesDialog({ station, copies, onClose }: CopiesDialogProps) {
  const isShown = copies.reading.opened.value !== null
  useEffect(copies.look, [copies])
  // What was opened is looked at.
  useEffect(() => {
    if (isShown) onClose()
  }, [isShown])
  const close = () => {
    copies.reading.dismiss()
    onClose()
  }
  return (
    <Dialog label={copiesWords.title} class="copies" onClose={close}>
      <h2 tabIndex={-1} data-first>
        {copiesWords.title}
      </h2>
      <Waiting outbox={copies.outbox} />
      <Lists copies={copies} isHeard={station.connection.value.type === 'open'} />
      <div class="actions">
        <Button onPress={close}>{copiesWords.close}</Button>
      </div>
    </Dialog>
  )
}

/** Without the server nothing is shown as what it was: a copy may be taken back meanwhile (HZ-7). */
function Lists({ copies, isHeard }: { copies: Copies; isHeard: boolean }) {
  const [list, problem] = [copies.list.value, copies.problem.value]
  if (!isHeard) return <p role="status">{copiesWords.offline}</p>
  if (list)
    return (
      <>
        <Received copies={copies} list={list.received} />
        <Sent copies={copies} list={list.sent} />
      </>
    )
  if (problem === null) return <p aria-busy="true">{copiesWords.loading}</p>
  return (
    <>
      <p role="alert">{copiesWords.failed}</p>
      <Button onPress={copies.look}>{copiesWords.again}</Button>
    </>
  )
}
