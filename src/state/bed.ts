/** The tablet beside a bed: from its enrolment link to Ready, and what it says when it is not. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { AtTheBed } from '../core/answer-policy.ts'
import type { AnswerPolicy, CallState } from '../core/call-state.ts'
import { stillCaring } from '../core/care.ts'
import { type Language, languageFrom } from '../core/languages.ts'
import { readTypedCode } from '../core/tablet-code.ts'
import type { Carer } from '../protocol/care.ts'
import type { FamilyYours } from '../protocol/family-messages.ts'
import type { BedReport, StaffParty, Stay } from '../protocol/people.ts'
import type { Chain } from '../protocol/proof.ts'
import type { CodeCheck, SettingsMessage } from '../protocol/staff-code.ts'
import type { ClientMessage, Welcome } from '../protocol/wire.ts'
import type { Wishes } from '../protocol/wishes.ts'
import type { Binding, BindingHooks } from './binding.ts'
import { type Calls, createCalls } from './calls.ts'
import { connect, newConnection } from './connection.ts'
import { createLoudness, type LoudnessChoice } from './loudness.ts'
import { createMyLedger, type MyLedger } from './my-ledger.ts'
import { createMyRequests, type MyRequests } from './my-requests.ts'
import { createMyPlan, type Kept, type MyPlan } from './patient-plan.ts'
import type {
  ApiFailure,
  BedIdentity,
  BedSettings,
  CameraFailure,
  Claims,
  CommonPorts,
  HelloPart,
  SocketRefusal,
} from './ports.ts'
import { createPrivacy, type Privacy, type PrivacyMinutes } from './privacy.ts'
import { type Readiness, readinessOf, type Setup } from './readiness.ts'
import { createSoundCheck, type SoundCheck } from './sound-check.ts'
import type { Awake, HealthTeller } from './tablet-health.ts'
import type { Updating } from './updating.ts'
import type { Ways, WaysFound } from './ways.ts'
import { createWhereabouts, type Power, type Whereabouts } from './whereabouts.ts'
import { createWishes, type PatientWishes } from './wishes.ts'

export type { Readiness, Setup }

export type FamilySaid = Extract<ClientMessage, { type: `family.${string}` }>

export type Bed = {
  readonly setup: Signal<Setup>
  readonly identity: Signal<BedIdentity | null>
  readonly readiness: ReadonlySignal<Readiness>
  readonly sound: Signal<'on' | 'blocked'>
  readonly wishes: PatientWishes
  readonly whereabouts: Whereabouts
  readonly soundCheck: SoundCheck
  readonly demo: Signal<boolean>
  /** Who cares for the patient now; a shift that is over by the server's clock is over without the server, too (SHIFT-8). */
  readonly carers: ReadonlySignal<readonly StaffParty[]>
  /** What the screen speaks; null until the tablet's settings are read. */
  readonly language: ReadonlySignal<Language | null>
  readonly calls: Calls
  readonly loudness: Pick<LoudnessChoice, 'level' | 'louder' | 'softer'>
  /** What else *Call back*, the spoken name, the self-test and the settings are made of, which come with the parts of a call. */
  readonly beside: Pick<CommonPorts, 'clock' | 'voice' | 'health' | 'staffDoor'> & {
    /** What staff codes are checked by, as it was told on this page; null: it was not. */
    readonly staffCode: ReadonlySignal<CodeCheck | null>
    say(message: SettingsMessage): void
    /** As when a patient leaves; the answer: whether all of it is gone from the disk (HZ-6). */
    forgetPatient(): Promise<readonly Kept[]>
    builds: CommonPorts['page']['builds']
    /** Undefined before this tablet was welcomed. */
    updating(): Promise<Updating> | undefined
    readonly stay: ReadonlySignal<number | null>
    /** Whether the screen stays on. */
    readonly awake: ReadonlySignal<Awake>
    /** Tries the ways to the relay anew; none where there is no relay. */
    findWays(): Promise<WaysFound>
  }
  /** Whether what rings now rings as in quiet hours. */
  readonly isSoft: ReadonlySignal<boolean>
  readonly privacy: Pick<Privacy, 'shown' | 'more' | 'end' | 'touched'>
  /** What the patient is told of their day; null: nothing is known. */
  readonly myPlan: ReadonlySignal<MyPlan | null>
  readonly requests: MyRequests
  readonly myLedger: Pick<MyLedger, 'view' | 'open' | 'close'>
  /** What *Family visits* is made of, which comes with the parts that follow. `yours`: as it was last told; null: not yet, or not of this stay. */
  readonly family: {
    readonly yours: ReadonlySignal<FamilyYours | null>
    readonly isOpen: ReadonlySignal<boolean>
    say(message: FamilySaid): void
    newId(): string
  }
  start(): Promise<void>
  /** Less than was agreed, or all of it again. */
  choose(choice: AtTheBed['choice']): void
  /** Nobody can call for so long. Not while a call is on: that is ended first. */
  drawCurtain(minutes: PrivacyMinutes): void
  /** Speaks this language from now on, for this stay; null: what the browser reads. */
  useLanguage(language: Language | null): void
  armSound(): void
  /** Takes the bed back from another window of this tablet. */
  useHere(): void
  /** Goes on as the bed it already is, after a link that was refused. */
  stay(): Promise<void>
  /** Takes a code that was typed here. False: it cannot be one. */
  typeCode(typed: string): boolean
}

/** How long the end of a call stays on the bed's screen before it is idle again. */
const farewellMs = 8_000

/** Builds the bed and starts it: reads the link or the stored identity and goes as far as it can by itself. */
export function createBed(ports: CommonPorts): Bed {
  const setup = signal<Setup>({ type: 'starting' })
  const identity = signal<BedIdentity | null>(null)
  const connection = newConnection()
  const sound = signal<'on' | 'blocked'>('blocked')
  const staffCode = signal<CodeCheck | null>(null)
  const demo = signal(false)
  /** As it was last told. */
  const carers = signal<readonly Carer[]>([])
  /** Undefined: not read yet. */
  const chosen = signal<Language | null | undefined>(undefined)
  const language = computed(() =>
    chosen.value === undefined
      ? null
      : languageFrom([chosen.value, wishes.agreed.value?.language ?? null, ...ports.page.languages()]),
  )
  /** Of whom this tablet knows that they lie here; null: of nobody yet. */
  const stay = signal<number | null>(null)
  const wishes = createWishes(ports.clock)
  /** The stay for which nothing older is kept here. */
  const cleanEpoch = signal<number | null>(null)
  let saving: Promise<Kept> = Promise.resolve('clean')
  const certified = signal(false)
  const isOpen = computed(() => connection.value.type === 'open')
  const readiness = computed(() => readinessOf(connection.value, certified.value))
  const mine = createMyPlan(ports.patientPlan, ports.clock, isOpen)
  const requests = createMyRequests(ports, isOpen, () => stay.peek())
  const privacy = createPrivacy(
    ports.clock,
    () => calls.timings().privacyMinuteMs,
    () => void save(),
  )
  const ledger = createMyLedger(ports, isOpen)
  const relatives = signal<FamilyYours | null>(null)
  /** An override of quiet hours rings as by day. */
  const isSoft = computed(
    () => isSoftCall(calls.state.value) || (wishes.isQuiet.value && !isAloud(calls.state.value)),
  )
  const power = signal<Power>(undefined)
  const whereabouts = createWhereabouts(ports.clock, isOpen, power, () => {
    // What is kept says also that this tablet was started.
    if (setup.peek().type === 'started') void save()
  })
  const mayKnock = computed(() => privacy.knocks.value && !whereabouts.isAstray.value)
  const knocks = computed(() => wishes.knocks.value && mayKnock.value)
  const policy = (): AnswerPolicy => {
    const agreed = wishes.policy(sound.value, stay.peek())
    const isBack = mayKnock.value
    return {
      ...agreed,
      knock: agreed.knock && isBack,
      overriddenKnock: agreed.overriddenKnock && isBack,
      privacy: privacy.isDrawn(),
    }
  }
  // No server can make a bed come back to a call that this page did not dial, camera and all (HZ-3).
  const calls = createCalls(ports, {
    isHeard: () => isOpen.peek(),
    policy,
    mayRestore: (call, present) => call.part === 'callee' || call.callId === present,
  })
  const loudness = createLoudness(ports, isSoft, () => void save())
  const isFree = () => calls.state.value.type === 'idle' || calls.state.value.type === 'ended'
  const soundCheck = createSoundCheck({
    ...{ clock: ports.clock, sound: ports.sound, louder: loudness.louder, isFree },
  })
  const isWaiting = computed(() => setup.value.type !== 'started')
  const ways = signal<WaysFound | null>(null)
  let waysPart: Promise<Ways> | undefined
  const awake = signal<Awake>('lost')
  let health: Promise<HealthTeller> | undefined
  let updatingPart: Promise<Updating> | undefined
  /** Whether the server is to hear this tablet at present. */
  let isIn = false
  /** Whether it was ever Ready. */
  let hasStarted = false
  const report = (): BedReport => ({
    sound: sound.value,
    knock: knocks.value,
    privacyUntilMs: privacy.untilServerMs.value,
    cleanEpoch: cleanEpoch.value,
    ...(ways.value && { ways: ways.value }),
    ...(power.value && { power: power.value }),
    ...(isWaiting.value && { start: 'waits' as const }),
  })

  async function hello(nonce: string, claims: Claims): Promise<HelloPart> {
    const deviceId = identity.value?.deviceId ?? ''
    const proof = await ports.device.sign(nonce, deviceId)
    if (proof === null) {
      // The key is gone from the browser's store: this tablet cannot prove any more which bed it is.
      isIn = false
      ports.socket.close()
      const was = identity.value
      if (was) bind((binding) => binding.again('lost', was))
      throw new Error('no key')
    }
    return { client: 'bed', deviceId, ...proof, report: report(), claims }
  }

  /** What the last patient allowed is not the next one's wish, nor are the last one's calls theirs (HZ-3, HZ-6). */
  function takeStay({ epoch }: Stay, agreed: Wishes | null): void {
    const before = stay.peek()
    stay.value = epoch
    batch(() => {
      if (before !== null && before !== epoch) {
        forgetWishes()
        ledger.close()
        calls.dismiss()
      }
      wishes.agreed.value = agreed
    })
    if (before === epoch) void save()
    else void wipe(epoch)
  }

  /** What was chosen, asked and hidden here was the last patient's. */
  function forgetWishes(): void {
    wishes.newStay()
    chosen.value = null
    requests.newStay()
    relatives.value = null
    privacy.newStay()
    loudness.use(null)
  }

  /** Its keys first, and only then is it said to be gone: a store that fails leaves the bed red at the station (HZ-6). */
  async function wipe(epoch: number): Promise<void> {
    const gone = await Promise.all([mine.newStay(), save()])
    if (stay.peek() === epoch && gone.every((kept) => kept === 'clean')) cleanEpoch.value = epoch
  }

  /** As a stay that nobody knows: the next one, also of the same number, begins with new keys. */
  function forgetPatient(): Promise<readonly Kept[]> {
    stay.value = null
    forgetWishes()
    ledger.close()
    return Promise.all([mine.newStay(), save()])
  }

  function takeCarers(next: readonly Carer[]): void {
    carers.value = next
    void save()
  }

  function refused(why: SocketRefusal): void {
    const was = identity.value
    isIn = false
    // It is nobody's tablet any more, or another one answers to its key: what it kept is no longer its own (HZ-6).
    if (why === 'unauthenticated' || why === 'cloned') void forgetPatient()
    if (why === 'cloned' && was) bind((binding) => binding.again('cloned', was))
    if (why === 'replaced') void lookWho()
  }

  /** Replaced, and by no window of this browser: somebody else has this key. The server must see both of us (HZ-14). */
  async function lookWho(): Promise<void> {
    if (await ports.device.isAlone()) open()
  }

  function goOnline(): void {
    setup.value = { type: 'started' }
    comeIn()
  }

  /** Also before its Start: at a station a tablet that waits for a touch must not look like one that is gone (ALIVE-6). */
  function comeIn(): void {
    if (isIn) return
    ports.page.keepAwake((now) => {
      awake.value = now
    })
    ports.page.watchPower((now) => {
      power.value = now
    })
    open()
  }

  /** Its code comes when somebody hears it: no tablet waits for it. */
  function sayHealth(): void {
    health ??= import('./tablet-health.ts').then(({ createHealthTeller }) =>
      createHealthTeller(ports, { isOpen, awake }),
    )
    health.then(
      (teller) => teller.welcomed(),
      () => {
        health = undefined
      },
    )
  }

  /** Its code comes when there is a relay to try: no tablet waits for it. */
  async function tryWays(welcome: Welcome): Promise<void> {
    waysPart ??= import('./ways.ts').then(({ createWays }) => {
      const part = createWays(ports, isFree)
      part.found.subscribe((found) => {
        ways.value = found
      })
      return part
    })
    const part = await waysPart.catch(() => null)
    part?.welcomed(welcome)
  }

  async function findWays(): Promise<WaysFound> {
    const part = await waysPart
    await part?.check()
    return part?.found.peek() ?? {}
  }

  /** Nobody needs this tablet: there is nothing that a page loaded anew would take away (UPDATE-6). */
  function isUnneeded(): boolean {
    const isQuiet = calls.state.peek().type === 'idle' && requests.open.peek().length === 0
    return isQuiet && setup.peek().type === 'started' && !soundCheck.isAsking.peek()
  }

  /** Its code comes once this tablet is Ready, and need not come for it to be. */
  function updating(then: (part: Updating) => void): void {
    updatingPart ??= Promise.all([import('./updating.ts'), ports.page.builds()]).then(([part, builds]) =>
      part.createUpdating({ clock: ports.clock, builds, isFree: isUnneeded, say: ports.socket.send }),
    )
    updatingPart.then(then, () => {})
  }

  function open(): void {
    isIn = true
    connect(ports, calls, connection, {
      hello,
      welcomed(welcome) {
        demo.value = welcome.demo
        if (welcome.staffCode) staffCode.value = welcome.staffCode
        carers.value = welcome.carers
        mine.welcomed(welcome.serverTimeMs)
        requests.welcomed(welcome)
        privacy.welcomed(welcome.serverTimeMs)
        wishes.welcomed(welcome.serverTimeMs)
        whereabouts.welcomed(welcome)
        if (welcome.relayUrls) void tryWays(welcome)
        sayHealth()
        updating((part) => part.welcomed())
        wishes.zone.value = welcome.zone
        if (welcome.stay) takeStay(welcome.stay, welcome.wishes)
        if (welcome.counter !== null) ports.device.keepCounter(welcome.counter).catch(() => {})
        certified.value = welcome.chain !== null
        if (welcome.chain) void keepChain(welcome.chain)
      },
      received(message) {
        // The welcome knew better than what a replay says of the time before it.
        if (message.type === 'stay.changed' && message.stay.epoch >= (stay.peek() ?? -1))
          takeStay(message.stay, message.wishes)
        if (message.type === 'tablet.whereabouts') whereabouts.told(message.digits)
        if (message.type === 'sound.play') soundCheck.play()
        if (message.type === 'staff-code.changed') staffCode.value = message.check
        if (message.type === 'update.offer') updating((part) => part.offered(message))
        if (message.type === 'care.changed') takeCarers(message.carers)
        if (message.type === 'ledger.yours') ledger.received(stay.peek(), message)
        const here = stay.peek()
        if (message.type === 'family.yours' && message.stay === here) relatives.value = message
        if (message.type === 'plan.yours' && here !== null) mine.received(here, message)
        requests.received(message)
        if (message.type !== 'chain.changed') return
        certified.value = true
        void keepChain(message.chain)
      },
      refused,
    })
  }

  /** A store that fails shows at the next call, which then cannot be verified. */
  async function keepChain(chain: Chain): Promise<void> {
    await ports.trust.keep('bed', chain).catch(() => {})
  }

  async function start(): Promise<void> {
    if (setup.value.type !== 'needs-start' || setup.value.trying) return
    ports.sound.arm()
    if (!(await tryOut(setup.value.problem))) return
    hasStarted = true
    await save()
    goOnline()
  }

  /** Whether camera and microphone open; the screen says that it tries, and why it failed. */
  async function tryOut(problem: CameraFailure | null): Promise<boolean> {
    setup.value = { type: 'needs-start', problem, trying: true }
    comeIn()
    const tried = await ports.media.tryOut()
    if (!tried.ok) setup.value = { type: 'needs-start', problem: tried.failure, trying: false }
    return tried.ok
  }

  /** Settings that cannot be kept are asked for again after a reload; nothing else depends on them. */
  function save(): Promise<Kept> {
    ports.device.noteCurtain(stay.peek(), privacy.kept())
    // One after the other and each of what is so by then: no earlier stay's are written over a later one's.
    saving = saving
      .then(() => ports.device.saveSettings(settingsNow()))
      .then(
        () => 'clean',
        () => 'unsure',
      )
    return saving
  }

  function settingsNow(): BedSettings {
    const { choice, agreed, zone } = wishes
    return {
      started: hasStarted,
      stayEpoch: stay.peek(),
      choice: choice.value,
      language: chosen.value ?? null,
      loudness: loudness.level.peek().step,
      wishes: agreed.value,
      zone: zone.value,
      carers: carers.value,
      privacy: privacy.kept(),
      astray: whereabouts.isAstray.peek(),
    }
  }

  /** A tablet that was started once comes back by itself, unless its permission is gone. */
  async function resume(started: boolean): Promise<void> {
    hasStarted = started
    const permission = await ports.media.permission()
    if (permission === 'denied' || !started) {
      setup.value = {
        type: 'needs-start',
        problem: permission === 'denied' ? 'denied' : null,
        trying: false,
      }
      comeIn()
      // Behind the curtain not even a trial opens the camera (HZ-2).
    } else if (permission === 'granted' || privacy.isDrawn() || (await tryOut(null))) {
      goOnline()
    }
  }

  async function enrol(code: string): Promise<ApiFailure | null> {
    if (readTypedCode(code) !== null) {
      bind((binding) => binding.byCode(code))
      return null
    }
    const key = await ports.device.newKey()
    const answer = await ports.api.enrol(code, key.publicKey)
    if (!answer.ok) return answer.failure
    const { deviceId, bed } = answer.value
    // Before the identity: a tablet that has a bed has a root to trust, or is to trust the first it meets.
    await ports.trust.pin('bed', ports.page.linkedRoot())
    await key.keep({ deviceId, label: bed.label, ward: bed.ward })
    return null
  }

  async function begin(): Promise<void> {
    const code = ports.page.takeSecret('enrol')
    const problem = code === null ? null : await enrol(code)
    if (code !== null && problem === null && readTypedCode(code) !== null) return
    identity.value = await ports.device.identity()
    const past = identity.value ?? (await ports.device.past())
    const held = identity.value ? null : await ports.device.waiting()
    if (problem === null && identity.value) await goOn(code === null ? opened : undefined)
    else if (problem === null && held) bind((binding) => binding.resume(held, past))
    else if (problem === null && past) bind((binding) => binding.again('lost', past))
    else setup.value = { type: 'unbound', problem }
  }

  /** Read once for a start: a slow tablet takes its time to open what is sealed. */
  const opened = ports.device.settings()

  async function goOn(reading = ports.device.settings()): Promise<void> {
    const settings = await reading
    wishes.choice.value = settings.choice ?? 'agreed'
    wishes.agreed.value = settings.wishes ?? null
    wishes.zone.value = settings.zone ?? null
    chosen.value = settings.language ?? null
    stay.value = settings.stayEpoch
    carers.value = settings.carers ?? []
    whereabouts.resume(settings.astray ?? false)
    loudness.use(settings.loudness ?? null)
    privacy.resume(settings.privacy ?? null)
    if (settings.stayEpoch !== null) void comeBack(settings.stayEpoch, settings)
    await resume(settings.started)
  }

  /** It may have been closed in the middle of a wipe: what was sealed for another stay is destroyed by the asking. */
  async function comeBack(epoch: number, { started }: BedSettings): Promise<void> {
    const kept = await Promise.all([mine.resume(epoch), started ? save() : 'clean'])
    if (stay.peek() === epoch && kept.every((one) => one === 'clean')) cleanEpoch.value = epoch
  }

  let bindingPart: Promise<Binding> | undefined
  /** A tablet that has its bed starts without the code for this. */
  function bind(work: (binding: Binding) => void): void {
    bindingPart ??= import('./binding.ts').then(({ createBinding }) => createBinding(ports, hooks))
    bindingPart.then(work, () => {
      bindingPart = undefined
      hooks.failed('unreachable')
    })
  }
  const hooks: BindingHooks = {
    waits: (why, bed, digits) => {
      setup.value = { type: 'waiting', why, bed, digits }
    },
    failed: (problem) => {
      setup.value = { type: 'unbound', problem }
    },
    async bound(mine) {
      identity.value = mine
      await goOn()
    },
  }

  // No screen is drawn before its language is known, so this waits for nothing else.
  opened.then(
    ({ language = null, wishes: agreed = null }) => {
      if (chosen.peek() !== undefined) return
      wishes.agreed.value = agreed
      chosen.value = language
    },
    () => {
      chosen.value ??= null
    },
  )
  ports.device.announce()
  ports.sound.listen((state) => {
    sound.value = state
  })
  effect(() => {
    const now = report()
    if (isIn) ports.socket.send({ type: 'bed.report', report: now })
  })
  effect(() => {
    const { type } = calls.state.value
    if (type === 'ringing' || type === 'knocking') ledger.close()
  })
  effect(() => {
    if (calls.state.value.type !== 'ended') return
    return ports.clock.after(farewellMs, () => calls.dismiss())
  })
  begin().catch(() => {
    setup.value = { type: 'unbound', problem: 'storage-lost' }
  })

  return {
    setup,
    identity,
    readiness,
    sound,
    wishes,
    whereabouts,
    soundCheck: {
      ...soundCheck,
      heard(how) {
        soundCheck.heard(how)
        void save()
      },
    },
    demo,
    carers: computed(() => stillCaring(carers.value, wishes.wallMs.value)),
    language,
    calls,
    privacy,
    isSoft,
    beside: {
      ...{ clock: ports.clock, voice: ports.voice, health: ports.health, stay, awake, findWays },
      ...{ staffDoor: ports.staffDoor, staffCode, say: ports.socket.send, forgetPatient },
      builds: ports.page.builds,
      updating: () => updatingPart,
    },
    loudness,
    myPlan: mine.plan,
    requests,
    myLedger: ledger,
    family: { yours: relatives, isOpen, say: ports.socket.send, newId: ports.page.newId },
    start,
    choose(choice) {
      wishes.choice.value = choice
      void save()
    },
    drawCurtain(minutes) {
      const { type } = calls.state.peek()
      if (type === 'connecting' || type === 'live' || type === 'reconnecting') return
      privacy.draw(minutes)
      calls.drawCurtain()
    },
    useLanguage(language) {
      chosen.value = language
      if (setup.peek().type === 'started') void save()
    },
    armSound: () => ports.sound.arm(),
    useHere() {
      connection.value = { type: 'connecting' }
      open()
    },
    stay: goOn,
    typeCode(typed) {
      if (readTypedCode(typed) === null) return false
      bind((binding) => binding.byCode(typed))
      return true
    },
  }
}

/** [ROOM-3] Others in the room sleep, says the caller. */
function isSoftCall(state: CallState): boolean {
  return (state.type === 'ringing' || state.type === 'knocking') && state.call.softly !== undefined
}

function isAloud(state: CallState): boolean {
  return 'call' in state && state.call.override?.over === 'quiet'
}
