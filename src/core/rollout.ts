/** Which build each tablet is meant to run, while an administrator brings a new one from one bed to all (UPDATE). */
import type { RolloutRequest, RolloutStage } from '../protocol/rollout.ts'
import type { UpdateFailed, UpdateFailure } from '../protocol/update.ts'

export type Rollout = {
  readonly number: number
  readonly build: string
  /** What everybody was meant to run before it; null: nothing that this server knows. */
  readonly before: string | null
  readonly stage: RolloutStage
  readonly state: 'going' | 'stopped' | 'back'
  readonly failed: { readonly bedId: string; readonly why: UpdateFailure } | null
}

/** A bed's tablet. `build`: what it runs, as it last said; `isHere`: it is connected. */
export type RolloutTablet = {
  readonly bedId: string
  readonly area: string | null
  readonly build: string | null
  readonly isHere: boolean
}

export type Decided = { readonly next: Rollout } | { readonly refused: 'not-found' | 'conflict' }

const everywhere: RolloutStage = { type: 'all' }

/** All tablets at once: by the first build there is, by a wire that leaves no choice, or where nobody wants to be asked. */
export function rolledOut(build: string, last: Rollout | null): Rollout {
  const before = last && standardOf(last)
  return { number: (last?.number ?? 0) + 1, build, before, stage: everywhere, state: 'going', failed: null }
}

/** What tablets run that nobody chose for the roll-out. */
export function standardOf({ state, stage, build, before }: Rollout): string {
  return state === 'going' && stage.type === 'all' ? build : (before ?? build)
}

function isIn(stage: RolloutStage, { bedId, area }: Pick<RolloutTablet, 'bedId' | 'area'>): boolean {
  if (stage.type === 'all') return true
  return stage.type === 'bed' ? stage.bedId === bedId : stage.area === area
}

/** [UPDATE-1] Null: it stays with what it runs. */
export function meantFor(rollout: Rollout, tablet: Pick<RolloutTablet, 'bedId' | 'area'>): string | null {
  if (rollout.state === 'stopped') return null
  return rollout.state === 'going' && isIn(rollout.stage, tablet) ? rollout.build : standardOf(rollout)
}

export function tabletsIn<T extends RolloutTablet>({ stage }: Rollout, tablets: readonly T[]): T[] {
  return tablets.filter((tablet) => isIn(stage, tablet))
}

/** [UPDATE-2] One tablet at least runs it, and of those that are here every one. */
export function isThrough(rollout: Rollout, tablets: readonly RolloutTablet[]): boolean {
  const here = tabletsIn(rollout, tablets).filter(({ isHere }) => isHere)
  return here.length > 0 && here.every(({ build }) => build === rollout.build)
}

/** Null: there is none, or this one is not through. */
export function nextStage(rollout: Rollout, tablets: readonly RolloutTablet[]): RolloutStage | null {
  const { stage, state } = rollout
  if (state !== 'going' || stage.type === 'all' || !isThrough(rollout, tablets)) return null
  if (stage.type === 'area') return everywhere
  const area = tablets.find(({ bedId }) => bedId === stage.bedId)?.area ?? null
  const isPart = area !== null && tablets.some((tablet) => tablet.area !== area)
  return isPart ? { type: 'area', area } : everywhere
}

/** `fitting`: builds that are there and speak the server's wire. */
export function decideRollout(
  rollout: Rollout,
  asked: RolloutRequest,
  tablets: readonly RolloutTablet[],
  fitting: readonly string[],
): Decided {
  if (asked.act === 'begin') return begin(rollout, asked, tablets, fitting)
  // Whoever presses saw another one: what they meant is not known.
  if (asked.number !== rollout.number) return { refused: 'conflict' }
  if (asked.act === 'wider') {
    const stage = nextStage(rollout, tablets)
    return stage ? { next: { ...rollout, stage } } : { refused: 'conflict' }
  }
  if (asked.act === 'stop')
    return rollout.state === 'going' ? { next: { ...rollout, state: 'stopped' } } : { refused: 'conflict' }
  return mayGoBack(rollout, fitting) ? { next: { ...rollout, state: 'back' } } : { refused: 'conflict' }
}

export function mayGoBack({ before, state }: Rollout, fitting: readonly string[]): boolean {
  return state !== 'back' && before !== null && fitting.includes(before)
}

function begin(
  rollout: Rollout,
  { build, bedId }: Extract<RolloutRequest, { act: 'begin' }>,
  tablets: readonly RolloutTablet[],
  fitting: readonly string[],
): Decided {
  if (!fitting.includes(build) || !tablets.some((tablet) => tablet.bedId === bedId))
    return { refused: 'not-found' }
  const before = standardOf(rollout)
  // While one goes on there is no saying which tablets run what; stop it first.
  const isOpen = rollout.state === 'going' && rollout.stage.type !== 'all'
  if (isOpen || before === build) return { refused: 'conflict' }
  const stage = { type: 'bed', bedId } as const
  return { next: { number: rollout.number + 1, build, before, stage, state: 'going', failed: null } }
}

/** [UPDATE-4] It stops by itself. What is said of another roll-out changes nothing. */
export function failedAt(rollout: Rollout, bedId: string, said: UpdateFailed): Rollout {
  if (said.number !== rollout.number || rollout.failed !== null) return rollout
  const failed = { bedId, why: said.why }
  return { ...rollout, failed, state: rollout.state === 'going' ? 'stopped' : rollout.state }
}

/** [UPDATE-6] Nobody needs the tablet, and nobody has touched it for so long. */
export function mayTake(isFree: boolean, untouchedMs: number, idleMs: number): boolean {
  return isFree && untouchedMs >= idleMs
}
