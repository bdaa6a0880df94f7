/** A tablet takes the build that it is told to run when nobody needs it, and says where that failed (UPDATE-6). */
import { type ReadonlySignal, signal } from '@preact/signals'
import { mayTake } from '../core/rollout.ts'
import type { UpdateFailure, UpdateOffer } from '../protocol/update.ts'
import type { ClientMessage } from '../protocol/wire.ts'
import type { BuildsPort, Clock } from './ports.ts'

export type Updating = {
  /** The server has heard this tablet: it is Ready by the build that it runs. */
  welcomed(): void
  offered(offer: UpdateOffer): void
  /** `waits`: another build is to be taken, as soon as nobody needs this tablet. */
  readonly next: ReadonlySignal<'none' | 'waits'>
  /** Whoever stands there does not want to wait until nobody has touched it for a while; no call is cut for it. */
  hurry(): void
}

export type UpdatingParts = {
  readonly clock: Pick<Clock, 'after'>
  readonly builds: BuildsPort
  /** No call, no ring, no open request, no question. */
  readonly isFree: () => boolean
  readonly say: (message: ClientMessage) => void
}

/** So often in the time that nobody may have touched it. */
const looks = 12

export function createUpdating({ clock, builds, isFree, say }: UpdatingParts): Updating {
  /** The newest offer counts, and each of them once. */
  let newest: UpdateOffer | null = null
  /** A roll-out whose files could not be kept; it is not tried twice. */
  let unkept: number | null = null
  /** Another build than this page's would be loaded next. */
  let isChanged = false
  let own: string | null = null
  let isTold = false
  let isHurried = false
  const next = signal<'none' | 'waits'>('none')

  function mayTakeNow({ idleMs }: UpdateOffer): boolean {
    return mayTake(isFree(), isHurried ? idleMs : builds.untouchedMs(), idleMs)
  }

  /** [UPDATE-6] Resolves when nobody has needed this tablet for so long, or another offer came meanwhile. */
  async function idle(offer: UpdateOffer): Promise<void> {
    while (newest === offer && !mayTakeNow(offer))
      await new Promise<void>((then) => {
        clock.after(offer.idleMs / looks, then)
      })
  }

  async function take(offer: UpdateOffer): Promise<void> {
    own ??= await builds.own()
    if (own === null || own === offer.build) return await stay(offer)
    const failure = await failureOf(offer)
    if (failure) return sayFailed(offer, failure)
    if (newest === offer) next.value = 'waits'
    await idle(offer)
    if (newest !== offer) return
    if ((await builds.install(offer)) === 'failed') {
      unkept = offer.number
      return sayFailed(offer, 'files')
    }
    isChanged = true
    // It took its time: somebody may have come, or another word.
    await idle(offer)
    if (newest === offer) builds.reload()
    else if (newest?.build === own) await stay(newest)
  }

  /** What was installed meanwhile is not to be what the next load brings. */
  async function stay(offer: UpdateOffer): Promise<void> {
    if (!isChanged) return
    isChanged = false
    await builds.install(offer)
  }

  /** Why this roll-out failed here before. */
  async function failureOf({ build, number }: UpdateOffer): Promise<UpdateFailure | null> {
    if (unkept === number) return 'files'
    const failed = await builds.lastFailed()
    return failed?.build === build && failed.number === number ? 'not-ready' : null
  }

  function sayFailed(offer: UpdateOffer, why: UpdateFailure): void {
    if (newest === offer) next.value = 'none'
    const { build, number } = offer
    say({ type: 'update.failed', build, number, why })
  }

  async function told(): Promise<void> {
    if (!isTold) await builds.sayReady()
    isTold = true
  }

  return {
    next,
    hurry() {
      isHurried = true
    },
    welcomed: () => void told().catch(() => {}),
    offered(offer) {
      if (newest?.build === offer.build && newest.number === offer.number) return
      newest = offer
      isHurried = false
      next.value = 'none'
      take(offer).catch(() => {})
    },
  }
}
