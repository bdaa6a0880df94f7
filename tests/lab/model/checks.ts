/** What must be true after every step, whatever happened. Each is a hazard's control, seen from outside. */
import type { CallState } from '../../../src/core/call-state.ts'
import { endpointsOf, sameParty } from '../../../src/core/switchboard-parties.ts'
import type { ServerCall } from '../../../src/core/switchboard-state.ts'
import { type Link, remoteOf } from './link.ts'
import type { Page } from './page.ts'
import { isOn, type LedgerRow, type World } from './world.ts'

/** The sound of each state; what is not named is silent. */
const sounds: Partial<Record<CallState['type'], string>> = {
  calling: 'ringback',
  ringing: 'ring',
  knocking: 'knock',
}

/** The timer that ends each state if nothing else does. Live has none: its link's silence is told by the link. */
const bounds: Partial<Record<CallState['type'], string>> = {
  dialling: 'invite',
  calling: 'ring',
  ringing: 'ring',
  knocking: 'ring',
  connecting: 'connect',
  reconnecting: 'reconnect',
}

/** One screen, after each event it took. */
export function checkPage(world: World, page: Page): void {
  const state = page.state()
  const where = `${page.device.endpoint} ${state.type}`
  checkCamera(world, page, state, where)
  checkPolicy(world, page, state, where)
  const link = page.link()
  if (link) checkLink(world, page, link, where)
  checkPresented(world, page, state, where)
  if (isOn(state) && page.over.has(callIdIn(state))) world.fail('CALL-2 an ended call revives', where)
  const sound = sounds[state.type] ?? 'none'
  if (page.sound() !== sound) world.fail('HZ-3 the wrong sound', `${where} sounds ${page.sound()}`)
  const bound = bounds[state.type]
  if (bound && !page.timers().has(bound)) world.fail('CALL-7 a state without its timer', where)
  if (!isAskedAbout(page, state))
    world.fail('CALL-16 a call that may be forgotten is never asked about', where)
  if (!isOn(state) && page.timers().size > 0) world.fail('CALL-7 a timer outlives its call', where)
}

/** [CALL-16] A station in a call with a bed counts how long nobody is there, or waits for a reply. */
function isAskedAbout(page: Page, state: CallState): boolean {
  if (!('still' in state) || state.call.peer.type !== 'bed') return true
  return page.timers().has(state.still === 'asked' ? 'unanswered' : 'untouched')
}

function callIdIn(state: CallState): string {
  if (state.type === 'idle') return ''
  return 'call' in state ? state.call.callId : state.callId
}

function checkCamera(world: World, page: Page, state: CallState, where: string): void {
  if (page.streams().length === 0) return
  if (!('camera' in state)) world.fail('HZ-2 a live camera outside a call', where)
  if (!page.witness.consents.has(callIdIn(state))) world.fail('HZ-2 a live camera without consent', where)
}

function checkPolicy(world: World, page: Page, state: CallState, where: string): void {
  if (state.type !== 'ringing' && state.type !== 'knocking') return
  const { callId } = state.call
  if (page.device.policy.privacy) world.fail('HZ-3 it goes on ringing behind a curtain that was drawn', where)
  if (!page.witness.mayRing(callId)) world.fail('HZ-3 it rings behind a drawn curtain', where)
  if (state.type === 'knocking' && !page.witness.mayKnock(callId))
    world.fail('HZ-3 a knock the policy forbids', where)
}

function checkLink(world: World, page: Page, link: Link, where: string): void {
  const state = page.state()
  if (!isOn(state)) world.fail('HZ-2 a link outlives its call', where)
  if (link.callId !== callIdIn(state)) world.fail('HZ-2 a link of another call', where)
  if (link.attached === 'nothing') {
    if (state.type === 'live' && state.camera === 'open')
      world.fail('CALL-5 a live call that sends nothing', where)
    return
  }
  if (!page.witness.consents.has(link.callId)) world.fail('HZ-2 tracks leave without consent', where)
  const row = world.ledger.get(link.callId)
  if (!row) return world.fail('CALL-5 tracks leave in a call nobody recorded', where)
  const isCaller = page.device.endpoint === row.call.callerEndpoint
  if (isCaller && !row.wasAccepted && link.attached === 'all')
    world.fail('CALL-5 a caller’s sound leaves before the answer is recorded', where)
  const remote = remoteOf(world, link)
  if (!remote || remote.closed) return
  if (!isCallee(row, isCaller, remote))
    world.fail(
      'HZ-2 tracks flow to a screen that did not answer',
      `${where} → ${remote.page.device.endpoint}`,
    )
}

/** Whether who is at the other end is who may be sent to: the one that answered, or the bed that rings. */
function isCallee({ call, wasAccepted }: LedgerRow, isCaller: boolean, { page }: Link): boolean {
  if (!isCaller) return page.device.endpoint === call.callerEndpoint
  if (wasAccepted) return page.device.endpoint === call.calleeEndpoint
  return call.callee.type === 'bed' && sameParty(page.device.party, call.callee)
}

/** [CALL-5] What is seen and heard here: the peer of a call that both agreed to, as the ledger has it. */
function checkPresented(world: World, page: Page, state: CallState, where: string): void {
  const callId = page.presented()
  if (callId === null) {
    if (state.type === 'live' || state.type === 'reconnecting')
      world.fail('CALL-5 a live call that shows nobody', where)
    return
  }
  if (!isOn(state) || callId !== callIdIn(state)) world.fail('CALL-5 a peer is shown outside the call', where)
  if (!world.ledger.get(callId)?.wasAccepted)
    world.fail('CALL-5 a peer is shown before the answer is recorded', where)
  if (!page.witness.consents.has(callId)) world.fail('CALL-5 a peer is shown to who did not agree', where)
}

/** The server, after each decision it carried out. */
export function checkBoard(world: World): void {
  const { calls } = world.server.board()
  const list = [...calls.values()]
  for (const [index, call] of list.entries()) {
    for (const other of list.slice(index + 1)) {
      for (const party of [other.caller, other.callee]) {
        if (sameParty(party, call.caller) || sameParty(party, call.callee))
          world.fail('SWITCH-1 two active calls on one party', `${call.callId} and ${other.callId}`)
      }
    }
    const row = world.ledger.get(call.callId)
    if (!row || row.end) world.fail('SWITCH-3 a call goes on that the ledger has not', call.callId)
    if (row && row.call !== call) world.fail('SWITCH-3 the ledger lags behind', call.callId)
  }
  for (const row of world.ledger.values()) {
    if (!row.end && !calls.has(row.call.callId))
      world.fail('SWITCH-3 the ledger holds a call that does not go on', row.call.callId)
  }
}

/** The server gives up an answered call only when somebody is not in it any more. */
export function checkGivenUp(world: World, call: ServerCall): void {
  const sides = world.devices.filter(
    ({ endpoint }) => endpoint === call.callerEndpoint || endpoint === call.calleeEndpoint,
  )
  const goesWell = sides.every(({ page }) => {
    const state = page?.state()
    return state?.type === 'live' && state.call.callId === call.callId && page?.session.isSettled()
  })
  if (goesWell) world.fail('SWITCH-5 a call that goes well is given up', call.callId)
}

/** When everyone has heard everything, screens and server agree on which calls there are. */
export function checkAgreement(world: World): void {
  if (world.inFlight > 0 || !world.server.isUp()) return
  const open = world.pages.filter((page) => !page.dead)
  if (!open.every((page) => page.session.isSettled())) return
  world.count('agreements checked')
  const board = world.server.board()
  for (const page of open) {
    const state = page.state()
    if (!isOn(state)) continue
    const call = board.calls.get(callIdIn(state))
    const where = `${page.device.endpoint} ${state.type}`
    if (!call) return world.fail('SWITCH-3 a screen is in a call that is over', where)
    if ('call' in state && state.call.epoch !== call.epoch)
      world.fail('SWITCH-4 two epochs of one call', where)
  }
  for (const call of board.calls.values()) {
    for (const endpoint of endpointsOf(board, call)) {
      const page = open.find((candidate) => candidate.device.endpoint === endpoint)
      if (!page || page.device.duplicated || !board.endpoints.has(endpoint)) continue
      const state = page.state()
      if (!isOn(state) || callIdIn(state) !== call.callId)
        world.fail(
          'HZ-4 a call goes on and its screen does not show it',
          `${endpoint} ${state.type} ${call.callId} ${call.phase}`,
        )
    }
  }
}

/** After the calm: nobody is left in a call, and everyone was told the same end. */
export function checkEnd(world: World): void {
  for (const page of world.pages) {
    if (!page.dead && isOn(page.state()))
      world.fail('CALL-7 an end is out of reach', `${page.device.endpoint} ${page.state().type}`)
  }
  const { calls } = world.server.board()
  for (const call of calls.values())
    world.fail('SWITCH-5 a call nobody is in stays open', `${call.callId} ${call.phase}`)
  checkEndings(world)
}

function checkEndings(world: World): void {
  for (const { callId, device, reason, by, told } of world.endings) {
    const row = world.ledger.get(callId)
    if (!told || !row) continue
    const end = row.end ?? world.fail('SWITCH-3 told of an end that was not recorded', callId)
    const elsewhere =
      reason === 'taken-elsewhere' && row.call.calleeEndpoint !== device.endpoint && row.wasAccepted
    if (elsewhere) continue
    if (reason !== end.reason)
      world.fail(
        'SWITCH-3 told another reason than the ledger holds',
        `${device.endpoint} ${callId} ${reason}, ${end.reason}`,
      )
    const part = sameParty(row.call.caller, device.party) ? 'caller' : 'callee'
    const rightBy = end.by === 'server' ? 'server' : end.by === part ? 'me' : 'peer'
    if (by !== rightBy)
      world.fail('SWITCH-3 told the wrong author of an end', `${device.endpoint} ${callId} ${by}, ${end.by}`)
  }
  for (const [callId, row] of world.ledger) {
    if (!row.end || row.end.by === 'server') continue
    const party = row.end.by === 'caller' ? row.call.caller : row.call.callee
    const { reason } = row.end
    const claimed = world.endings.some(
      (ending) =>
        ending.callId === callId &&
        !ending.told &&
        ending.reason === reason &&
        sameParty(ending.device.party, party),
    )
    if (!claimed) world.fail('SWITCH-3 an end in somebody’s name who did not end', `${callId} ${reason}`)
  }
}

/** [SWITCH-13] What goes on is for who lies there, once the server has seen to a move. */
export function checkStays(world: World): void {
  if (!world.server.isUp()) return
  for (const call of world.server.board().calls.values()) {
    const bed = world.devices.find(
      ({ party }) => party.type === 'bed' && (sameParty(party, call.callee) || sameParty(party, call.caller)),
    )
    if (bed && call.stay?.epoch !== bed.stay)
      world.fail('HZ-1 a call goes on for a patient who is not there any more', call.callId)
  }
}
