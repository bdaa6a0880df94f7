/** The server: the real `decide()`, its sessions in memory and its record on disk. It may die between any two effects. */
import { callsOf, endpointsOf, partOf, viewFor } from '../../../src/core/switchboard-parties.ts'
import { abandonMs } from '../../../src/core/switchboard-presence.ts'
import {
  type EndpointId,
  emptySwitchboard,
  type ServerCall,
  type Switchboard,
  type SwitchboardEffect,
  type SwitchboardEvent,
} from '../../../src/core/switchboard-state.ts'
import { standardTimings } from '../../../src/core/timings.ts'
import { type ClientMessage, closeCode, type ServerMessage } from '../../../src/protocol/wire.ts'
import { knockAgreed, welcomeOf } from '../../fakes/ports.ts'
import type { Connection, UpFrame } from './wire.ts'
import { type Device, devicesOf, type World } from './world.ts'

type Session = {
  readonly sessionId: string
  readonly device: Device
  connection: Connection | null
  lostAtMs: number
  received: number
  sent: number
  acked: number
  /** Messages `acked + 1` to `sent`. */
  owed: { readonly seq: number; readonly message: ServerMessage }[]
}

/** A numbered message, or a ping: what the outbox makes. */
type Text = { readonly ack: number } & (
  | { readonly seq: number; readonly message: ClientMessage }
  | { readonly type: 'ping' }
)

export type FaultyServer = {
  isUp(): boolean
  board(): Switchboard
  open(connection: Connection): void
  hear(connection: Connection, frame: UpFrame): void
  /** Kill -9, at once or before its `afterEffects`-th effect from now. */
  kill(afterEffects: number): void
  restart(): void
  /** Nothing of this endpoint's session can be replayed any more. */
  forget(endpoint: EndpointId): void
  /** Says a message to a page once more, or one that was never of its call. */
  repeat(device: Device, message: ServerMessage): void
  /** Both sides take this device's socket for open, and it is. */
  isSettled(device: Device): boolean
}

/** `limits.ts`: a client that is silent for so long is gone. */
const silentMs = 12_000
const sweepMs = 1_000
const timings = standardTimings

export function createServer(world: World): FaultyServer {
  const { clock, record } = world
  let up = true
  let effectsLeft = Number.POSITIVE_INFINITY
  let board = emptySwitchboard
  let sessions = new Map<EndpointId, Session>()
  let timers = new Map<string, () => void>()
  let connections = new Set<Connection>()

  // ---- deciding, as `switching.ts` does

  function take(event: SwitchboardEvent): void {
    if (!up) return
    const decision = world.rules.decide(board, event, timings)
    board = decision.board
    world.note(
      () =>
        `server: ${event.type} → ${decision.effects.map((effect) => effect.type).join(', ') || 'nothing'}`,
    )
    for (const effect of decision.effects) {
      effectsLeft -= 1
      if (effectsLeft <= 0) return die()
      carryOut(effect)
    }
  }

  function carryOut(effect: SwitchboardEffect): void {
    switch (effect.type) {
      case 'recordOpen':
        return record.open(effect.call)
      case 'recordEnd':
        world.checks.recorded(effect)
        return record.end(effect)
      case 'report':
        return tell(effect.to, { type: 'call.changed', call: viewOf(effect.call, effect.to) })
      case 'tellEnded': {
        const { to, callId, reason, by } = effect
        return tell(to, { type: 'call.ended', callId, reason, by })
      }
      case 'tellGlare': {
        const { to, callId, call } = effect
        return tell(to, { type: 'call.glare', callId, call: viewOf(call, to) })
      }
      case 'tellPast':
        return tellPast(effect.to, effect.callId)
      case 'startTimer':
        return startTimer(effect.callId, effect.timer, effect.ms)
      case 'stopTimer': {
        const key = `${effect.timer} ${effect.callId}`
        timers.get(key)?.()
        timers.delete(key)
        return
      }
    }
  }

  function startTimer(callId: string, timer: 'ring' | 'return' | 'abandoned', ms: number): void {
    const key = `${timer} ${callId}`
    timers.get(key)?.()
    timers.set(
      key,
      clock.after(ms, () => {
        timers.delete(key)
        take({ type: 'timeElapsed', callId, timer })
      }),
    )
  }

  function tellPast(to: EndpointId, callId: string): void {
    const past = record.find(callId)
    const part = past?.call.callerEndpoint === to ? 'caller' : 'callee'
    const reason = past?.end?.reason ?? 'connection-lost'
    const by = !past?.end || past.end.by === 'server' ? 'server' : past.end.by === part ? 'me' : 'peer'
    tell(to, { type: 'call.ended', callId, reason, by })
  }

  function viewOf(call: ServerCall, to: EndpointId) {
    return viewFor(call, call.callerEndpoint === to ? 'caller' : 'callee', clock.nowMs())
  }

  // ---- being told, as `relay.ts` is

  function handle({ endpoint: from }: Device, message: ClientMessage): void {
    switch (message.type) {
      case 'call.invite':
        return invite(from, message)
      case 'call.accept':
        return take({ type: 'accepted', from, callId: message.callId })
      case 'call.end':
        return take({ type: 'ended', from, callId: message.callId, reason: message.reason })
      case 'call.relink':
        return take({ type: 'relinked', from, callId: message.callId, epoch: message.epoch })
      case 'call.signal':
        return relay(from, message)
      case 'call.figures':
        return
      default:
        return world.fail('MODEL a message nobody sends here', message.type)
    }
  }

  function invite(from: EndpointId, message: Extract<ClientMessage, { type: 'call.invite' }>): void {
    const { callId, mode, expiresAtMs, stay } = message
    take({
      ...{ type: 'invited', from, callId, mode, expiresAtMs, to: world.bed.party, seenEpoch: stay },
      ...{ stay: { epoch: 1, admissionId: 'admission-1' }, nowMs: clock.nowMs(), door: 'open' },
      isPast: (record.find(callId)?.end ?? null) !== null,
    })
  }

  function relay(from: EndpointId, message: Extract<ClientMessage, { type: 'call.signal' }>): void {
    const call = board.calls.get(message.callId)
    const device = devicesOf(world).find(({ endpoint }) => endpoint === from)
    const part = call && device && partOf(call, from, device.party)
    if (!call || !part || call.epoch !== message.epoch) return
    const others = part === 'callee' ? [call.callerEndpoint] : endpointsOf(board, call).slice(1)
    for (const to of others) tell(to, message)
    const peer = device === world.bed ? world.station : world.bed
    world.said = [...world.said, { to: peer, message }].slice(-40)
  }

  // ---- sessions, as `attendance.ts` and `session.ts` keep them

  function tell(to: EndpointId, message: ServerMessage): void {
    const session = sessions.get(to)
    if (!session) return
    session.sent += 1
    const owed = { seq: session.sent, message }
    session.owed.push(owed)
    session.connection?.down({ type: 'message', ...owed, ack: session.received })
  }

  function acknowledge(session: Session, ack: number): void {
    session.acked = Math.max(session.acked, ack)
    session.owed = session.owed.filter(({ seq }) => seq > session.acked)
  }

  function hear(connection: Connection, frame: UpFrame): void {
    if (!up || !connections.has(connection)) return
    connection.heardAtMs = clock.nowMs()
    if (frame.type === 'hello') return welcome(connection, frame)
    if (frame.type === 'close') return lose(connection)
    const session = sessions.get(connection.device.endpoint)
    if (session?.connection !== connection) return
    const text: Text = JSON.parse(frame.text)
    acknowledge(session, text.ack)
    if ('type' in text) return connection.down({ type: 'pong', ack: session.received })
    if (text.seq <= session.received) return
    if (text.seq > session.received + 1) return world.fail('WIRE a gap in a session', session.device.endpoint)
    handle(session.device, text.message)
    if (up && connection.device.blocks.doubled > 0 && world.chance() < 0.3)
      handle(session.device, text.message)
    // Acknowledged is what is durable: whoever died meanwhile has not said so.
    if (up) session.received = text.seq
  }

  function welcome(connection: Connection, { resume, claims }: Extract<UpFrame, { type: 'hello' }>): void {
    const { device, order } = connection
    const { endpoint, party } = device
    const old = sessions.get(endpoint)
    // A hello that was held up on its way is not the newest connection's.
    if (old?.connection && old.connection.order > order) return
    const kept = old && resume && canResume(old, resume) ? old : null
    if (old?.connection && old.connection !== connection) close(old.connection, closeCode.replaced)
    const session = kept ?? newSession(device)
    session.connection = connection
    sessions.set(endpoint, session)
    if (kept && resume) acknowledge(session, resume.received)
    const calls = callsOf(board, endpoint, party).map(({ call, part }) => viewFor(call, part, clock.nowMs()))
    const { sessionId, received } = session
    const said = welcomeOf(party, {
      ...{ sessionId, received, serverTimeMs: clock.nowMs(), resumed: kept !== null },
      ...(party.type === 'bed' && { wishes: knockAgreed }),
      snapshot: kept ? null : { beds: [], calls },
    })
    connection.down({ type: 'welcome', welcome: said })
    for (const owed of session.owed) connection.down({ type: 'message', ...owed, ack: session.received })
    take({ type: 'connected', endpoint, connection: { party, claims } })
  }

  function canResume(
    session: Session,
    { sessionId, received }: NonNullable<Extract<UpFrame, { type: 'hello' }>['resume']>,
  ): boolean {
    if (session.sessionId !== sessionId || isExpired(session)) return false
    return received >= session.acked && received <= session.sent
  }

  function isExpired({ connection, lostAtMs }: Session): boolean {
    return connection === null && clock.nowMs() - lostAtMs > timings.reconnectMs
  }

  function newSession(device: Device): Session {
    const sessionId = `session-${world.newNumber()}`
    const none = { connection: null, lostAtMs: 0, received: 0, sent: 0, acked: 0 }
    return { sessionId, device, ...none, owed: [] }
  }

  function close(connection: Connection, code: number): void {
    connections.delete(connection)
    connection.isOpenAtServer = false
    connection.down({ type: 'close', code })
  }

  function lose(connection: Connection): void {
    close(connection, 1006)
    const session = sessions.get(connection.device.endpoint)
    if (session?.connection !== connection) return
    session.connection = null
    session.lostAtMs = clock.nowMs()
    take({ type: 'disconnected', endpoint: session.device.endpoint })
  }

  function sweep(): void {
    clock.after(sweepMs, sweep)
    if (!up) return
    for (const connection of connections)
      if (clock.nowMs() - connection.heardAtMs > silentMs) lose(connection)
    for (const [endpoint, session] of sessions) if (isExpired(session)) sessions.delete(endpoint)
  }

  // ---- dying and coming back

  function die(): void {
    world.note(() => 'server: killed')
    up = false
    world.witness.changed('server')
    effectsLeft = Number.POSITIVE_INFINITY
    for (const connection of connections) close(connection, 1006)
    connections = new Set()
    for (const stop of timers.values()) stop()
    timers = new Map()
    sessions = new Map()
    board = emptySwitchboard
  }

  function restart(): void {
    effectsLeft = Number.POSITIVE_INFINITY
    if (up) return
    up = true
    world.witness.changed('server')
    const open = record.goingOn()
    world.note(() => `server: restarted with ${open.map(({ callId }) => callId).join(' ') || 'no calls'}`)
    board = { ...emptySwitchboard, calls: new Map(open.map((call) => [call.callId, call])) }
    for (const { callId, phase, ringUntilMs } of open) {
      if (phase === 'ringing') startTimer(callId, 'ring', Math.max(0, ringUntilMs - clock.nowMs()))
      else startTimer(callId, 'abandoned', abandonMs(timings))
    }
  }

  clock.after(sweepMs, sweep)

  return {
    isUp: () => up,
    board: () => board,
    open(connection) {
      connections.add(connection)
      connection.isOpenAtServer = true
      connection.heardAtMs = clock.nowMs()
      connection.down({ type: 'challenge' })
    },
    hear,
    kill(afterEffects) {
      if (up && afterEffects === 0) die()
      else if (up) effectsLeft = afterEffects
    },
    restart,
    forget(endpoint) {
      const session = sessions.get(endpoint)
      if (session?.connection) lose(session.connection)
      sessions.delete(endpoint)
    },
    repeat: (device, message) => tell(device.endpoint, message),
    isSettled({ endpoint, address }) {
      const connection = up ? sessions.get(endpoint)?.connection : null
      return Boolean(connection?.isOpenAtPage && connection.isOpenAtServer && connection.address === address)
    },
  }
}
