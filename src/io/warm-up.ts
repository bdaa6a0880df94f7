/** How the first face comes soon: two black pictures ahead of it, which starting would lose. */

const width = 640
const height = 360
const everyMs = 40

/** Chromium's way to make a track by hand; elsewhere nothing is warmed. */
type Generator = MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> }
type Makers = { MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => Generator }

function black(timestamp: number): VideoFrame {
  // I420: a plane of brightness, then two of colour differences; 16 and 128 are black (BT.601).
  const planes = new Uint8Array((width * height * 3) / 2).fill(128)
  planes.fill(16, 0, width * height)
  return new VideoFrame(planes, { format: 'I420', codedWidth: width, codedHeight: height, timestamp })
}

/**
 * Sends two pictures that no camera made, and then nothing. It stops when `isFree` says no: something real is attached
 * by then, and is left alone.
 */
export async function warmUp(sender: RTCRtpSender, isFree: () => boolean): Promise<void> {
  const { MediaStreamTrackGenerator: Maker } = globalThis as Makers
  if (!Maker || !isFree()) return
  const track = new Maker({ kind: 'video' })
  const pictures = track.writable.getWriter()
  await sender.replaceTrack(track)
  for (const at of [0, 1]) {
    if (!isFree()) break
    await pictures.write(black(at * everyMs * 1_000))
    await new Promise((next) => setTimeout(next, everyMs))
  }
  if (isFree()) await sender.replaceTrack(null)
  track.stop()
}
