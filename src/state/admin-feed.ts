/** The page of the hospital's record: whether it is heard, and each difference with the two ways to decide it. */
import { type Signal, signal } from '@preact/signals'
import type { AdmissionRefusal } from '../protocol/admission.ts'
import { type FeedAnswer, type FeedDifference, feedAnswer, feedDecided } from '../protocol/adt.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { FeedAnswer, FeedDifference }

export type AdminFeed = {
  /** Null until the server said it. */
  readonly feed: Signal<FeedAnswer | null>
  readonly failure: Signal<ApiFailure | AdmissionRefusal | null>
  load(): Promise<void>
  decide(saysId: string, take: 'hospital' | 'ours'): Promise<void>
}

export function createAdminFeed({ api }: Pick<Ports, 'api'>): AdminFeed {
  const feed = signal<FeedAnswer | null>(null)
  const failure = signal<ApiFailure | AdmissionRefusal | null>(null)

  async function load(): Promise<void> {
    const answer = await api.ask('GET', '/adt', {}, feedAnswer)
    if (answer.ok) feed.value = answer.value
    else failure.value = answer.failure
  }

  return {
    feed,
    failure,
    async load() {
      failure.value = null
      await load()
    },
    /** What was decided meanwhile by somebody else is gone from the list, and the list says so. */
    async decide(saysId, take) {
      const answer = await api.ask('POST', '/adt/decide', { saysId, take }, feedDecided)
      failure.value = answer.ok ? answer.value.refusal : answer.failure
      await load()
    },
  }
}
