/** The administrator's page of the server: what somebody has to do about it. */
import { type Signal, signal } from '@preact/signals'
import { type Alert, type KeepingAnswer, keepingAnswer } from '../protocol/keeping.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { Alert, KeepingAnswer }

export type AdminKeeping = {
  /** Null until the server said it. */
  readonly keeping: Signal<KeepingAnswer | null>
  readonly failure: Signal<ApiFailure | null>
  look(): Promise<void>
}

export function createAdminKeeping({ api }: Pick<Ports, 'api'>): AdminKeeping {
  const keeping = signal<KeepingAnswer | null>(null)
  const failure = signal<ApiFailure | null>(null)
  return {
    keeping,
    failure,
    async look() {
      const answer = await api.ask('GET', '/keeping', {}, keepingAnswer)
      // "Nothing to do" of before must not stand there when nobody knows.
      keeping.value = answer.ok ? answer.value : null
      failure.value = answer.ok ? null : answer.failure
    },
  }
}
