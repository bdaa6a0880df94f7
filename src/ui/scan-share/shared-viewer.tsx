/** One's own pictures while a call goes on: what is looked at is shown, once it was said so. */
import '../scan-share.css'
import { effect, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { CallsPatient, Outpatient } from '../../core/scan/whose.ts'
import type { Calls } from '../../state/calls.ts'
import type { ScanIo } from '../../state/scan-ports.ts'
import type { ScanShare } from '../../state/scan-share.ts'
import type { Viewer } from '../../state/scan-viewer.ts'
import { type Pen, ShareOverlay } from './overlay.tsx'
import { PresenterBar } from './presenter-bar.tsx'
import { ShowInCall } from './show-dialog.tsx'

type SharedViewerProps = {
  part: Pick<typeof import('../scan/index.ts'), 'ViewerView'>
  io: ScanIo
  viewer: Viewer
  calls: Calls
  share: ScanShare
  /** Whose call it is, where the board or the waiting room says so. */
  patient: CallsPatient | Outpatient | null
  /** Beside the ways in. */
  ways: ComponentChildren
  /** Beside *Show in this call*. */
  more?: ComponentChildren
  onClose: () => void
}

export function SharedViewer(props: SharedViewerProps) {
  const { part, io, viewer, calls, share, patient, ways, more, onClose } = props
  const pen = useSignal<Pen>('none')
  const view = viewer.view.value
  /** [LIVE-10] Nobody sees what is not in the share, whatever they said last. */
  const isShown = view === null || share.sliceOf(view.fileId, view.frame) !== null
  const isPresenting = share.role.value === 'presenting'
  useEffect(() => {
    if (!isPresenting) return
    return effect(() => {
      const view = viewer.view.value
      if (view) share.show(view)
    })
  }, [isPresenting, viewer, share])
  /** What is closed here is shown to nobody any more. */
  const close = () => {
    if (share.isMine.peek()) share.stop()
    onClose()
  }
  return (
    <part.ViewerView
      io={io}
      viewer={viewer}
      ways={ways}
      onClose={close}
      banner={<PresenterBar {...{ share, pen, isShown }} />}
      tools={
        <>
          <ShowInCall {...{ share, calls, viewer, patient }} />
          {more}
        </>
      }
      overlay={(place) => (
        <ShareOverlay
          share={share}
          place={place}
          slice={share.sliceOf(place.view.fileId, place.view.frame)}
          pen={pen}
        />
      )}
    />
  )
}
