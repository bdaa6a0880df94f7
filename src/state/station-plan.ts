/** The plan at a station: whose it is, when it may be seen without the server, and what becomes of it at the end. */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Lock } from './lock.ts'
import type { Resident } from './plan-ports.ts'
import type { Ports } from './ports.ts'
import { copiesUnsent } from './scan-copies-unsent.ts'
import type { RunningSync, Sync } from './sync.ts'

/** Changes, which a sign-out deletes, and sealed copies of scans, which go on waiting here for whoever made them. */
export type Unsent = { readonly changes: number; readonly copies: number }

export type StationPlan = {
  /** Null: nobody's is open here. */
  readonly plan: Signal<Sync | null>
  /** Whose it is, or will be as soon as it is open. */
  readonly staffId: ReadonlySignal<string | null>
  /** What is unsent, while it is asked whether to sign out all the same; null: nothing is asked. */
  readonly leaving: Signal<Unsent | null>
  /** Unsent changes of somebody else that wait here. */
  readonly others: Signal<number>
}

export type StationPlanDoor = StationPlan & {
  /** This page is theirs from now on: the plan of anybody else closes at once. */
  belongsTo(staffId: string): void
  /** The server said who is signed in, and it is known what opens their lock. */
  welcomed(resident: Resident): void
  /** Who may see their plan here without the server having said so; null: nobody. */
  resident(): Promise<Resident | null>
  /** Reads, and shows nobody, what a start without the server would show: it is there when the server is not. */
  readAhead(): Promise<void>
  /** Opens it without the server's word, where the lock lets it. */
  resume(resident: Resident): void
  poke(): void
  /** False: something is unsent, and now it is asked. */
  mayLeave(): Promise<boolean>
  /** Signed out by hand: everything goes, from the screen at once. From behind the lock nobody deletes what another wrote. */
  signedOut(): Promise<void>
  /** A sign-in is over or a new one begins: nobody is locked out by how the last one left the screen. */
  anew(): void
  /** The session was ended elsewhere: the rows go, what was not sent waits for the same person. */
  dismissed(): Promise<void>
}

/** How long a disk that does not answer is waited for. */
const diskMs = 5_000

export function createStationPlan({ plan: port, clock, copies }: Ports, lock: Lock): StationPlanDoor {
  const plan = signal<Sync | null>(null)
  const leaving = signal<Unsent | null>(null)
  const others = signal(0)
  /** Where it was left, before this page says anything else. */
  const before = port.lastLock()
  let running: RunningSync | null = null
  const staffId = signal<string | null>(null)
  /** Who is at work here; what was begun for anybody else comes too late. */
  let owner: string | null = null
  /** Who was welcomed last, as they are remembered. */
  let kept: Resident | null = null
  /** Counts what was begun to open, and what was closed: only the newest is shown. */
  let openings = 0
  let last: Promise<unknown> = Promise.resolve()
  /** What is read before anybody is at work here. */
  let ahead: { readonly who: string; readonly opening: Promise<RunningSync | null> } | null = null
  /** Who was here, while that is being read. */
  let reading: Promise<Resident | null> | null = null

  let isFirst = true
  lock.locked.subscribe(() => {
    if (!isFirst) noteLock()
    isFirst = false
  })

  lock.ways.subscribe((ways) => {
    // They may come long after the welcome, or change.
    if (ways && kept && kept.me.staffId === owner && kept.ways !== ways)
      keep({ ...kept, ways }).catch(() => {})
  })

  /** What opens the lock stays what it was, when the server could not be asked: without it no lock would fall. */
  function keep(resident: Resident): Promise<unknown> {
    kept = resident
    return inTurn(() => remember(resident))
  }

  async function remember(resident: Resident): Promise<void> {
    const who = resident.me.staffId
    if (owner !== who) return
    const old = resident.ways ? null : await port.resident()
    if (owner !== who) return
    const ways = old?.me.staffId === who ? old.ways : resident.ways
    await port.welcome({ ...resident, ways })
  }

  function noteLock(): void {
    port.noteLock(lock.locked.value ? 'locked' : 'open')
  }

  function belongsTo(who: string): void {
    if (ahead?.who !== who) dropAhead()
    if (owner !== who) close()
    owner = who
  }

  async function open(who: string): Promise<void> {
    if (owner !== who) return
    if (staffId.value === who) return running?.refresh()
    staffId.value = who
    const mine = ++openings
    const opened = (await takeAhead(who)) ?? (await ready(who))
    if (openings !== mine) return opened?.stop()
    running = opened
    plan.value = opened
    // What failed is tried again at the next welcome.
    if (!opened) staffId.value = null
  }

  /** Who asks while it is being read waits for the same reading: each opens several stores. */
  function resident(): Promise<Resident | null> {
    reading ??= port
      .resident()
      .catch(() => null)
      .finally(() => {
        reading = null
      })
    return reading
  }

  function takeAhead(who: string): Promise<RunningSync | null> | null {
    if (ahead?.who !== who) return null
    const { opening } = ahead
    ahead = null
    return opening
  }

  function dropAhead(): void {
    void ahead?.opening.then((opened) => opened?.stop())
    ahead = null
  }

  /** Null: it could not be opened, and what was begun is stopped. */
  async function ready(who: string): Promise<RunningSync | null> {
    const opened = await port.open(who).catch(() => null)
    try {
      await opened?.ready
      return opened
    } catch {
      opened?.stop()
      return null
    }
  }

  /** From here on it is shown and used by nobody; whoever takes it away ends it. */
  function detach(): RunningSync | null {
    const left = running
    owner = null
    kept = null
    openings += 1
    running = null
    batch(() => {
      staffId.value = null
      plan.value = null
      leaving.value = null
      others.value = 0
    })
    return left
  }

  function close(): void {
    detach()?.stop()
  }

  /** Undefined: the disk failed, or took too long. Nobody's names stay on a screen for want of it (HZ-6). */
  function atMost<T>(work: Promise<T> | undefined): Promise<T | undefined> {
    return new Promise((resolve) => {
      const stopWaiting = clock.after(diskMs, () => resolve(undefined))
      const end = (value?: T) => {
        stopWaiting()
        resolve(value)
      }
      Promise.resolve(work).then(end, () => end())
    })
  }

  /** One after the other, so that the end of one person never deletes the record of the next. */
  function inTurn(work: () => Promise<unknown>): Promise<unknown> {
    const mine = last.then(() => atMost(work())).catch(() => {})
    last = mine
    return mine
  }

  /** The note first: it holds whatever becomes of the disk. Only the plan that was captured is ended. */
  async function end(left: RunningSync | null, work: Promise<void> | undefined): Promise<void> {
    port.noteNobody()
    const ended = atMost(work).then(() => left?.stop())
    void inTurn(() => ended)
    // Always: what was wiped may have been another store than the browser's own.
    await inTurn(() => port.dismiss())
  }

  /** Copies that cannot be counted are not asked about: nothing becomes of them. */
  async function countUnsent(): Promise<Unsent> {
    const open = running
    const [changes, waiting] = await Promise.all([
      atMost(open?.count()),
      atMost(kept ? copiesUnsent(copies, kept.me) : undefined),
    ])
    return { changes: changes ?? open?.pending.value.length ?? 0, copies: waiting ?? 0 }
  }

  async function countOthers(who: string): Promise<void> {
    const waiting = await port.othersWaiting(who)
    if (owner === who) others.value = waiting
  }

  return {
    plan,
    staffId,
    leaving,
    others,
    belongsTo,
    welcomed(resident) {
      const who = resident.me.staffId
      // What is noted may be another's, who left it so and has not been here since.
      noteLock()
      // The rows of whoever was here before go before anything is opened.
      void keep(resident)
        .then(() => open(who))
        .then(() => countOthers(who))
        .catch(() => {})
    },
    resident,
    async readAhead() {
      const begun = openings
      const found = await resident()
      // Somebody may have signed out, or in, meanwhile.
      if (!found || owner !== null || openings !== begun || !lock.wasLeftOpen(found.ways, before)) return
      dropAhead()
      ahead = { who: found.me.staffId, opening: ready(found.me.staffId) }
    },
    resume(resident) {
      belongsTo(resident.me.staffId)
      lock.resume(resident.ways, before)
      // Behind the lock nothing is even read: only the server can open it.
      if (!lock.locked.value) void open(resident.me.staffId)
    },
    poke: () => running?.poke(),
    async mayLeave() {
      if (lock.locked.value || leaving.value !== null) return true
      const unsent = await countUnsent()
      if (unsent.changes + unsent.copies === 0) return true
      leaving.value = unsent
      running?.refresh()
      return false
    },
    signedOut() {
      const isLocked = lock.locked.value
      dropAhead()
      const left = detach()
      return end(left, isLocked ? undefined : left?.wipe())
    },
    anew() {
      lock.anew()
      noteLock()
    },
    dismissed() {
      dropAhead()
      const left = detach()
      return end(left, left?.withdraw())
    },
  }
}
