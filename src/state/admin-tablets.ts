/** The administrator's list of tablets: each bed's, the code just made, and what was done about them. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { standardOf } from '../core/rollout.ts'
import {
  type BuildView,
  type RolloutRequest,
  type RolloutStage,
  type RolloutView,
  type UpdatesView,
  updatesView,
} from '../protocol/rollout.ts'
import { codeAnswer } from '../protocol/tablet-desk.ts'
import { type RingTest, ringTestAnswer, type TabletRow, tabletList } from '../protocol/tablet-list.ts'
import { type DigitsOutcome, typeDigits } from './digits.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { BuildView, DigitsOutcome, RingTest, RolloutStage, RolloutView, TabletRow }

/** A code with its link, and until when it works by this device's clock. */
export type MadeCode = {
  readonly bedId: string
  readonly label: string
  readonly code: string
  readonly url: string
  readonly untilMs: number
}

export type AdminTablets = {
  /** Null until the first answer. */
  readonly tablets: Signal<readonly TabletRow[] | null>
  /** Which builds there are, and which one tablets are brought to; null until the first answer. */
  readonly updates: Signal<UpdatesView | null>
  readonly problem: Signal<ApiFailure | null>
  readonly code: Signal<MadeCode | null>
  /** Looks now and then, until the answer is called. */
  watch(): () => void
  makeCode(tablet: TabletRow): Promise<void>
  forgetCode(): void
  confirm(tablet: TabletRow, typed: string): Promise<DigitsOutcome>
  revoke(tablet: TabletRow): Promise<void>
  /** Begins, widens, stops or takes back a roll-out. */
  roll(asked: RolloutRequest): Promise<void>
  /** Null: the server was not asked, or refused. */
  ringTest(tablet: TabletRow, atNight: boolean): Promise<RingTest['outcome'] | null>
}

/** The newest build that fits, where tablets are meant to run another and none is being brought to them. */
export function newBuild({ builds, rollout }: UpdatesView): (BuildView & { readonly before: string }) | null {
  const before = standardOf(rollout)
  const isOpen = rollout.state === 'going' && rollout.stage.type !== 'all'
  const newest = builds.find(({ fits }) => fits)
  return isOpen || !newest || newest.build === before ? null : { ...newest, before }
}

const lookMs = 3_000

export function createAdminTablets(ports: Ports): AdminTablets {
  const { api, clock } = ports
  const tablets = signal<readonly TabletRow[] | null>(null)
  const updates = signal<UpdatesView | null>(null)
  const problem = signal<ApiFailure | null>(null)
  const code = signal<MadeCode | null>(null)

  async function look(): Promise<void> {
    const answer = await api.ask('GET', '/tablets', {}, tabletList)
    problem.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    tablets.value = answer.value.tablets
    updates.value = answer.value.updates
    // The code has done its work when its tablet waits.
    const made = answer.value.tablets.find(({ bedId }) => bedId === code.value?.bedId)
    if (made?.waits) code.value = null
  }

  /** [PROOF-3] The tablet learns whom to trust from this browser, by the link, and not from the server. */
  async function rootInLink(): Promise<string> {
    const { root } = await ports.trust.held('admin')
    return root === null ? '' : `&root=${root}`
  }

  function watch(): () => void {
    let stop = () => {}
    let isOver = false
    const again = async (): Promise<void> => {
      await look()
      if (!isOver) stop = clock.after(lookMs, () => void again())
    }
    void again()
    return () => {
      isOver = true
      stop()
    }
  }

  return {
    tablets,
    updates,
    problem,
    code,
    watch,
    async makeCode({ bedId, label }) {
      const answer = await api.ask('POST', '/tablets/code', { bedId }, codeAnswer)
      problem.value = answer.ok ? null : answer.failure
      if (!answer.ok) return
      const { lastsMs, url, ...made } = answer.value
      const linked = url + (await rootInLink())
      code.value = { bedId, label, ...made, url: linked, untilMs: clock.nowMs() + lastsMs }
    },
    forgetCode() {
      code.value = null
    },
    async confirm({ bedId, state }, typed) {
      const outcome = await typeDigits(ports, { bedId, tablet: state }, typed)
      await look()
      return outcome
    },
    async revoke({ bedId }) {
      const answer = await api.ask('POST', '/tablets/revoke', { bedId }, v.strictObject({}))
      await look()
      if (!answer.ok) problem.value = answer.failure
    },
    async roll(asked) {
      const answer = await api.ask('POST', '/tablets/rollout', asked, updatesView)
      if (answer.ok) updates.value = answer.value
      else await look()
      if (!answer.ok) problem.value = answer.failure
    },
    async ringTest({ bedId }, atNight) {
      const answer = await api.ask('POST', '/tablets/ring-test', { bedId, atNight }, ringTestAnswer)
      problem.value = answer.ok ? null : answer.failure
      return answer.ok ? answer.value.outcome : null
    },
  }
}
