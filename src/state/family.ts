/** The page of family who visit a bed from outside: from their link to a ring, to the call, and to the next visit. */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type CallState, ringOnly } from '../core/call-state.ts'
import { type Language, languageFrom } from '../core/languages.ts'
import { type FamilyLookAnswer, familyEnterAnswer, familyLookAnswer } from '../protocol/family.ts'
import type { BedParty, GuestParty } from '../protocol/people.ts'
import type { Welcome } from '../protocol/wire.ts'
import type { VisitHours } from '../protocol/wishes.ts'
import { type Calls, createCalls } from './calls.ts'
import { type Connection, connect, newConnection } from './connection.ts'
import type { FamilyPorts } from './family-ports.ts'
import type { LanguageChoice } from './language.ts'
import type { ApiFailure, CameraFailure, Claims, HelloPart, SocketRefusal } from './ports.ts'

/** Why there is no visit by this link. `used`: it is another browser's. `unknown`: it is over, or never was. */
export type NoLink = 'none' | 'wrong' | 'unknown' | 'used' | 'unverified' | 'no-store'

/** What the ward did not answer, or would not yet. */
type Problem = Exclude<ApiFailure, 'unknown-code' | 'used-code'>

/** How a visit ended. */
export type FamilyEnd = 'left' | 'ended' | 'connection-lost' | 'unverified' | 'camera' | 'elsewhere'

export type FamilyPage =
  | { readonly type: 'starting' }
  | { readonly type: 'no-link'; readonly why: NoLink }
  | { readonly type: 'looking'; readonly problem: Problem | null }
  /** [FAMILY-3] Outside the hours, or nobody answered: it is not said which. */
  | { readonly type: 'resting'; readonly hours: VisitHours | null }
  | { readonly type: 'open'; readonly problem: CameraFailure | Problem | null }
  | { readonly type: 'trying' }
  | { readonly type: 'ringing' }
  | { readonly type: 'seated' }
  | { readonly type: 'over'; readonly why: FamilyEnd; readonly camera: CameraFailure | null }

export type FamilyVisit = {
  readonly page: Signal<FamilyPage>
  readonly connection: Signal<Connection>
  readonly calls: Calls
  /** As whom the ward knows this page, once it does. */
  readonly me: ReadonlySignal<GuestParty | null>
  readonly ward: ReadonlySignal<string>
  readonly demo: ReadonlySignal<boolean>
  readonly speech: LanguageChoice
  /** Asks the ward again whether one may ring now. */
  lookAgain(): void
  ring(): Promise<void>
  /** Gives up the ring, or leaves the call. */
  leave(): void
}

const ends = { 'unknown-code': 'unknown', 'used-code': 'used' } as const

/** Whoever waits for the hours to begin need press nothing. */
const lookEveryMs = 60_000

export function createFamilyVisit(ports: FamilyPorts): FamilyVisit {
  const { api, clock, family, page: browserPage } = ports
  const page = signal<FamilyPage>({ type: 'starting' })
  const connection = newConnection()
  const me = signal<GuestParty | null>(null)
  const ward = signal('')
  const demo = signal(false)
  const language = signal<Language>(languageFrom(browserPage.languages()))
  let codeId = ''
  /** As it was opened or typed; empty once its key is kept here. */
  let code = ''
  /** Only the newest look, or press on *Ring*, counts. */
  let turn = 0
  let hasLooked = false
  let hours: VisitHours | null = null
  /** The bed that is to be rung once the ward hears this page. */
  let wanted: BedParty | null = null
  let isOnline = false
  let hasBeenLive = false
  let stopLooking = () => {}
  let letSleep = () => {}
  const calls = createCalls(ports, {
    isHeard: () => connection.peek().type === 'open',
    policy: () => ringOnly,
    // Their own ring on *Ring* still stands; nobody rings here.
    mayRestore: ({ part }) => part === 'caller',
  })

  function show(next: FamilyPage): void {
    stopLooking()
    if (next.type === 'resting') stopLooking = clock.after(lookEveryMs, () => void attempt(look()))
    page.value = next
  }

  async function open(typed: string | null): Promise<void> {
    turn += 1
    const mine = turn
    const found = typed === null ? await family.last() : await family.codeIdOf(typed)
    if (mine !== turn) return
    if (found === null) return show({ type: 'no-link', why: typed === null ? 'none' : 'wrong' })
    codeId = found
    code = typed ?? ''
    await look()
  }

  async function look(): Promise<void> {
    turn += 1
    const mine = turn
    if (page.peek().type !== 'resting') show({ type: 'looking', problem: null })
    const answer = await api.ask('POST', '/family/look', { codeId }, familyLookAnswer)
    if (mine !== turn) return
    if (answer.ok) return await heard(answer.value, mine)
    const { failure } = answer
    if (failure === 'unknown-code' || failure === 'used-code') return await lost(ends[failure])
    if (page.peek().type === 'resting') show({ type: 'resting', hours })
    else show({ type: 'looking', problem: failure })
  }

  async function heard(answer: FamilyLookAnswer, mine: number): Promise<void> {
    const isKept =
      (await family.isKept(codeId)) || (code !== '' && (await family.keep(code, answer, answer.nowMs)))
    if (mine !== turn) return
    if (!isKept) return show({ type: 'no-link', why: code === '' ? 'none' : 'unverified' })
    const isFirst = code === '' && !hasLooked
    hasLooked = true
    code = ''
    batch(() => {
      me.value = answer.guest
      ward.value = answer.ward
    })
    if (answer.time.type === 'resting') hours = answer.time.hours
    show(answer.time.type === 'open' ? { type: 'open', problem: null } : { type: 'resting', hours })
    // A page that was reloaded in a call comes back to it.
    if (isFirst) goOnline()
  }

  /** [FAMILY-2] Nothing of a link outlives it. */
  async function lost(why: NoLink): Promise<void> {
    if (why === 'unknown') await family.forget(codeId).catch(() => {})
    batch(() => {
      me.value = null
      ward.value = ''
    })
    show({ type: 'no-link', why })
  }

  async function ring(): Promise<void> {
    if (page.peek().type !== 'open') return
    turn += 1
    const mine = turn
    const again = (problem: CameraFailure | Problem) => show({ type: 'open', problem })
    ports.sound.arm()
    show({ type: 'trying' })
    const tried = await ports.media.tryOut()
    if (mine !== turn) return
    if (!tried.ok) return again(tried.failure)
    const bound = await family.prepare(codeId)
    if (mine !== turn) return
    if (!bound) return show({ type: 'no-link', why: 'none' })
    const answer = await api.ask('POST', '/family/enter', bound, familyEnterAnswer)
    if (mine !== turn) return
    if (!answer.ok) return await notIn(answer.failure, again)
    wanted = answer.value.bed
    goOnline()
    show({ type: 'ringing' })
  }

  async function notIn(failure: ApiFailure, again: (failure: Problem) => void): Promise<void> {
    if (failure === 'unknown-code' || failure === 'used-code') return await lost(ends[failure])
    again(failure)
  }

  async function hello(nonce: string, claims: Claims): Promise<HelloPart> {
    const signed = await family.sign(codeId, nonce)
    if (signed) return { client: 'guest', ...signed, claims }
    end('ended')
    throw new Error('no key')
  }

  function goOnline(): void {
    if (isOnline) return dial()
    isOnline = true
    letSleep = browserPage.keepAwake()
    connection.value = { type: 'connecting' }
    connect(ports, calls, connection, { hello, welcomed, received() {}, refused })
  }

  function goOff(): void {
    if (!isOnline) return
    isOnline = false
    wanted = null
    letSleep()
    ports.socket.close()
    connection.value = { type: 'connecting' }
  }

  function welcomed(welcome: Welcome): void {
    demo.value = welcome.demo
    if (!wanted && welcome.snapshot?.calls.length === 0) return goOff()
    // The calls of this page hear of the welcome after it.
    queueMicrotask(dial)
  }

  function dial(): void {
    const bed = wanted
    wanted = null
    hasBeenLive = false
    if (bed) calls.dial(bed, 'ring', null, { byLink: 'yes' })
  }

  function refused(why: SocketRefusal): void {
    if (why === 'outdated') return
    // Nobody has rung by this link yet, or there was no call to come back to.
    if (page.peek().type === 'open' || page.peek().type === 'resting') return goOff()
    end(why === 'replaced' ? 'elsewhere' : 'ended')
  }

  function followCall(state: CallState): void {
    const isBack = page.peek().type === 'open' || page.peek().type === 'resting'
    if ('camera' in state && isBack) show({ type: 'ringing' })
    if (state.type === 'live' || state.type === 'reconnecting') {
      hasBeenLive = true
      if (page.peek().type !== 'seated') show({ type: 'seated' })
    }
    // Others may still be there; and why it ended is said before the socket is closed.
    if (state.type === 'ended') queueMicrotask(ended)
  }

  function ended(): void {
    const now = calls.state.peek()
    if (now.type !== 'ended' || !isOnline) return
    const { reason, by } = now
    const camera = calls.cameraFailure.peek()
    if (reason === 'connection-lost' || reason === 'verification-failed')
      return end(reason === 'connection-lost' ? reason : 'unverified')
    if (by === 'me' && camera !== null) return end('camera')
    if (by === 'me') return end('left')
    if (hasBeenLive) return end('ended')
    close()
    show({ type: 'resting', hours })
  }

  function close(): void {
    calls.hangUp()
    calls.dismiss()
    goOff()
  }

  /** Nothing is on and nothing is connected between two visits (HZ-2). */
  function end(why: FamilyEnd): void {
    if (page.peek().type === 'over') return
    const camera = why === 'camera' ? calls.cameraFailure.peek() : null
    turn += 1
    show({ type: 'over', why, camera })
    close()
  }

  /** A browser that can keep no key is no way to come. */
  function attempt(work: Promise<void>): Promise<void> {
    return work.catch(() => show({ type: 'no-link', why: 'no-store' }))
  }

  /** A page that is reloaded in a call comes back to it. */
  async function resume(): Promise<void> {
    await open(browserPage.takeSecret('family'))
  }

  calls.state.subscribe(followCall)
  void attempt(resume())

  return {
    ...{ page, connection, calls, me, ward, demo },
    speech: {
      language,
      use(chosen) {
        language.value = chosen
      },
    },
    lookAgain: () => void attempt(look()),
    ring: () => attempt(ring()),
    leave: () => end('left'),
  }
}
