/** What must be so of a call whatever happens, seen from outside: cameras, stalls, the truth of every end. */
import type { CallState, Moment } from '../../../src/core/call-state.ts'
import { callIdOf } from '../../../src/core/call-state.ts'
import type { SwitchboardEffect } from '../../../src/core/switchboard-state.ts'
import { standardTimings } from '../../../src/core/timings.ts'
import type { Page } from './page.ts'
import { devicesOf, type World } from './world.ts'

/** `cameBack`: into the state before, from a reload. */
type Move = { readonly sinceMs: number; readonly told: boolean; readonly cameBack: boolean }
type Waited = { readonly cameBack: boolean; readonly lastedMs: number }
type RecordEnd = Extract<SwitchboardEffect, { type: 'recordEnd' }>
type Ended = Extract<Moment, { type: 'ended' }>

export type Checks = {
  /** A page goes from one state to another. */
  moved(page: Page, before: CallState, after: CallState, move: Move): void
  /** The server ends a call, or refuses one. */
  recorded(end: RecordEnd): void
  /** Looked at every quarter of a second. */
  look(): void
}

/** [HZ-5] */
const coveredMs = 2_500
/** So long a time without a fault within the last minute brings a link back. */
const enoughMs = 15_000
/** A fresh link that was asked for by whoever was still connecting comes at most so late. */
const beginsMs = 15_000
/** From when nothing is in the way until something arrives: with a look at it at that moment, and at the next rebuild. */
const backMs = 5_000
const rebuiltMs = 20_000
/** With *connecting* and *dialling* the whole wait may have passed without a fault but for its very begin. */
const slackMs = 1_500

export function createChecks(world: () => World): Checks {
  /** When something last arrived at a page. */
  const arrived = new Map<Page, number>()
  /** Where each call has been live. */
  const live = new Map<string, Map<Page, number>>()

  function beganAt(page: Page, callId: string): void {
    const ends = live.get(callId) ?? new Map<Page, number>()
    if (!ends.has(page)) live.set(callId, ends.set(page, world().clock.nowMs()))
  }

  /** Both are in it, and what was asked for while it began has come. */
  function isInFlow(callId: string): boolean {
    const began = [...(live.get(callId)?.values() ?? [])]
    return began.length > 1 && world().clock.nowMs() - Math.max(...began) > beginsMs
  }

  function ended(page: Page, before: CallState, after: Ended, move: Move): void {
    const { record, count, fail } = world()
    const { callId, reason } = after
    const where = `${page.device.part} ${before.type} ${callId} ${reason}`
    count(`end ${reason}`)
    const past = record.find(callId)?.end
    if (!move.told) return own(before, after, move, where)
    if (past && past.reason !== reason)
      fail('TRUTH told another reason than is recorded', `${where}, ${past.reason}`)
    if (!past && reason !== 'connection-lost') fail('TRUTH told of an end that is not recorded', where)
  }

  /** What a page says by itself. */
  function own(before: CallState, { callId, reason }: Ended, move: Move, where: string): void {
    const { witness, record, clock, fail } = world()
    const lastedMs = clock.nowMs() - move.sinceMs
    switch (reason) {
      case 'hung-up':
      case 'declined':
      case 'cancelled':
        return witness.hasPressed(callId, 'hang up', 'refuse')
          ? undefined
          : fail('TRUTH nobody ended it', where)
      case 'no-answer': {
        const isAskedAgain = before.type === 'ringing' && before.call.continued
        const isTrue = isAskedAgain ? lastedMs >= standardTimings.reconnectMs : !record.wasAnswered(callId)
        return isTrue ? undefined : fail('TRUTH it was answered', where)
      }
      case 'connection-lost':
        return lost(before, { cameBack: move.cameBack, lastedMs }, where)
      default:
        return fail('TRUTH a reason that nothing here gives', where)
    }
  }

  /** [CALL-7] It ends; [CALL-18] and once nothing is in the way any more it is over soon. */
  function checkReconnecting(page: Page): void {
    const { witness, fail } = world()
    if (page.calls.state.peek().type !== 'reconnecting') return
    const stateMs = page.stateMs()
    if (stateMs > standardTimings.reconnectMs + slackMs)
      fail('CALL-7 it reconnects for ever', page.device.part)
    if (!devicesOf(world()).every((device) => isJoined(device.page))) return
    const pages = devicesOf(world()).flatMap((device) => device.page ?? [])
    const heardMs = Math.min(...pages.map((one) => one.heardMs()))
    const wellMs = Math.min(witness.wholeMs(), heardMs, ...pages.map((one) => one.stateMs()))
    // Who is heard again looks for another way for its link; whatever else became well is found by a rebuild.
    const linkMs = Math.min(...pages.map((one) => one.media.linkMs()))
    const longestMs = heardMs < Math.min(witness.wholeMs(), stateMs, linkMs) ? backMs : rebuiltMs
    if (wellMs > longestMs) fail('CALL-18 nothing is in the way, and it is not back', page.device.part)
  }

  function lost(before: CallState, { cameBack, lastedMs }: Waited, where: string): void {
    const { witness, clock, fail } = world()
    const { connectMs, inviteMs, reconnectMs } = standardTimings
    const nowMs = clock.nowMs()
    const heardMs = Math.min(...devicesOf(world()).map(({ page }) => page?.heardMs() ?? 0))
    const wholeMs = (ms: number) => witness.longestWholeMs(nowMs - ms, nowMs)
    const isWell = (ms: number) => Math.min(wholeMs(ms), heardMs) > ms - slackMs
    if (before.type === 'dialling' && isWell(inviteMs))
      fail('TRUTH lost while it was dialled, and nothing was in the way', where)
    const isAsked = world().bed.page?.calls.state.peek().type === 'ringing'
    if (before.type === 'connecting' && cameBack && isAsked && lastedMs < reconnectMs)
      fail('TRUTH lost while the patient was still being asked', where)
    if (before.type === 'connecting' && !isAsked && isWell(connectMs))
      fail('TRUTH lost while it was connecting, and nothing was in the way', where)
    // Whoever hung up said so, and was not heard here; a patient who is asked again does not answer.
    if (before.type !== 'reconnecting' || witness.hasPressed(before.call.callId, 'hang up')) return
    if (isAsked) return
    if (wholeMs(reconnectMs) >= enoughMs)
      fail('TRUTH lost though all was well for long enough', `${where}, ${wholeMs(reconnectMs)} ms`)
    if (!witness.isMediaTouched() && isInFlow(before.call.callId))
      fail('SIGNALLING a call ends by what only hurt the way to the server', where)
  }

  return {
    moved(page, before, after, move) {
      const { witness, fail } = world()
      const isTouched = before.type === 'live' && after.type === 'reconnecting'
      const callId = callIdOf(after) ?? ''
      if (after.type === 'live') beganAt(page, callId)
      // Whoever hangs up closes the link before the news of it is there.
      const isLeft = witness.hasPressed(callId, 'hang up') || !isInFlow(callId)
      if (isTouched && !isLeft && !witness.isMediaTouched())
        fail('SIGNALLING what only hurt the way to the server touches media', page.device.part)
      if (after.type === 'ended') ended(page, before, after, move)
      if (after.type === 'live') arrived.set(page, world().clock.nowMs())
      if (page.device.part === 'bed' && before.type === 'knocking' && after.type === 'connecting')
        countedDown(world(), page, after, move)
    },
    recorded({ call, reason, by }) {
      if (reason !== 'connection-lost' || by !== 'server') return
      if (
        call.phase === 'accepted' &&
        devicesOf(world()).every((device) => isLiveIn(device.page, call.callId))
      )
        world().fail('TRUTH a call that goes on is given up by the server', call.callId)
    },
    look() {
      const { clock, fail } = world()
      for (const { page, part, sleeping } of devicesOf(world())) {
        if (!page) continue
        if (!sleeping) checkReconnecting(page)
        if (sleeping || page.media.link()?.receives()) arrived.set(page, clock.nowMs())
        const lastMs = Math.max(arrived.get(page) ?? clock.nowMs(), page.media.link()?.arrivedMs() ?? 0)
        const silentMs = clock.nowMs() - lastMs
        if (page.calls.state.peek().type === 'live' && silentMs > coveredMs)
          fail('HZ-5 nothing arrives and it says nothing', `${part}, ${silentMs} ms`)
      }
    },
  }
}

function isJoined(page: Page | null): boolean {
  const type = page?.calls.state.peek().type
  return type === 'live' || type === 'reconnecting'
}

function isLiveIn(page: Page | null, callId: string): boolean {
  const state = page?.calls.state.peek()
  return state?.type === 'live' && state.call.callId === callId
}

/** A knock is consent once it has been heard for as long as it says. */
function countedDown({ clock }: World, { device }: Page, state: CallState, { sinceMs }: Move): void {
  const callId = callIdOf(state)
  if (callId !== null && clock.nowMs() - sinceMs >= standardTimings.knockMs) device.consents.add(callId)
}

/** One page, after everything that happened to it. */
export function checkPage(world: World, { device, calls, media }: Page): void {
  const state = calls.state.peek()
  const where = `${device.part} ${state.type}`
  const isOn = state.type !== 'idle' && state.type !== 'ended'
  if (!isOn && media.link()) world.fail('HZ-2 a link outlives its call', where)
  if (media.open().size === 0) return
  if (!('camera' in state)) return world.fail('HZ-2 a camera is open outside a call', where)
  if (!device.consents.has(callIdOf(state) ?? '')) world.fail('HZ-2 a camera is open without consent', where)
}

/** Null: both ends are in the same truth. Otherwise what is between them. */
export function differenceOf(world: World): string | null {
  const [station, bed] = devicesOf(world).map(({ page }) => page?.calls.state.peek())
  const going = [...world.server.board().calls.values()]
  if (!station || !bed) return 'a page is missing'
  const isOff = (state: CallState) => state.type === 'idle' || state.type === 'ended'
  if (isOff(station) && isOff(bed)) return going.length === 0 ? null : 'the server goes on with a call'
  if (station.type !== 'live' || bed.type !== 'live') return `station ${station.type}, bed ${bed.type}`
  const { callId, epoch } = station.call
  if (bed.call.callId !== callId || bed.call.epoch !== epoch) return 'two calls, or two links of one'
  const [call] = going
  if (call?.callId !== callId || call.epoch !== epoch || call.phase !== 'accepted')
    return 'the server has another'
  if (!devicesOf(world).every((device) => world.server.isSettled(device))) return 'the server is not heard'
  if (!devicesOf(world).every(({ page }) => page?.media.link()?.receives())) return 'nothing arrives'
  return devicesOf(world).every(({ page }) => page?.calls.theirs.peek()) ? null : 'nobody says what they send'
}
