/** What of a tablet needs somebody who walks to it, or who looks after it from afar (FLEET). */
import type { RingTest, TabletRow } from '../protocol/tablet-list.ts'
import { isClockWrong, isRunningOut } from './tablet-health.ts'

export type FleetNeed =
  | { readonly type: 'away' }
  | { readonly type: 'sound' | 'camera' | 'microphone' | 'awake' | 'wipe' | 'battery' }
  | { readonly type: 'clock'; readonly minutes: number }

/** [FLEET-2] A bed without a tablet needs nobody here. What stands between bed and tablet is `state`'s to say. */
export function needsOf({ state, offlineSinceMs, sound, isWiped, health }: TabletRow): readonly FleetNeed[] {
  if (state === 'none') return []
  const needs: FleetNeed[] = []
  if (offlineSinceMs !== null) needs.push({ type: 'away' })
  if (!isWiped) needs.push({ type: 'wipe' })
  if (offlineSinceMs === null && sound === 'blocked') needs.push({ type: 'sound' })
  if (health?.camera === 'denied') needs.push({ type: 'camera' })
  if (health?.microphone === 'denied') needs.push({ type: 'microphone' })
  if (health?.awake === 'lost') needs.push({ type: 'awake' })
  if (isRunningOut(health)) needs.push({ type: 'battery' })
  if (health && isClockWrong(health))
    needs.push({ type: 'clock', minutes: Math.round(Math.abs(health.clockMs - health.toldMs) / 60_000) })
  return needs
}

/** Anything at all for which somebody is needed. */
export function isNeedy(tablet: TabletRow): boolean {
  const isUnbound = tablet.state !== 'none' && tablet.state !== 'bound'
  return isUnbound || tablet.waits || needsOf(tablet).length > 0
}

export type FleetCounts = { readonly here: number; readonly all: number; readonly needy: number }

export function countsOf(tablets: readonly TabletRow[]): FleetCounts {
  const there = tablets.filter(({ state }) => state !== 'none')
  const here = there.filter(({ offlineSinceMs }) => offlineSinceMs === null)
  return { here: here.length, all: there.length, needy: tablets.filter(isNeedy).length }
}

/** `isAlone`: the curtain is drawn. `atNight`: whoever asks knows that it is an hour of quiet. */
export type RingTestAt = {
  readonly isHere: boolean
  readonly isIdle: boolean
  readonly isAlone: boolean
  readonly isQuiet: boolean
  readonly atNight: boolean
}

/** [FLEET-1] It is a noise at somebody's bed (HZ-15). */
export function ringTestOf({ isHere, isIdle, isAlone, isQuiet, atNight }: RingTestAt): RingTest['outcome'] {
  if (!isHere) return 'away'
  if (!isIdle) return 'busy'
  if (isAlone) return 'privacy'
  return isQuiet && !atNight ? 'quiet' : 'played'
}
