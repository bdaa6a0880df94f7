/** What a tablet's own word about itself means: what is worth saying, and what a nurse is told to do about it. Rules are ALIVE-n in SPEC.md. */
import type { BedReport, TabletTrouble } from '../protocol/people.ts'
import type { TabletHealth, ToldHealth } from '../protocol/tablet-health.ts'

/** Below it, and off its charger, somebody is asked to plug a tablet in. */
const lowPercent = 20
/** A battery that merely runs down is told in steps of so much. */
const stepPercent = 5
/** Times on its screen are the server's; what its own clock dates, and whose certificates it believes, is not. */
const clockOffMs = 5 * 60_000

/** What is known of a tablet now. `isSilent`: its page says nothing, though its browser answers. */
export type TabletNow = {
  readonly isHere: boolean
  readonly isSilent: boolean
  readonly report: BedReport | null
  readonly health: ToldHealth | null
}

/** [ALIVE-2] The most urgent of what is wrong; null: nothing is, as far as is known. */
export function troubleOf({ isHere, isSilent, report, health }: TabletNow): TabletTrouble | null {
  // Of one that is gone only this may be why (ALIVE-3).
  if (!isHere) return isRunningOut(health) ? 'battery' : null
  const troubles: Record<TabletTrouble, boolean> = {
    // A page that is not seen is slowed down by its browser: that is told by `asleep`.
    silent: isSilent && health?.awake !== 'lost',
    camera: health?.camera === 'denied',
    microphone: health?.microphone === 'denied',
    start: report?.start === 'waits',
    sound: report?.sound === 'blocked',
    battery: isRunningOut(health),
    asleep: health?.awake === 'lost',
    clock: isClockWrong(health),
  }
  return inOrder.find((trouble) => troubles[trouble]) ?? null
}

/** What cannot ring at all first, then what cannot be heard, then what may soon be gone. */
const inOrder: readonly TabletTrouble[] = [
  'silent',
  'camera',
  'microphone',
  'start',
  'sound',
  'battery',
  'asleep',
  'clock',
]

/** [ALIVE-3] Below 20 % and off its charger. */
export function isRunningOut(health: TabletHealth | null): boolean {
  const battery = health?.battery ?? null
  return battery !== null && !battery.isCharging && battery.percent < lowPercent
}

/** [ALIVE-4] By the server's clock at the moment when it was told. */
export function isClockWrong(health: ToldHealth | null): boolean {
  return health !== null && Math.abs(health.clockMs - health.toldMs) > clockOffMs
}

/** [ALIVE-1] Whether it is worth a message at once; what a clock and a store do all the time is not. */
export function isNews(before: TabletHealth, now: TabletHealth): boolean {
  return (
    before.build !== now.build ||
    before.camera !== now.camera ||
    before.microphone !== now.microphone ||
    before.awake !== now.awake ||
    before.storage?.isKept !== now.storage?.isKept ||
    isBatteryNews(before, now)
  )
}

function isBatteryNews(before: TabletHealth, now: TabletHealth): boolean {
  if (before.battery === null || now.battery === null) return before.battery !== now.battery
  if (before.battery.isCharging !== now.battery.isCharging) return true
  if (isRunningOut(before) !== isRunningOut(now)) return true
  return Math.abs(before.battery.percent - now.battery.percent) >= stepPercent
}
