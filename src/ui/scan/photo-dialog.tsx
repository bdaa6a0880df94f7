/** *Take a photo*: what the camera sees, one press, and that the camera is off again (HZ-2). */
import camera from 'lucide-static/icons/camera.svg?raw'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { createPhoto, type Photo } from '../../state/scan-photo.ts'
import type { ScanIo, ScanSource } from '../../state/scan-ports.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { timeOf } from '../words.ts'
import { photoStateWord, photoWords } from '../words-scan-dialogs.ts'

type PhotoDialogProps = { io: ScanIo; onTaken: (photo: ScanSource) => void; onClose: () => void }

export function PhotoDialog({ io, onTaken, onClose }: PhotoDialogProps) {
  const photo = useMemo(() => createPhoto(io.camera), [io])
  const video = useRef<HTMLVideoElement>(null)
  const open = () => {
    if (video.current) void photo.open(video.current)
  }
  useEffect(() => {
    open()
    return photo.close
  }, [photo])
  const take = async () => {
    const taken = await photo.take(photoWords.name({ time: timeOf(Date.now()) }))
    if (!taken) return
    onTaken(taken)
    onClose()
  }
  return (
    <Dialog label={photoWords.title} class="scan-photo" onClose={onClose}>
      <h2 data-first tabIndex={-1}>
        {photoWords.title}
      </h2>
      <p>{photoWords.why}</p>
      <video ref={video} aria-label={photoWords.sees} autoplay playsInline muted />
      <State photo={photo} />
      <div class="actions">
        <Buttons photo={photo} onTake={() => void take()} onAgain={open} />
        <Button onPress={onClose}>{photoWords.cancel}</Button>
      </div>
    </Dialog>
  )
}

/** The words follow the track. */
function State({ photo }: { photo: Photo }) {
  const state = photo.state.value
  return (
    <p class={state.type === 'failed' ? 'lost' : state.type === 'on' ? 'tracks on' : 'tracks off'}>
      {state.type !== 'failed' && <span class="dot" aria-hidden="true" />}
      <output>{photoStateWord(state)}</output>
    </p>
  )
}

function Buttons({ photo, onTake, onAgain }: { photo: Photo; onTake: () => void; onAgain: () => void }) {
  const { type } = photo.state.value
  if (type === 'failed') return <Button onPress={onAgain}>{photoWords.again}</Button>
  return (
    <Button kind="primary" icon={camera} disabled={type !== 'on'} onPress={onTake}>
      {photoWords.take}
    </Button>
  )
}
