/**
 * How long the call's own way takes while files travel beside it. Asked on the call's link, because that is where voices
 * would wait; the second connection's statistics know its round trip by a check every few seconds, too late to yield.
 */
import { heard, type Pace } from '../../core/scan/pace.ts'
import type { Clock } from '../../state/ports.ts'

/** One that is not answered by so much more than the shortest is as good as heard: late. */
const lateMs = 150

export type Echoes = {
  /** Asks once more; what is late counts as it is. */
  ask(pace: Pace): Pace
  heard(pace: Pace, number: number, bytes: number): Pace
  /** Bytes that arrived over all connections, as far as the other end told. */
  arrived(): number
  /** Of another connection nothing has arrived yet. */
  clear(): void
}

export function createEchoes(clock: Clock, say: (number: number) => boolean): Echoes {
  let number = 0
  let asked: readonly { readonly number: number; readonly atMs: number }[] = []
  let [before, here] = [0, 0]

  return {
    ask(pace) {
      const nowMs = clock.upMs()
      const [oldest] = asked
      number += 1
      if (say(number)) asked = [...asked.slice(-200), { number, atMs: nowMs }]
      const baseMs = Math.min(pace.shortest.nowMs, pace.shortest.beforeMs)
      const ageMs = oldest ? nowMs - oldest.atMs : 0
      return ageMs > baseMs + lateMs
        ? heard(pace, { atMs: nowMs, rttMs: ageMs, bytes: before + here, isOut: true })
        : pace
    },
    heard(pace, told, bytes) {
      const one = asked.find((each) => each.number === told)
      if (!one) return pace
      // Whatever was asked before it is lost, or late and of no more use.
      asked = asked.filter((each) => each.number > told)
      here = Math.max(here, bytes)
      const atMs = clock.upMs()
      return heard(pace, { atMs, rttMs: atMs - one.atMs, bytes: before + here, isOut: false })
    },
    arrived: () => before + here,
    clear() {
      asked = []
      before += here
      here = 0
    },
  }
}
