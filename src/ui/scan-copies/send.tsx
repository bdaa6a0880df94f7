/** *Send a copy…*: beside the tools of whoever has pictures open; its dialog is fetched when it is asked for. */
import send from 'lucide-static/icons/send.svg?raw'
import { useEffect } from 'preact/hooks'
import type { CallsPatient } from '../../core/scan/whose.ts'
import type { Copies } from '../../state/scan-copies.ts'
import type { ScanIo } from '../../state/scan-ports.ts'
import type { Viewer } from '../../state/scan-viewer.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { createLater, useLater } from '../parts/later.ts'
import { sendWords } from '../words-scan-copies.ts'

const dialog = createLater(() => import('./send-dialog.tsx'))

export type SendCopyProps = {
  station: Station
  copies: Copies
  io: ScanIo
  viewer: Viewer
  /** Whose call it is, where the board says so. */
  patient: CallsPatient | null
}

export function SendCopy({ io, viewer, onOpen }: SendCopyProps & { onOpen: () => void }) {
  const part = useLater(dialog)
  const isReady = part !== null && viewer.shown.value !== null
  useEffect(() => {
    if (isReady)
      void part?.rehearse(
        io,
        viewer.files.stacks.peek().flatMap(({ files }) => files),
      )
  }, [isReady])
  if (!viewer.shown.value) return null
  return (
    <Button icon={send} onPress={onOpen}>
      {sendWords.open}
    </Button>
  )
}

/** By itself, out of the dark of the pictures. */
export function Sending(props: SendCopyProps & { onClose: () => void }) {
  const part = useLater(dialog)
  return part && <part.SendDialog {...props} />
}
