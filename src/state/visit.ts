/** The page of an outpatient: from a link to a waiting room, to a call, and to nothing that is left of it. */
import { batch, signal } from '@preact/signals'
import * as v from 'valibot'
import { type AnswerPolicy, type CallState, ringOnly } from '../core/call-state.ts'
import { type Language, languageFrom } from '../core/languages.ts'
import type { GuestParty, StaffParty } from '../protocol/people.ts'
import type { VisitEnd, VisitNote, VisitYours } from '../protocol/visit-messages.ts'
import type { ServerMessage, Welcome } from '../protocol/wire.ts'
import { createCalls } from './calls.ts'
import { connect, newConnection } from './connection.ts'
import type { Claims, HelloPart, SocketRefusal } from './ports.ts'
import { createDoor } from './visit-door.ts'
import { createGate } from './visit-gate.ts'
import { type LastCall, lastOf } from './visit-last.ts'
import type { OutpatientVisit, Stars, VisitPage } from './visit-page.ts'
import type { VisitPorts } from './visit-ports.ts'
import { createTrying } from './visit-trying.ts'

export type { OutpatientVisit, Rating, Stars, VisitPage } from './visit-page.ts'
export type { LastCall, VisitEnd, VisitNote, VisitYours }

/** Consent does not survive a reload: they are asked again, at a table as well. */
const asked: AnswerPolicy = { ...ringOnly, afterReload: 'asks' }

export function createVisit(ports: VisitPorts): OutpatientVisit {
  const { clock, page: browserPage, visit, window } = ports
  const page = signal<VisitPage>({ type: 'starting' })
  const yours = signal<VisitYours | null>(null)
  const last = signal<LastCall>('none')
  const connection = newConnection()
  const me = signal<GuestParty | null>(null)
  const ward = signal('')
  const demo = signal(false)
  const sound = signal<'on' | 'blocked'>('on')
  const aheadMs = signal(0)
  const chosen = signal<Language | null>(null)
  const language = signal<Language>(languageFrom(browserPage.languages()))
  let hasTested = false
  let phone: string | null = null
  let letSleep = () => {}

  // Until somebody presses *Answer with video* here, no camera opens: not even for a call that a reload comes back to, and anew for each call (HZ-2).
  ports.media.prefer('sound')
  const calls = createCalls(ports, {
    isHeard: () => connection.peek().type === 'open',
    policy: () => asked,
  })
  const gate = createGate(calls, (chain) => visit.vouch(door.token(), chain, clock.nowMs() + aheadMs.peek()))
  const door = createDoor({
    ports,
    page: () => page.peek(),
    show: (next) => show(next),
    known(found) {
      hasTested = found.tested === 'yes'
      chosen.value = found.language
      speak()
    },
    cameIn: goOnline,
  })
  const trying = createTrying(ports, {
    tested(test) {
      hasTested = true
      ports.socket.send({ type: 'visit.tested', test })
      visit.note(door.token(), { tested: 'yes' }).catch(() => {})
    },
    over() {
      if (page.peek().type === 'testing') show({ type: 'waiting' })
    },
  })

  function speak(): void {
    const theirs = door.link.peek()?.language ?? null
    language.value = chosen.peek() ?? languageFrom([...browserPage.languages(), theirs])
  }

  function show(next: VisitPage): void {
    const before = page.peek().type
    if (next.type !== 'testing') trying.stop()
    const isCalled = next.type === 'called'
    if (isCalled !== (before === 'called')) window.buzz(isCalled ? 'on' : 'off')
    page.value = next
    if (next.type === 'born' || next.type === 'closed') speak()
  }

  async function hello(nonce: string, claims: Claims): Promise<HelloPart> {
    const signed = await visit.sign(door.token(), nonce)
    if (signed) return { client: 'guest', ...signed, claims }
    ports.socket.close()
    void door.look()
    throw new Error('no key')
  }

  function goOnline(): void {
    connection.value = { type: 'connecting' }
    show({ type: 'joining' })
    letSleep()
    letSleep = browserPage.keepAwake()
    ports.sound.listen((state) => {
      sound.value = state
    })
    connect(ports, gate.calls, connection, { hello, welcomed, received, refused })
  }

  function welcomed(welcome: Welcome): void {
    batch(() => {
      if (welcome.me.type === 'guest') me.value = welcome.me
      ward.value = welcome.ward
      demo.value = welcome.demo
      aheadMs.value = welcome.serverTimeMs - clock.nowMs()
    })
    trying.welcomed(welcome)
  }

  function received(message: ServerMessage): void {
    if (message.type === 'visit.yours') hearYours(message.visit)
    if (message.type === 'visit.vouched') void gate.vouched(message.chain)
    if (message.type === 'visit.over') end(message.why, message.by)
  }

  function hearYours(next: VisitYours): void {
    yours.value = next
    phone = next.phone
    if (page.peek().type !== 'joining') return
    const isWaiting = next.state === 'ahead' || next.state === 'waiting'
    if (isWaiting && !hasTested) trying.begin()
    show({ type: isWaiting && !hasTested ? 'testing' : 'waiting' })
  }

  function refused(why: SocketRefusal): void {
    if (page.peek().type === 'over' || why === 'outdated') return
    if (why === 'replaced') return show({ type: 'elsewhere' })
    void door.look()
  }

  /** A visit that is over, left or elsewhere has no call. */
  function isThere(): boolean {
    return ['joining', 'testing', 'waiting', 'called', 'seated'].includes(page.peek().type)
  }

  function followCall(state: CallState): void {
    if (!isThere()) return
    if (state.type === 'ringing') {
      last.value = 'none'
      return show({ type: 'called', call: state.call })
    }
    if ('camera' in state) return page.peek().type === 'seated' ? undefined : show({ type: 'seated' })
    // Others may still be at the table; and why it ended is said before the next thing is.
    if (state.type === 'ended') queueMicrotask(backToWaiting)
  }

  function backToWaiting(): void {
    const now = calls.state.peek()
    if (now.type !== 'ended' || !isThere() || connection.peek().type === 'refused') return
    last.value = lastOf(now)
    calls.dismiss()
    ports.media.prefer('sound')
    show({ type: 'waiting' })
  }

  /** Nothing of a visit outlives it: not its camera, not its key, not a name on the screen (HZ-2, HZ-6). */
  function end(why: VisitEnd, by: StaffParty | null): void {
    if (page.peek().type === 'over') return
    door.shut()
    show({ type: 'over', why, by, rating: why === 'ended' ? 'asked' : 'none' })
    goOff()
    batch(() => {
      yours.value = me.value = null
      ward.value = ''
    })
    // What is kept of a link that another was sent after says so when it is opened again, and goes with that other one.
    if (why !== 'replaced') visit.forget(door.token()).catch(() => {})
  }

  function goOff(): void {
    letSleep()
    calls.hangUp()
    calls.dismiss()
    ports.media.prefer('sound')
    ports.socket.close()
    connection.value = { type: 'connecting' }
    last.value = 'none'
    gate.drop()
  }

  async function rate(stars: Stars): Promise<void> {
    const now = page.peek()
    if (now.type !== 'over' || now.rating === 'none' || now.rating === 'thanked') return
    page.value = { ...now, rating: 'sending' }
    const answer = await ports.api.ask('POST', '/visit/rate', { token: door.token(), stars }, v.unknown())
    page.value = { ...now, rating: answer.ok ? 'thanked' : 'failed' }
  }

  calls.state.subscribe(followCall)
  void door.open(browserPage.takeSecret('visit'))

  return {
    ...{ page, door, yours, last, connection, calls, me, ward, demo, sound, aheadMs, trying },
    browser: ports.browser,
    camera: ports.camera,
    speech: {
      language,
      use(next) {
        chosen.value = language.value = next
        visit.note(door.token(), { language: next }).catch(() => {})
      },
    },
    phone: () => phone,
    arm: ports.sound.arm,
    answer(how) {
      ports.media.prefer(how === 'video' ? 'sound-at-least' : 'sound')
      calls.answer()
    },
    notNow: calls.refuse,
    openTest() {
      if (page.peek().type !== 'waiting') return
      trying.begin()
      show({ type: 'testing' })
    },
    closeTest() {
      hasTested = true
      if (page.peek().type === 'testing') show({ type: 'waiting' })
    },
    leave() {
      if (!isThere()) return
      ports.socket.send({ type: 'visit.leave' })
      show({ type: 'left' })
      goOff()
    },
    comeBack: goOnline,
    rate,
  }
}
