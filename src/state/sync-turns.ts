/** When the server is asked: by one tab for all, one request at a time, sooner or later with some jitter, and for ever. */
import type { Meeting, SyncPorts } from './plan-ports.ts'
import type { MeetingEnd } from './sync-round.ts'

/** Without any news it is asked this often. */
const everyMs = 30_000
/** News may come several at once, to a whole ward at once. */
const pokeMs = 250
/** A tab that leads answers in this time, or the one that asked does it itself. */
const leaderMs = 4_000
const firstRetryMs = 1_000
/** Older than this is not live any more, whatever was last said (HZ-7). */
const lateMs = 60_000
/** Timers stand still while a device sleeps, and what it wakes with must not look new for long. */
const watchMs = 10_000

type Hooks = {
  meet(): Promise<MeetingEnd | null>
  met(meeting: Meeting): void
  /** From time to time. */
  look(): Promise<void>
  /** Nothing was heard for so long that what is shown is not live any more. */
  late(): void
}

export type Turns = ReturnType<typeof createTurns>

export function createTurns(
  { clock, tabs, random }: Pick<SyncPorts, 'clock' | 'tabs' | 'random'>,
  { meet, met, look, late }: Hooks,
) {
  let isRunning = false
  let isWanted = false
  let isStopped = false
  let hasBegun = false
  let failures = 0
  let notBeforeUpMs = 0
  /** Since when the tab that leads was asked and has said nothing; null: it was not. */
  let askedUpMs: number | null = null
  let stopTimer = () => {}
  let stopWatch = () => {}

  function at(ms: number, then: () => void): void {
    stopTimer()
    if (!isStopped) stopTimer = clock.after(ms, then)
  }

  /** Asks, or lets the tab that leads ask. */
  function hurry(): void {
    if (isStopped || !hasBegun) return
    if (isRunning) {
      isWanted = true
      return
    }
    const waitMs = notBeforeUpMs - clock.upMs()
    if (waitMs > 0) return at(waitMs, hurry)
    if (tabs.isLeader()) return void run()
    tabs.tell({ type: 'ask' })
    // Whoever asks again meanwhile waits no longer: it may be frozen, and somebody here go on writing.
    askedUpMs ??= clock.upMs()
    at(askedUpMs + leaderMs - clock.upMs(), () => void run())
  }

  async function run(): Promise<void> {
    if (isRunning || isStopped) return
    isRunning = true
    isWanted = false
    askedUpMs = null
    stopTimer()
    const end = await meet().catch(() => unreachable)
    isRunning = false
    if (isStopped) return
    if (end) {
      take(end)
      tabs.tell({ type: 'met', meeting: end.meeting })
    }
    await look().catch(() => {})
    if (!isRunning) again(end)
  }

  function take({ meeting, afterMs }: MeetingEnd): void {
    const isReached = meeting.failure !== 'unreachable' && meeting.failure !== 'too-many'
    failures = isReached ? 0 : failures + 1
    watch()
    if (afterMs > 0) notBeforeUpMs = clock.upMs() + afterMs * (1 + random() / 2)
    met(meeting)
  }

  /** Apart from all asking: a request that is never answered must not keep an old plan looking new. */
  function watch(): void {
    const [sinceMs, sinceUpMs] = [clock.nowMs(), clock.upMs()]
    stopWatch()
    const lookAgain = () => {
      if (isStopped) return
      // The wall clock goes on in a sleep; the other cannot be set.
      const agoMs = Math.max(Math.abs(clock.nowMs() - sinceMs), clock.upMs() - sinceUpMs)
      if (agoMs >= lateMs) late()
      else stopWatch = clock.after(watchMs, lookAgain)
    }
    lookAgain()
  }

  function again(end: MeetingEnd | null): void {
    if (end?.again || (isWanted && failures === 0)) return at(0, hurry)
    at(failures > 0 ? retryMs() : everyMs * (0.75 + random() / 2), tick)
  }

  function retryMs(): number {
    return Math.min(everyMs, firstRetryMs * 2 ** Math.min(failures - 1, 6)) * (0.5 + random())
  }

  function tick(): void {
    void look()
      .catch(() => {})
      .then(hurry)
  }

  return {
    begin(): void {
      hasBegun = true
      hurry()
    },
    hurry,
    /** Something was written: at once, unless the server is out of reach and is asked again soon anyway. */
    soon(): void {
      if (failures === 0) hurry()
      else if (isRunning) isWanted = true
    },
    poke(): void {
      if (hasBegun && !isRunning) at(random() * pokeMs, hurry)
      else isWanted = true
    },
    /** The tab that leads has asked. */
    heard(meeting: Meeting): void {
      askedUpMs = null
      take({ meeting, again: false, afterMs: 0 })
      if (!isRunning) again(null)
    },
    stop(): void {
      isStopped = true
      stopTimer()
      stopWatch()
    },
  }
}

const unreachable: MeetingEnd = {
  meeting: { failure: 'unreachable', asOfMs: null, clockAheadMs: null },
  again: false,
  afterMs: 0,
}
