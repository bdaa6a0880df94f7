/** How much of one's own picture leaves: sound comes first, and a way that carries little carries sound. */
import type { Measured } from './quality.ts'

/** `off`: nothing of it leaves, and the peer is told so; the camera itself stays as it is. */
export type PictureShare = 'full' | 'small' | 'off'

export type Sparing = {
  readonly share: PictureShare
  /** Since when the way has been too bad, or good enough, without a break. */
  readonly badSinceMs: number | null
  readonly fineSinceMs: number | null
  /** How long it has to be good before the next try; a try that failed doubles it. */
  readonly patienceMs: number
}

const smallAfterMs = 2_500
const offAfterMs = 5_000
const backAfterMs = 10_000
const longestPatienceMs = 80_000

export const unspared: Sparing = {
  share: 'full',
  badSinceMs: null,
  fineSinceMs: null,
  patienceMs: backAfterMs,
}

const bad = { lost: 0.15, uplinkBps: 150_000 }
const fine = { lost: 0.05, delayMs: 300, uplinkBps: 300_000 }

function isBad({ lostThere, uplinkBps }: Measured): boolean {
  return (lostThere ?? 0) > bad.lost || (uplinkBps ?? Number.POSITIVE_INFINITY) < bad.uplinkBps
}

/**
 * Sound alone fills no way, so that what the way would carry is not known while the picture is off: only its loss and its
 * delay say that it may be tried again, and a small picture says the rest.
 */
function isFine({ lostThere, delayMs, uplinkBps }: Measured, share: PictureShare): boolean {
  if ((lostThere ?? 0) >= fine.lost || (delayMs ?? 0) >= fine.delayMs) return false
  return share === 'off' || (uplinkBps ?? Number.POSITIVE_INFINITY) > fine.uplinkBps
}

function since(before: number | null, isSo: boolean, atMs: number): number | null {
  return isSo ? (before ?? atMs) : null
}

function hasLasted(sinceMs: number | null, atMs: number, ms: number): boolean {
  return sinceMs !== null && atMs - sinceMs >= ms
}

/**
 * [QUALITY-2] Small after 2.5 s of more than 15 % loss or less than 150 kbit/s, off after 5 s. Small again after 10 s of
 * less than 5 % and no delay, whole after 10 s more with 300 kbit/s.
 */
export function spare(before: Sparing, measured: Measured): Sparing {
  const { atMs } = measured
  const { share, patienceMs } = before
  const now: Sparing = {
    ...before,
    badSinceMs: since(before.badSinceMs, isBad(measured), atMs),
    fineSinceMs: since(before.fineSinceMs, isFine(measured, share), atMs),
  }
  if (share === 'off') {
    if (!hasLasted(now.fineSinceMs, atMs, patienceMs)) return now
    return { ...unspared, share: 'small', patienceMs: Math.min(2 * patienceMs, longestPatienceMs) }
  }
  if (hasLasted(now.badSinceMs, atMs, offAfterMs)) return { ...unspared, share: 'off', patienceMs }
  if (share === 'full')
    return hasLasted(now.badSinceMs, atMs, smallAfterMs) ? { ...now, share: 'small' } : now
  return hasLasted(now.fineSinceMs, atMs, backAfterMs) ? unspared : now
}
