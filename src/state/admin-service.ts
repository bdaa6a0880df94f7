/** The administrator's page of the service: how calls went in the time that was chosen. */
import { type Signal, signal } from '@preact/signals'
import {
  type ServiceAnswer,
  type ServiceLevels,
  type ServicePeriod,
  serviceAnswer,
  servicePeriods,
} from '../protocol/service.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { ServiceAnswer, ServiceLevels, ServicePeriod }
export { servicePeriods }

export type AdminService = {
  readonly days: Signal<ServicePeriod>
  /** Of the chosen time; null until the server said it. */
  readonly service: Signal<ServiceAnswer | null>
  readonly failure: Signal<ApiFailure | null>
  choose(days: ServicePeriod): Promise<void>
  print(): void
}

export function createAdminService({ api, page }: Pick<Ports, 'api' | 'page'>): AdminService {
  const days = signal<ServicePeriod>('7')
  const service = signal<ServiceAnswer | null>(null)
  const failure = signal<ApiFailure | null>(null)

  return {
    days,
    service,
    failure,
    async choose(wanted) {
      // What stands there is of another time, or older than what is asked for.
      days.value = wanted
      service.value = null
      const answer = await api.ask('GET', '/service-levels', { days: wanted }, serviceAnswer)
      // Only the answer to the last question counts.
      if (days.value !== wanted) return
      service.value = answer.ok ? answer.value : null
      failure.value = answer.ok ? null : answer.failure
    },
    print: () => page.print(),
  }
}
