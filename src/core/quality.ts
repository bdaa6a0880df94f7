/** How a call is, in three words, judged from what its link measures; numbers are for IT alone. */

export type Quality = 'good' | 'weak' | 'lost'

/** What a link measured since it was last looked at. Null: nothing to measure, or the browser does not tell. */
export type Measured = {
  /** By a clock that no correction touches. */
  readonly atMs: number
  /** Of the packets of sound that the peer sent: the share that did not arrive, 0 to 1. */
  readonly lost: number | null
  /** From mouth to ear, as far as the network is to blame: half a round trip and twice the jitter. */
  readonly delayMs: number | null
  /** Of the sound that was played: the share that was made up. */
  readonly concealed: number | null
  /** Of the time: the share in which the peer's picture stood still. */
  readonly frozen: number | null
  /** Of the packets that left, sound or pictures, whichever lost more: the share that did not arrive, as the peer reports. */
  readonly lostThere: number | null
  /** What the way out is thought to carry, in bits per second. */
  readonly uplinkBps: number | null
  /** What carries them now. */
  readonly way: LinkMake['way']
  readonly over: LinkMake['over']
}

export type Judged = {
  readonly recent: readonly Measured[]
  readonly word: 'good' | 'weak'
  /** Since when nothing has been weak, while the word still is. */
  readonly betterSinceMs: number | null
}

export const unjudged: Judged = { recent: [], word: 'good', betterSinceMs: null }

/** A judgement is of this long. */
const windowMs = 5_000
/** Before that, how it began would be all there is to judge by. */
const leastMs = 4_500

/**
 * What makes a call weak. Loss: redundant sound (RFC 2198) makes good what is less. Delay: ITU-T G.114 has most people
 * unhurt below 150 ms and nobody served above 400. Made-up sound: a syllable in every second.
 */
const weakFrom = { lost: 0.1, delayMs: 300, concealed: 0.04, frozen: 0.2 } as const

type Kind = keyof typeof weakFrom

function mean(recent: readonly Measured[], kind: Kind): number {
  const told = recent.flatMap((one) => one[kind] ?? [])
  return told.length === 0 ? 0 : told.reduce((sum, one) => sum + one, 0) / told.length
}

function isWeak(recent: readonly Measured[]): boolean {
  return (Object.keys(weakFrom) as Kind[]).some((kind) => mean(recent, kind) >= weakFrom[kind])
}

/**
 * [QUALITY-1] The worst of loss, delay, made-up sound and a picture that stands still, over the last 5 s. It falls as
 * soon as it is so and rises after 5 s without, so that the word does not flicker.
 */
export function judge(before: Judged, measured: Measured): Judged {
  const recent = [...before.recent, measured].filter(({ atMs }) => measured.atMs - atMs < windowMs)
  const [first = measured] = recent
  if (measured.atMs - first.atMs < leastMs) return { ...before, recent }
  if (isWeak(recent)) return { recent, word: 'weak', betterSinceMs: null }
  if (before.word === 'good') return { ...before, recent }
  const betterSinceMs = before.betterSinceMs ?? measured.atMs
  if (measured.atMs - betterSinceMs < windowMs) return { ...before, recent, betterSinceMs }
  return { recent, word: 'good', betterSinceMs: null }
}

/** What a link is made of now, for IT; null: the browser does not tell. */
export type LinkMake = {
  readonly way: 'direct' | 'relay' | null
  /** What the packets travel in; to a relay that may be other than between two devices. */
  readonly over: 'udp' | 'tcp' | 'tls' | null
  readonly sound: string | null
  readonly picture: {
    readonly codec: string | null
    readonly width: number
    readonly height: number
    readonly perSecond: number
  } | null
}
