/** *Send a photo*: the camera that looks away, one press, a look at it, and its way; what is on is said (HZ-2). */
import camera from 'lucide-static/icons/camera.svg?raw'
import send from 'lucide-static/icons/send.svg?raw'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { OutpatientVisit } from '../../state/visit.ts'
import { createVisitPhoto, type PhotoStep, type VisitPhoto } from '../../state/visit-photo.ts'
import type { BrowserKind } from '../../state/visit-ports.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { nameOf } from '../words.ts'
import { photoTroubleWords, photoWords } from '../words-visit-photo.ts'

/** Whose second camera darkens the first. */
const telephones: readonly BrowserKind[] = [
  'safari-ios',
  'chrome-ios',
  'chrome-android',
  'samsung',
  'firefox-android',
]

function photoOf({ calls, camera: load, browser }: OutpatientVisit): VisitPhoto {
  const { media, clock, page } = calls.parts.ports
  const cameras = telephones.includes(browser.kind) ? 'one' : 'several'
  return createVisitPhoto({ calls, talk: media.talk, camera: load, cameras, clock, newId: page.newId })
}

export function SendPhoto({ visit }: { visit: OutpatientVisit }) {
  const photo = useMemo(() => photoOf(visit), [visit])
  const [isOpen, setIsOpen] = useState(false)
  // With the call's screen it is over: its camera stops, and what it took is overwritten.
  useEffect(() => photo.stop, [photo])
  const isThere = visit.calls.seats.value.some(({ peer }) => peer.type === 'staff')
  if (!isThere && !isOpen) return null
  const close = () => {
    photo.close()
    setIsOpen(false)
  }
  return (
    <>
      <Button icon={camera} onPress={() => setIsOpen(true)}>
        {photoWords.send}
      </Button>
      {isOpen && <PhotoDialog visit={visit} photo={photo} onClose={close} />}
    </>
  )
}

type PhotoProps = { visit: OutpatientVisit; photo: VisitPhoto; onClose: () => void }

function PhotoDialog({ visit, photo, onClose }: PhotoProps) {
  const video = useRef<HTMLVideoElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const open = () => void (video.current && photo.open(video.current))
  useEffect(open, [photo])
  const step = photo.step.value
  const peer = photo.to.value ?? visit.calls.seats.value.find((seat) => seat.peer.type === 'staff')?.peer
  const name = peer ? nameOf(peer) : null
  const title = name === null ? photoWords.unknown : photoWords.title({ name })
  return (
    <Dialog label={title} class="visit-photo" onClose={onClose}>
      <h2 data-first tabIndex={-1}>
        {title}
      </h2>
      <p>{photoWords.why}</p>
      <video
        ref={video}
        hidden={!['opening', 'aiming', 'taking'].includes(step.type)}
        aria-label={photoWords.sees}
        autoplay
        playsInline
        muted
      />
      <canvas
        ref={canvas}
        hidden={!['taken', 'sending'].includes(step.type)}
        role="img"
        aria-label={photoWords.photo}
      />
      <Camera step={step} lent={photo.lent.value} />
      <Said step={step} name={name ?? ''} />
      <div class="actions">
        <Next
          step={step}
          onTake={() => void (canvas.current && photo.take(canvas.current))}
          onSend={photo.send}
          onAgain={open}
        />
        <Button onPress={onClose}>{isOver(step) ? photoWords.close : photoWords.cancel}</Button>
      </div>
    </Dialog>
  )
}

const isOver = ({ type }: PhotoStep) => type === 'sent' || type === 'failed'

/** The words follow the tracks. */
function Camera({ step: { type }, lent }: { step: PhotoStep; lent: 'yes' | 'no' }) {
  const isOn = type === 'aiming' || type === 'taking'
  return (
    <>
      <p class={isOn ? 'tracks on' : 'tracks off'}>
        <span class="dot" aria-hidden="true" />
        <output>{isOn ? photoWords.on : type === 'opening' ? photoWords.opening : photoWords.off}</output>
      </p>
      {lent === 'yes' && <p>{photoWords.lent}</p>}
    </>
  )
}

function Said({ step, name }: { step: PhotoStep; name: string }) {
  switch (step.type) {
    case 'aiming':
      return <p>{photoWords.aim}</p>
    case 'taken':
      return <p>{photoWords.look}</p>
    case 'sending': {
      const said = step.link === 'lost' ? photoWords.lost : photoWords.percent({ percent: step.percent })
      return (
        <>
          <progress aria-label={said} max={100} value={step.percent} />
          <p>{said}</p>
        </>
      )
    }
    case 'sent':
      return <p role="status">{photoWords.sent({ name })}</p>
    case 'failed':
      return (
        <p class="lost" role="alert">
          {photoTroubleWords[step.why]}
        </p>
      )
    default:
      return null
  }
}

type NextProps = { step: PhotoStep; onTake: () => void; onSend: () => void; onAgain: () => void }

function Next({ step: { type }, onTake, onSend, onAgain }: NextProps) {
  switch (type) {
    case 'opening':
    case 'aiming':
      return (
        <Button kind="primary" icon={camera} disabled={type === 'opening'} onPress={onTake}>
          {photoWords.take}
        </Button>
      )
    case 'taken':
      return (
        <>
          <Button kind="primary" icon={send} onPress={onSend}>
            {photoWords.doSend}
          </Button>
          <Button onPress={onAgain}>{photoWords.again}</Button>
        </>
      )
    case 'failed':
      return <Button onPress={onAgain}>{photoWords.again}</Button>
    default:
      return null
  }
}
