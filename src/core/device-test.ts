/** What the test of somebody's own device means to whoever is about to ring them. */
import type { DeviceTest } from '../protocol/visit-messages.ts'

/** `sound-only`: they are heard and not seen. `silent`: the microphone is open and nothing came out of it. */
export const usables = ['works', 'sound-only', 'silent', 'no-microphone', 'untested'] as const
export type Usable = (typeof usables)[number]

export function usableBy(test: DeviceTest | null): Usable {
  if (!test || test.microphone === 'skipped') return 'untested'
  if (test.microphone === 'silent') return 'silent'
  if (test.microphone !== 'heard') return 'no-microphone'
  return test.camera === 'works' ? 'works' : 'sound-only'
}

/** `detour`: packets pass by another way than the usual one. `no-way`: by none that was tried. */
export const remarks = ['deaf', 'slow', 'detour', 'no-way'] as const
export type Remark = (typeof remarks)[number]

/** Below this, in either direction, a picture comes with gaps. */
const slowKbps = 300

export function remarksOn(test: DeviceTest | null): Remark[] {
  if (!test) return []
  const { speaker, downKbps, upKbps } = test
  const isSlow = [downKbps, upKbps].some((kbps) => kbps !== null && kbps < slowKbps)
  const way = wayRemark(test)
  return [
    ...(speaker === 'not-heard' ? (['deaf'] as const) : []),
    ...(isSlow ? (['slow'] as const) : []),
    ...(way ? [way] : []),
  ]
}

function wayRemark({ ways }: DeviceTest): Remark | null {
  const tried = Object.values(ways)
  if (tried.length > 0 && tried.every((state) => state === 'closed')) return 'no-way'
  return ways.udp === 'closed' ? 'detour' : null
}
