/** How heavy sound and pictures may be as they leave. */
import { amongOf, type Place } from '../core/sharing.ts'
import type { PictureShare } from '../core/sparing.ts'
import { lightest } from './codecs.ts'

/** Mono speech in full band (RFC 6716 §2.1.1); sent twice it is twice that on the way. */
const soundBps = 32_000

export type PictureWeight = PictureShare | 'sharp'

/** `first`: Chromium paces what it sends, and at full weight the first picture alone spends 30 ms on leaving. */
const weights: Readonly<Record<PictureWeight | 'first', RTCRtpEncodingParameters>> = {
  first: { active: true, maxBitrate: 400_000 },
  sharp: { active: true, maxBitrate: 2_500_000, scaleResolutionDownBy: 1 },
  full: { active: true, maxBitrate: 900_000, scaleResolutionDownBy: 1 },
  small: { active: true, maxBitrate: 100_000, scaleResolutionDownBy: 2, maxFramerate: 12 },
  off: { active: false },
}

/**
 * A browser that does not let it be said sends at its usual weight. Two sayings at once are refused (W3C webrtc, *set
 * parameters*), so each waits for the one before.
 */
function weigh(sender: RTCRtpSender, weight: RTCRtpEncodingParameters): Promise<void> {
  const { encodings, ...parameters } = sender.getParameters()
  const codec = lightest(parameters.codecs)
  const weighed = encodings.map(({ maxFramerate: _, ...encoding }) => ({
    ...encoding,
    ...weight,
    ...(codec && { codec }),
  }))
  return sender.setParameters({ ...parameters, encodings: weighed }).catch(() => {})
}

export type Scales = {
  readonly sound: () => void
  readonly picture: (weight: PictureWeight | 'first', peers: number) => void
}

/** The newest weight counts. */
export function scalesOf(
  senderOf: (kind: 'audio' | 'video') => RTCRtpSender | undefined,
  place: Place,
): Scales {
  let last = Promise.resolve()
  const put = (kind: 'audio' | 'video', weight: RTCRtpEncodingParameters) => {
    last = last.then(async () => {
      const sender = senderOf(kind)
      if (sender) await weigh(sender, weight)
    })
  }
  return {
    sound: () => put('audio', { maxBitrate: soundBps }),
    picture(name, peers) {
      const weight = weights[name]
      put('video', name === 'sharp' ? weight : { ...weight, ...amongOf(weight, peers, place) })
    },
  }
}
