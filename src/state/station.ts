/** The station: who is signed in, the ward's board, and the one bed whose panel is open. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type CallOverride, ringOnly } from '../core/call-state.ts'
import { type Action, permissionOf } from '../core/permissions.ts'
import type { AdmissionAnswered } from '../protocol/admission.ts'
import type { CallMode } from '../protocol/call-mode.ts'
import type { CallOutcome } from '../protocol/call-outcome.ts'
import type { BedParty, BedView, StaffParty } from '../protocol/people.ts'
import type { Welcome } from '../protocol/wire.ts'
import type { AdmissionLine } from './admission-desk.ts'
import type { BringIn } from './bring-in.ts'
import { type Calls, createCalls } from './calls.ts'
import { createStationCare, type StationCare } from './care.ts'
import { type Connection, connect, newConnection } from './connection.ts'
import { type DigitsOutcome, typeDigits } from './digits.ts'
import { createGlass, type Glass } from './glass.ts'
import type { Guests, InvitedGuest } from './guests.ts'
import { createLanguageChoice, type LanguageChoice } from './language.ts'
import { createLock, hearLocks, type Lock } from './lock.ts'
import type { PlanParts } from './plan.ts'
import type { ApiPort, Clock, PhonePort, Ports, VisitsPort } from './ports.ts'
import { createRequestList } from './request-list.ts'
import type { QueueParts } from './requests.ts'
import type { CopiesPort } from './scan-copies-ports.ts'
import type { ScanDoor } from './scan-ports.ts'
import { createEntry, type Entry, type EntryProblem } from './sign-in.ts'
import { createStationPlan, type StationPlan } from './station-plan.ts'
import { createStationTrust, type StationTrust } from './trust.ts'

import type { WakingAsked, WakingParts } from './waking.ts'
import { createWays, type Ways } from './ways.ts'

export { type CallOutcome, callOutcomes } from '../protocol/call-outcome.ts'
export { overrideWhys, shortestOverride } from '../protocol/call-override.ts'
export type { BedView, StaffParty }

export type Access =
  | { readonly type: 'starting' }
  | { readonly type: 'signed-out'; readonly problem: EntryProblem | null }
  | { readonly type: 'signed-in' }

/** The clock on the ward's walls: its zone, and how far it is ahead of this device's. */
export type WardTime = { readonly zone: string | null; readonly aheadMs: number }

export type Station = {
  readonly access: Signal<Access>
  readonly entry: Entry
  readonly lock: Lock
  readonly connection: Signal<Connection>
  readonly me: Signal<StaffParty | null>
  readonly ward: Signal<string>
  readonly demo: Signal<boolean>
  readonly beds: Signal<readonly BedView[]>
  readonly wardTime: ReadonlySignal<WardTime>
  /** The bed whose panel is open. */
  readonly openBedId: Signal<string | null>
  /** Beds whose patient has just changed: a finger on its way to *Call* meant the one before (HZ-1). */
  readonly changing: Signal<ReadonlySet<string>>
  readonly admissions: AdmissionLine
  readonly calls: Calls
  /** Whom one can bring to the table of the present call; fetched when it is asked for. */
  readonly bringIn: () => Promise<BringIn>
  /** What of the relay is open from here. */
  readonly ways: Ways
  /** Whether the browser lets this page open camera and microphone, without asking the person. */
  permission(): Promise<'granted' | 'denied' | 'unknown'>
  readonly care: StationCare
  /** What stands between a press on *Call* and a ring that would wake others; it comes with the panels. */
  readonly waking: Signal<WakingAsked | null>
  readonly wakingParts: WakingParts
  readonly trust: StationTrust
  readonly speech: LanguageChoice
  readonly glass: Glass
  /** Those from outside who are asked to the present call. */
  readonly guests: Guests
  /** Counts what the server said of duties, and of what those who have them are asked. */
  readonly dutyNews: ReadonlySignal<number>
  /** The same of sealed copies of scans. */
  readonly copyNews: ReadonlySignal<number>
  /** The same of those who have a visit by video. */
  readonly visitNews: ReadonlySignal<number>
  /** What the ward's patients ask for. */
  readonly requests: QueueParts
  /** The plan of whoever is signed in; it is there without a network, too. */
  readonly home: StationPlan
  /** The server was not heard since the page began: whoever is named here was signed in when it was heard last. */
  readonly isRemembered: Signal<boolean>
  /** What the plan's screens are made of; null until somebody is signed in and their plan is open. */
  readonly plan: ReadonlySignal<PlanParts | null>
  /** What shows a request on this device while its page is closed. */
  readonly phone: () => Promise<PhonePort>
  /** What vouches for whoever waits for a visit. */
  readonly family: Ports['family']
  readonly visits: () => Promise<VisitsPort>
  /** What opens and shows scans and photographs. */
  readonly scans: () => Promise<ScanDoor>
  /** What sends and opens sealed copies of them. */
  readonly copies: () => Promise<CopiesPort>
  readonly clock: Clock
  /** For calendar links and files, which need the server. */
  readonly api: Pick<ApiPort, 'ask'>
  call(bed: BedView, mode: CallMode): void
  /** Calls although the patient wants to be alone, or has quiet hours; they are told who and why. */
  override(bed: BedView, mode: CallMode, override: CallOverride): void
  /** What comes of a call that is over; kept with it, also when the server hears of it only later. */
  noteOutcome(callId: string, outcome: CallOutcome): void
  openPanel(bedId: string | null): void
  /** Whether this person's role ever allows it; the server has the last word. */
  mayEver(action: Action): boolean
  /** Confirms the tablet that shows these digits at the bed. */
  confirmTablet(bed: BedView, typed: string): Promise<DigitsOutcome>
  /** Takes the seat back from another tab of the same id. */
  useHere(): void
  /** With anything unsent it is asked first, by `home.leaving`; called again, it signs out, and unsent changes are deleted. */
  signOut(): Promise<void>
  /** Not after all. */
  stay(): void
}

/** How long a bed is not called after its patient has changed: long enough to see another name. */
const lookAgainMs = 1_500

/** A network that swallows everything is no network after so long. */
const silentMs = 2_500

/** Builds the station and starts it: the link's one-time code first, then the session this browser may have. */
export function createStation(given: Ports): Station {
  const ports = hearLocks(given, () => lock.told(true))
  const isRemembered = signal(false)
  /** Somebody who comes in by a link is not whoever was here before. */
  let isNewcomer = false
  const access = signal<Access>({ type: 'starting' })
  const connection = newConnection()
  const me = signal<StaffParty | null>(null)
  const ward = signal('')
  const demo = signal(false)
  const beds = signal<readonly BedView[]>([])
  const openBedId = signal<string | null>(null)
  const changing = signal<ReadonlySet<string>>(new Set())
  const answered = signal<AdmissionAnswered | null>(null)
  const wardTime = signal<WardTime>({ zone: null, aheadMs: 0 })
  const calls = createCalls(ports, {
    isHeard: () => connection.peek().type === 'open',
    policy: () => ringOnly,
  })
  const bringIn = partOf(() =>
    import('./bring-in.ts').then(({ createBringIn }) => createBringIn({ ...ports, calls, beds })),
  )
  const ways = createWays(ports, null)
  const glass = createGlass(ports)
  const invited = signal<readonly InvitedGuest[]>([])
  const guests = partOf(() =>
    import('./guests.ts').then(({ createGuests }) =>
      createGuests(ports, calls, invited, () => ports.clock.nowMs() + wardTime.peek().aheadMs),
    ),
  )
  const requestList = createRequestList()
  const welcomes = signal(0)
  const dutyNews = signal(0)
  const copyNews = signal(0)
  const visitNews = signal(0)
  const requests: QueueParts = {
    ...ports,
    open: requestList.open,
    answers: computed(() => me.value !== null && permissionOf(me.value.role, 'request.answer') !== 'no'),
    session: computed(() => (connection.value.type === 'open' ? welcomes.value : null)),
  }
  const waking = signal<WakingAsked | null>(null)
  const wakingParts: WakingParts = {
    beds,
    wall() {
      const { zone, aheadMs } = wardTime.peek()
      return { nowMs: ports.clock.nowMs() + aheadMs, zone }
    },
    dial(bed, mode, how) {
      const softly = how === 'softly' ? 'yes' : undefined
      if (!isHeld(bed)) calls.dial(partyOf(bed, ward.value), mode, bed.stay.epoch, { softly })
    },
  }
  const lock = createLock(ports, 'station', () => home.poke())
  const home = createStationPlan(ports, lock)
  // Whoever unlocks, or signs in next, is not who asked.
  lock.locked.subscribe((isLocked) => {
    if (isLocked) waking.peek()?.drop()
  })
  const trust = createStationTrust(ports, () => lock.locked.value)
  /** No call begins before it is known whom to trust, and no hello is said. */
  let prepared: Promise<void> = Promise.resolve()
  const entry = createEntry(ports, 'station', () => {
    home.anew()
    goOnline()
  })

  function welcomed(welcome: Welcome): void {
    if (welcome.me.type === 'staff') {
      home.belongsTo(welcome.me.staffId)
      me.value = welcome.me
    }
    access.value = { type: 'signed-in' }
    ward.value = welcome.ward
    demo.value = welcome.demo
    if (welcome.snapshot) beds.value = welcome.snapshot.beds
    glass.welcomed(welcome)
    ways.welcomed(welcome)
    wardTime.value = { zone: welcome.zone, aheadMs: welcome.serverTimeMs - ports.clock.nowMs() }
    welcomes.value += 1
    isRemembered.value = false
    void beginLock()
    renew()
  }

  /** Who was welcomed is remembered with what opens their lock, so it is asked first. */
  async function beginLock(): Promise<void> {
    await lock.begin()
    if (me.value) home.welcomed({ me: me.value, ward: ward.value, demo: demo.value, ways: lock.ways.value })
  }

  /** No server: whoever was signed in here last may see what they saw, as far as the lock lets them. */
  async function remember(): Promise<void> {
    if (access.value.type !== 'starting' || isNewcomer) return
    const resident = await home.resident()
    if (!resident || access.value.type !== 'starting') return
    isRemembered.value = true
    me.value = resident.me
    ward.value = resident.ward
    demo.value = resident.demo
    home.resume(resident)
    access.value = { type: 'signed-in' }
  }

  /** What fails here shows at the next call, which then cannot be verified. */
  function renew(): void {
    trust.register().catch(() => {})
  }

  function takeBed(bed: BedView): void {
    const before = beds.value.find(({ bedId }) => bedId === bed.bedId)
    beds.value = withBed(beds.value, bed)
    if (before && before.stay.epoch !== bed.stay.epoch) holdBack(bed.bedId)
  }

  function holdBack(bedId: string): void {
    changing.value = new Set(changing.value).add(bedId)
    ports.clock.after(lookAgainMs, () => {
      changing.value = new Set([...changing.value].filter((other) => other !== bedId))
    })
  }

  function goOnline(): void {
    connect(ports, calls, connection, {
      async hello(_nonce, claims) {
        await prepared
        return { client: 'station', tabId: ports.page.tabId(), claims }
      },
      welcomed,
      received(message) {
        if (message.type === 'access.changed') beds.value = message.beds
        glass.received(message)
        // What could not be fetched is asked for again, when this page comes back.
        if (message.type === 'guest.waiting')
          guests().then(
            ({ letIn }) => letIn(message),
            () => {},
          )
        requestList.received(message)
        if (message.type === 'lock.changed') lock.told(message.locked)
        if (message.type === 'lock.changed') given.plan.noteLock(message.locked ? 'locked' : 'open')
        if (message.type === 'bed.changed') takeBed(message.bed)
        if (message.type === 'admission.answered') answered.value = message
        if (message.type === 'plan.news') home.poke()
        if (message.type === 'duty.news') dutyNews.value += 1
        if (message.type === 'copies.changed') copyNews.value += 1
        if (message.type === 'visits.news') visitNews.value += 1
      },
    })
  }

  function leave(problem: EntryProblem | null): void {
    waking.peek()?.drop()
    me.value = null
    isRemembered.value = false
    beds.value = []
    openBedId.value = null
    requestList.open.value = []
    lock.stop()
    entry.problem.value = problem
    access.value = { type: 'signed-out', problem }
    void entry.load()
  }

  async function begin(): Promise<void> {
    const code = ports.page.takeSecret('signin')
    isNewcomer = code !== null
    const answer = code === null ? null : await ports.api.signIn(code)
    if (answer && !answer.ok) return leave(answer.failure)
    if (answer) home.anew()
    if (entry.hasErrand) return leave(entry.problem.value)
    ports.clock.after(silentMs, () => void remember())
    if (!isNewcomer) void home.readAhead()
    prepared = trust.prepare().catch(() => {})
    goOnline()
  }

  function isHeld({ bedId }: BedView): boolean {
    return lock.locked.value || changing.value.has(bedId)
  }

  function call(bed: BedView, mode: CallMode): void {
    if (isHeld(bed)) return
    if (waking.value) waking.value.call(bed, mode)
    else wakingParts.dial(bed, mode, 'loudly')
  }

  let isLeaving = false
  function dismiss(): void {
    void home.dismissed()
    home.anew()
    // Whoever was in must be told that they are not any more.
    leave(access.value.type === 'signed-in' ? 'signed-out' : null)
  }

  connection.subscribe((now) => {
    if (now.type === 'lost') void remember()
    // While somebody signs out the server may close the socket before it answers: the answer says what is deleted.
    if (isDismissed(now) && !isLeaving) dismiss()
  })
  // An administrator may have signed meanwhile: the next call finds out.
  calls.doubt.subscribe((failure) => {
    if (failure === 'uncertified') renew()
  })
  void begin()

  return {
    access,
    entry,
    lock,
    connection,
    me,
    ward,
    demo,
    beds,
    wardTime,
    openBedId,
    calls,
    bringIn,
    ways,
    permission: () => ports.media.permission(),
    care: createStationCare(ports, beds, me),
    trust,
    speech: createLanguageChoice(ports.page, () => me.value?.staffId ?? null),
    glass,
    guests: {
      invited,
      invite: (...asked) =>
        guests().then(
          ({ invite }) => invite(...asked),
          () => ({ ok: false, failure: 'unreachable' }),
        ),
    },
    dutyNews,
    copyNews,
    visitNews,
    requests,
    changing,
    admissions: {
      connection,
      answered,
      clock: ports.clock,
      say: (act) => ports.socket.send(act),
      newId: ports.page.newId,
    },
    home,
    isRemembered,
    plan: planPartsOf(ports, home, me),
    phone: ports.phone,
    visits: ports.visits,
    family: ports.family,
    scans: ports.scans,
    copies: ports.copies,
    clock: ports.clock,
    api: ports.api,
    waking,
    wakingParts,
    call,
    override(bed, mode, override) {
      if (!isHeld(bed)) calls.dial(partyOf(bed, ward.value), mode, bed.stay.epoch, { override })
    },
    noteOutcome: (callId, outcome) => ports.socket.send({ type: 'call.outcome', callId, outcome }),
    openPanel(bedId) {
      // The end of the last call has been read by then; it would hide the panel.
      if (bedId !== null) calls.dismiss()
      openBedId.value = bedId
    },
    mayEver: (action) => me.value !== null && permissionOf(me.value.role, action) !== 'no',
    confirmTablet: (bed, typed) => typeDigits(ports, bed, typed),
    useHere() {
      connection.value = { type: 'connecting' }
      goOnline()
    },
    stay() {
      home.leaving.value = null
    },
    async signOut() {
      if (!(await home.mayLeave())) return
      calls.leave()
      isLeaving = true
      const left = await ports.api.signOut()
      isLeaving = false
      if (!left.ok) return isDismissed(connection.value) ? dismiss() : undefined
      ports.socket.close()
      // The screen before the disk, which may fail or hang (HZ-6).
      const gone = home.signedOut()
      home.anew()
      leave(null)
      await gone
      if (left.value.goTo !== null) ports.page.goTo(left.value.goTo)
    },
  }
}

function partyOf(bed: BedView, ward: string): BedParty {
  return { type: 'bed', bedId: bed.bedId, label: bed.label, ward }
}

/** A part that is fetched when it is first asked for; what could not be fetched is asked for again. */
function partOf<T>(fetch: () => Promise<T>): () => Promise<T> {
  let fetching: Promise<T> | null = null
  return () => {
    fetching ??= fetch()
    fetching.catch(() => {
      fetching = null
    })
    return fetching
  }
}

/** The board with one bed replaced, or a new one at its end; a bed never moves. */
function withBed(beds: readonly BedView[], changed: BedView): readonly BedView[] {
  const isKnown = beds.some((bed) => bed.bedId === changed.bedId)
  return isKnown ? beds.map((bed) => (bed.bedId === changed.bedId ? changed : bed)) : [...beds, changed]
}

/** The same as long as it is of the same person: who comes back to the server finds their dialogs as they were. */
function planPartsOf(
  { clock, page, plan: { lastZone, noteZone } }: Ports,
  { plan, staffId }: StationPlan,
  me: ReadonlySignal<StaffParty | null>,
): ReadonlySignal<PlanParts | null> {
  let parts: PlanParts | null = null
  return computed(() => {
    const [open, who] = [plan.value, me.value]
    // Nobody sees another's rows, or writes in their name, while one of the two is changing.
    if (!open || !who || staffId.value !== who.staffId) parts = null
    else if (parts?.sync !== open || JSON.stringify(parts.me) !== JSON.stringify(who))
      parts = { sync: open, me: who, clock, newId: page.newId, lastZone, noteZone }
    return parts
  })
}

function isDismissed(connection: Connection): boolean {
  return connection.type === 'refused' && connection.why === 'unauthenticated'
}
