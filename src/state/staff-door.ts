/** The door to a tablet's settings: six digits, checked without the server, and shut at once when the patient is needed. */
import { type ReadonlySignal, signal } from '@preact/signals'
import { codeDigits, digitOf, noTries, type Tries, tried, triesLeft } from '../core/staff-code.ts'
import type { CodeCheck, SettingsMessage } from '../protocol/staff-code.ts'
import type { Calls } from './calls.ts'
import type { Clock, KeptCode, StaffDoorPort } from './ports.ts'

/** `untold`: no server ever told this tablet a code. `broken`: its store fails, and a try that is not counted is none. */
export type DoorState =
  | { readonly type: 'shut' | 'waits' | 'untold' | 'broken' | 'open' }
  /** `left`: tries before the next pause, where the last one was wrong; null: none was. */
  | { readonly type: 'asks'; readonly typed: number; readonly left: number | null }
  | { readonly type: 'pauses'; readonly untilUpMs: number }

export type StaffDoor = {
  readonly state: ReadonlySignal<DoorState>
  /** Asks for the code; between calls alone. */
  ask(): void
  /** A key of the pad or of a keyboard. */
  press(key: string): void
  erase(): void
  /** Somebody is there. */
  touched(): void
  shut(): void
  /** The server said what to check codes by. */
  told(check: CodeCheck): Promise<void>
}

export type StaffDoorParts = {
  readonly clock: Pick<Clock, 'upMs' | 'after'>
  readonly calls: Pick<Calls, 'state'>
  readonly staffDoor: () => Promise<StaffDoorPort>
  readonly say: (message: SettingsMessage) => void
}

/** [CODE-4] Nobody is there any more, and the next hand may be the patient's. */
const untouchedMs = 120_000
/** How much of a pause a tablet that loses its power may have waited for nothing. */
const keepEveryMs = 10_000

export function createStaffDoor({ clock, calls, staffDoor, say }: StaffDoorParts): StaffDoor {
  const state = signal<DoorState>({ type: 'shut' })
  let check: CodeCheck | null = null
  let tries: Tries = noTries
  /** When the pause that goes on is over; null: none does. */
  let untilUpMs: number | null = null
  let typed = ''
  /** Whatever comes of an earlier asking opens nothing. */
  let turn = 0
  let stopUntouched = () => {}
  let stopPause = () => {}
  let port: Promise<StaffDoorPort> | null = null
  /** One write after the other, each of what is so by then. */
  let saving: Promise<void> = Promise.resolve()

  function world(): Promise<StaffDoorPort> {
    port ??= staffDoor().catch((error: unknown) => {
      port = null
      throw error
    })
    return port
  }

  function keep(): Promise<void> {
    const kept = saving.catch(() => {}).then(async () => await (await world()).keep({ check, tries }))
    saving = kept
    return kept
  }

  /** [CODE-2] By the tablet's uptime, which no setting of a clock touches; what is left is kept over a reload. */
  function pause(): void {
    stopPause()
    untilUpMs = tries.leftMs > 0 ? clock.upMs() + tries.leftMs : null
    if (untilUpMs === null) return
    stopPause = clock.after(Math.min(tries.leftMs, keepEveryMs), () => {
      tries = { ...tries, leftMs: Math.max(0, (untilUpMs ?? 0) - clock.upMs()) }
      keep().catch(() => {})
      pause()
      if (untilUpMs === null && state.peek().type === 'pauses') show(null)
    })
  }

  function take(kept: KeptCode): void {
    check = kept.check
    tries = kept.tries
    pause()
  }

  let reading: Promise<void> | null = null
  /** Read once for a page. */
  function read(): Promise<void> {
    reading ??= world()
      .then((io) => io.read())
      .then(take)
      .catch((error: unknown) => {
        reading = null
        throw error
      })
    return reading
  }
  // A pause goes on whether or not somebody asks for the code.
  read().catch(() => {})

  function show(left: number | null): void {
    typed = ''
    if (check === null) state.value = { type: 'untold' }
    else if (untilUpMs !== null) state.value = { type: 'pauses', untilUpMs }
    else state.value = { type: 'asks', typed: 0, left }
  }

  function shut(): void {
    turn += 1
    typed = ''
    stopUntouched()
    state.value = { type: 'shut' }
  }

  function touched(): void {
    stopUntouched()
    stopUntouched = clock.after(untouchedMs, shut)
  }

  async function tryCode(code: string, by: CodeCheck): Promise<'right' | 'wrong'> {
    tries = tried(tries)
    // At once: a pad that is shut and opened anew meanwhile takes no further code.
    pause()
    await keep()
    const isRight = (await (await world()).stretch(code, by)) === by.hash
    // Another code was told meanwhile, and its tries begin anew.
    if (check !== by) return 'wrong'
    if (!isRight) return 'wrong'
    take({ check, tries: noTries })
    await keep()
    return 'right'
  }

  async function enter(code: string, by: CodeCheck): Promise<void> {
    const mine = turn
    typed = ''
    state.value = { type: 'waits' }
    const verdict = await tryCode(code, by)
    if (verdict === 'wrong' && untilUpMs !== null) say({ type: 'settings.tried', outcome: 'refused' })
    if (mine !== turn) return
    if (verdict === 'wrong') return show(triesLeft(tries))
    say({ type: 'settings.tried', outcome: 'opened' })
    state.value = { type: 'open' }
  }

  function failed(mine: number): void {
    if (mine === turn) state.value = { type: 'broken' }
  }

  calls.state.subscribe(({ type }) => {
    if (type !== 'idle' && state.peek().type !== 'shut') shut()
  })

  return {
    state,
    touched,
    shut,
    ask() {
      if (calls.state.peek().type !== 'idle') return
      shut()
      touched()
      const mine = turn
      state.value = { type: 'waits' }
      read().then(
        () => mine === turn && show(null),
        () => failed(mine),
      )
    },
    press(key) {
      const now = state.peek()
      const digit = digitOf(key)
      touched()
      if (now.type !== 'asks' || digit === null || check === null) return
      const mine = turn
      typed += digit
      const code = typed
      if (code.length < codeDigits) state.value = { ...now, typed: code.length }
      else enter(code, check).catch(() => failed(mine))
    },
    erase() {
      const now = state.peek()
      touched()
      if (now.type !== 'asks') return
      typed = typed.slice(0, -1)
      state.value = { ...now, typed: typed.length }
    },
    async told(next) {
      await read()
      if (check?.hash === next.hash && check.salt === next.salt) return
      take({ check: next, tries: noTries })
      const { type } = state.peek()
      if (type === 'untold' || type === 'asks' || type === 'pauses') show(null)
      await keep()
    },
  }
}
