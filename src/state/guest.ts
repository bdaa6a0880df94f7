/** The page of somebody from outside: from a one-time code to a seat at the table, and to nothing that is left of it. */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type CallState, isPatient, ringOnly } from '../core/call-state.ts'
import { type Language, languageFrom } from '../core/languages.ts'
import type { CallView, EndReason } from '../protocol/call.ts'
import { type JoinLookAnswer, joinAnswer, joinLookAnswer } from '../protocol/guest.ts'
import type { GuestParty } from '../protocol/people.ts'
import type { ServerMessage } from '../protocol/wire.ts'
import { type Calls, createCalls } from './calls.ts'
import { type Connection, connect, newConnection } from './connection.ts'
import type { GuestPorts, GuestVisit } from './guest-ports.ts'
import type { LanguageChoice } from './language.ts'
import type { ApiFailure, CameraFailure, Claims, HelloPart, SocketRefusal } from './ports.ts'

/** Who is invited, by whom, and to which ward. */
export type Invitation = JoinLookAnswer

/** Why a visit is over, or never began. `gone`: the call that the code was for; `elsewhere`: another window has it. */
export type OverWhy =
  | 'left'
  | 'ended'
  | 'refused'
  | 'declined'
  | 'unanswered'
  | 'unknown-code'
  | 'used-code'
  | 'gone'
  | 'full'
  | 'unverified'
  | 'connection-lost'
  | 'camera'
  | 'elsewhere'
  | 'no-store'

/** `invitation` null: this page was reloaded and knows no names until it is in the call. */
export type Visit =
  | { readonly type: 'starting' }
  | { readonly type: 'no-code'; readonly typed: 'nothing' | 'wrong' }
  | { readonly type: 'looking'; readonly problem: ApiFailure | null }
  | {
      readonly type: 'invited'
      readonly invitation: Invitation
      readonly problem: CameraFailure | ApiFailure | null
    }
  | { readonly type: 'trying'; readonly invitation: Invitation }
  | { readonly type: 'joining'; readonly invitation: Invitation | null }
  | {
      readonly type: 'waiting'
      readonly invitation: Invitation | null
      /** Longer than anybody likes to wait. */
      readonly long: boolean
    }
  | { readonly type: 'seated' }
  | { readonly type: 'over'; readonly why: OverWhy; readonly camera: CameraFailure | null }

export type Guest = {
  readonly visit: Signal<Visit>
  readonly connection: Signal<Connection>
  readonly calls: Calls
  /** As whom one is at the table; null before the server said it, and after the visit. */
  readonly me: ReadonlySignal<GuestParty | null>
  readonly ward: ReadonlySignal<string>
  readonly demo: ReadonlySignal<boolean>
  readonly speech: LanguageChoice
  typeCode(typed: string): void
  /** Asks the server again who invites. */
  lookAgain(): void
  join(): Promise<void>
  leave(): void
  /** Whether somebody who waits looks at their own picture: nobody else does (HZ-2). */
  readonly mirror: ReadonlySignal<'on' | 'off'>
  turnMirror(to: 'on' | 'off'): void
  /** Begins anew, with a code that is typed. */
  another(): void
  /** Takes the visit back from another window. */
  useHere(): void
}

/** After so long it is told that nobody came, and what to do. */
const longWaitMs = 60_000

/** What the camera is open for while no call is. */
const mirrorId = 'mirror'

export function createGuest(ports: GuestPorts): Guest {
  const { api, clock, guest, page } = ports
  const visit = signal<Visit>({ type: 'starting' })
  const connection = newConnection()
  const me = signal<GuestParty | null>(null)
  const ward = signal('')
  const demo = signal(false)
  const mirror = signal<'on' | 'off'>('off')
  const language = signal<Language>(languageFrom(page.languages()))
  /** Only the newest look at a code, or press on *Join*, counts. */
  let turn = 0
  let code = ''
  /** The browser has a key for this visit. */
  let hasKey = false
  /** How far the server's clock is ahead of this page's own. */
  let serverAheadMs = 0
  let stopWaiting = () => {}
  /** [JOIN-3] What is said of calls before this guest was let in; null: they were. */
  let held: (() => void)[] | null = []
  /** The legs by which a patient is being asked. */
  const asking = new Set<string>()
  let patientSaid: OverWhy | null = null
  const calls = createCalls(ports, {
    isHeard: () => connection.peek().type === 'open',
    policy: () => ringOnly,
    // A guest is at a table, and in no other call.
    mayRestore: ({ table }) => table !== undefined,
    mayBeSeated: () => held === null,
  })
  const gated: Calls = {
    ...calls,
    welcomed: (welcome) => pass(() => calls.welcomed(welcome)),
    received: (message) => pass(() => calls.received(message)),
  }

  function pass(news: () => void): void {
    if (held) held.push(news)
    else news()
  }

  async function look(typed: string): Promise<void> {
    turn += 1
    const mine = turn
    // Whoever was sent a whole link may paste it.
    code = typed.split('#').at(-1) ?? ''
    const codeId = await guest.codeIdOf(code)
    if (mine !== turn) return
    if (codeId === null) {
      visit.value = { type: 'no-code', typed: 'wrong' }
      return
    }
    visit.value = { type: 'looking', problem: null }
    const known = await guest.visit()
    if (mine !== turn) return
    // A link that is opened again where it was used.
    if (known?.codeId === codeId) return goOnline(known, null)
    const answer = await api.ask('POST', '/join/look', { codeId }, joinLookAnswer)
    if (mine !== turn) return
    if (answer.ok) visit.value = { type: 'invited', invitation: answer.value, problem: null }
    else if (!isOver(answer.failure)) visit.value = { type: 'looking', problem: answer.failure }
  }

  /** Whether there is no sense in trying that code again. */
  function isOver(failure: ApiFailure): boolean {
    const why = endOf(failure)
    if (why) end(why)
    return why !== null
  }

  async function join(): Promise<void> {
    const now = visit.peek()
    if (now.type !== 'invited') return
    turn += 1
    const mine = turn
    const { invitation } = now
    const again = (problem: CameraFailure | ApiFailure) => {
      visit.value = { type: 'invited', invitation, problem }
    }
    ports.sound.arm()
    visit.value = { type: 'trying', invitation }
    const tried = await ports.media.tryOut()
    if (mine !== turn) return
    if (!tried.ok) return again(tried.failure)
    visit.value = { type: 'joining', invitation }
    const bound = await guest.prepare(code)
    if (mine !== turn || !bound) return
    hasKey = true
    const answer = await api.ask('POST', '/join', bound, joinAnswer)
    if (mine !== turn) return
    if (!answer.ok) return isOver(answer.failure) ? undefined : again(answer.failure)
    await guest.begin(answer.value.guest.guestId)
    if (mine === turn) goOnline({ isAdmitted: false }, invitation)
  }

  async function hello(nonce: string, claims: Claims): Promise<HelloPart> {
    const signed = await guest.sign(nonce)
    if (signed === null) {
      end('gone')
      throw new Error('no key')
    }
    return { client: 'guest', ...signed, claims }
  }

  function goOnline({ isAdmitted }: Pick<GuestVisit, 'isAdmitted'>, invitation: Invitation | null): void {
    hasKey = true
    held = isAdmitted ? null : []
    code = ''
    connection.value = { type: 'connecting' }
    visit.value = { type: 'joining', invitation }
    page.keepAwake()
    connect(ports, gated, connection, {
      hello,
      welcomed(welcome) {
        if (welcome.me.type === 'guest') me.value = welcome.me
        ward.value = welcome.ward
        demo.value = welcome.demo
        serverAheadMs = welcome.serverTimeMs - clock.upMs()
        if (visit.peek().type === 'joining') wait(invitation)
        for (const call of welcome.snapshot?.calls ?? []) noteAsking(call)
      },
      received,
      refused,
    })
  }

  function wait(invitation: Invitation | null): void {
    stopWaiting()
    visit.value = { type: 'waiting', invitation, long: false }
    stopWaiting = clock.after(longWaitMs, () => {
      if (visit.peek().type === 'waiting') visit.value = { type: 'waiting', invitation, long: true }
    })
  }

  function received(message: ServerMessage): void {
    if (message.type === 'guest.admitted') void admit(message)
    if (message.type === 'guest.refused') end('refused')
    if (message.type === 'call.changed') noteAsking(message.call)
    if (message.type === 'call.ended' && asking.delete(message.callId))
      patientSaid = patientsEnd(message.reason)
  }

  function noteAsking({ callId, peer, phase }: CallView): void {
    if (isPatient(peer) && phase === 'ringing') asking.add(callId)
    else asking.delete(callId)
  }

  /** [JOIN-3] Until the seal holds no call is begun, and no camera opened. */
  async function admit({ chain, seal }: Extract<ServerMessage, { type: 'guest.admitted' }>): Promise<void> {
    const isTrue = await guest.admit(chain, seal, clock.upMs() + serverAheadMs).catch(() => false)
    if (visit.peek().type === 'over') return
    if (!isTrue) return end('unverified')
    const waiting = held ?? []
    held = null
    for (const news of waiting) news()
  }

  function refused(why: SocketRefusal): void {
    if (why === 'replaced') {
      turnMirror('off')
      return show('elsewhere')
    }
    if (why === 'outdated') return
    end(visit.peek().type === 'seated' ? 'ended' : 'gone')
  }

  function followCall(state: CallState): void {
    if (visit.peek().type === 'over') return
    if ('camera' in state) {
      stopWaiting()
      turnMirror('off')
      visit.value = { type: 'seated' }
    }
    // Sent away by the server: what that means is told by its refusal.
    if (state.type !== 'ended' || connection.peek().type === 'refused') return
    // Others may still be at the table; and why it ended is said before the socket is closed.
    queueMicrotask(() => {
      const now = calls.state.peek()
      if (now.type === 'ended') end(patientSaid ?? endOfCall(now, calls.cameraFailure.peek()))
    })
  }

  /** The call has the camera from here on, and no moment without it. */
  function turnMirror(to: 'on' | 'off'): void {
    if (mirror.peek() === to) return
    mirror.value = to
    if (to === 'on') ports.media.openCamera(mirrorId)
    else queueMicrotask(() => ports.media.release(mirrorId))
  }

  function show(why: OverWhy): void {
    batch(() => {
      visit.value = { type: 'over', why, camera: why === 'camera' ? calls.cameraFailure.peek() : null }
      me.value = null
    })
  }

  /** [JOIN-6] Nothing of a visit outlives it: not its camera, not its key, not a name on the screen (HZ-2). */
  function end(why: OverWhy): void {
    if (visit.peek().type === 'over') return
    turn += 1
    const hadKey = hasKey
    show(why)
    stopWaiting()
    turnMirror('off')
    calls.hangUp()
    calls.dismiss()
    asking.clear()
    patientSaid = null
    hasKey = false
    code = ward.value = ''
    connection.value = { type: 'connecting' }
    if (!hadKey) return
    ports.socket.close()
    guest.forget().catch(() => {})
  }

  async function resume(): Promise<void> {
    const known = await guest.visit()
    if (known) goOnline(known, null)
    else visit.value = { type: 'no-code', typed: 'nothing' }
  }

  /** A browser that can keep no key is no way to come. */
  function attempt(work: Promise<void>): Promise<void> {
    return work.catch(() => end('no-store'))
  }

  calls.state.subscribe(followCall)
  const given = page.takeSecret('join')
  void attempt(given === null ? resume() : look(given))

  return {
    visit,
    connection,
    calls,
    me,
    ward,
    demo,
    speech: {
      language,
      use(chosen) {
        language.value = chosen
      },
    },
    typeCode: (typed) => void attempt(look(typed)),
    lookAgain: () => void attempt(look(code)),
    join: () => attempt(join()),
    leave: () => end('left'),
    mirror,
    turnMirror(to) {
      if (visit.peek().type === 'waiting') turnMirror(to)
    },
    another() {
      visit.value = { type: 'no-code', typed: 'nothing' }
    },
    useHere: () => void attempt(resume()),
  }
}

/** Null: the same code may do better at another try. */
function endOf(failure: ApiFailure): OverWhy | null {
  switch (failure) {
    case 'unknown-code':
    case 'used-code':
      return failure
    case 'not-found':
    case 'conflict':
    case 'forbidden':
      return 'gone'
    default:
      return null
  }
}

/** Of a patient who was being asked; null: the call went before an answer came. */
function patientsEnd(reason: EndReason): OverWhy | null {
  switch (reason) {
    case 'declined':
      return 'declined'
    case 'no-answer':
    case 'privacy-on':
    case 'away':
    case 'in-person':
    case 'busy':
    case 'device-unready':
      return 'unanswered'
    default:
      return null
  }
}

function endOfCall(
  { reason, by }: Extract<CallState, { type: 'ended' }>,
  camera: CameraFailure | null,
): OverWhy {
  switch (reason) {
    case 'connection-lost':
      return reason
    case 'verification-failed':
      return 'unverified'
    case 'table-full':
      return 'full'
    case 'permission-lost':
    case 'device-unready':
      return by === 'me' && camera !== null ? 'camera' : 'ended'
    default:
      return by === 'me' ? 'left' : 'ended'
  }
}
