/** The camera of an outpatient's telephone for one photo: from its lens to the call, past every gallery (HZ-2, HZ-6). */
import { photoSizeFor } from '../core/visit-photo-size.ts'
import { photoLimits } from '../protocol/visit-photo.ts'
import type { TakenPhoto, VisitCamera } from '../state/visit-photo-ports.ts'
import { cameraFailure } from './camera.ts'
import { base64url } from './seal.ts'

/** As much as leaves; a camera that has less gives what it has. */
const outwards: MediaTrackConstraints = {
  width: { ideal: 1_600 },
  height: { ideal: 1_200 },
  facingMode: { ideal: 'environment' },
}
/** The best that is small enough is taken; the first nearly always is. */
const qualities = [0.9, 0.75, 0.5]
/** How long a first picture is waited for: cold cameras take a second or two, and one that is broken takes for ever. */
const firstPictureMs = 5_000

const hasPicture = ({ readyState, videoWidth }: HTMLVideoElement) =>
  readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && videoWidth > 0

/** The first ones of a camera that was only just opened are black. */
const steadyFrames = 4

/** A picture that is really on the screen. Resolves also when it was closed meanwhile, or when none comes. */
async function steadyPicture(video: HTMLVideoElement): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const limit = setTimeout(resolve, firstPictureMs)
  video.addEventListener('emptied', resolve, { once: true })
  let frames = 0
  const look = (): void => {
    frames += 1
    if (frames >= steadyFrames) resolve(null)
    else video.requestVideoFrameCallback(look)
  }
  const tells = video.requestVideoFrameCallback?.(look) !== undefined
  // Where no browser tells of frames, its data has to do.
  if (!tells && hasPicture(video)) resolve(null)
  if (!tells) video.addEventListener('loadeddata', resolve, { once: true })
  await promise
  clearTimeout(limit)
}

/** Browsers turn a camera's pictures as it is held. */
function drawn(video: HTMLVideoElement, canvas: HTMLCanvasElement): void {
  const size = photoSizeFor({ width: video.videoWidth, height: video.videoHeight })
  Object.assign(canvas, size)
  canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0, size.width, size.height)
}

/** Made of pixels alone: not a word about place, time or device. */
async function jpegOf(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer> | null> {
  for (const quality of qualities) {
    const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', quality))
    if (blob && blob.size <= photoLimits.bytes) return new Uint8Array(await blob.arrayBuffer())
  }
  return null
}

function takenOf(bytes: Uint8Array<ArrayBuffer>, canvas: HTMLCanvasElement): TakenPhoto {
  const { pieceBytes } = photoLimits
  return {
    byteLength: bytes.length,
    piece: (index) => base64url(bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
    wipe() {
      bytes.fill(0)
      canvas.width = canvas.height = 0
    },
  }
}

export function createVisitCamera(): VisitCamera {
  let track: MediaStreamTrack | null = null
  let shown: HTMLVideoElement | null = null
  /** What finishes opening under an old number is stopped at once. */
  let turn = 0

  function close(): void {
    turn += 1
    if (track) track.onended = null
    track?.stop()
    track = null
    if (shown) shown.srcObject = null
    shown = null
  }

  return {
    close,
    async open(video, ended) {
      close()
      const mine = turn
      const stream = await navigator.mediaDevices.getUserMedia({ video: outwards }).catch(cameraFailure)
      if (!(stream instanceof MediaStream)) return { ok: false, failure: stream }
      const [opened] = stream.getVideoTracks()
      if (mine !== turn) opened?.stop()
      if (!opened || mine !== turn) return { ok: false, failure: 'missing' }
      track = opened
      opened.onended = () => {
        close()
        ended()
      }
      shown = video
      video.srcObject = stream
      return { ok: true, value: null }
    },
    async take(canvas) {
      const video = shown
      if (video) await steadyPicture(video)
      // It was closed meanwhile.
      if (!video || video !== shown || !hasPicture(video)) return null
      drawn(video, canvas)
      close()
      const bytes = await jpegOf(canvas)
      return bytes && takenOf(bytes, canvas)
    },
  }
}
