/** A camera for one photograph, from its lens into this page: no file, no gallery. Off means that its track is stopped (HZ-2). */
import type { PhotoCamera } from '../../state/scan-ports.ts'
import { cameraFailure } from '../camera.ts'

/** As much as a wound needs; a camera that has less gives what it has. */
const closely: MediaTrackConstraints = { width: { ideal: 1920 }, height: { ideal: 1080 } }
const outwards: MediaTrackConstraints = { ...closely, facingMode: { ideal: 'environment' } }
const quality = 0.92
/** How soon it is noticed that a camera is gone. */
const watchMs = 500
/** How long its first picture is waited for: cold ones take a second or two, and one that is broken takes for ever. */
const firstPictureMs = 5_000

/** The camera of a call that goes on, as the page shows it. Most devices lend theirs to one at a time. */
function callsOwn(): MediaStreamTrack | null {
  const [video] = document.querySelectorAll<HTMLVideoElement>('video.own-video')
  const stream = video?.srcObject
  if (!(stream instanceof MediaStream)) return null
  return stream.getVideoTracks().find(({ readyState }) => readyState === 'live') ?? null
}

export function createPhotoCamera(): PhotoCamera {
  let shown: HTMLVideoElement | null = null
  let own: MediaStreamTrack | null = null
  let watch: ReturnType<typeof setInterval> | undefined
  /** Gives the call's camera back as it was. */
  let giveBack = () => {}

  /** A call that ends stops its camera without an event, so it is looked after. */
  function show(video: HTMLVideoElement, track: MediaStreamTrack, ended: () => void): void {
    shown = video
    video.srcObject = new MediaStream([track])
    watch = setInterval(() => {
      if (track.readyState !== 'ended') return
      close()
      ended()
    }, watchMs)
  }

  function borrow(track: MediaStreamTrack): void {
    const before = track.getConstraints()
    giveBack = () => void track.applyConstraints(before).catch(() => {})
    track.applyConstraints({ ...before, ...closely }).catch(() => {})
  }

  function close(): void {
    clearInterval(watch)
    own?.stop()
    own = null
    giveBack()
    giveBack = () => {}
    if (shown) shown.srcObject = null
    shown = null
  }

  return {
    close,
    async open(video, ended) {
      close()
      const lent = callsOwn()
      if (lent) {
        borrow(lent)
        show(video, lent, ended)
        return { ok: true, value: 'call' }
      }
      try {
        const stream = await navigator.mediaDevices.getUserMedia({ video: outwards })
        own = stream.getVideoTracks()[0] ?? null
      } catch (error) {
        return { ok: false, failure: cameraFailure(error) }
      }
      if (!own) return { ok: false, failure: 'missing' }
      show(video, own, ended)
      return { ok: true, value: 'own' }
    },
    async take(name) {
      if (shown) await firstPicture(shown)
      const still = shown && stillOf(shown)
      if (!still) return null
      close()
      return { name, content: await jpegOf(still) }
    },
  }
}

/** A camera that has begun shows nothing for a moment. Resolves also when it was closed meanwhile, or when none comes. */
async function firstPicture(video: HTMLVideoElement): Promise<void> {
  if (hasPicture(video)) return
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const limit = setTimeout(resolve, firstPictureMs)
  for (const type of ['loadeddata', 'emptied']) video.addEventListener(type, resolve, { once: true })
  await promise
  clearTimeout(limit)
}

const hasPicture = ({ readyState }: HTMLVideoElement) => readyState >= HTMLMediaElement.HAVE_CURRENT_DATA

/** What the camera sees now; null when it was closed, or shows nothing. */
function stillOf(video: HTMLVideoElement): OffscreenCanvas | null {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || height === 0 || !hasPicture(video)) return null
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return canvas
}

/** Without a word about place or device. Neither canvas nor file is kept: what stays is memory that can be wiped. */
async function jpegOf(still: OffscreenCanvas): Promise<ArrayBuffer> {
  const file = await still.convertToBlob({ type: 'image/jpeg', quality })
  still.width = still.height = 0
  return await file.arrayBuffer()
}
