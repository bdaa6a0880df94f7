/** A way that carries so much a second and lets the rest wait, with a pace that sends through it: minutes in a moment. */
import { type Echo, heard, type Pace, unpaced } from '../../src/core/scan/pace.ts'
import { mulberry32 } from '../lab/prng.ts'

export type NarrowWay = {
  /** Bits a second, by the time. */
  carries(atMs: number): number
  /** Of others, bits a second. */
  others?(atMs: number): number
  readonly rttMs: number
  readonly jitterMs?: number
}

export type Look = {
  readonly atMs: number
  readonly sentBps: number
  readonly delayMs: number
  readonly pace: Pace
}

const stepMs = 10
const echoMs = 50

/** One look for each tenth of a second. Echoes come when they come; one that is late is heard as late. */
export function send(way: NarrowWay, forMs: number, pace: Pace = unpaced, seed = 1): readonly Look[] {
  const chance = mulberry32(seed)
  let now = pace
  let waitingBits = 0
  let arrivedBytes = 0
  /** As the last echo said. */
  let toldBytes = 0
  const echoes: (Echo & { readonly comesMs: number })[] = []
  const looks: Look[] = []
  for (let atMs = 0; atMs < forMs; atMs += stepMs) {
    const carried = (way.carries(atMs) * stepMs) / 1_000
    const mine = (now.rate * 8 * stepMs) / 1_000
    const theirs = ((way.others?.(atMs) ?? 0) * stepMs) / 1_000
    const before = waitingBits
    waitingBits = Math.max(0, waitingBits + mine + theirs - carried)
    const passed = before + mine + theirs - waitingBits
    arrivedBytes += (passed * (mine / (mine + theirs))) / 8
    const delayMs = (1_000 * waitingBits) / way.carries(atMs)
    if (atMs % echoMs === 0) {
      const rttMs = way.rttMs + delayMs + chance() * (way.jitterMs ?? 2)
      echoes.push({ atMs, rttMs, bytes: arrivedBytes, isOut: false, comesMs: atMs + rttMs })
      const [oldest] = echoes
      if (oldest && atMs - oldest.atMs > way.rttMs + 150)
        now = heard(now, { atMs, rttMs: atMs - oldest.atMs, bytes: toldBytes, isOut: true })
      looks.push({ atMs, sentBps: passed * (mine / (mine + theirs)) * (1_000 / stepMs), delayMs, pace: now })
    }
    while (echoes[0] && echoes[0].comesMs <= atMs) {
      const echo = echoes.shift()
      toldBytes = arrivedBytes
      if (echo) now = heard(now, { ...echo, atMs, bytes: toldBytes })
    }
  }
  return looks
}
