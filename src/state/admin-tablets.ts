/** The administrator's list of tablets: each bed's, the code just made, and what was done about them. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { codeAnswer } from '../protocol/tablet-desk.ts'
import { type TabletRow, tabletList } from '../protocol/tablet-list.ts'
import { type DigitsOutcome, typeDigits } from './digits.ts'
import type { ApiFailure, Ports } from './ports.ts'

export type { DigitsOutcome, TabletRow }

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
  readonly problem: Signal<ApiFailure | null>
  readonly code: Signal<MadeCode | null>
  /** Looks now and then, until the answer is called. */
  watch(): () => void
  makeCode(tablet: TabletRow): Promise<void>
  forgetCode(): void
  confirm(tablet: TabletRow, typed: string): Promise<DigitsOutcome>
  revoke(tablet: TabletRow): Promise<void>
}

const lookMs = 3_000

export function createAdminTablets(ports: Ports): AdminTablets {
  const { api, clock } = ports
  const tablets = signal<readonly TabletRow[] | null>(null)
  const problem = signal<ApiFailure | null>(null)
  const code = signal<MadeCode | null>(null)

  async function look(): Promise<void> {
    const answer = await api.ask('GET', '/tablets', {}, tabletList)
    problem.value = answer.ok ? null : answer.failure
    if (!answer.ok) return
    tablets.value = answer.value.tablets
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
  }
}
