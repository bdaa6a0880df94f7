/** What the PACS has of one patient, as a person looks through it and fetches a series of it. */
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { PacsSeries, PacsStudy } from '../protocol/pacs.ts'
import type { Result } from './ports.ts'
import type { PacsFound, PacsPort, PacsTrouble, ScanSource } from './scan-ports.ts'

export type { PacsFound, PacsSeries, PacsStudy, PacsTrouble }

export type Asked<T> =
  | { readonly type: 'asking' }
  | { readonly type: 'found'; readonly found: T }
  | { readonly type: 'failed'; readonly why: PacsTrouble }

/** One series on its way, or how that ended. `of`: as many as the PACS says there are, where it says so. */
export type Fetching = {
  readonly series: string
  readonly images: number
  readonly of: number | null
  readonly bytes: number
  readonly state:
    | { readonly type: 'coming' }
    | { readonly type: 'done'; readonly missing: number }
    | { readonly type: 'failed'; readonly why: PacsTrouble }
}

export type ScanPacs = {
  readonly studies: ReadonlySignal<Asked<PacsFound>>
  /** The study whose series are shown, by its UID. */
  readonly study: ReadonlySignal<string | null>
  readonly series: ReadonlySignal<Asked<readonly PacsSeries[]>>
  readonly fetching: ReadonlySignal<Fetching | null>
  /** Asks what there is, again. */
  ask(): Promise<void>
  /** Shows the series of one study; of none with null. */
  show(study: string | null): Promise<void>
  /** Fetches a series of the study that is shown. Resolves when it came or did not. */
  fetch(series: PacsSeries): Promise<void>
  /** What came before stays with the viewer. */
  stop(): void
}

/** The first image is handed over at once, the others so many at a time. */
const handful = 25

type Hands = ReturnType<typeof createHands>

/** The first at once, so that there is something to see. */
function createHands(open: (sources: readonly ScanSource[]) => void) {
  let held: ScanSource[] = []
  let images = 0

  function empty(): void {
    if (held.length > 0) open(held)
    held = []
  }

  function take(source: ScanSource): number {
    held.push(source)
    images += 1
    if (images === 1 || held.length === handful) empty()
    return images
  }

  return { take, empty }
}

/** `open`: hands images to the viewer, as they come. Of one stay: for another patient another one is made (HZ-1). */
export function createScanPacs(
  port: PacsPort,
  admissionId: string,
  open: (sources: readonly ScanSource[]) => void,
): ScanPacs {
  const studies = signal<Asked<PacsFound>>({ type: 'asking' })
  const study = signal<string | null>(null)
  const series = signal<Asked<readonly PacsSeries[]>>({ type: 'asking' })
  const fetching = signal<Fetching | null>(null)
  let under: { readonly control: AbortController; readonly hands: Hands } | null = null
  let turn = 0

  /** Somebody who stopped it knows that; what was counted is handed over. */
  function stop(): void {
    under?.control.abort()
    under?.hands.empty()
    under = null
    fetching.value = null
  }

  return {
    studies,
    study,
    series,
    fetching,
    stop,
    async ask() {
      turn += 1
      const mine = turn
      studies.value = { type: 'asking' }
      const answer = asked(await port.studies(admissionId))
      if (mine === turn) studies.value = answer
    },
    async show(chosen) {
      batch(() => {
        study.value = chosen
        series.value = { type: 'asking' }
      })
      if (chosen === null) return
      const answer = asked(await port.series(admissionId, chosen))
      if (study.peek() === chosen) series.value = answer
    },
    async fetch({ series: chosen, images: of }) {
      const shown = study.peek()
      if (shown === null) return
      stop()
      const hands = createHands(open)
      const mine = { control: new AbortController(), hands }
      under = mine
      const note = (change: Partial<Fetching>) => {
        const now = fetching.peek()
        if (under === mine && now) fetching.value = { ...now, ...change }
      }
      fetching.value = { series: chosen, images: 0, of, bytes: 0, state: { type: 'coming' } }
      const ended = await port.open(
        { admissionId, study: shown, series: chosen },
        {
          came: (source) => void (under === mine && note({ images: hands.take(source) })),
          progress: (bytes) => note({ bytes }),
        },
        mine.control.signal,
      )
      // What comes late is of something that nobody waits for any more.
      if (under !== mine) return
      hands.empty()
      note({ state: ended.ok ? { type: 'done', ...ended.value } : { type: 'failed', why: ended.failure } })
    },
  }
}

function asked<T>(answer: Result<T, PacsTrouble>): Asked<T> {
  return answer.ok ? { type: 'found', found: answer.value } : { type: 'failed', why: answer.failure }
}
