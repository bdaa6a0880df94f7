import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf } from '../../src/core/proof.ts'
import { decide } from '../../src/core/switchboard.ts'
import {
  bedEndpoint,
  bedStateOf,
  callsOf,
  endpointsOf,
  partOf,
  sameParty,
  tabEndpoint,
  viewFor,
} from '../../src/core/switchboard-parties.ts'
import { abandonMs } from '../../src/core/switchboard-presence.ts'
import {
  type Decision,
  emptySwitchboard,
  type ServerCall,
  type Switchboard,
  type SwitchboardEffect,
  type SwitchboardEvent,
} from '../../src/core/switchboard-state.ts'
import { standardTimings } from '../../src/core/timings.ts'
import type { BedParty, Party, StaffParty } from '../../src/protocol/people.ts'

const anna: StaffParty = { type: 'staff', staffId: 'anna', name: 'Anna', role: 'nurse' }
const ben: StaffParty = { type: 'staff', staffId: 'ben', name: 'Ben', role: 'doctor' }
const one: BedParty = { type: 'bed', bedId: 'b1', label: '1', ward: 'Ward' }
const two: BedParty = { type: 'bed', bedId: 'b2', label: '2', ward: 'Ward' }
const annaA = tabEndpoint('anna', 'a')
const annaB = tabEndpoint('anna', 'b')
const benA = tabEndpoint('ben', 'a')
const bed1 = bedEndpoint('b1')
const bed2 = bedEndpoint('b2')
const partyOf: Record<string, Party> = { [annaA]: anna, [annaB]: anna, [benA]: ben, [bed1]: one, [bed2]: two }
const nowMs = 1_000_000

function connected(endpoint: string, ...claims: { callId: string; epoch: number }[]): SwitchboardEvent {
  return { type: 'connected', endpoint, connection: { party: partyOf[endpoint] ?? anna, claims } }
}

function invited(
  from: string,
  to: Party,
  callId = 'c1',
  changes: Partial<Extract<SwitchboardEvent, { type: 'invited' }>> = {},
): SwitchboardEvent {
  const expiresAtMs = nowMs + standardTimings.inviteMs
  const rings = {
    type: 'invited',
    from,
    callId,
    to,
    mode: 'ring',
    nowMs,
    expiresAtMs,
    isPast: false,
    door: 'open',
  } as const
  return { ...rings, stay: null, seenEpoch: null, ...changes }
}

const accepted = (from: string, callId = 'c1'): SwitchboardEvent => ({ type: 'accepted', from, callId })
const ended = (
  from: string,
  reason: Extract<SwitchboardEvent, { type: 'ended' }>['reason'] = 'hung-up',
  callId = 'c1',
): SwitchboardEvent => ({ type: 'ended', from, callId, reason })
const relinked = (from: string, epoch: number, callId = 'c1'): SwitchboardEvent => ({
  type: 'relinked',
  from,
  callId,
  epoch,
})
const taken = (from: string, callId = 'c1'): SwitchboardEvent => ({ type: 'taken', from, callId })
const gone = (endpoint: string): SwitchboardEvent => ({ type: 'disconnected', endpoint })
const removed = (endpoint: string): SwitchboardEvent => ({ type: 'removed', endpoint })
const elapsed = (timer: 'ring' | 'return' | 'abandoned', callId = 'c1'): SwitchboardEvent => ({
  type: 'timeElapsed',
  callId,
  timer,
})

function run(board: Switchboard, ...events: readonly SwitchboardEvent[]): Decision {
  return events.reduce<Decision>((last, event) => decide(last.board, event, standardTimings), {
    board,
    effects: [],
  })
}

const ward = run(
  emptySwitchboard,
  ...[annaA, annaB, benA, bed1, bed2].map((endpoint) => connected(endpoint)),
).board
const ringing = run(ward, invited(annaA, one)).board
const talking = run(ringing, accepted(bed1)).board
/** Bed 1 rings Anna, who has two tabs open. */
const atStation = run(ward, invited(bed1, anna)).board

function callOf(board: Switchboard, callId = 'c1'): ServerCall {
  const call = board.calls.get(callId)
  if (!call) throw new Error(`no call ${callId}`)
  return call
}

/** An effect in one word and whom it is for. */
function word(effect: SwitchboardEffect): string {
  switch (effect.type) {
    case 'recordOpen':
      return `recordOpen ${effect.call.phase} ${effect.call.epoch}`
    case 'recordDeclined':
      return `recordDeclined by ${addressOf(effect.by)}`
    case 'recordEnd':
      return `recordEnd ${effect.reason} by ${effect.by}`
    case 'report':
      return `report ${effect.to}`
    case 'tellEnded':
      return `ended ${effect.to} ${effect.reason} by ${effect.by}`
    case 'tellGlare':
      return `glare ${effect.to} ${effect.call.callId}`
    case 'tellPast':
      return `past ${effect.to} ${effect.callId}`
    case 'startTimer':
      return `start ${effect.timer} ${effect.ms}`
    case 'stopTimer':
      return `stop ${effect.timer}`
  }
}

function brief(effects: readonly SwitchboardEffect[]): string[] {
  return effects.map(word)
}

function does(board: Switchboard, ...events: readonly SwitchboardEvent[]): string[] {
  return brief(run(board, ...events).effects)
}

describe('[SWITCH-1] invitations', () => {
  test('[SWITCH-1] a ring is recorded, timed, and told to both ends, in this order', () => {
    expect(does(ward, invited(annaA, one))).toEqual([
      'recordOpen ringing 1',
      'start ring 30000',
      `report ${annaA}`,
      `report ${bed1}`,
    ])
  })

  test('[SWITCH-1] a member of staff is rung at every screen', () => {
    expect(does(ward, invited(bed1, anna))).toContain(`report ${annaA}`)
    expect(does(ward, invited(bed1, anna))).toContain(`report ${annaB}`)
  })

  test.each([
    ['the bed rings', ringing, invited(benA, one, 'c2')],
    ['the bed talks', talking, invited(benA, one, 'c2')],
    ['the caller is in a call at another tab', talking, invited(annaB, two, 'c2')],
    ['the caller calls itself', ward, invited(annaA, anna, 'c2')],
  ] as const)('[SWITCH-1] busy when %s, and what goes on is not touched', (_why, board, event) => {
    const { board: next, effects } = run(board, event)
    expect(brief(effects)[0]).toBe('recordEnd busy by server')
    expect(brief(effects)[1]).toMatch(/^ended tab:.* busy by server$/)
    expect(next.calls).toEqual(board.calls)
  })

  test('[SWITCH-1] an invitation that arrives late rings nobody (HZ-4)', () => {
    const late = invited(annaA, one, 'c1', { expiresAtMs: nowMs - 1 })
    expect(does(ward, late)).toEqual([
      'recordEnd connection-lost by server',
      `ended ${annaA} connection-lost by server`,
    ])
    expect(does(ward, invited(annaA, one, 'c1', { expiresAtMs: nowMs }))[0]).toBe('recordOpen ringing 1')
  })

  test('[SWITCH-1] a bed that is not there is device-unready at once (HZ-11)', () => {
    expect(does(run(ward, gone(bed1)).board, invited(annaA, one))).toEqual([
      'recordEnd device-unready by server',
      `ended ${annaA} device-unready by server`,
    ])
  })

  test('[SWITCH-1] behind a reported curtain nothing rings, and the caller is told why (HZ-3)', () => {
    const { board, effects } = run(ward, invited(annaA, one, 'c1', { door: 'privacy' }))
    expect(brief(effects)).toEqual(['recordEnd privacy-on by server', `ended ${annaA} privacy-on by server`])
    expect(board.calls.size).toBe(0)
  })

  test('[SWITCH-1] two who ring each other: the second gets the first one’s call', () => {
    const { board, effects } = run(ringing, invited(bed1, anna, 'c2'))
    expect(brief(effects)).toEqual(['recordEnd busy by server', `glare ${bed1} c1`])
    expect([...board.calls.keys()]).toEqual(['c1'])
  })

  test('[SWITCH-1] once they talk, ringing each other is busy, not glare', () => {
    expect(does(talking, invited(bed1, anna, 'c2'))).toContain(`ended ${bed1} busy by server`)
  })

  test('[SWITCH-1] a repeated invitation is answered with how things stand (CALL-2)', () => {
    expect(does(ringing, invited(annaA, one))).toEqual([`report ${annaA}`])
    expect(does(talking, invited(annaA, one))).toEqual([`report ${annaA}`])
    expect(does(ward, invited(annaA, one, 'c1', { isPast: true }))).toEqual([`past ${annaA} c1`])
  })

  test('[SWITCH-1] another’s call id gets nobody in: it changes nothing and tells nothing', () => {
    const { board, effects } = run(ringing, invited(benA, two, 'c1'))
    expect(effects).toEqual([])
    expect(board).toEqual(ringing)
  })

  test('[SWITCH-1] who is not connected invites nobody', () => {
    expect(does(run(ward, gone(annaA)).board, invited(annaA, one))).toEqual([])
  })

  test('[SWITCH-1] the caller’s wish to knock is passed on, the bed decides (HZ-3)', () => {
    const { board } = run(ward, invited(annaA, one, 'c1', { mode: 'knock' }))
    expect(viewFor(callOf(board), 'callee', nowMs).mode).toBe('knock')
  })
})

describe('[SWITCH-2] answers', () => {
  test('[SWITCH-2] an answer is recorded before it is told, stops the ring, and keeps a bed’s warm link', () => {
    expect(does(ringing, accepted(bed1))).toEqual([
      'recordOpen accepted 1',
      'stop ring',
      `report ${annaA}`,
      `report ${bed1}`,
    ])
  })

  test('[SWITCH-2] first answer wins; the other tab is told, and the link is a fresh one (HZ-2)', () => {
    expect(does(atStation, accepted(annaB))).toEqual([
      'recordOpen accepted 2',
      'stop ring',
      `report ${bed1}`,
      `report ${annaB}`,
      `ended ${annaA} taken-elsewhere by server`,
    ])
    const taken = run(atStation, accepted(annaB)).board
    expect(does(taken, accepted(annaA))).toEqual([`ended ${annaA} taken-elsewhere by server`])
    expect(callOf(run(taken, accepted(annaA)).board).calleeEndpoint).toBe(annaB)
  })

  test('[SWITCH-2] a repeated answer is told again and changes nothing (CALL-2)', () => {
    expect(does(talking, accepted(bed1))).toEqual([`report ${bed1}`])
    expect(run(talking, accepted(bed1)).board).toEqual(talking)
  })

  test('[SWITCH-2] nobody answers for somebody else, and the caller does not answer itself', () => {
    for (const from of [benA, bed2, annaA, annaB]) {
      expect(run(ringing, accepted(from)), from).toEqual({ board: ringing, effects: [] })
    }
  })

  test('[SWITCH-2] an answer to a call that is over is told how it ended', () => {
    expect(does(ward, accepted(bed1))).toEqual([`past ${bed1} c1`])
  })
})

describe('[SWITCH-3] ends', () => {
  test.each([
    [
      'the caller cancels',
      ringing,
      annaA,
      'cancelled',
      'caller',
      `ended ${annaA} cancelled by me`,
      `ended ${bed1} cancelled by peer`,
    ],
    [
      'the bed declines',
      ringing,
      bed1,
      'declined',
      'callee',
      `ended ${annaA} declined by peer`,
      `ended ${bed1} declined by me`,
    ],
    [
      'the bed hides',
      ringing,
      bed1,
      'privacy-on',
      'callee',
      `ended ${annaA} privacy-on by peer`,
      `ended ${bed1} privacy-on by me`,
    ],
    [
      'the caller hangs up',
      talking,
      annaA,
      'hung-up',
      'caller',
      `ended ${annaA} hung-up by me`,
      `ended ${bed1} hung-up by peer`,
    ],
    [
      'the bed hangs up',
      talking,
      bed1,
      'hung-up',
      'callee',
      `ended ${annaA} hung-up by peer`,
      `ended ${bed1} hung-up by me`,
    ],
  ] as const)(
    '[SWITCH-3] %s: recorded once, told to both, each from its side',
    (_who, board, from, reason, by, first, second) => {
      const { board: next, effects } = run(board, ended(from, reason))
      expect(brief(effects)).toEqual([
        `recordEnd ${reason} by ${by}`,
        'stop ring',
        'stop return',
        first,
        second,
      ])
      expect(next.calls.size).toBe(0)
      expect(does(next, ended(from, reason))).toEqual([])
    },
  )

  test('[SWITCH-3] what one tab does is “me” at the other tabs of the same person', () => {
    expect(does(atStation, ended(annaA, 'declined'))).toEqual([
      'recordEnd declined by callee',
      'stop ring',
      'stop return',
      `ended ${bed1} declined by peer`,
      `ended ${annaA} declined by me`,
      `ended ${annaB} declined by me`,
    ])
  })

  test('[SWITCH-3] nobody ends a call they are not on', () => {
    for (const from of [benA, bed2, annaB, 'tab:nobody:x']) {
      expect(run(talking, ended(from)), from).toEqual({ board: talking, effects: [] })
    }
  })

  test('[SWITCH-3] a tab that did not answer cannot end the call that another tab answered', () => {
    const taken = run(atStation, accepted(annaB)).board
    expect(run(taken, ended(annaA))).toEqual({ board: taken, effects: [] })
  })

  test('[SWITCH-3] a ring nobody answers ends after 30 s, by the server; an answered one does not', () => {
    expect(does(ringing, elapsed('ring'))[0]).toBe('recordEnd no-answer by server')
    expect(does(ringing, elapsed('ring'))).toContain(`ended ${bed1} no-answer by server`)
    expect(run(talking, elapsed('ring'))).toEqual({ board: talking, effects: [] })
    expect(run(ward, elapsed('ring'))).toEqual({ board: ward, effects: [] })
  })

  test('[SWITCH-3] the bed can be called again at once', () => {
    expect(does(run(talking, ended(bed1)).board, invited(benA, one, 'c2'))[0]).toBe('recordOpen ringing 1')
  })
})

describe('[SWITCH-4] fresh links', () => {
  test('[SWITCH-4] two who ask at once get one: only the present epoch counts', () => {
    const first = run(talking, relinked(annaA, 1))
    expect(brief(first.effects)).toEqual([
      'recordOpen accepted 2',
      'stop return',
      `report ${annaA}`,
      `report ${bed1}`,
    ])
    const second = run(first.board, relinked(bed1, 1))
    expect(brief(second.effects)).toEqual(['stop return', `report ${bed1}`])
    expect(second.board).toEqual(first.board)
  })

  test('[SWITCH-4] an epoch from the future is answered with the present one', () => {
    expect(does(talking, relinked(annaA, 9))).toEqual(['stop return', `report ${annaA}`])
  })

  test('[SWITCH-4] nobody relinks a call they are not on; one that is over is told so', () => {
    expect(run(talking, relinked(benA, 1))).toEqual({ board: talking, effects: [] })
    expect(does(ward, relinked(annaA, 1))).toEqual([`past ${annaA} c1`])
  })

  test('[SWITCH-4] a page reloaded while it rings gets a fresh link too', () => {
    expect(does(ringing, relinked(annaA, 1))[0]).toBe('recordOpen ringing 2')
  })
})

describe('[SWITCH-5] who comes back', () => {
  const claim = { callId: 'c1', epoch: 1 }

  test('[SWITCH-5] losing a socket ends nothing and tells nobody', () => {
    expect(run(talking, gone(bed1)).effects).toEqual([])
    expect(run(talking, gone(bed1)).board.calls).toEqual(talking.calls)
  })

  test('[SWITCH-5] who claims its call goes on with it, whatever was feared meanwhile', () => {
    expect(does(talking, gone(bed1), connected(bed1, claim))).toEqual(['stop return'])
  })

  test('[SWITCH-5] a page that was reloaded has a minute to take its call up again', () => {
    const back = run(talking, gone(bed1), connected(bed1))
    expect(brief(back.effects)).toEqual(['start return 60000'])
    expect(does(back.board, elapsed('return'))[0]).toBe('recordEnd connection-lost by server')
    expect(does(back.board, relinked(bed1, 1))).toContain('stop return')
  })

  test('[SWITCH-5] a claim of a call that is over, or of somebody else’s, is told so', () => {
    expect(does(ward, connected(bed1, claim))).toEqual([`past ${bed1} c1`])
    expect(does(talking, connected(benA, claim))).toEqual([`past ${benA} c1`])
  })

  test('[SWITCH-5] epoch 0 claims a call that was only dialled: unknown is not past, and answered is not reloaded', () => {
    const dialling = { callId: 'c1', epoch: 0 }
    expect(does(ward, connected(annaA, dialling))).toEqual([])
    expect(does(talking, connected(annaA, dialling))).toEqual(['stop return'])
  })

  test('[SWITCH-5] a server that was killed goes on with the calls of its ledger', () => {
    const restarted: Switchboard = { ...emptySwitchboard, calls: talking.calls }
    const { board, effects } = run(restarted, connected(annaA, claim), connected(bed1, claim))
    expect(brief(effects)).toEqual(['stop return'])
    expect(callOf(board)).toEqual(callOf(talking))
  })
})

describe('[SWITCH-6] nobody’s call', () => {
  test('[SWITCH-6] an answered call that both sides have left ends after ten reconnection times', () => {
    expect(abandonMs(standardTimings)).toBe(600_000)
    const left = run(talking, gone(annaA), gone(bed1))
    expect(brief(left.effects)).toEqual(['start abandoned 600000'])
    expect(does(left.board, elapsed('abandoned'))).toContain('recordEnd connection-lost by server')
  })

  test('[SWITCH-6] not when one of them is back, nor when one never left', () => {
    const back = run(talking, gone(annaA), gone(bed1), connected(bed1, { callId: 'c1', epoch: 1 })).board
    expect(run(back, elapsed('abandoned'))).toEqual({ board: back, effects: [] })
    expect(does(talking, gone(annaA))).toEqual([])
  })

  test('[SWITCH-6] a ring has its own timer and needs no other', () => {
    const left = run(ringing, gone(annaA), gone(bed1))
    expect(left.effects).toEqual([])
    expect(run(left.board, elapsed('abandoned')).effects).toEqual([])
  })
})

describe('[SWITCH-7] what rang meanwhile is told again', () => {
  test('[SWITCH-7] to a screen whose own attempt is refused (HZ-4)', () => {
    expect(does(ringing, invited(bed1, ben, 'c2'))).toEqual([
      'recordEnd busy by server',
      `ended ${bed1} busy by server`,
      `report ${bed1}`,
    ])
  })

  test('[SWITCH-7] to a screen that repeats an attempt that is over', () => {
    expect(does(ringing, invited(bed1, anna, 'c2', { isPast: true }))).toEqual([
      `past ${bed1} c2`,
      `report ${bed1}`,
    ])
  })

  test('[SWITCH-7] to a screen that comes back, after it was told what is over (HZ-4)', () => {
    expect(does(ringing, gone(bed1), connected(bed1, { callId: 'old', epoch: 3 }))).toEqual([
      `past ${bed1} old`,
      `report ${bed1}`,
    ])
  })
})

describe('[SWITCH-8] screens that are away while it rings', () => {
  const away = run(atStation, gone(annaA)).board

  test.each([
    ['cancelled', ended(bed1, 'cancelled'), `ended ${annaA} cancelled by peer`],
    ['unanswered', elapsed('ring'), `ended ${annaA} no-answer by server`],
    ['answered at the other tab', accepted(annaB), `ended ${annaA} taken-elsewhere by server`],
    ['put on a fresh link', relinked(bed1, 1), `report ${annaA}`],
  ] as const)(
    '[SWITCH-8] hear that the call was %s, so that their session replays it too (HZ-3)',
    (_what, event, word) => {
      expect(does(away, event)).toContain(word)
    },
  )

  test('[SWITCH-8] a bed whose socket is away hears of the end of its knock (HZ-3)', () => {
    const knocked = run(ward, invited(annaA, one, 'c1', { mode: 'knock' }), gone(bed1)).board
    expect(does(knocked, ended(annaA, 'cancelled'))).toContain(`ended ${bed1} cancelled by peer`)
  })

  test.each([
    ['the ring is over', run(away, ended(bed1, 'cancelled')).board],
    ['it is answered', run(away, accepted(annaB)).board],
    ['they are back', run(away, connected(annaA)).board],
  ] as const)('[SWITCH-8] are forgotten when %s', (_when, board) => {
    expect(board.away.size).toBe(0)
  })

  test('[SWITCH-8] are not there for a new call: it is device-unready', () => {
    const none = run(ward, invited(annaA, one), gone(bed1), ended(annaA, 'cancelled')).board
    expect(does(none, invited(annaA, one, 'c2'))).toContain(`ended ${annaA} device-unready by server`)
  })

  test('[SWITCH-8] who loses a socket while nothing rings for them is simply gone', () => {
    expect(run(talking, gone(bed1)).board.away.size).toBe(0)
    expect(run(ringing, gone(benA)).board.away.size).toBe(0)
    expect(run(ringing, gone(annaA)).board.away.size).toBe(0)
  })
})

describe('[SWITCH-9] a tablet that is bound to its bed no more', () => {
  test.each([
    ['rings', ringing],
    ['talks', talking],
  ] as const)('[SWITCH-9] leaves the call it is in while it %s (HZ-1, HZ-6)', (_doing, board) => {
    const { board: next, effects } = run(board, removed(bed1))
    expect(brief(effects)).toEqual([
      'recordEnd device-unready by server',
      'stop ring',
      'stop return',
      `ended ${annaA} device-unready by server`,
      `ended ${bed1} device-unready by server`,
    ])
    expect(next.calls.size).toBe(0)
    expect(next.endpoints.has(bed1)).toBe(false)
  })

  test('[SWITCH-9] also when its socket is away', () => {
    expect(does(run(talking, gone(bed1)).board, removed(bed1))[0]).toBe('recordEnd device-unready by server')
    expect(run(ringing, gone(bed1), removed(bed1)).board.away.size).toBe(0)
  })

  test('[SWITCH-9] touches nobody else’s call', () => {
    expect(run(talking, removed(bed2)).board.calls).toEqual(talking.calls)
    expect(run(talking, removed('bed:unknown'))).toMatchObject({ effects: [] })
  })
})

describe('[SWITCH-12] an invitation is for the patient its caller saw', () => {
  const stay = { epoch: 4, admissionId: 'a4' }

  test('[SWITCH-12] another epoch, older or newer, rings nobody and says that the patient left (HZ-1)', () => {
    for (const seenEpoch of [3, 5, null]) {
      const { board, effects } = run(ward, invited(annaA, one, 'c1', { stay, seenEpoch }))
      expect(brief(effects)).toEqual(['recordEnd left by server', `ended ${annaA} left by server`])
      expect(board.calls.size).toBe(0)
    }
  })

  test('[SWITCH-12] the present epoch rings, and the call carries it to both ends', () => {
    const { board } = run(ward, invited(annaA, one, 'c1', { stay, seenEpoch: 4 }))
    expect(callOf(board).stay).toEqual(stay)
    expect(viewFor(callOf(board), 'callee', nowMs).stay).toBe(4)
  })

  test('[SWITCH-12] between two of staff there is no stay, and none may be claimed', () => {
    expect(run(ward, invited(annaA, ben)).board.calls.size).toBe(1)
    expect(run(ward, invited(annaA, ben, 'c1', { seenEpoch: 1 })).board.calls.size).toBe(0)
  })
})

describe('[SWITCH-13] a call belongs to the stay it began in', () => {
  const stay = { epoch: 4, admissionId: 'a4' }
  const next = { epoch: 5, admissionId: null }
  const rings = run(ward, invited(annaA, one, 'c1', { stay, seenEpoch: 4 })).board
  const talks = run(rings, accepted(bed1)).board
  const changed = (bedId: string, now: typeof next): SwitchboardEvent => ({
    type: 'stayChanged',
    bedId,
    stay: now,
  })

  test.each([
    ['rings', rings],
    ['is answered', talks],
  ] as const)(
    '[SWITCH-13] it ends while it %s when the patient moves or leaves (HZ-1, HZ-6)',
    (_how, board) => {
      const { board: after, effects } = run(board, changed('b1', next))
      expect(after.calls.size).toBe(0)
      expect(brief(effects)).toContain('recordEnd left by server')
      expect(brief(effects)).toContain(`ended ${annaA} left by server`)
      expect(brief(effects)).toContain(`ended ${bed1} left by server`)
    },
  )

  test('[SWITCH-13] the same stay said again, and another bed’s, end nothing', () => {
    expect(run(talks, changed('b1', { ...next, epoch: 4 })).board.calls.size).toBe(1)
    expect(run(talks, changed('b2', next)).board.calls.size).toBe(1)
  })
})

describe('[SWITCH-14] a call is taken over at another screen of the same person', () => {
  test('[SWITCH-14] by its caller: recorded, the screen that had it is told, and both ends make a fresh link', () => {
    const { board, effects } = run(talking, taken(annaB))
    expect(brief(effects)).toEqual([
      'recordOpen accepted 2',
      'stop return',
      `ended ${annaA} taken-elsewhere by me`,
      `report ${annaB}`,
      `report ${bed1}`,
    ])
    expect(callOf(board)).toMatchObject({ callerEndpoint: annaB, calleeEndpoint: bed1, phase: 'accepted' })
    // And back.
    expect(callOf(run(board, taken(annaA)).board)).toMatchObject({ callerEndpoint: annaA, epoch: 3 })
  })

  test('[SWITCH-14] by whom a patient called', () => {
    const answered = run(atStation, accepted(annaB)).board
    expect(callOf(run(answered, taken(annaA)).board)).toMatchObject({
      callerEndpoint: bed1,
      calleeEndpoint: annaA,
    })
  })

  test('[SWITCH-14] the screen that has it is told how it stands, and the one that lost it ends nothing (HZ-2)', () => {
    expect(does(talking, taken(annaA))).toEqual([`report ${annaA}`])
    const { board } = run(talking, taken(annaB))
    expect(run(board, ended(annaA))).toEqual({ board, effects: [] })
    expect(does(board, ended(annaB))[0]).toBe('recordEnd hung-up by caller')
  })

  test('[SWITCH-14] nobody takes a call that is another’s, that still rings, or a bed’s own', () => {
    for (const from of [benA, bed2, bed1])
      expect(run(talking, taken(from)), from).toEqual({
        board: talking,
        effects: [{ type: 'tellPast', to: from, callId: 'c1' }],
      })
    expect(does(ringing, taken(annaB))).toEqual([`past ${annaB} c1`])
    expect(run(talking, taken('tab:nobody:x')).board).toBe(talking)
  })
})

describe('[SWITCH-10] what the board says of a bed', () => {
  test('[SWITCH-10] a call first, then whether its tablet is there', () => {
    expect(bedStateOf(ward, 'b1', 7)).toEqual({ type: 'ready' })
    expect(bedStateOf(ringing, 'b1', 7)).toEqual({ type: 'ringing', with: 'Anna' })
    expect(bedStateOf(talking, 'b1', 7)).toEqual({ type: 'in-call', with: 'Anna' })
    expect(bedStateOf(atStation, 'b1', 7)).toEqual({ type: 'ringing', with: 'Anna' })
    expect(bedStateOf(run(talking, gone(bed1)).board, 'b1', 7)).toEqual({ type: 'in-call', with: 'Anna' })
    expect(bedStateOf(run(ward, gone(bed1)).board, 'b1', 7)).toEqual({ type: 'offline', sinceMs: 7 })
    expect(bedStateOf(talking, 'b2', 7)).toEqual({ type: 'ready' })
  })

  test('[SWITCH-10] each side sees its own part and the other party', () => {
    expect(viewFor(callOf(ringing), 'caller', nowMs + 10_000)).toEqual({
      callId: 'c1',
      epoch: 1,
      phase: 'ringing',
      mode: 'ring',
      part: 'caller',
      peer: one,
      stay: null,
      remainingMs: 20_000,
    })
    expect(viewFor(callOf(ringing), 'callee', nowMs + 99_000)).toMatchObject({
      part: 'callee',
      peer: anna,
      remainingMs: 0,
    })
  })

  test('[SWITCH-10] a screen’s calls are those it placed, answered, or that ring for it', () => {
    const partsAt = (board: Switchboard, endpoint: string) =>
      callsOf(board, endpoint, partyOf[endpoint] ?? anna).map(({ part }) => part)
    expect(partsAt(ringing, annaA)).toEqual(['caller'])
    expect(partsAt(ringing, annaB)).toEqual([])
    expect(partsAt(atStation, annaB)).toEqual(['callee'])
    const taken = run(atStation, accepted(annaB)).board
    expect(partsAt(taken, annaA)).toEqual([])
    expect(partOf(callOf(taken), annaB, anna)).toBe('callee')
    expect(endpointsOf(taken, callOf(taken))).toEqual([bed1, annaB])
  })

  test('[SWITCH-10] a bed and a person are never the same party', () => {
    expect(sameParty(anna, { ...anna, name: 'Anna B.' })).toBe(true)
    expect(sameParty(one, { ...one, label: '1A' })).toBe(true)
    expect(sameParty(anna, ben) || sameParty(one, two) || sameParty(anna, one)).toBe(false)
  })
})

describe('whatever happens, in any order', () => {
  const endpoint = fc.constantFrom(annaA, annaB, benA, bed1, bed2)
  const callId = fc.constantFrom('c1', 'c2', 'c3')
  const event: fc.Arbitrary<SwitchboardEvent> = fc.oneof(
    fc.tuple(endpoint, callId, fc.nat(3)).map(([at, id, epoch]) => connected(at, { callId: id, epoch })),
    endpoint.map((at) => connected(at)),
    endpoint.map(gone),
    endpoint.map(removed),
    fc
      .tuple(
        endpoint,
        fc.constantFrom<Party>(anna, ben, one, two),
        callId,
        fc.boolean(),
        fc.integer({ min: -9, max: 9 }),
      )
      .map(([from, to, id, isPast, aheadMs]) =>
        invited(from, to, id, { isPast, expiresAtMs: nowMs + aheadMs }),
      ),
    fc.tuple(endpoint, callId).map(([from, id]) => accepted(from, id)),
    fc.tuple(endpoint, callId).map(([from, id]) => ended(from, 'hung-up', id)),
    fc.tuple(endpoint, fc.nat(4), callId).map(([from, epoch, id]) => relinked(from, epoch, id)),
    fc.tuple(fc.constantFrom('ring', 'return', 'abandoned'), callId).map(([timer, id]) => elapsed(timer, id)),
  )

  test('[SWITCH-1] [SWITCH-3] [SWITCH-11] one call a party, each recorded before it is told, each end once', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let board = emptySwitchboard
        for (const each of events) {
          const before = board
          const next = decide(board, each, standardTimings)
          board = next.board
          const parties = [...board.calls.values()].flatMap((call) => [call.caller, call.callee])
          for (const [index, party] of parties.entries())
            expect(parties.slice(index + 1).some((another) => sameParty(party, another))).toBe(false)
          for (const call of board.calls.values()) {
            if (before.calls.get(call.callId) === call) continue
            expect(next.effects[0]).toEqual({ type: 'recordOpen', call })
          }
          const overs = [...before.calls.keys()].filter((id) => !board.calls.has(id))
          const recorded = next.effects.flatMap((effect) =>
            effect.type === 'recordEnd' ? [effect.call.callId] : [],
          )
          for (const id of overs) expect(recorded.filter((one) => one === id)).toHaveLength(1)
          const told = next.effects.findIndex(
            (effect) => effect.type === 'tellEnded' && overs.includes(effect.callId),
          )
          const written = next.effects.findIndex((effect) => effect.type === 'recordEnd')
          if (told >= 0) expect(written).toBeLessThan(told)
          for (const at of board.away.keys()) expect(board.endpoints.has(at)).toBe(false)
        }
      }),
      { seed: 20_261_122, numRuns: 2_000 },
    )
  })
})
