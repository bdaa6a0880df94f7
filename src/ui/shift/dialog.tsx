/** One's shift in one dialog: what one has, until when, to whom it goes, and its end. */
import '../bring-in.css'
import '../shift.css'
import { useEffect, useState } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import { deskOf } from '../colleague/desk.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { appWords } from '../words.ts'
import { handOverWords, shiftWords } from '../words-shift.ts'
import { EndShift } from './end.tsx'
import { HandOver } from './hand-over.tsx'
import { Have } from './have.tsx'

/** What stands in the dialog. */
export type Page = 'have' | 'hand-over' | 'end'

type ShiftDialogProps = { station: Station; onClose: () => void }

export function ShiftDialog({ station, onClose }: ShiftDialogProps) {
  const desk = deskOf(station)
  const shift = desk.now.value?.shift
  const [page, setPage] = useState<Page>(shift?.offered ? 'hand-over' : 'have')
  useEffect(() => {
    desk.open()
    return desk.close
  }, [desk])
  return (
    <Dialog
      label={shift && shift.untilMs !== null ? shiftWords.mine : shiftWords.start}
      class="bring-in shift"
      onClose={onClose}
    >
      {!shift && <p aria-busy="true">{shiftWords.loading}</p>}
      {shift && page === 'have' && (
        <Have station={station} desk={desk} shift={shift} onPage={setPage} onDone={onClose} />
      )}
      {shift && page === 'hand-over' && <HandOver station={station} desk={desk} shift={shift} />}
      {shift && page === 'end' && <EndShift station={station} desk={desk} shift={shift} onDone={onClose} />}
      {page === 'have' || (
        <div class="actions">
          <Button onPress={() => setPage('have')}>{handOverWords.back}</Button>
          <Button onPress={onClose}>{appWords.close}</Button>
        </div>
      )}
    </Dialog>
  )
}
