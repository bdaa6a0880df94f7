/** The server: `decide`, sessions in memory, a ledger that survives. It may be killed between any two effects. */

import { callsOf, endpointsOf, partOf, sameParty, viewFor } from '../../../src/core/switchboard-parties.ts'
import { abandonMs } from '../../../src/core/switchboard-presence.ts'
import {
  type Decision,
  type EndpointId,
  emptySwitchboard,
  type ServerCall,
  type Switchboard,
  type SwitchboardEffect,
  type SwitchboardEvent,
} from '../../../src/core/switchboard-state.ts'
import type { Stay } from '../../../src/protocol/people.ts'
import type { ClientMessage, ServerMessage } from '../../../src/protocol/wire.ts'
import { checkBoard, checkGivenUp } from './checks.ts'
import type { Page } from './page.ts'
import { type Claims, type Connection, sendDown, type UpFrame } from './wire.ts'
import type { Device, LedgerRow, World } from './world.ts'

type Session = {
  readonly id: number
  readonly device: Device
  connection: Connection | null
  received: number
  sent: number
  pending: { readonly seq: number; readonly message: ServerMessage }[]
  forget: (() => void) | null
}

export type ModelServer = {
  isUp(): boolean
  board(): Switchboard
  hear(connection: Connection, frame: UpFrame): void
  /** The server's own notice that a socket is gone. */
  lose(connection: Connection): void
  /** The same for a page that vanished without a word. */
  loseAll(page: Page): void
  /** Kill -9, at once or before its `afterEffects`-th effect from now. */
  kill(afterEffects: number): void
  restart(): void
  /** The bed is another tablet's now. False: killed before the new one was told so, which must then enrol again. */
  unbind(device: Device): boolean
  /** Somebody else lies in the bed from now on. */
  move(device: Device): void
}

const sessionMs = 60_000

export function createServer(world: World): ModelServer {
  const { clock, ledger } = world
  let up = true
  let effectsLeft = Number.POSITIVE_INFINITY
  let board = emptySwitchboard
  let sessions = new Map<EndpointId, Session>()
  let timers = new Map<string, () => void>()
  const connections = new Set<Connection>()

  function deviceOf(endpoint: EndpointId): Device {
    const found = world.devices.find((device) => device.endpoint === endpoint)
    return found ?? world.fail('MODEL an unknown endpoint', endpoint)
  }

  // ---- deciding

  function take(event: SwitchboardEvent): void {
    if (!up) return
    const decision: Decision = world.rules.decide(board, event, world.timings)
    board = decision.board
    const { effects } = decision
    world.note(() => `server: ${JSON.stringify(event)}\n      [${effects.map(effectText).join(', ')}]`)
    for (const effect of effects) {
      effectsLeft -= 1
      if (effectsLeft <= 0) return die()
      carryOut(effect)
    }
    checkBoard(world)
  }

  function carryOut(effect: SwitchboardEffect): void {
    switch (effect.type) {
      case 'recordOpen':
        return recordOpen(effect.call)
      case 'recordEnd':
        return recordEnd(effect)
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
      case 'startTimer': {
        const { callId, timer, ms } = effect
        const key = `${timer} ${callId}`
        timers.get(key)?.()
        const own = timers
        own.set(
          key,
          clock.after(ms, () => {
            own.delete(key)
            if (own === timers) take({ type: 'timeElapsed', callId, timer })
          }),
        )
        return
      }
      case 'stopTimer':
        timers.get(`${effect.timer} ${effect.callId}`)?.()
        timers.delete(`${effect.timer} ${effect.callId}`)
        return
    }
  }

  function recordOpen(call: ServerCall): void {
    const row = ledger.get(call.callId)
    if (row?.end) world.fail('SWITCH an ended call is opened again', call.callId)
    const wasAccepted = call.phase === 'accepted'
    if (wasAccepted && !row?.wasAccepted) world.count('accepted')
    if (row?.wasAccepted && !wasAccepted) world.fail('SWITCH an accepted call rings again', call.callId)
    ledger.set(call.callId, { call, wasAccepted, end: null })
  }

  function recordEnd({ call, reason, by }: Extract<SwitchboardEffect, { type: 'recordEnd' }>): void {
    const row: LedgerRow = ledger.get(call.callId) ?? { call, wasAccepted: false, end: null }
    if (row.end) world.fail('SWITCH an end is recorded twice', call.callId)
    if (reason === 'connection-lost' && by === 'server') checkGivenUp(world, call)
    ledger.set(call.callId, { ...row, end: { reason, by } })
  }

  function tellPast(to: EndpointId, callId: string): void {
    const row = ledger.get(callId)
    const party = deviceOf(to).party
    if (row && !row.end && !sameParty(row.call.callee, party))
      return world.fail('SWITCH a call that goes on is told as past', `${to} ${callId}`)
    const unknown = {
      reason: row ? ('taken-elsewhere' as const) : ('connection-lost' as const),
      by: 'server' as const,
    }
    const end = row?.end ?? unknown
    const part = row?.call.callerEndpoint === to ? 'caller' : 'callee'
    const by = end.by === 'server' ? 'server' : end.by === part ? 'me' : 'peer'
    tell(to, { type: 'call.ended', callId, reason: end.reason, by })
  }

  function viewOf(call: ServerCall, to: EndpointId) {
    return viewFor(call, call.callerEndpoint === to ? 'caller' : 'callee', clock.nowMs())
  }

  // ---- being told

  function handle(from: Device, message: ClientMessage): void {
    const { endpoint } = from
    switch (message.type) {
      case 'call.invite': {
        const { callId, mode, expiresAtMs, to } = message
        const target = world.devices.find(({ party }) =>
          party.type === 'bed'
            ? to.type === 'bed' && party.bedId === to.bedId
            : to.type === 'staff' && party.type === 'staff' && party.staffId === to.staffId,
        )
        if (!target) return world.fail('MODEL an invitation to nobody', callId)
        const isPast = Boolean(ledger.get(callId)?.end)
        const nowMs = clock.nowMs()
        const isNew = !ledger.has(callId)
        const bed = [target, from].find(({ party }) => party.type === 'bed')
        const seenEpoch = message.stay
        const stay = bed ? stayOf(bed) : null
        take({
          type: 'invited',
          from: endpoint,
          callId,
          to: target.party,
          mode,
          stay,
          seenEpoch,
          nowMs,
          expiresAtMs,
          isPast,
          door: 'open',
        })
        if (isNew && nowMs > expiresAtMs && ledger.get(callId)?.end === null)
          world.fail('SWITCH-1 a late invitation rings', callId)
        if (isNew && ledger.get(callId)?.end === null && seenEpoch !== (bed?.stay ?? null))
          world.fail('HZ-1 a call for a patient who is not there any more', callId)
        return
      }
      case 'call.accept':
        return take({ type: 'accepted', from: endpoint, callId: message.callId })
      case 'call.end':
        return take({ type: 'ended', from: endpoint, callId: message.callId, reason: message.reason })
      case 'call.relink':
        return take({ type: 'relinked', from: endpoint, callId: message.callId, epoch: message.epoch })
      case 'call.signal':
        return relay(from, message)
      case 'bed.report':
      case 'update.failed':
      case 'settings.tried':
      case 'bed.leave':
      case 'admission.admit':
      case 'admission.move':
      case 'admission.swap':
      case 'admission.wish':
      case 'admission.away':
      case 'admission.discharge':
      case 'sound.check':
        return
    }
  }

  function relay(from: Device, message: Extract<ClientMessage, { type: 'call.signal' }>): void {
    const call = board.calls.get(message.callId)
    const part = call && partOf(call, from.endpoint, from.party)
    if (!call || !part || call.epoch !== message.epoch) return
    const all = endpointsOf(board, call)
    const others = part === 'callee' ? [call.callerEndpoint] : all.filter((to) => to !== call.callerEndpoint)
    for (const to of others) tell(to, message)
  }

  // ---- sessions

  function tell(to: EndpointId, message: ServerMessage): void {
    const session = sessions.get(to)
    if (!session) return
    session.sent += 1
    const item = { seq: session.sent, message }
    session.pending.push(item)
    if (session.connection) post(session, session.connection, item)
  }

  function post(session: Session, connection: Connection, item: Session['pending'][number]): void {
    sendDown(world, connection, { type: 'message', ...item, ack: session.received })
  }

  function hear(connection: Connection, frame: UpFrame): void {
    if (!up) return
    if (frame.type === 'hello') return welcome(connection, frame)
    if (frame.type === 'close') return lose(connection)
    const session = sessions.get(connection.page.device.endpoint)
    if (!session || session.connection !== connection) return
    session.pending = session.pending.filter((item) => item.seq > frame.ack)
    if (frame.type === 'message') {
      if (frame.seq <= session.received) return
      if (frame.seq > session.received + 1)
        return world.fail('WIRE a gap in a session', session.device.endpoint)
      handle(session.device, frame.message)
      if (!up) return
      if (world.chance() < 0.02 && !world.calm) handle(session.device, frame.message)
      if (!up) return
      session.received = frame.seq
    }
    clock.after(10, () => {
      if (up && session.connection === connection)
        sendDown(world, connection, { type: 'pong', ack: session.received })
    })
  }

  function welcome(connection: Connection, hello: Extract<UpFrame, { type: 'hello' }>): void {
    const { device } = connection.page
    const { endpoint } = device
    if (hello.binding !== device.binding) return sendDown(world, connection, { type: 'close' })
    connections.add(connection)
    const old = sessions.get(endpoint)
    if (old?.connection && old.connection !== connection) sendAway(old.connection)
    const kept = old && hello.resume?.sessionId === old.id ? old : null
    const session = kept ?? newSession(device)
    session.forget?.()
    session.forget = null
    session.connection = connection
    sessions.set(endpoint, session)
    if (kept && hello.resume) {
      const { received } = hello.resume
      session.pending = session.pending.filter((item) => item.seq > received)
    }
    connectedWith(session, connection, hello.claims, kept !== null)
  }

  function connectedWith(session: Session, connection: Connection, claims: Claims, resumed: boolean): void {
    const { endpoint, party } = session.device
    const calls = callsOf(board, endpoint, party).map(({ call, part }) => viewFor(call, part, clock.nowMs()))
    const { id: sessionId, received } = session
    sendDown(world, connection, {
      type: 'welcome',
      sessionId,
      resumed,
      received,
      calls: resumed ? [] : calls,
      stay: session.device.stay,
    })
    for (const item of session.pending) post(session, connection, item)
    take({ type: 'connected', endpoint, connection: { party, claims } })
    if (!up || !resumed) return
    for (const { call } of callsOf(board, endpoint, party)) carryOut({ type: 'report', to: endpoint, call })
  }

  function sendAway(connection: Connection): void {
    connections.delete(connection)
    sendDown(world, connection, { type: 'close' })
  }

  /** Another tablet is bound to this bed: the old one is sent away, and its call is over. */
  function unbind(device: Device): boolean {
    if (!up) return false
    device.binding += 1
    take({ type: 'removed', endpoint: device.endpoint })
    const session = sessions.get(device.endpoint)
    sessions.delete(device.endpoint)
    if (session?.connection) sendAway(session.connection)
    return up
  }

  function stayOf({ stay }: Device): Stay {
    return { epoch: stay ?? 0, admissionId: null }
  }

  /** Durable first; what follows may be cut short by a kill. */
  function move(device: Device): void {
    if (!up || device.party.type !== 'bed' || device.stay === null) return
    device.stay += 1
    world.count('moves')
    const stay = stayOf(device)
    take({ type: 'stayChanged', bedId: device.party.bedId, stay })
    if (up) tell(device.endpoint, { type: 'stay.changed', stay, wishes: null })
  }

  function newSession(device: Device): Session {
    return {
      id: world.newNumber(),
      device,
      connection: null,
      received: 0,
      sent: 0,
      pending: [],
      forget: null,
    }
  }

  function lose(connection: Connection): void {
    connections.delete(connection)
    const { endpoint } = connection.page.device
    const session = sessions.get(endpoint)
    if (!up || !session || session.connection !== connection) return
    session.connection = null
    session.forget = clock.after(sessionMs, () => {
      if (sessions.get(endpoint) === session) sessions.delete(endpoint)
    })
    take({ type: 'disconnected', endpoint })
  }

  // ---- dying and coming back

  function die(): void {
    world.note(() => 'server: killed')
    world.count('kills')
    up = false
    effectsLeft = Number.POSITIVE_INFINITY
    for (const connection of connections) connection.page.session.loseServer(1_000 * world.chance())
    connections.clear()
    for (const stop of timers.values()) stop()
    timers = new Map()
    sessions = new Map()
    board = emptySwitchboard
  }

  function restart(): void {
    effectsLeft = Number.POSITIVE_INFINITY
    if (up) return
    up = true
    const open = [...ledger.values()].filter((row) => row.end === null).map((row) => row.call)
    board = { ...emptySwitchboard, calls: new Map(open.map((call) => [call.callId, call])) }
    world.note(() => `server: restarted with ${open.map((call) => call.callId).join(' ') || 'no calls'}`)
    for (const { callId, phase, ringUntilMs } of open) {
      const [timer, ms] =
        phase === 'ringing'
          ? (['ring', Math.max(0, ringUntilMs - clock.nowMs())] as const)
          : (['abandoned', abandonMs(world.timings)] as const)
      carryOut({ type: 'startTimer', callId, timer, ms })
    }
    for (const device of world.devices)
      if (device.party.type === 'bed')
        take({ type: 'stayChanged', bedId: device.party.bedId, stay: stayOf(device) })
  }

  return {
    isUp: () => up,
    board: () => board,
    hear,
    lose,
    loseAll(page) {
      for (const connection of connections) if (connection.page === page) lose(connection)
    },
    kill(afterEffects) {
      if (!up) return
      if (afterEffects === 0) die()
      else effectsLeft = afterEffects
    },
    restart,
    unbind,
    move,
  }

  function effectText(effect: SwitchboardEffect): string {
    const to = 'to' in effect ? ` ${effect.to} ${deviceOf(effect.to).party.type}` : ''
    const what = 'timer' in effect ? ` ${effect.timer}` : 'reason' in effect ? ` ${effect.reason}` : ''
    return `${effect.type}${to}${what}`
  }
}
