/** The administrator's page of the ward: its name and its beds. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { readBedLabels } from '../core/bed-labels.ts'
import { type Interpreting, interpretingRequest } from '../protocol/interpreting.ts'
import { type WardPlan, wardPlan } from '../protocol/ward.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type WardProblem = ApiFailure | 'not-labels' | 'bed-known' | 'no-such-bed' | 'not-interpreting'

export type AdminWard = {
  /** Null until the server said it. */
  readonly plan: Signal<WardPlan | null>
  readonly problem: Signal<WardProblem | null>
  load(): Promise<void>
  /** Takes a list such as `1-8, 12A`. True: they are on the board. */
  addBeds(typed: string): Promise<boolean>
  rename(name: string): Promise<boolean>
  /** Takes beds as `addBeds` does; an empty room: nobody knows in which they stand. */
  setRoom(typed: string, room: string): Promise<boolean>
  /** The same of the ward that they are of, where one board shows several. */
  setArea(typed: string, area: string): Promise<boolean>
  setOverrides(overrides: WardPlan['overrides']): Promise<boolean>
  /** Sets who interprets one language, instead of who did. */
  setInterpreting(said: Interpreting): Promise<boolean>
  dropInterpreting(language: string): Promise<boolean>
  /** Sets one duty; without an id it is a new one. */
  setDuty(said: {
    readonly dutyId: string | null
    readonly name: string
    readonly nextId: string | null
  }): Promise<boolean>
  raiseDuty(dutyId: string): Promise<boolean>
  dropDuty(dutyId: string): Promise<boolean>
}

export function createAdminWard({ api, page }: Ports): AdminWard {
  const plan = signal<WardPlan | null>(null)
  const problem = signal<WardProblem | null>(null)

  async function ask(method: 'GET' | 'POST', path: string, said: Readonly<Record<string, unknown>>) {
    const answer = await api.ask(method, path, said, wardPlan)
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) plan.value = answer.value
    return answer.ok
  }

  async function setPlace(
    typed: string,
    path: string,
    place: Readonly<Record<string, string | null>>,
  ): Promise<boolean> {
    const labels = readBedLabels(typed)
    if (labels === null) {
      problem.value = 'not-labels'
      return false
    }
    const isDone = await ask('POST', path, { labels, ...place })
    if (problem.value === 'not-found') problem.value = 'no-such-bed'
    return isDone
  }

  return {
    plan,
    problem,
    async load() {
      await ask('GET', '/ward', {})
    },
    async addBeds(typed) {
      const labels = readBedLabels(typed)
      if (labels === null) {
        problem.value = 'not-labels'
        return false
      }
      const isDone = await ask('POST', '/ward/beds', { labels })
      if (problem.value === 'conflict') problem.value = 'bed-known'
      return isDone
    },
    setRoom: (typed, room) => setPlace(typed, '/ward/room', { room: room.trim() || null }),
    setArea: (typed, area) => setPlace(typed, '/ward/area', { area: area.trim() || null }),
    async setInterpreting(said) {
      if (!v.is(interpretingRequest, said)) {
        problem.value = 'not-interpreting'
        return false
      }
      return await ask('POST', '/ward/interpreting', said)
    },
    dropInterpreting: (language) => ask('POST', '/ward/interpreting/drop', { language }),
    setDuty: ({ dutyId, name, nextId }) =>
      ask('POST', '/ward/duty', { dutyId: dutyId ?? page.newId(), name: name.trim(), nextId }),
    raiseDuty: (dutyId) => ask('POST', '/ward/duty/up', { dutyId }),
    dropDuty: (dutyId) => ask('POST', '/ward/duty/drop', { dutyId }),
    setOverrides: (overrides) => ask('POST', '/ward/overrides', { overrides }),
    rename: (name) => ask('POST', '/ward/name', { name }),
  }
}
