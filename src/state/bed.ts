/** The tablet beside a bed: from its enrolment link to Ready, and what it says when it is not. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { AnswerPolicy } from '../core/call.ts'
import type { BedReport } from '../protocol/people.ts'
import type { Chain } from '../protocol/proof.ts'
import { type Calls, createCalls } from './calls.ts'
import { type Connection, connect, newConnection } from './connection.ts'
import type { ApiFailure, BedIdentity, CameraFailure, Claims, HelloPart, Ports } from './ports.ts'

/** Where the tablet is on its way to Ready. */
export type Setup =
  | { readonly type: 'starting' }
  | { readonly type: 'unbound'; readonly problem: ApiFailure | 'storage-lost' | null }
  | { readonly type: 'needs-start'; readonly problem: CameraFailure | null; readonly trying: boolean }
  | { readonly type: 'started' }

/** The one word the idle screen is about. */
export type Readiness =
  | { readonly type: 'ready' }
  | { readonly type: 'connecting' }
  /** No administrator has signed this tablet yet: a call would end unverified (HZ-10, HZ-11). */
  | { readonly type: 'uncertified' }
  | { readonly type: 'unreachable'; readonly sinceMs: number }
  | { readonly type: 'replaced' }
  | { readonly type: 'revoked' }
  | { readonly type: 'updating' }

export type Bed = {
  readonly setup: Signal<Setup>
  readonly identity: Signal<BedIdentity | null>
  readonly readiness: ReadonlySignal<Readiness>
  readonly sound: Signal<'on' | 'blocked'>
  readonly knock: Signal<boolean>
  readonly demo: Signal<boolean>
  readonly calls: Calls
  start(): Promise<void>
  setKnock(allowed: boolean): void
  armSound(): void
  /** Takes the bed back from another window of this tablet. */
  useHere(): void
  /** Goes on as the bed it already is, after a link that was refused. */
  stay(): Promise<void>
}

/** How long the end of a call stays on the bed's screen before it is idle again. */
const farewellMs = 8_000

/** Builds the bed and starts it: reads the link or the stored identity and goes as far as it can by itself. */
export function createBed(ports: Ports): Bed {
  const setup = signal<Setup>({ type: 'starting' })
  const identity = signal<BedIdentity | null>(null)
  const connection = newConnection()
  const sound = signal<'on' | 'blocked'>('blocked')
  const knock = signal(false)
  const demo = signal(false)
  const certified = signal(false)
  const policy = (): AnswerPolicy => ({
    knock: knock.value,
    privacy: false,
    away: false,
    audible: sound.value === 'on',
  })
  // A bed dials nobody: no server can make it come back to a call of its own, camera and all (HZ-3).
  const calls = createCalls(ports, policy, (call) => call.part === 'callee')
  const report = (): BedReport => ({ sound: sound.value, knock: knock.value })

  async function hello(nonce: string, claims: Claims): Promise<HelloPart> {
    const deviceId = identity.value?.deviceId ?? ''
    const signature = await ports.device.sign(nonce, deviceId)
    if (signature === '') {
      // The key is gone from the browser's store: this tablet cannot prove any more which bed it is.
      ports.socket.close()
      setup.value = { type: 'unbound', problem: 'storage-lost' }
    }
    return { client: 'bed', deviceId, signature, report: report(), claims }
  }

  function goOnline(): void {
    setup.value = { type: 'started' }
    ports.page.keepAwake()
    open()
  }

  function open(): void {
    connect(ports, calls, connection, {
      hello,
      welcomed(welcome) {
        demo.value = welcome.demo
        certified.value = welcome.chain !== null
        if (welcome.chain) void keepChain(welcome.chain)
      },
      received(message) {
        if (message.type !== 'chain.changed') return
        certified.value = true
        void keepChain(message.chain)
      },
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
    await save()
    goOnline()
  }

  /** Whether camera and microphone open; the screen says that it tries, and why it failed. */
  async function tryOut(problem: CameraFailure | null): Promise<boolean> {
    setup.value = { type: 'needs-start', problem, trying: true }
    const tried = await ports.media.tryOut()
    if (!tried.ok) setup.value = { type: 'needs-start', problem: tried.failure, trying: false }
    return tried.ok
  }

  /** Settings that cannot be kept are asked for again after a reload; nothing else depends on them. */
  async function save(): Promise<void> {
    await ports.device.saveSettings({ started: true, knock: knock.value }).catch(() => {})
  }

  /** A tablet that was started once comes back by itself, unless its permission is gone. */
  async function resume(started: boolean): Promise<void> {
    const permission = await ports.media.permission()
    if (permission === 'denied') {
      setup.value = { type: 'needs-start', problem: 'denied', trying: false }
    } else if (!started) {
      setup.value = { type: 'needs-start', problem: null, trying: false }
    } else if (permission === 'granted' || (await tryOut(null))) {
      goOnline()
    }
  }

  async function enrol(code: string): Promise<ApiFailure | null> {
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
    identity.value = await ports.device.identity()
    if (identity.value === null || problem !== null) {
      setup.value = { type: 'unbound', problem }
      return
    }
    await goOn()
  }

  async function goOn(): Promise<void> {
    const settings = await ports.device.settings()
    knock.value = settings.knock
    await resume(settings.started)
  }

  ports.sound.listen((state) => {
    sound.value = state
  })
  effect(() => {
    const now = report()
    if (setup.peek().type === 'started') ports.socket.send({ type: 'bed.report', report: now })
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
    readiness: computed(() => readinessOf(connection.value, certified.value)),
    sound,
    knock,
    demo,
    calls,
    start,
    setKnock(allowed) {
      knock.value = allowed
      void save()
    },
    armSound: () => ports.sound.arm(),
    useHere() {
      connection.value = { type: 'connecting' }
      open()
    },
    stay: goOn,
  }
}

function readinessOf(connection: Connection, isCertified: boolean): Readiness {
  switch (connection.type) {
    case 'open':
      return { type: isCertified ? 'ready' : 'uncertified' }
    case 'connecting':
      return { type: 'connecting' }
    case 'lost':
      return { type: 'unreachable', sinceMs: connection.sinceMs }
    case 'refused':
      if (connection.why === 'unauthenticated') return { type: 'revoked' }
      return connection.why === 'replaced' ? { type: 'replaced' } : { type: 'updating' }
  }
}
