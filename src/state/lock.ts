/** The lock of a browser: five minutes without a touch hide the names; a live call goes on behind it. */
import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { type UnlockWays, unlockWays } from '../protocol/sign-in.ts'
import { idleMs } from './idle.ts'
import type { ApiFailure, ApiPort, LockState, PasskeyFailure, Ports } from './ports.ts'

export type { UnlockWays }

/** A device that slept may have stopped a timer: how often the time is looked at. */
const lookMs = 10_000
/** How soon the server is asked again what it refused or could not be asked. */
const againMs = 5_000

export type LockProblem = ApiFailure | PasskeyFailure

export type Lock = {
  readonly locked: Signal<boolean>
  /** What opens it again; null until the server said it. A person without any is never locked out. */
  readonly ways: Signal<UnlockWays | null>
  readonly problem: Signal<LockProblem | null>
  readonly busy: Signal<boolean>
  /** A passkey was made on this device just now. */
  readonly registered: Signal<boolean>
  /** Somebody is signed in: asks what opens the lock, and begins to count. */
  begin(): Promise<void>
  /** Whether a start without the server would find it open; `known` and `before` as in `resume`. */
  wasLeftOpen(known: UnlockWays | null, before: LockState): boolean
  /** A start without the server: what opened it when it was last heard, and how it was left. */
  resume(known: UnlockWays | null, before: LockState): void
  /** Nobody is at work here; what the server was not told yet is still owed. */
  stop(): void
  /** A sign-in is over or a new one begins: nothing is owed. */
  anew(): void
  /** The server's word, for every tab of the browser. */
  told(locked: boolean): void
  lock(): Promise<void>
  byPasskey(): Promise<void>
  byPassword(password: string): Promise<void>
  byProvider(): Promise<void>
  register(): Promise<void>
}

const anything = v.looseObject({})

/** These ports, where `heard` is called whenever the server refuses because the screen is locked. */
export function hearLocks(ports: Ports, heard: () => void): Ports {
  const ask: ApiPort['ask'] = async (...asked) => {
    const answer = await ports.api.ask(...asked)
    if (!answer.ok && answer.failure === 'locked') heard()
    return answer
  }
  return { ...ports, api: { ...ports.api, ask } }
}

/** `opened` is called when it was locked and is not any more. */
export function createLock(ports: Ports, page: 'station' | 'admin', opened: () => void = () => {}): Lock {
  const { api, clock, passkeys } = ports
  /** Locked here while the server could not be told. */
  let owed = ports.page.lockDebt() === 'owed'
  const locked = signal(owed)
  const ways = signal<UnlockWays | null>(null)
  const problem = signal<LockProblem | null>(null)
  const busy = signal(false)
  const registered = signal(false)
  let stopWatch = () => {}
  let isStopped = false
  let stopTelling = () => {}
  let stopLoading = () => {}

  function owe(debt: 'owed' | 'paid'): void {
    owed = debt === 'owed'
    if (!owed) stopTelling()
    ports.page.saveLockDebt(debt)
  }

  function told(now: boolean): void {
    if (locked.value !== now) ports.page.shareLock(now ? 'locked' : 'open')
    take(now)
  }

  function take(now: boolean): void {
    const before = locked.value
    locked.value = now
    problem.value = null
    if (!now) owe('paid')
    if (before && !now) {
      ports.page.touchAnew()
      opened()
    }
    if (!now) watch()
  }

  function canLock(): boolean {
    const known = ways.value
    return known !== null && (known.passkey || known.password || known.provider !== null)
  }

  function watch(): void {
    stopWatch()
    if (locked.value || !canLock()) return
    const leftMs = ports.page.lastTouchMs() + idleMs - clock.nowMs()
    if (leftMs <= 0) void lock()
    else stopWatch = clock.after(Math.min(leftMs, lookMs), watch)
  }

  async function lock(): Promise<void> {
    if (!canLock()) return
    stopWatch()
    // The screen first: whoever walks by must not wait for the network.
    locked.value = true
    ports.page.shareLock('locked')
    await tellLock()
  }

  async function tellLock(): Promise<void> {
    stopTelling()
    // Before the answer: a reload meanwhile must not open it.
    owe('owed')
    const answer = await api.ask('POST', '/lock', {}, anything)
    // Opened meanwhile.
    if (!owed) return
    if (answer.ok || answer.failure === 'signed-out') owe('paid')
    else if (answer.failure === 'conflict') told(false)
    else stopTelling = clock.after(againMs, () => void tellLock())
  }

  async function attempt(act: () => Promise<LockProblem | null>): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = await act()
    busy.value = false
  }

  async function open(path: string, said: Readonly<Record<string, unknown>>): Promise<LockProblem | null> {
    const answer = await api.ask('POST', path, said, anything)
    if (!answer.ok) return answer.failure
    told(false)
    return null
  }

  /** A start without the server locks where it does not know; nobody stays locked in without a way out. */
  function known(now: UnlockWays): void {
    ways.value = now
    if (locked.value && !canLock()) told(false)
  }

  async function load(): Promise<void> {
    stopLoading()
    const answer = await api.ask('GET', '/unlock-ways', {}, unlockWays)
    if (answer.ok) known(answer.value)
    // Who does not know how it opens never locks.
    else if (answer.failure !== 'signed-out') stopLoading = clock.after(againMs, () => void load())
    watch()
  }

  ports.page.onLockShared((state) => {
    if (state === 'locked' && !locked.value && canLock()) take(true)
    // Pages with a socket hear from the server itself that they are open; another asks when it looks again.
    if (state === 'open' && locked.value && page === 'admin') take(false)
  })
  ports.page.onLateTouch(() => {
    // Where no lock can fall, none is due.
    if (isStopped || (ways.value !== null && !canLock())) ports.page.touchAnew()
    else watch()
  })

  return {
    locked,
    ways,
    problem,
    busy,
    registered,
    told,
    lock,
    async begin() {
      isStopped = false
      if (owed) await tellLock()
      await load()
    },
    wasLeftOpen(last, before) {
      const isFresh = ports.page.lastTouchMs() + idleMs > clock.nowMs()
      return !locked.value && before === 'open' && last !== null && isFresh
    },
    resume(last, before) {
      isStopped = false
      ways.value = last
      // What is not known to open at all is not shown: only the server can say.
      if (before === 'locked' || last === null) locked.value = true
      else watch()
    },
    stop() {
      isStopped = true
      stopWatch()
      stopTelling()
      stopLoading()
      ways.value = null
      locked.value = false
      problem.value = null
      registered.value = false
    },
    anew() {
      owe('paid')
      ports.page.touchAnew()
      locked.value = false
    },
    byPasskey: () =>
      attempt(async () => {
        const options = await api.ask('POST', '/unlock/passkey-options', {}, anything)
        if (!options.ok) return options.failure
        const used = await passkeys.use(options.value)
        return used.ok ? await open('/unlock/passkey', { passkey: used.value }) : used.failure
      }),
    byPassword: (password) => attempt(() => open('/unlock/password', { password })),
    async byProvider() {
      // What is owed would lock it again on the way back.
      if (owed) await tellLock()
      if (owed) problem.value = 'unreachable'
      else ports.page.goTo(`/api/oidc/start?page=${page}&unlock=1`)
    },
    register: () =>
      attempt(async () => {
        const options = await api.ask('POST', '/passkey/options', {}, anything)
        if (!options.ok) return options.failure
        const made = await passkeys.make(options.value)
        if (!made.ok) return made.failure
        const kept = await api.ask('POST', '/passkey', { passkey: made.value }, anything)
        if (!kept.ok) return kept.failure
        registered.value = true
        ports.page.touchAnew()
        await load()
        return null
      }),
  }
}
