/** The administrator's queue of broken glass: what is on it, and marking one as looked at. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { shortestNote } from '../protocol/glass-acts.ts'
import { type Override, overrides } from '../protocol/override.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { Override }
export { shortestNote }

export type Overrides = {
  /** Null until they are here. */
  readonly list: Signal<readonly Override[] | null>
  readonly problem: Signal<ApiFailure | null>
  load(): Promise<void>
  review(glassId: string, note: string): Promise<void>
}

export function createOverrides({ api }: Ports): Overrides {
  const list = signal<readonly Override[] | null>(null)
  const problem = signal<ApiFailure | null>(null)

  async function load(): Promise<void> {
    const answer = await api.ask('GET', '/glass', {}, overrides)
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) list.value = answer.value.overrides
  }

  return {
    list,
    problem,
    load,
    async review(glassId, note) {
      const answer = await api.ask('POST', '/glass/review', { glassId, note }, v.unknown())
      if (answer.ok) await load()
      else problem.value = answer.failure
    },
  }
}
