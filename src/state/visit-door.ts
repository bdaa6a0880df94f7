/** From a link to a visit: what it is good for now, a date of birth, and what is done where it leads nowhere. */
import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import {
  type LinkState,
  type VisitEnterAnswer,
  type VisitLookAnswer,
  visitEnterAnswer,
  visitLookAnswer,
  visitRenewAnswer,
  visitToken,
} from '../protocol/visit.ts'
import type { ApiFailure } from './ports.ts'
import type { InApp, KnownVisit, VisitPorts } from './visit-ports.ts'

export type LinkFacts = VisitLookAnswer
export type ClosedWhy = Exclude<LinkState, 'ahead' | 'open'>

/** What came of asking for a new link. */
export type Renewal = 'not' | 'asking' | 'sent' | 'told' | 'failed'

/** What is said above the three fields; `left`: tries. */
export type BornSaid =
  | { readonly type: 'nothing' }
  | { readonly type: 'asking' }
  | { readonly type: 'wrong'; readonly left: number }
  | { readonly type: 'failed'; readonly failure: ApiFailure }

export type DoorPage =
  | { readonly type: 'starting' }
  | { readonly type: 'no-link'; readonly given: 'nothing' | 'broken' }
  | {
      readonly type: 'in-app'
      readonly inApp: InApp
      readonly better: 'Safari' | 'Chrome'
      readonly may: 'go-on' | 'not'
      readonly copied: 'not' | 'copied' | 'failed'
    }
  /** `link` null: the server has not answered yet. */
  | { readonly type: 'unable'; readonly link: LinkFacts | null }
  | { readonly type: 'looking'; readonly problem: ApiFailure | null }
  | { readonly type: 'born'; readonly link: LinkFacts; readonly said: BornSaid }
  | { readonly type: 'blocked'; readonly link: LinkFacts }
  | { readonly type: 'other-device'; readonly link: LinkFacts }
  | { readonly type: 'refused'; readonly link: LinkFacts }
  | {
      readonly type: 'closed'
      readonly link: LinkFacts
      readonly why: ClosedWhy
      readonly renewal: Renewal
    }

export type Door = {
  /** What the link says of the visit; null before the server said it. */
  readonly link: ReadonlySignal<LinkFacts | null>
  /** The link that this page is about; empty: there is none. */
  token(): string
  open(given: string | null): Promise<void>
  /** Asks the server anew what the link is good for. */
  look(): Promise<void>
  /** `born`: `1948-11-04`. */
  enter(born: string): Promise<void>
  renew(): Promise<void>
  copyLink(): Promise<void>
  /** In an app's own browser in spite of all. */
  stayHere(): Promise<void>
  /** Nothing that is under way counts any more. */
  shut(): void
}

export type DoorParts = {
  readonly ports: VisitPorts
  readonly show: (page: DoorPage) => void
  readonly page: () => { readonly type: string }
  readonly known: (visit: KnownVisit) => void
  /** The key of this browser is bound to the visit. */
  readonly cameIn: () => void
}

/** A server that does not answer is asked again, and so is whether staff let this device in. */
const lookAgainMs = 5_000
const enterAgainMs = 10_000

/** There is no sense in asking again with that link. */
const isBroken = (failure: ApiFailure) => ['unknown-code', 'not-found', 'bad-request'].includes(failure)

export function createDoor({ ports, show, page, known, cameIn }: DoorParts): Door {
  const { api, browser, clock, visit, window } = ports
  const link = signal<LinkFacts | null>(null)
  /** Only the newest of what was asked counts. */
  let turn = 0
  let token = ''
  let isBound = false
  let stopWaiting = () => {}

  function begin(): () => boolean {
    turn += 1
    stopWaiting()
    const mine = turn
    return () => mine === turn
  }

  async function open(given: string | null): Promise<void> {
    const isMine = begin()
    if (given !== null && !v.is(visitToken, given)) return show({ type: 'no-link', given: 'broken' })
    const found = await visit.open(given)
    if (!isMine()) return
    if (!found) return show({ type: 'no-link', given: 'nothing' })
    token = found.token
    isBound = found.visitId !== null
    known(found)
    if (browser.inApp !== null) return meetApp(browser.inApp)
    await stay()
  }

  function meetApp(inApp: InApp): void {
    window.showLink(token)
    const may = browser.calls === 'able' ? 'go-on' : 'not'
    show({ type: 'in-app', inApp, better: browser.better, may, copied: 'not' })
  }

  async function stay(): Promise<void> {
    window.hideLink()
    if (browser.calls === 'able' && isBound) return cameIn()
    await look()
  }

  async function look(): Promise<void> {
    const isMine = begin()
    if (browser.calls === 'unable') show({ type: 'unable', link: link.peek() })
    else if (page().type !== 'looking') show({ type: 'looking', problem: null })
    const answer = await api.ask('POST', '/visit/look', { token }, visitLookAnswer)
    if (!isMine()) return
    if (answer.ok) return meet(answer.value)
    if (isBroken(answer.failure)) return show({ type: 'no-link', given: 'broken' })
    if (browser.calls === 'able') show({ type: 'looking', problem: answer.failure })
    stopWaiting = clock.after(lookAgainMs, () => void look())
  }

  function meet(facts: LinkFacts): void {
    link.value = facts
    const { state } = facts
    if (state === 'ahead' || state === 'open') {
      if (browser.calls === 'unable') return show({ type: 'unable', link: facts })
      return show({ type: 'born', link: facts, said: { type: 'nothing' } })
    }
    show({ type: 'closed', link: facts, why: state, renewal: 'not' })
    // What is kept of a link that another was sent after says so when it is opened again, and goes with that other one.
    if (isBound && state !== 'replaced') visit.forget(token).catch(() => {})
  }

  async function enter(born: string): Promise<void> {
    const facts = link.peek()
    if (!facts) return
    const isMine = begin()
    const isAgain = page().type === 'other-device'
    if (!isAgain) show({ type: 'born', link: facts, said: { type: 'asking' } })
    const publicKey = await visit.prepare(token)
    const answer = await api.ask('POST', '/visit/enter', { token, born, publicKey }, visitEnterAnswer)
    if (!isMine()) return
    if (answer.ok) return hear(answer.value, facts, born)
    if (isAgain) return askAgain(born)
    show({ type: 'born', link: facts, said: { type: 'failed', failure: answer.failure } })
  }

  function hear(answer: VisitEnterAnswer, facts: LinkFacts, born: string): void {
    switch (answer.type) {
      case 'in':
        return void bind(answer.me.guestId)
      case 'wrong':
        return show({ type: 'born', link: facts, said: { type: 'wrong', left: answer.left } })
      case 'blocked':
        return show({ type: 'blocked', link: facts })
      case 'refused':
        return show({ type: 'refused', link: facts })
      case 'other-device':
        show({ type: 'other-device', link: facts })
        return askAgain(born)
      case 'not-open':
        return meet({ ...facts, state: answer.state })
    }
  }

  async function bind(visitId: string): Promise<void> {
    const isMine = begin()
    await visit.begin(token, visitId)
    isBound = true
    if (isMine()) cameIn()
  }

  function askAgain(born: string): void {
    stopWaiting()
    stopWaiting = clock.after(enterAgainMs, () => void enter(born))
  }

  async function renew(): Promise<void> {
    const facts = link.peek()
    const now = page()
    if (!facts || now.type !== 'closed') return
    const isMine = begin()
    const tell = (renewal: Renewal) => {
      const { state: why } = facts
      if (why !== 'ahead' && why !== 'open') show({ type: 'closed', link: facts, why, renewal })
    }
    tell('asking')
    const answer = await api.ask('POST', '/visit/renew', { token }, visitRenewAnswer)
    if (isMine()) tell(answer.ok ? answer.value.done : 'failed')
  }

  return {
    link,
    token: () => token,
    open,
    look,
    enter,
    renew,
    async copyLink() {
      const { inApp } = browser
      const copied = await window.copyLink(token)
      if (page().type !== 'in-app' || inApp === null) return
      const may = browser.calls === 'able' ? 'go-on' : 'not'
      show({ type: 'in-app', inApp, better: browser.better, may, copied })
    },
    stayHere: stay,
    shut: () => void begin(),
  }
}
