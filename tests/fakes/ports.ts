/** A world that does only what a test says, and remembers what was asked of it. */
import * as v from 'valibot'
import { noTries } from '../../src/core/staff-code.ts'
import { standardTimings } from '../../src/core/timings.ts'
import type { CallView } from '../../src/protocol/call.ts'
import type { WayState } from '../../src/protocol/ice.ts'
import type { BedParty, StaffParty } from '../../src/protocol/people.ts'
import type { TabletHealth } from '../../src/protocol/tablet-health.ts'
import type { ClientMessage, Welcome } from '../../src/protocol/wire.ts'
import { unspoken, type Wishes } from '../../src/protocol/wishes.ts'
import type { KeptPlan } from '../../src/state/patient-plan.ts'
import type { Resident } from '../../src/state/plan-ports.ts'
import type {
  AlertSound,
  ApiFailure,
  BedIdentity,
  BedSettings,
  CameraFailure,
  KeptCode,
  LinkTerms,
  LockState,
  MediaListener,
  PasskeyFailure,
  PhoneFailure,
  Ports,
  Result,
  SeenHealth,
  SocketListener,
  Trust,
  VouchFailure,
  Waiting,
} from '../../src/state/ports.ts'
import type { ScanIo, TalkPort } from '../../src/state/scan-ports.ts'
import type { RunningSync } from '../../src/state/sync.ts'
import { fakeScans } from './scan-reader.ts'

export const anna: StaffParty = { type: 'staff', staffId: 'anna', name: 'Anna Laine', role: 'nurse' }
export const bedOne: BedParty = { type: 'bed', bedId: 'bed-1', label: '1', ward: 'Ward 4B' }

export function ringingAt(part: 'caller' | 'callee', over: Partial<CallView> = {}): CallView {
  const peer = part === 'caller' ? bedOne : anna
  return {
    callId: 'call-1',
    epoch: 1,
    phase: 'ringing',
    mode: 'ring',
    part,
    peer,
    stay: 1,
    remainingMs: 30_000,
    ...over,
  }
}

const one = { text: '{}', signature: 'A'.repeat(86) }
export const signedChain = [one, one, one]

/** Of somebody who agreed that staff knock. */
export const knockAgreed: Wishes = { ...unspoken, answer: 'knock', consent: { type: 'patient' } }

export function welcomeOf(me: Welcome['me'], over: Partial<Welcome> = {}): Welcome {
  return {
    type: 'welcome',
    sessionId: 'session-1',
    resumed: false,
    received: 0,
    serverTimeMs: 0,
    demo: true,
    ward: 'Ward 4B',
    me,
    stay: me.type === 'bed' ? { epoch: 1, admissionId: 'admission-1' } : null,
    carers: [],
    wishes: me.type === 'bed' ? unspoken : null,
    zone: 'UTC',
    counter: me.type === 'bed' ? 1 : null,
    timings: standardTimings,
    access: { type: 'own' },
    relays: [],
    chain: signedChain,
    snapshot: { beds: [], calls: [] },
    ...over,
  }
}

/** Of a tablet with which nothing is wrong. */
export const well: SeenHealth = {
  build: '0123456789ab',
  camera: 'granted',
  microphone: 'granted',
  battery: { percent: 80, isCharging: true },
  storage: { isKept: true, usedMegabytes: 3, quotaMegabytes: 9_000 },
}

const fakeKey = { id: 'key-1' }
export const subscribed = { endpoint: 'https://push.example/1', p256dh: 'p', auth: 'a' }

const silentTalk: TalkPort = { listen: () => () => {}, say: () => false, isOpen: () => false }

type Timer = { readonly dueMs: number; readonly then: () => void }

/** Everything a test may set or look at. */
export function fakeWorld() {
  let nowMs = 0
  let timers: Timer[] = []
  let ids = 0
  /** The calls that the camera is open for. */
  const cameraFor = new Set<string>()
  const did: string[] = []
  const sent: ClientMessage[] = []
  const healths: ClientMessage[] = []
  const world = {
    did,
    sent,
    /** What it said of itself. */
    healths,
    /** What its browser says of it; null: that part cannot be fetched. */
    seen: well as SeenHealth | null,
    hearHealth: () => {},
    hearAwake: (_awake: TabletHealth['awake']) => {},
    socket: null as SocketListener | null,
    media: null as MediaListener | null,
    hear: (_state: 'on' | 'blocked') => {},
    secret: null as string | null,
    linkedRoot: null as string | null,
    /** How wrong this device's own clock is. */
    clockAheadMs: 0,
    trust: { root: null, chain: null } as Trust,
    talk: silentTalk as TalkPort,
    scanIo: (): Promise<ScanIo> => Promise.reject(new Error('no scans')),
    terms: null as LinkTerms | null,
    identity: null as BedIdentity | null,
    settings: { started: false, stayEpoch: null } as BedSettings,
    noted: null as { stayEpoch: number | null; privacy: BedSettings['privacy'] } | null,
    past: null as BedIdentity | null,
    waiting: null as Waiting | null,
    keyGone: false,
    /** What it keeps of the staff code; whether its store takes nothing any more. */
    keptCode: { check: null, tries: noTries } as KeptCode,
    storeFails: false,
    alone: false,
    counter: 0,
    permission: 'granted' as 'granted' | 'denied' | 'unknown',
    camera: null as CameraFailure | null,
    refusal: null as ApiFailure | null,
    cameraOn: false,
    /** How loud the peer is, and by how much a ring is louder than usual. */
    volume: 1,
    gain: 1,
    over: [] as readonly string[],
    touchedMs: 0,
    /** What alerts now, and what says that it was played. */
    alert: 'none' as AlertSound,
    sounded: () => {},
    hearPower: (_power: 'mains' | 'battery') => {},
    hearNetwork: (_what: 'network' | 'seen') => {},
    touchLate: () => {},
    shared: [] as LockState[],
    hearLock: (_state: LockState) => {},
    lockDebt: 'paid' as 'owed' | 'paid',
    languages: ['en-GB'] as readonly string[],
    chosenLanguages: new Map<string | null, string>(),
    /** What routes answer, a list one by one; a path that is missing cannot be reached. */
    answers: {} as Record<string, unknown>,
    /** What each relay says, by its address; the others say nothing that tells. */
    relayStates: {} as Record<string, WayState>,
    asked: [] as { path: string; said: unknown }[],
    passkey: null as PasskeyFailure | null,
    /** The key this browser is subscribed by, and what it answers when it is asked to be. */
    phone: { able: 'yes', key: null, failure: null } as {
      able: 'yes' | 'no' | 'install-first'
      key: string | null
      failure: PhoneFailure | null
    },
    /** What this tab remembers of the codes it made, by guest, and why it would vouch for none. */
    codes: new Map<string, string>(),
    vouchFailure: null as VouchFailure | null,
    plan: null as RunningSync | null,
    resident: null as Resident | null,
    othersWaiting: 0,
    /** The wall clock that this device knows of. */
    zone: 'UTC',
    /** The server closes the socket before it answers a sign-out. */
    closesFirst: false,
    lastLock: 'open' as LockState,
    /** What the tablet keeps of its patient's day, and for which stay. */
    patientPlan: null as { stayEpoch: number; plan: KeptPlan } | null,
    /** Lets virtual time pass, timers firing in their order. */
    advance(ms: number) {
      const endMs = nowMs + ms
      for (;;) {
        const next = timers.filter((timer) => timer.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0]
        if (!next) break
        nowMs = next.dueMs
        timers = timers.filter((timer) => timer !== next)
        next.then()
      }
      nowMs = endMs
    },
    /** Lets promises settle; no time passes. */
    async settle() {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    },
    types: () => sent.map((message) => message.type),
  }
  function tried(): Result<null, CameraFailure> {
    return world.camera === null ? { ok: true, value: null } : { ok: false, failure: world.camera }
  }
  const ports: Ports = {
    clock: {
      nowMs: () => nowMs + world.clockAheadMs,
      upMs: () => nowMs,
      after(ms, then) {
        const timer = { dueMs: nowMs + ms, then }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
    socket: {
      open(listener) {
        world.socket = listener
      },
      // What it says of itself comes beside everything else, and most tests are about everything else.
      send: (message) => void (message.type === 'tablet.health' ? healths : sent).push(message),
      hasten: (isUrgent) => void did.push(isUrgent ? 'hurry' : 'no hurry'),
      close: () => void did.push('close socket'),
    },
    api: {
      async ask(method, path, said, schema) {
        did.push(`${method} ${path}`)
        world.asked.push({ path, said })
        const held = world.answers[path]
        // A list is used up one by one, anything else is answered again and again.
        const answer: unknown = Array.isArray(held) ? held.shift() : held
        if (answer === undefined) return { ok: false, failure: 'unreachable' }
        if (typeof answer === 'string') return { ok: false, failure: answer as ApiFailure }
        return { ok: true, value: v.parse(schema, answer) }
      },
      signIn: async () => (world.refusal ? { ok: false, failure: world.refusal } : { ok: true, value: anna }),
      async signOut() {
        did.push('sign out')
        if (world.closesFirst) world.socket?.refused('unauthenticated')
        return { ok: true, value: { goTo: null } }
      },
      enrol: async () =>
        world.refusal
          ? { ok: false, failure: world.refusal }
          : { ok: true, value: { deviceId: 'device-1', bed: bedOne } },
    },
    media: {
      listen(listener) {
        world.media = listener
      },
      preload: () => void did.push('preload'),
      tryOut: async () => tried(),
      permission: async () => world.permission,
      prefer: (opening) => void did.push(`prefer ${opening}`),
      openCamera(callId) {
        did.push(`open camera ${callId}`)
        cameraFor.add(callId)
        world.cameraOn = true
      },
      openLink: (callId, epoch, _initiator, { iceServers }, terms) => {
        world.terms = terms
        const relays = iceServers.map(({ username }) => ` by ${username}`).join('')
        did.push(`open link ${callId} ${epoch}${relays}`)
      },
      restartLink: (callId, epoch) => void did.push(`restart link ${callId} ${epoch}`),
      renewRelays: (callId, { iceServers }) =>
        void did.push(`renew relays ${callId} ${iceServers.map(({ username }) => username).join()}`),
      attach: (callId, epoch, tracks) => void did.push(`attach ${tracks} ${callId} ${epoch}`),
      present: (callId) => void did.push(`present ${callId}`),
      applySignal: (_callId, _epoch, signal) => void did.push(`apply ${signal.type}`),
      release(callId) {
        did.push(`release ${callId}`)
        if (callId === null) cameraFor.clear()
        else cameraFor.delete(callId)
        world.cameraOn = cameraFor.size > 0
      },
      sendLine: (_callId, text) => void did.push(`line ${text}`),
      talk: async () => world.talk,
      setShare: (_callId, share) => void did.push(`picture ${share}`),
      linkMake: async () => null,
      setTrack: (kind, on) => void did.push(`${kind} ${on ? 'on' : 'off'}`),
      devices: async () => [],
      choose() {},
      showRemote() {},
      showLocal() {},
      setVolume(volume) {
        world.volume = volume
      },
    },
    sound: {
      play: (sound) => void did.push(`sound ${sound}`),
      alert: (sound, sounded) => {
        world.alert = sound
        world.sounded = sounded
      },
      setGain(gain) {
        world.gain = gain
      },
      arm: () => void did.push('arm'),
      listen(heard) {
        world.hear = heard
        heard('on')
      },
    },
    async health() {
      if (world.seen === null) throw new Error('no health')
      return {
        look: async () => world.seen ?? well,
        watch(changed) {
          world.hearHealth = changed
        },
        tester: async () => {
          throw new Error('no tester')
        },
      }
    },
    staffDoor: async () => ({
      read: async () => world.keptCode,
      async keep(kept) {
        if (world.storeFails) throw new Error('no store')
        world.keptCode = kept
      },
      async stretch(code) {
        did.push('check a code')
        return `stretched ${code}`
      },
      async forgetTablet() {
        if (world.storeFails) throw new Error('no store')
        did.push('forget the tablet')
        world.identity = null
      },
    }),
    ways: async () => ({
      async try(url) {
        did.push(`try ${url}`)
        return world.relayStates[url] ?? null
      },
    }),
    voice: async () => ({
      say: (text, language, volume) => void did.push(`say ${text} (${language}, ${volume})`),
      hush: () => void did.push('hush'),
    }),
    device: {
      identity: async () => world.identity,
      newKey: async () => ({
        publicKey: 'public',
        nonce: 'nonce',
        commitment: 'c'.repeat(43),
        digits: async () => '123456',
        async wait(waiting) {
          world.waiting = waiting
        },
        async keep(identity) {
          world.identity = identity
        },
      }),
      sign: async (nonce) =>
        world.keyGone ? null : { signature: `signed ${nonce}`, counter: world.counter },
      async keepCounter(counter) {
        world.counter = counter
      },
      waiting: async () =>
        world.waiting && {
          waiting: world.waiting,
          key: {
            async keep(identity: BedIdentity) {
              world.identity = identity
              world.waiting = null
            },
          },
        },
      past: async () => world.past,
      async stopWaiting() {
        world.waiting = null
      },
      async forget() {
        world.past = null
      },
      announce() {},
      isAlone: async () => world.alone,
      settings: async () => world.settings,
      async saveSettings(settings) {
        world.settings = settings
      },
      noteCurtain: (stayEpoch, privacy) => {
        world.noted = { stayEpoch, privacy }
      },
    },
    trust: {
      ownKey: async () => ({ publicKey: 'public', keyId: 'key' }),
      held: async () => world.trust,
      async pin(_part, root) {
        did.push(`pin ${root}`)
        world.trust = { root, chain: null }
      },
      async keep(_part, chain) {
        world.trust = { root: world.trust.root ?? 'first', chain }
        return world.trust
      },
      seal: async (text) => ({ text, signature: 'signed' }),
      saveFile: (name) => void did.push(`save ${name}`),
    },
    passkeys: {
      supported: () => true,
      make: async () =>
        world.passkey ? { ok: false, failure: world.passkey } : { ok: true, value: fakeKey as never },
      use: async () =>
        world.passkey ? { ok: false, failure: world.passkey } : { ok: true, value: fakeKey as never },
    },
    phone: async () => ({
      able: () => world.phone.able,
      isSubscribed: async (key) => world.phone.key === key,
      async subscribe(key) {
        did.push('ask for the telephone')
        const { failure } = world.phone
        if (failure) return { ok: false, failure }
        world.phone.key = key
        return { ok: true, value: subscribed }
      },
      async unsubscribe() {
        world.phone.key = null
      },
      clearWhenSeen: () => void did.push('clear when seen'),
    }),
    guests: async () => ({
      async newCode() {
        const link = 'https://ward.example/join#CODE'
        return {
          link,
          codeId: 'c'.repeat(43),
          keep: (guestId, name, tableId) => void world.codes.set(guestId, `${name} at ${tableId}`),
        }
      },
      async vouch({ guest, tableId }) {
        if (world.vouchFailure) return { ok: false, failure: world.vouchFailure }
        if (world.codes.get(guest.guestId) !== `${guest.name} at ${tableId}`)
          return { ok: false, failure: 'unknown' }
        return { ok: true, value: { certificate: one, seal: 's'.repeat(43) } }
      },
      forget: () => world.codes.clear(),
    }),
    visits: async () => ({
      vouch: async ({ visitId, name }) => {
        did.push(`vouch for ${name} at ${visitId}`)
        return world.vouchFailure ? null : one
      },
      photos: { bytesOf: () => null, open: async () => null },
    }),
    family: async () => ({
      async make({ guestId, name }) {
        if (world.vouchFailure) return null
        did.push(`link for ${name} as ${guestId}`)
        const key = { publicKey: 'p'.repeat(122), certificate: one }
        const sealed = { ...key, codeId: 'c'.repeat(43), seal: 's'.repeat(43), sealedKey: 'k' }
        return { link: 'https://ward.example/family#CODE', sealed }
      },
    }),
    scans: async () => ({ io: async () => fakeScans({}).io, listen() {} }),
    copies: () => Promise.reject(new Error('no copies')),
    plan: {
      open: async (staffId) => {
        did.push(`open plan of ${staffId}`)
        return world.plan ?? Promise.reject(new Error('no plan'))
      },
      resident: async () => world.resident,
      async welcome(resident) {
        world.resident = resident
      },
      async dismiss() {
        did.push('dismiss plans')
        world.resident = null
      },
      othersWaiting: async () => world.othersWaiting,
      lastZone: () => world.zone,
      noteZone(zone) {
        world.zone = zone
      },
      lastLock: () => world.lastLock,
      noteLock(state) {
        world.lastLock = state
      },
      noteNobody: () => void did.push('note nobody'),
    },
    scanIo: async () => world.scanIo(),
    patientPlan: {
      async load(stayEpoch) {
        if (world.patientPlan?.stayEpoch !== stayEpoch) world.patientPlan = null
        return world.patientPlan?.plan ?? null
      },
      async save(stayEpoch, plan) {
        world.patientPlan = { stayEpoch, plan }
      },
      async forget() {
        world.patientPlan = null
      },
    },
    page: {
      linkedRoot: () => world.linkedRoot,
      takeSecret: (name) =>
        ['signin', 'enrol', 'join', 'visit', 'family'].includes(name) ? world.secret : null,
      goTo: (address) => void did.push(`go to ${address}`),
      lastTouchMs: () => world.touchedMs,
      touchAnew() {
        world.touchedMs = nowMs
      },
      onLateTouch(hear) {
        world.touchLate = hear
      },
      shareLock: (state) => void world.shared.push(state),
      onLockShared(hear) {
        world.hearLock = hear
      },
      lockDebt: () => world.lockDebt,
      saveLockDebt(debt) {
        world.lockDebt = debt
      },
      tabId: () => 'tab-1',
      over: () => world.over,
      saveOver(callIds) {
        world.over = callIds
      },
      newId: () => `call-${++ids}`,
      languages: () => world.languages,
      chosenLanguage: (staffId) => world.chosenLanguages.get(staffId) ?? null,
      chooseLanguage: (staffId, language) => void world.chosenLanguages.set(staffId, language),
      watchPower(hear) {
        world.hearPower = hear
      },
      watchNetwork(hear) {
        world.hearNetwork = hear
      },
      keepAwake(hear = () => {}) {
        did.push('keep awake')
        world.hearAwake = hear
        hear('held')
        let isAwake = true
        return () => {
          if (isAwake) did.push('let sleep')
          isAwake = false
        }
      },
      print: () => void did.push('print'),
      update: () => void did.push('update'),
      builds: () => Promise.reject(new Error('no builds')),
    },
  }
  return { world, ports }
}
