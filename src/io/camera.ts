/** The camera and the microphone of this device. Off means the track is stopped, not muted (HZ-2). */
import type { CameraFailure, MediaDevice, Result } from '../state/ports.ts'

export type TrackKind = 'camera' | 'microphone'

const video: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 30 },
  facingMode: 'user',
}
const audio: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
}

export function cameraFailure(error: unknown): CameraFailure {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotReadableError' || name === 'AbortError' ? 'taken' : 'missing'
}

/** Opens the kinds asked for, on the chosen devices where they still exist. */
export async function openTracks(
  kinds: readonly TrackKind[],
  chosen: ReadonlyMap<TrackKind, string>,
): Promise<Result<MediaStreamTrack[], CameraFailure>> {
  const on = (kind: TrackKind, constraints: MediaTrackConstraints) => {
    const deviceId = chosen.get(kind)
    if (!kinds.includes(kind)) return false
    return deviceId ? { ...constraints, deviceId: { ideal: deviceId } } : constraints
  }
  try {
    const constraints = { video: on('camera', video), audio: on('microphone', audio) }
    const stream = await navigator.mediaDevices.getUserMedia(constraints)
    return { ok: true, value: stream.getTracks() }
  } catch (error) {
    return { ok: false, failure: cameraFailure(error) }
  }
}

/** For a look at a wound or a drip: more pixels and fewer pictures; the browser keeps them sharp (W3C mst-content-hint). */
const closely: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 15 },
}

/** [TABLE-6] Pictures a second to so many others: each of them is drawn here, too, and made for every one of them. */
function usually(peers: number): MediaTrackConstraints {
  if (peers < 2) return video
  const most = peers > 2 ? 12 : 20
  return { ...video, frameRate: { ideal: most, max: most } }
}

/** A camera that cannot do so goes on as it was. */
export async function adapt(track: MediaStreamTrack, sharp: boolean, peers: number): Promise<void> {
  track.contentHint = sharp ? 'detail' : 'motion'
  await track.applyConstraints(sharp ? closely : usually(peers)).catch(() => {})
}

export function kindOf(track: MediaStreamTrack): TrackKind {
  return track.kind === 'video' ? 'camera' : 'microphone'
}

const kinds: ReadonlyMap<string, MediaDevice['kind']> = new Map([
  ['videoinput', 'camera'],
  ['audioinput', 'microphone'],
  ['audiooutput', 'speaker'],
])

export async function listDevices(): Promise<MediaDevice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.flatMap(({ kind: name, deviceId, label }) => {
    const kind = kinds.get(name)
    return kind && deviceId ? [{ kind, deviceId, label }] : []
  })
}
