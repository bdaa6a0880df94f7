/** What of visits lies open over the station: the waiting room, a message, an admission, or paper. */
import '../visits.css'
import { useEffect, useRef } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { AdmitDialog } from './admit.tsx'
import { focusBarButton } from './bar-button.tsx'
import { printed, shown } from './desk.ts'
import { ListDialog } from './dialog.tsx'
import { Letter } from './letter.tsx'
import { SayDialog } from './say.tsx'

function putAway(): void {
  printed.value = null
}

export function Sheet({ station }: { station: Station }) {
  const now = shown.value
  const paper = printed.value
  const before = useRef(now.type)
  const call = station.calls.state.value.type
  useEffect(() => {
    // A call that comes in is answered, and not searched beside.
    if (call === 'ringing' || call === 'knocking') shown.value = { type: 'nothing' }
  }, [call])
  useEffect(() => {
    // Each of these dialogs gives the focus back to the one before it, which is gone.
    const isShut = now.type === 'nothing' && before.current !== 'nothing'
    before.current = now.type
    if (isShut && document.activeElement === document.body) focusBarButton()
  }, [now.type])
  return (
    <>
      {now.type === 'list' && <ListDialog station={station} />}
      {now.type === 'say' && <SayDialog key={now.visitId} station={station} visitId={now.visitId} />}
      {now.type === 'admit' && <AdmitDialog key={now.visitId} station={station} visitId={now.visitId} />}
      {paper && <Letter station={station} printed={paper} onDone={putAway} />}
    </>
  )
}
