/** Calendar links, keys of other programs and calendar files, as a person sees and handles them. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import {
  type Feed,
  feedList,
  type IcsRefusal,
  type ImportAnswer,
  type ImportItem,
  type ImportSkip,
  type Integration,
  importAnswer,
  integrationList,
  madeFeed,
  madeIntegration,
} from '../protocol/plan-share.ts'
import type { ApiFailure, ApiPort } from './ports.ts'

export type { Feed, IcsRefusal, ImportAnswer, ImportItem, ImportSkip, Integration }

type Asking = Pick<ApiPort, 'ask'>

/** How long a link is good for; whoever needs it longer makes a new one. */
const linkDays = 180

/** `made`: the address of the link that was just made, shown this once. */
export type Links = {
  readonly list: Signal<readonly Feed[] | null>
  readonly made: Signal<string | null>
  readonly problem: Signal<ApiFailure | null>
  load(): Promise<void>
  make(name: string): Promise<void>
  revoke(feedId: string): Promise<void>
}

/** One's own, or the ward's, in the language of whoever makes them. */
export function createLinks(api: Asking, whose: 'own' | 'ward', language: ReadonlySignal<string>): Links {
  const path = whose === 'own' ? '/plan/feeds' : '/plan/feeds/ward'
  const list = signal<readonly Feed[] | null>(null)
  const made = signal<string | null>(null)
  const problem = signal<ApiFailure | null>(null)

  async function load(): Promise<void> {
    const answer = await api.ask('GET', path, {}, feedList)
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) list.value = answer.value.feeds
  }

  return {
    list,
    made,
    problem,
    load,
    async make(name) {
      const answer = await api.ask('POST', path, { name, days: linkDays, language: language.value }, madeFeed)
      if (!answer.ok) problem.value = answer.failure
      else {
        made.value = answer.value.url
        await load()
      }
    },
    async revoke(feedId) {
      const answer = await api.ask('POST', `${path}/revoke`, { feedId }, v.unknown())
      made.value = null
      if (answer.ok) await load()
      else problem.value = answer.failure
    },
  }
}

/** `made`: the key that was just made, shown this once. */
export type Programs = {
  readonly list: Signal<readonly Integration[] | null>
  readonly made: Signal<string | null>
  readonly problem: Signal<ApiFailure | null>
  load(): Promise<void>
  make(name: string, scope: Integration['scope']): Promise<void>
  revoke(integrationId: string): Promise<void>
}

export function createPrograms(api: Asking): Programs {
  const list = signal<readonly Integration[] | null>(null)
  const made = signal<string | null>(null)
  const problem = signal<ApiFailure | null>(null)

  async function load(): Promise<void> {
    const answer = await api.ask('GET', '/plan/integrations', {}, integrationList)
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) list.value = answer.value.integrations
  }

  return {
    list,
    made,
    problem,
    load,
    async make(name, scope) {
      const answer = await api.ask('POST', '/plan/integrations', { name, scope }, madeIntegration)
      if (!answer.ok) problem.value = answer.failure
      else {
        made.value = answer.value.token
        await load()
      }
    },
    async revoke(integrationId) {
      const answer = await api.ask('POST', '/plan/integrations/revoke', { integrationId }, v.unknown())
      made.value = null
      if (answer.ok) await load()
      else problem.value = answer.failure
    },
  }
}

/** `looked`: nothing is booked yet; `booked`: it is, as far as the items say. */
export type FileState =
  | { readonly type: 'none' }
  | { readonly type: 'busy' }
  | { readonly type: 'looked'; readonly items: readonly ImportItem[] }
  | { readonly type: 'booked'; readonly items: readonly ImportItem[] }
  | { readonly type: 'refused'; readonly why: IcsRefusal; readonly line: number | null }
  | { readonly type: 'failed'; readonly failure: ApiFailure }

export type CalendarFile = {
  readonly state: Signal<FileState>
  /** Says what would be booked of this text. */
  look(text: string): Promise<void>
  /** Does what was looked at. `reason`: why what is cancelled there is cancelled here. */
  book(reason: string): Promise<void>
}

type Said = { readonly text: string; readonly reason?: string }

export function createCalendarFile(api: Asking): CalendarFile {
  const state = signal<FileState>({ type: 'none' })
  let looked: string | null = null

  async function ask(path: string, said: Said, then: 'looked' | 'booked'): Promise<void> {
    state.value = { type: 'busy' }
    const answer = await api.ask('POST', path, said, importAnswer)
    looked = answer.ok && answer.value.type === 'read' && then === 'looked' ? said.text : null
    if (!answer.ok) state.value = { type: 'failed', failure: answer.failure }
    else if (answer.value.type === 'refused') state.value = answer.value
    else state.value = { type: then, items: answer.value.items }
  }

  return {
    state,
    look: (text) => ask('/plan/import/preview', { text }, 'looked'),
    async book(reason) {
      const text = looked
      looked = null
      if (text !== null) await ask('/plan/import', { text, reason }, 'booked')
    },
  }
}
