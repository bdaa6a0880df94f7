/** Which codecs a link offers first: sound that is sent twice, and pictures that this device makes without its processor. */

const picture = { width: 640, height: 360, framerate: 30, bitrate: 900_000 }
/** Of those that cost no battery, in this order: what tablets make and read by hardware most widely comes first. */
const wanted = ['video/H264', 'video/VP8', 'video/VP9', 'video/AV1']

/** What this device encodes by hardware, best first (W3C Media Capabilities §2.2.4: `powerEfficient`); known soon after the page began. */
let efficient: readonly string[] = []

async function isEfficient(contentType: string): Promise<boolean> {
  const asked = { type: 'webrtc', video: { contentType, ...picture } } as const
  return await navigator.mediaCapabilities.encodingInfo(asked).then(
    ({ supported, powerEfficient }) => supported && powerEfficient,
    () => false,
  )
}

/** Asks the browser once; links that are made before it has answered take its usual order. */
export async function learnCodecs(): Promise<void> {
  if (!navigator.mediaCapabilities?.encodingInfo) return
  const found = await Promise.all(wanted.map(isEfficient))
  efficient = wanted.filter((_, at) => found[at])
}

/** Of what both ends agreed on, what this device encodes by hardware; undefined: nothing is, and the browser chooses. */
export function lightest(agreed: readonly RTCRtpCodec[]): RTCRtpCodec | undefined {
  const found = efficient.map((name) => agreed.find((codec) => isKind(codec, name))).find(Boolean)
  if (!found) return undefined
  const { mimeType, clockRate, channels, sdpFmtpLine } = found
  return { mimeType, clockRate, ...(channels && { channels }), ...(sdpFmtpLine && { sdpFmtpLine }) }
}

function isKind({ mimeType }: RTCRtpCodec, name: string): boolean {
  return mimeType.toLowerCase() === name.toLowerCase()
}

/**
 * Every packet of sound carries the one before once more (RFC 2198 for Opus): a tenth lost is then hardly heard. A tablet
 * that talks all day stays cool, and its battery full. Said before an offer or an answer is made; the other end may decline.
 */
export function preferCodecs(pc: RTCPeerConnection): void {
  order(pc, 'audio', ['audio/red'])
  order(pc, 'video', efficient)
}

/** These first, each with all of its profiles; what this browser does not have is left out. */
function order(pc: RTCPeerConnection, kind: 'audio' | 'video', first: readonly string[]): void {
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? []
  const place = (codec: RTCRtpCodec) => {
    const at = first.findIndex((name) => isKind(codec, name))
    return at < 0 ? first.length : at
  }
  if (!codecs.some((codec) => place(codec) < first.length)) return
  const ordered = codecs.toSorted((one, other) => place(one) - place(other))
  for (const transceiver of pc.getTransceivers())
    if (transceiver.receiver.track.kind === kind) transceiver.setCodecPreferences(ordered)
}
