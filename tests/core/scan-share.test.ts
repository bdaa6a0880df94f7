/** Looking at a scan together: several ends, the channels between them, and whatever gets lost on the way. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInStep, step } from '../../src/core/scan/share.ts'
import { visibleMarks } from '../../src/core/scan/share-marks.ts'
import {
  noShare,
  roleIn,
  type ShareEffect,
  type ShareEvent,
  type ShareState,
  shareTimings,
} from '../../src/core/scan/share-state.ts'
import {
  decodeManifest,
  decodeShareMessage,
  type Manifest,
  type ShareMessage,
  type ShareView,
  shareLimits,
} from '../../src/protocol/scan-share.ts'

const hex = 'ab'.repeat(32)

function manifestOf(shareId: string, files = 3): Manifest {
  return {
    shareId,
    files: Array.from({ length: files }, () => ({
      sha256: hex,
      bytes: 1_000,
      kind: 'dicom' as const,
      frames: 2,
    })),
    series: [
      {
        label: 'Head',
        modality: 'CT',
        studyDate: null,
        files: Array.from({ length: files }, (_, file) => file),
      },
    ],
    identity: null,
  }
}

const viewOf = (file: number, centre = 40): ShareView => ({
  slice: { file, frame: 0 },
  voi: { centre, width: 400 },
  isInverted: false,
  centre: [256, 256],
  scale: 512,
  rotation: 0,
  isFlipped: false,
})

const roles = { anna: true, ben: true, cleo: true, bed: false, guest: false } as const
type Who = keyof typeof roles

const callBetween = (one: Who, other: Who) => [one, other].toSorted().join('-')

/** Ends at one table, a call between every two of them, and what is under way on each. */
function table(...who: readonly Who[]) {
  const ends = new Map<Who, ShareState>()
  const effects: { readonly at: Who; readonly effect: ShareEffect }[] = []
  const under: { readonly from: Who; readonly to: Who; readonly message: ShareMessage; manner: string }[] = []
  const cut = new Set<string>()
  let nowMs = 1_000

  function at(one: Who): ShareState {
    return ends.get(one) ?? noShare({ id: one, mayPresent: roles[one] })
  }

  function does(one: Who, event: ShareEvent): void {
    const turn = step(at(one), event)
    ends.set(one, turn.state)
    for (const effect of turn.effects) {
      effects.push({ at: one, effect })
      if (effect.type === 'readManifest')
        does(one, {
          type: 'manifestRead',
          shareId: effect.shareId,
          manifest: decodeManifest(effect.text),
        })
      if (effect.type !== 'say' || cut.has(effect.callId)) continue
      const [first, second] = effect.callId.split('-') as [Who, Who]
      const to = first === one ? second : first
      // What is said travels as text, as it does in a browser.
      const message = decodeShareMessage(JSON.stringify(effect.message))
      if (!message) throw new Error(`no word of ours: ${JSON.stringify(effect.message)}`)
      under.push({ from: one, to, message, manner: effect.manner })
    }
  }

  function sit(one: Who, other: Who): void {
    const callId = callBetween(one, other)
    does(one, { type: 'seated', callId, end: { id: other, mayPresent: roles[other] } })
    does(other, { type: 'seated', callId, end: { id: one, mayPresent: roles[one] } })
    does(one, { type: 'opened', callId })
    does(other, { type: 'opened', callId })
  }

  for (const [index, one] of who.entries()) {
    ends.set(one, noShare({ id: one, mayPresent: roles[one] }))
    for (const other of who.slice(0, index)) sit(one, other)
  }

  const world = {
    at,
    does,
    sit,
    effects,
    under,
    now: () => nowMs,
    deliver(index = 0) {
      const [one] = under.splice(index, 1)
      if (!one || cut.has(callBetween(one.from, one.to))) return
      does(one.to, { type: 'said', callId: callBetween(one.from, one.to), message: one.message, nowMs })
    },
    settle() {
      for (let steps = 0; under.length > 0 && steps < 10_000; steps += 1) world.deliver()
    },
    pass(ms: number) {
      for (let passed = 0; passed < ms; passed += 250) {
        nowMs += 250
        for (const one of ends.keys()) does(one, { type: 'ticked', nowMs })
        world.settle()
      }
    },
    begin(one: Who, shareId = `share-${one}`, startedMs = nowMs, files = 3) {
      const manifest = manifestOf(shareId, files)
      const text = JSON.stringify(manifest)
      const pieces = text.match(/.{1,60}/g) ?? []
      does(one, { type: 'begun', manifest, pieces, digest: hex, startedMs, nowMs })
    },
    cut(one: Who, other: Who) {
      cut.add(callBetween(one, other))
    },
    mend(one: Who, other: Who) {
      const callId = callBetween(one, other)
      cut.delete(callId)
      for (const end of [one, other]) {
        does(end, { type: 'closed', callId })
        does(end, { type: 'opened', callId })
      }
    },
    leave(one: Who) {
      const callIds = at(one).peers.map(({ callId }) => callId)
      ends.delete(one)
      for (const callId of callIds) {
        const [first, second] = callId.split('-') as [Who, Who]
        does(first === one ? second : first, { type: 'left', callId })
      }
    },
    did: (type: ShareEffect['type'], one: Who) =>
      effects.flatMap(({ at: who, effect }) => (who === one && effect.type === type ? [effect] : [])),
  }
  world.settle()
  return world
}

/** A share of Anna's that everybody has the manifest of, and the first picture on Anna's screen. */
function sharing(...others: readonly Who[]) {
  const world = table('anna', ...others)
  world.begin('anna')
  world.settle()
  world.does('anna', { type: 'viewed', view: viewOf(0), manner: 'resting' })
  world.settle()
  return world
}

const says = (world: ReturnType<typeof table>, from: Who, to: Who, message: ShareMessage) =>
  world.does(to, { type: 'said', callId: callBetween(from, to), message, nowMs: world.now() })

describe('beginning', () => {
  test('[LIVE-1] staff who treat show a scan to whoever is at the table; a tablet and a guest never do', () => {
    const world = sharing('bed', 'guest')
    expect([roleIn(world.at('anna')), roleIn(world.at('bed')), roleIn(world.at('guest'))]).toEqual([
      'presenting',
      'following',
      'following',
    ])
    expect(world.at('bed').share?.manifest?.files).toHaveLength(3)
    const other = table('anna', 'bed')
    other.begin('bed')
    expect([other.at('bed').share, other.under]).toEqual([null, []])
    says(other, 'bed', 'anna', offerFrom('bed'))
    expect(other.at('anna').share, 'what a tablet offers is not taken (HZ-10)').toBeNull()
  })

  test('[LIVE-1] to nobody it is not shown, and not a second thing beside the first', () => {
    const alone = table('anna')
    alone.begin('anna')
    expect(alone.at('anna').share).toBeNull()
    const world = sharing('bed')
    world.begin('anna', 'another')
    expect(world.at('anna').share?.shareId).toBe('share-anna')
  })
})

function offerFrom(presenter: string, over: Partial<Extract<ShareMessage, { type: 'share.offer' }>> = {}) {
  return {
    ...{ type: 'share.offer' as const, shareId: 'foreign', startedMs: 0, digest: hex, epoch: 1, presenter },
    ...over,
  }
}

describe('following', () => {
  test('[LIVE-2] a follower shows what the presenter last showed, whatever came late, twice or not at all', () => {
    const world = sharing('ben', 'bed')
    for (let file = 0; file < 3; file += 1)
      world.does('anna', { type: 'viewed', view: viewOf(file), manner: 'moving' })
    // Backwards: the newest comes first.
    while (world.under.length > 0) world.deliver(world.under.length - 1)
    expect(world.at('bed').share?.view).toEqual(viewOf(2))
    const before = world.at('bed')
    says(world, 'anna', 'bed', { ...stateWord('share-anna', 1, 1), view: viewOf(0) })
    expect(world.at('bed').share?.view).toEqual(before.share?.view)
  })

  test('[LIVE-2] nobody but the presenter moves the picture (HZ-10)', () => {
    const world = sharing('ben', 'bed', 'guest')
    for (const liar of ['ben', 'guest'] as const)
      says(world, liar, 'bed', { ...stateWord('share-anna', 1, 999), view: viewOf(2) })
    says(world, 'bed', 'anna', { ...stateWord('share-anna', 1, 999), view: viewOf(2) })
    expect([world.at('bed').share?.view, world.at('anna').share?.view]).toEqual([viewOf(0), viewOf(0)])
  })

  test('[LIVE-2] any interleaving, loss of what is fleeting, and repetition ends in what the presenter shows at rest', () => {
    const act = fc.oneof(
      fc.record({ what: fc.constant('move' as const), file: fc.nat(2) }),
      fc.record({ what: fc.constant('rest' as const), file: fc.nat(2) }),
      fc.record({ what: fc.constant('deliver' as const), file: fc.nat(60) }),
      fc.record({ what: fc.constant('lose' as const), file: fc.nat(60) }),
      fc.record({ what: fc.constant('repeat' as const), file: fc.nat(60) }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), fc.nat(2), (acts, last) => {
        const world = sharing('ben', 'bed')
        for (const { what, file } of acts) {
          const index = world.under.length === 0 ? 0 : file % world.under.length
          const one = world.under[index]
          if (what === 'move') world.does('anna', { type: 'viewed', view: viewOf(file), manner: 'moving' })
          else if (what === 'rest')
            world.does('anna', { type: 'viewed', view: viewOf(file), manner: 'resting' })
          else if (what === 'deliver' && one) world.deliver(index)
          else if (what === 'lose' && one?.manner === 'fleeting') world.under.splice(index, 1)
          else if (what === 'repeat' && one) world.under.push({ ...one })
        }
        world.does('anna', { type: 'viewed', view: viewOf(last), manner: 'resting' })
        world.settle()
        for (const one of ['ben', 'bed'] as const) expect(world.at(one).share?.view).toEqual(viewOf(last))
      }),
      { seed: 7_2, numRuns: 300 },
    )
  })
})

function stateWord(shareId: string, epoch: number, seq: number) {
  return { type: 'share.state' as const, shareId, epoch, seq, page: 0, view: viewOf(0) }
}

describe('two at once', () => {
  test('[LIVE-3] of two shares that begin at once one stays, the same at every end (HZ-1)', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.nat(3), fc.nat(3)),
        fc.infiniteStream(fc.nat(200)),
        ([annaMs, benMs], order) => {
          const world = table('anna', 'ben', 'cleo', 'bed')
          world.begin('anna', 'share-anna', annaMs)
          world.begin('ben', 'share-ben', benMs)
          for (let steps = 0; world.under.length > 0 && steps < 2_000; steps += 1)
            world.deliver((order.next().value ?? 0) % world.under.length)
          world.pass(8_000)
          const wanted = annaMs <= benMs ? 'share-anna' : 'share-ben'
          for (const one of ['anna', 'ben', 'cleo', 'bed'] as const)
            expect(world.at(one).share?.shareId).toBe(wanted)
        },
      ),
      { seed: 7_3, numRuns: 100 },
    )
  })

  test('[LIVE-3] whoever was second is told that another was first, and keeps nothing', () => {
    const world = table('anna', 'ben')
    world.begin('anna', 'share-anna', 1)
    world.begin('ben', 'share-ben', 2)
    world.settle()
    expect(world.at('ben').share?.source).toBe('anna')
    expect(world.did('zeroise', 'ben')).toEqual([{ type: 'zeroise', shareId: 'share-ben' }])
  })
})

describe('handing over', () => {
  test('[LIVE-4] asked and granted: whose turn it is, everybody knows, and only they move the picture', () => {
    const world = sharing('ben', 'bed')
    world.does('ben', { type: 'asked' })
    world.settle()
    expect(world.at('anna').share?.asks).toEqual(['ben'])
    world.does('anna', { type: 'granted', to: 'ben' })
    world.settle()
    world.does('anna', { type: 'viewed', view: viewOf(1), manner: 'resting' })
    world.does('ben', { type: 'viewed', view: viewOf(2), manner: 'resting' })
    world.settle()
    for (const one of ['anna', 'ben', 'bed'] as const) {
      expect(world.at(one).share).toMatchObject({ presenter: 'ben', epoch: 2, asks: [], view: viewOf(2) })
    }
  })

  test('[LIVE-4] refused is said; nobody gives it to a patient or a guest, or takes it by themselves', () => {
    const world = sharing('ben', 'bed', 'guest')
    world.does('ben', { type: 'asked' })
    world.settle()
    world.does('anna', { type: 'denied', to: 'ben' })
    world.does('anna', { type: 'granted', to: 'bed' })
    world.settle()
    expect(world.at('ben').share).toMatchObject({ asking: 'denied', presenter: 'anna' })
    for (const liar of ['ben', 'guest'] as const)
      says(world, liar, 'bed', { type: 'share.grant', shareId: 'share-anna', epoch: 2, presenter: liar })
    says(world, 'guest', 'anna', { type: 'share.ask', shareId: 'share-anna' })
    expect(world.at('bed').share?.presenter).toBe('anna')
    expect(world.at('anna').share?.asks).toEqual([])
  })

  test('[LIVE-4] its source takes it back at any time; given away in the same moment it is the source’s', () => {
    const world = sharing('ben', 'cleo', 'bed')
    world.does('anna', { type: 'granted', to: 'ben' })
    world.settle()
    world.does('ben', { type: 'granted', to: 'cleo' })
    world.does('anna', { type: 'takenBack' })
    world.settle()
    world.pass(1_500)
    for (const one of ['anna', 'ben', 'cleo', 'bed'] as const)
      expect(world.at(one).share).toMatchObject({ presenter: 'anna', epoch: 3 })
  })

  test('[LIVE-12] the turn is the whole view; what was meant in one that is over changes nothing, however late it comes', () => {
    const world = sharing('ben', 'bed')
    world.does('anna', { type: 'granted', to: 'ben' })
    world.settle()
    const whole: ShareView = {
      ...viewOf(2, 600),
      ...{ isInverted: true, centre: [10, 20], scale: 64, rotation: 90, isFlipped: true },
    }
    world.does('ben', { type: 'viewed', view: whole, manner: 'resting' })
    world.settle()
    for (const one of ['anna', 'bed'] as const) expect(world.at(one).share?.view).toEqual(whole)
    // Under way while the turn is taken back; the new one begins to count at one again.
    world.does('ben', { type: 'viewed', view: viewOf(0), manner: 'moving' })
    world.does('anna', { type: 'takenBack' })
    world.does('anna', { type: 'viewed', view: viewOf(1), manner: 'resting' })
    while (world.under.length > 0) world.deliver(world.under.length - 1)
    world.does('ben', { type: 'viewed', view: viewOf(0), manner: 'moving' })
    world.settle()
    world.pass(1_500)
    for (const one of ['anna', 'ben', 'bed'] as const)
      expect(world.at(one).share).toMatchObject({ presenter: 'anna', view: viewOf(1) })
  })
})

describe('drawing', () => {
  const line = (id: string, x = 1) =>
    ({
      type: 'drawn',
      id,
      slice: { file: 0, frame: 0 },
      points: [
        [x, x],
        [x + 9, x + 9],
      ],
    }) as ShareEvent

  test('[LIVE-5] everybody draws and points, everybody sees it, and all of it is erased at once', () => {
    const world = sharing('ben', 'bed')
    world.does('anna', line('a'))
    world.does('bed', line('b'))
    world.does('bed', { type: 'pointed', slice: { file: 0, frame: 0 }, at: [3, 4], nowMs: world.now() })
    world.settle()
    for (const one of ['anna', 'ben', 'bed'] as const) {
      const { share } = world.at(one)
      expect(
        share &&
          visibleMarks(share)
            .map(({ id }) => id)
            .toSorted(),
      ).toEqual(['a', 'b'])
      expect(share?.pointers).toMatchObject([{ author: 'bed', at: [3, 4] }])
    }
    world.does('bed', { type: 'undrawn' })
    world.settle()
    const { share } = world.at('ben')
    expect(share && visibleMarks(share).map(({ id }) => id)).toEqual(['a'])
    world.does('bed', { type: 'erased' })
    world.settle()
    expect(world.at('bed').share?.page, 'only whoever presents erases all').toBe(0)
    world.does('anna', { type: 'erased' })
    world.settle()
    for (const one of ['anna', 'ben', 'bed'] as const) expect(world.at(one).share?.marks).toEqual([])
  })

  test('[LIVE-5] of two versions the later one counts at every end, in whatever order they come', () => {
    const version = fc.record({ id: fc.constantFrom('a', 'b'), revision: fc.nat(4), x: fc.nat(2) })
    fc.assert(
      fc.property(fc.array(version, { maxLength: 12 }), fc.infiniteStream(fc.nat(100)), (versions, order) => {
        const messages = versions.map(({ id, revision, x }) => marksWord('ben', [{ id, revision, x }]))
        const [one, other] = [sharing('ben', 'bed'), sharing('ben', 'bed')]
        for (const message of messages) says(one, 'ben', 'bed', message)
        const shuffled = [...messages, ...messages]
        while (shuffled.length > 0) {
          const [message] = shuffled.splice((order.next().value ?? 0) % shuffled.length, 1)
          if (message) says(other, 'ben', 'bed', message)
        }
        const sorted = (world: typeof one) =>
          [...(world.at('bed').share?.marks ?? [])].toSorted((a, b) => (a.id < b.id ? -1 : 1))
        expect(sorted(other)).toEqual(sorted(one))
      }),
      { seed: 7_5, numRuns: 200 },
    )
  })

  test('[LIVE-5] nobody draws in another’s name, but its source tells a newcomer of all drawings', () => {
    const world = sharing('ben', 'bed')
    says(world, 'ben', 'bed', marksWord('anna', [{ id: 'x', revision: 1, x: 1 }]))
    expect(world.at('bed').share?.marks).toEqual([])
    world.does('bed', line('b'))
    world.settle()
    world.sit('guest', 'anna')
    world.settle()
    expect(world.at('guest').share?.marks.map(({ author }) => author)).toEqual(['bed'])
  })
})

function marksWord(author: string, marks: { id: string; revision: number; x: number }[]): ShareMessage {
  return {
    type: 'share.marks',
    shareId: 'share-anna',
    page: 0,
    marks: marks.map(({ id, revision, x }) => ({
      ...{ id, author, revision, slice: { file: 0, frame: 0 } },
      points: [
        [x, x],
        [x + 1, x],
      ],
    })),
  }
}

describe('coming, and coming back', () => {
  test('[LIVE-6] a fourth person who comes in mid-share is told all of it', () => {
    const world = sharing('ben', 'bed')
    world.does('ben', { type: 'drawn', id: 'b', slice: { file: 1, frame: 0 }, points: [[1, 2]] })
    world.does('anna', { type: 'viewed', view: viewOf(1), manner: 'resting' })
    world.settle()
    for (const one of ['anna', 'ben', 'bed'] as const) world.sit('cleo', one)
    world.settle()
    expect(world.at('cleo').share).toMatchObject({ source: 'anna', view: viewOf(1), marks: [{ id: 'b' }] })
    expect(world.did('serve', 'anna')).toContainEqual({ type: 'serve', callId: 'anna-cleo' })
    expect(world.did('receive', 'cleo')).toMatchObject([{ callId: 'anna-cleo', shareId: 'share-anna' }])
  })

  test('[LIVE-6] after a lost link everything is as it is, and the manifest is not sent anew', () => {
    const world = sharing('bed')
    world.cut('anna', 'bed')
    world.does('anna', { type: 'viewed', view: viewOf(2), manner: 'resting' })
    world.does('anna', { type: 'drawn', id: 'a', slice: { file: 2, frame: 0 }, points: [[1, 2]] })
    world.pass(3_000)
    const before = world.effects.length
    world.mend('anna', 'bed')
    world.settle()
    expect(world.at('bed').share).toMatchObject({ view: viewOf(2), marks: [{ id: 'a' }], isBlank: false })
    const told = world.effects.slice(before).map(({ effect }) => effect.type === 'say' && effect.message.type)
    expect(told).not.toContain('share.manifest')
  })

  test('[LIVE-6] what gets lost although nothing should be is told again within a second', () => {
    const world = sharing('bed')
    world.does('anna', { type: 'viewed', view: viewOf(2), manner: 'resting' })
    world.under.length = 0
    world.pass(1_250)
    expect(world.at('bed').share?.view).toEqual(viewOf(2))
  })
})

describe('the end of it', () => {
  test('[LIVE-7] five seconds after its source was last heard the screen is blank, and back with its next word (HZ-9)', () => {
    const world = sharing('bed')
    world.cut('anna', 'bed')
    world.pass(4_000)
    expect(world.at('bed').share?.isBlank).toBe(false)
    world.pass(1_250)
    expect(world.at('bed').share).toMatchObject({ isBlank: true, view: viewOf(0) })
    world.mend('anna', 'bed')
    world.settle()
    expect(world.at('bed').share?.isBlank).toBe(false)
  })

  test('[LIVE-7] unheard for a minute it is over, and may be shown again', () => {
    const world = sharing('bed')
    world.cut('anna', 'bed')
    world.pass(61_000)
    expect(world.at('bed')).toMatchObject({ share: null, ended: { why: 'lost', by: 'anna' } })
    expect(world.did('zeroise', 'bed')).toHaveLength(1)
    world.mend('anna', 'bed')
    world.settle()
    expect(world.at('bed').share?.shareId).toBe('share-anna')
  })

  test('[LIVE-8] stopped by whom it comes from, it is gone everywhere with its drawings, and not taken up again (HZ-9)', () => {
    const world = sharing('ben', 'bed')
    world.does('bed', { type: 'drawn', id: 'b', slice: { file: 0, frame: 0 }, points: [[1, 2]] })
    world.settle()
    const late = offerFrom('anna', { shareId: 'share-anna', startedMs: 1_000 })
    says(world, 'ben', 'bed', { type: 'share.end', shareId: 'share-anna', why: 'stopped' })
    expect(world.at('bed').share, 'nobody else ends it').not.toBeNull()
    world.does('anna', { type: 'stopped' })
    world.settle()
    for (const one of ['anna', 'ben', 'bed'] as const) {
      expect(world.at(one)).toMatchObject({ share: null, ended: { why: 'stopped', by: 'anna' } })
      expect(world.did('zeroise', one)).toEqual([{ type: 'zeroise', shareId: 'share-anna' }])
    }
    says(world, 'anna', 'bed', late)
    expect(world.at('bed').share).toBeNull()
  })

  test('[LIVE-8] with whom it comes from it is gone; without its presenter it goes back to its source', () => {
    const world = sharing('ben', 'bed')
    world.does('anna', { type: 'granted', to: 'ben' })
    world.settle()
    world.leave('ben')
    world.settle()
    expect(world.at('bed').share).toMatchObject({ presenter: 'anna' })
    world.leave('anna')
    expect(world.at('bed')).toMatchObject({ share: null, ended: { why: 'left', by: 'anna' } })
  })

  test('[LIVE-8] a presenter who falls silent for five seconds loses the turn', () => {
    const world = sharing('ben', 'bed')
    world.does('anna', { type: 'granted', to: 'ben' })
    world.settle()
    world.cut('anna', 'ben')
    world.cut('ben', 'bed')
    world.pass(7_000)
    expect(world.at('bed').share).toMatchObject({ presenter: 'anna', epoch: 3 })
  })

  test('[LIVE-8] each end tells the server once what began, was seen and ended', () => {
    const world = sharing('ben', 'bed')
    const report = { shows: { slice: { file: 0, frame: 0 }, voi: null, isInverted: false }, has: 1 }
    for (let times = 0; times < 3; times += 1)
      world.does('bed', { type: 'shown', report: { ...report, manner: 'following' } })
    world.does('anna', { type: 'shown', report: { ...report, manner: 'following' } })
    world.does('anna', { type: 'stopped' })
    world.settle()
    const told = (one: Who) =>
      world.did('receipt', one).map((effect) => (effect.type === 'receipt' ? effect.what : ''))
    expect([told('anna'), told('bed'), told('ben')]).toEqual([['shared', 'ended'], ['seen', 'ended'], []])
  })
})

describe('who sees what', () => {
  test('[LIVE-10] the presenter sees who is in step, and who lacks the slice', () => {
    const world = sharing('ben', 'bed')
    const shows = { slice: { file: 0, frame: 0 }, voi: { centre: 40, width: 400 }, isInverted: false }
    world.does('ben', { type: 'shown', report: { shows, has: 3, manner: 'following' } })
    world.does('bed', { type: 'shown', report: { shows: null, has: 1, manner: 'lacking' } })
    world.settle()
    const { share } = world.at('anna')
    if (!share) throw new Error('nothing is shared')
    expect([isInStep(share, 'ben'), isInStep(share, 'bed'), isInStep(share, 'guest')]).toEqual([
      true,
      false,
      false,
    ])
    expect(share.reports.get('bed')).toMatchObject({ manner: 'lacking', has: 1 })
  })

  test('[LIVE-11] whoever has the turn, and its source, hear of a picture that does not come (HZ-9)', () => {
    const world = sharing('ben', 'bed')
    world.does('anna', { type: 'granted', to: 'ben' })
    world.settle()
    world.does('bed', { type: 'shown', report: { shows: null, has: 1, manner: 'missing' } })
    world.settle()
    for (const one of ['anna', 'ben'] as const) {
      const { share } = world.at(one)
      if (!share) throw new Error('nothing is shared')
      expect(share.reports.get('bed')).toMatchObject({ shows: null, manner: 'missing' })
      expect(isInStep(share, 'bed')).toBe(false)
    }
  })
})

describe('hostile ends', () => {
  test('[LIVE-9] a picture that is not in the manifest, and a share that nobody began, change nothing', () => {
    const world = sharing('ben', 'bed')
    says(world, 'anna', 'bed', { ...stateWord('share-anna', 1, 500), view: viewOf(1_999) })
    says(world, 'anna', 'bed', stateWord('foreign', 1, 500))
    says(world, 'ben', 'bed', {
      type: 'share.pointer',
      shareId: 'share-anna',
      slice: { file: 9, frame: 0 },
      at: [1, 1],
    })
    expect(world.at('bed').share).toMatchObject({ view: viewOf(0), pointers: [] })
  })

  test('[LIVE-9] ten thousand drawings of one person leave room for the others', () => {
    const world = sharing('ben', 'bed')
    for (let index = 0; index < 10_000; index += 1)
      says(world, 'ben', 'bed', marksWord('ben', [{ id: `b-${index}`, revision: 1, x: 1 }]))
    expect(world.at('bed').share?.marks).toHaveLength(shareLimits.marks)
    world.does('bed', { type: 'drawn', id: 'mine', slice: { file: 0, frame: 0 }, points: [[1, 2]] })
    expect(world.at('bed').share?.marks).toHaveLength(shareLimits.marks + 1)
  })

  test('[LIVE-9] a manifest that is another than was promised ends it, and asking for it is answered within a bound', () => {
    const world = sharing('bed')
    const before = world.effects.length
    for (let times = 0; times < 100; times += 1)
      says(world, 'bed', 'anna', { type: 'share.join', shareId: 'share-anna', lacks: 'manifest' })
    expect(world.effects.slice(before).filter(({ effect }) => effect.type === 'serve')).toEqual([])
    const other = table('anna', 'bed')
    says(other, 'anna', 'bed', offerFrom('anna'))
    other.does('bed', { type: 'manifestRead', shareId: 'foreign', manifest: manifestOf('else') })
    expect(other.at('bed')).toMatchObject({ share: null, ended: { why: 'failed' } })
  })

  test('[LIVE-9] nothing that decodes leads to anything but a sound state, and what is too large does not decode', () => {
    const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(Number.NaN, 1e300, -1, 2 ** 53))
    const slice = fc.record({ file: fc.oneof(fc.nat(4), number), frame: fc.oneof(fc.nat(2), number) })
    const word = fc.record(
      {
        type: fc.constantFrom(
          ...['offer', 'join', 'manifest', 'state', 'pointer', 'marks', 'report', 'ask', 'grant', 'deny'].map(
            (name) => `share.${name}`,
          ),
          'share.end',
        ),
        shareId: fc.constantFrom('share-anna', 'foreign'),
        epoch: fc.oneof(fc.nat(3), number),
        seq: fc.oneof(fc.nat(9), number),
        page: fc.oneof(fc.nat(3), number),
        presenter: fc.constantFrom('anna', 'ben', 'bed', 'nobody'),
        startedMs: fc.oneof(fc.nat(2_000), number),
        digest: fc.constant(hex),
        lacks: fc.constantFrom('manifest', 'nothing'),
        piece: number,
        pieces: number,
        text: fc.string(),
        view: fc.record({
          ...{ slice, voi: fc.constant(null), isInverted: fc.boolean(), centre: fc.tuple(number, number) },
          ...{ scale: number, rotation: fc.constantFrom(0, 90, 45), isFlipped: fc.boolean() },
        }),
        slice,
        at: fc.option(fc.tuple(number, number)),
        marks: fc.constant([]),
        shows: fc.constant(null),
        has: number,
        manner: fc.constantFrom('following', 'alone', 'lacking', 'missing'),
        why: fc.constantFrom('stopped', 'displaced', 'failed'),
      },
      { requiredKeys: ['type', 'shareId'] },
    )
    const fields: Record<string, readonly string[]> = {
      'share.offer': ['startedMs', 'digest', 'epoch', 'presenter'],
      'share.join': ['lacks'],
      'share.manifest': ['piece', 'pieces', 'text'],
      'share.state': ['epoch', 'seq', 'page', 'view'],
      'share.pointer': ['slice', 'at'],
      'share.marks': ['page', 'marks'],
      'share.report': ['shows', 'has', 'manner'],
      'share.grant': ['epoch', 'presenter'],
      'share.end': ['why'],
    }
    const told = fc.tuple(fc.constantFrom('anna', 'ben', 'guest' as const), word)
    fc.assert(
      fc.property(fc.array(told, { maxLength: 40 }), (words) => {
        const world = sharing('ben', 'bed', 'guest')
        for (const [from, said] of words) {
          const kept = Object.entries(said).filter(([key]) =>
            ['type', 'shareId', ...(fields[said.type] ?? [])].includes(key),
          )
          const message = decodeShareMessage(JSON.stringify(Object.fromEntries(kept)))
          if (message) says(world, from as Who, 'bed', message)
        }
        const { share, peers } = world.at('bed')
        expect(peers).toHaveLength(3)
        if (!share) return
        expect(share.source === 'anna' || share.source === 'ben').toBe(true)
        expect(Number.isSafeInteger(share.epoch + 1) && Number.isSafeInteger(share.page + 1)).toBe(true)
        if (share.view) expect(share.view.slice.file).toBeLessThan(share.manifest?.files.length ?? 0)
      }),
      { seed: 7_9, numRuns: 300 },
    )
    expect(decodeShareMessage(`"${'x'.repeat(20_000)}"`)).toBeNull()
    expect(decodeShareMessage('{')).toBeNull()
    expect(decodeManifest('{}')).toBeNull()
  })

  test('[LIVE-9] a manifest that names a file twice, none, or one that is not there is none', () => {
    const whole = manifestOf('m')
    const series = (files: number[]) =>
      JSON.stringify({ ...whole, series: [{ label: null, modality: null, studyDate: null, files }] })
    expect(decodeManifest(series([0, 1, 2]))).not.toBeNull()
    for (const files of [[0, 0, 1], [0, 1], [0, 1, 3], [0, 1, 2, 2], []])
      expect(decodeManifest(series(files))).toBeNull()
    const huge = { ...whole, files: whole.files.map((file) => ({ ...file, bytes: shareLimits.bytes })) }
    expect(decodeManifest(JSON.stringify(huge))).toBeNull()
  })
})

test('what is on the screen goes blank no later than told: the timings are those of the product', () => {
  expect(shareTimings).toMatchObject({ beatMs: 1_000, blankMs: 5_000 })
})
