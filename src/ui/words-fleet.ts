/** What the fleet page says of each tablet, and of the build that tablets are brought to. */
import type { FleetNeed } from '../core/fleet.ts'
import type { BuildView, RolloutStage, RolloutView, TabletRow } from '../state/admin-tablets.ts'
import { admin } from './texts/admin.ts'
import { dateFormat } from './texts/dates.ts'
import { waysWord } from './words-admin.ts'

export const fleetWords = admin('fleet')
export const updateWords = admin('updates')
export const ringOutcomes = admin('ringOutcomes')
const needs = admin('fleetNeeds')

export type ShownNeed = Exclude<FleetNeed, { type: 'away' }>

const dayTime: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }

export function momentWord(ms: number): string {
  return dateFormat(dayTime).format(ms)
}

/** That it is away is said with its state. */
export function needWord(need: ShownNeed): string {
  return need.type === 'clock' ? needs.clock({ minutes: need.minutes }) : needs[need.type]
}

/** `builds`: those that this server has. */
export function buildWord({ health }: TabletRow, builds: readonly BuildView[]): string {
  const build = health?.build
  if (!build) return fleetWords.notTold
  const known = builds.find((one) => one.build === build)
  return known
    ? fleetWords.built({ build, date: momentWord(known.builtMs) })
    : fleetWords.unknownBuild({ build })
}

export function powerWord({ health, power }: TabletRow): string {
  const battery = health?.battery
  if (battery) return fleetWords[battery.isCharging ? 'charging' : 'draining']({ percent: battery.percent })
  if (power === null) return fleetWords.notTold
  return power === 'mains' ? fleetWords.onMains : fleetWords.onBattery
}

/** What it said of itself that needs nobody. */
export function deviceWords({ health, ways }: TabletRow): readonly string[] {
  const storage = health?.storage
  return [
    ...(health?.camera === 'granted' && health.microphone === 'granted' ? [fleetWords.allowed] : []),
    ...(storage ? [storage.isKept ? fleetWords.kept : fleetWords.notKept] : []),
    ...(storage ? [fleetWords.used({ used: storage.usedMegabytes, quota: storage.quotaMegabytes })] : []),
    ...(ways ? [waysWord(ways)] : []),
  ]
}

export function stageWord(stage: RolloutStage, tablets: readonly TabletRow[]): string {
  if (stage.type === 'all') return updateWords.everywhere
  if (stage.type === 'area') return updateWords.area({ area: stage.area })
  return updateWords.oneBed({ label: tablets.find(({ bedId }) => bedId === stage.bedId)?.label ?? '' })
}

export function rolloutWord(rollout: RolloutView, tablets: readonly TabletRow[]): string {
  const { build, before, stage, state, running, meant } = rollout
  if (state === 'stopped') return updateWords.stopped({ build })
  if (state === 'back') return updateWords.wentBack({ build, before: before ?? '' })
  if (stage.type === 'all') return updateWords.all({ build, running, meant })
  return updateWords.going({ build, running, meant, where: stageWord(stage, tablets) })
}
