/** What staff see and do behind the staff code: how this tablet is, and how it leaves its bed (HZ-6, HZ-11, HZ-14). */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { WaysFound } from '../core/ways.ts'
import type { SettingsMessage } from '../protocol/staff-code.ts'
import type { Kept } from './patient-plan.ts'
import type { Clock, CommonPorts, HealthPort, SeenHealth, StaffDoorPort } from './ports.ts'
import type { Readiness } from './readiness.ts'
import type { Updating } from './updating.ts'

/** Asked twice, since nobody can be called by it afterwards; `failed`: something of the patient could not be destroyed. */
export type Leaving = 'no' | 'asked' | 'asked-again' | 'goes' | 'failed'

export type SettingsPage = {
  /** What the browser says of this tablet; null: nothing yet. */
  readonly seen: ReadonlySignal<SeenHealth | null>
  /** The ways to the relay; null while they are tried. */
  readonly ways: ReadonlySignal<WaysFound | null>
  readonly update: ReadonlySignal<'none' | 'waits' | 'hurried'>
  readonly leaving: ReadonlySignal<Leaving>
  /** Looks now and again, until the answer is called. */
  watch(): () => void
  loadAnew(): void
  takeUpdate(): void
  askToLeave(): void
  /** A further yes; the second one does it. */
  confirmLeaving(): void
  keepBed(): void
}

export type SettingsPageParts = {
  readonly clock: Pick<Clock, 'after'>
  readonly readiness: ReadonlySignal<Readiness>
  readonly health: () => Promise<HealthPort>
  readonly findWays: () => Promise<WaysFound>
  readonly builds: CommonPorts['page']['builds']
  readonly updating: () => Promise<Updating> | undefined
  readonly say: (message: SettingsMessage) => void
  readonly forgetPatient: () => Promise<readonly Kept[]>
  readonly staffDoor: () => Promise<StaffDoorPort>
}

/** Something that was just put right is seen to be. */
const lookMs = 3_000
/** The server sends a tablet away that says it leaves; longer than this nobody waits for it. */
const heardMs = 5_000

/** Whether the server hears this tablet. */
export function isHeard({ type }: Readiness): boolean {
  return type === 'ready' || type === 'uncertified'
}

export function createSettingsPage(parts: SettingsPageParts): SettingsPage {
  const { clock, readiness, say } = parts
  const seen = signal<SeenHealth | null>(null)
  const ways = signal<WaysFound | null>(null)
  const update = signal<'none' | 'waits' | 'hurried'>('none')
  const leaving = signal<Leaving>('no')

  async function look(): Promise<void> {
    const port = await parts.health()
    seen.value = await port.look()
  }

  async function followUpdate(): Promise<() => void> {
    const part = await parts.updating()
    const take = (next: 'none' | 'waits') => {
      if (next === 'none' || update.peek() === 'none') update.value = next
    }
    return part?.next.subscribe(take) ?? (() => {})
  }

  function watch(): () => void {
    let stop = () => {}
    let isOver = false
    const again = (): void => {
      look().catch(() => {})
      stop = clock.after(lookMs, again)
    }
    again()
    ways.value = null
    parts.findWays().then(
      (found) => {
        ways.value = found
      },
      () => {},
    )
    const following = followUpdate().catch(() => () => {})
    void following.then((end) => isOver && end())
    return () => {
      isOver = true
      stop()
      leaving.value = 'no'
      void following.then((end) => end())
    }
  }

  /** Resolves when the server has sent this tablet away, or will not be waited for. */
  function heard(): Promise<void> {
    return new Promise((then) => {
      const stop = readiness.subscribe(({ type }) => type === 'revoked' && then())
      clock.after(heardMs, () => {
        stop()
        then()
      })
    })
  }

  /** [CODE-5] The patient's first, whether or not anybody hears of it; the tablet's own key last. */
  async function leave(): Promise<void> {
    const gone = [...(await parts.forgetPatient())]
    if (isHeard(readiness.peek())) {
      say({ type: 'bed.leave' })
      await heard()
      gone.push(...(await parts.forgetPatient()))
    }
    if (gone.some((kept) => kept !== 'clean')) throw new Error('not all of it is gone')
    await (await parts.staffDoor()).forgetTablet()
    await loadAnew()
  }

  async function loadAnew(): Promise<void> {
    const builds = await parts.builds()
    builds.reload()
  }

  return {
    ...{ seen, ways, update, leaving, watch },
    loadAnew: () => void loadAnew().catch(() => {}),
    takeUpdate() {
      update.value = 'hurried'
      void parts.updating()?.then((part) => part.hurry())
    },
    askToLeave() {
      leaving.value = 'asked'
    },
    keepBed() {
      if (leaving.peek() !== 'goes') leaving.value = 'no'
    },
    confirmLeaving() {
      const now = leaving.peek()
      if (now === 'asked') leaving.value = 'asked-again'
      if (now !== 'asked-again') return
      leaving.value = 'goes'
      leave().catch(() => {
        leaving.value = 'failed'
      })
    },
  }
}
