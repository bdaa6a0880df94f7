/** Interpreters are asked one after the other, for as long as the call lasts, until one of them came. */
import { type Signal, signal } from '@preact/signals'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallState, EndReason } from '../../src/core/call-state.ts'
import type { TablePeople, TablePerson } from '../../src/protocol/interpreting.ts'
import type { BedView, Party, StaffParty } from '../../src/protocol/people.ts'
import { unspoken } from '../../src/protocol/wishes.ts'
import { askedMs, createBringIn } from '../../src/state/bring-in.ts'
import type { Parted, Seat } from '../../src/state/calls.ts'
import { bedOne, fakeWorld } from '../fakes/ports.ts'

const call = { epoch: 1, part: 'caller', mode: 'ring', continued: false } as const
const open = { camera: 'open', over: [] } as const

function person(name: string, stands: Partial<TablePerson> = {}): TablePerson {
  const party: StaffParty = { type: 'staff', staffId: name, name, role: 'interpreter' }
  return { party, isHere: true, isBusy: false, ...stands }
}

/** What comes of a ring at somebody. `told`: when it is said why, beside the seat that goes. `late`: it rings once it was given up. */
type Fate =
  | { readonly type: 'silent' | 'never rings' | 'late' | 'comes' | 'fails' }
  | {
      readonly type: 'ends'
      readonly reason: EndReason
      readonly told: 'before' | 'after' | 'never' | 'seat'
    }

const bedView: BedView = {
  bedId: bedOne.bedId,
  label: '1',
  patient: null,
  stay: { epoch: 1, admissionId: 'stay-1' },
  wishes: { ...unspoken, language: 'so-SO' },
  cleanEpoch: 1,
  tablet: 'bound',
  state: { type: 'in-call', with: 'Anna Laine' },
  report: null,
  carers: [],
}

/** A nurse in a call with bed 1, and a table whose every ring the test decides about. */
function inCall(people: readonly TablePerson[], { phone = '4567' as string | null, goes = true } = {}) {
  const { world, ports } = fakeWorld()
  const seats = signal<readonly Seat[]>([])
  const parted = signal<Parted | null>(null)
  const tableId = signal<string | null>('table')
  const rung: string[] = []
  /** By which duty they were rung. */
  const duties: string[] = []
  let mostRinging = 0
  let count = 0
  const states = new Map<string, Signal<CallState>>()

  function sit(peer: Party, state: CallState): string {
    count += 1
    const callId = `call-${count}`
    const held = signal(state)
    states.set(callId, held)
    const nothing = { camera: false, microphone: false }
    const shown = { theirs: signal(nothing), picture: signal(false), showRemote() {} }
    const known = { quality: signal(null), peerDevice: signal(null), compared: signal([]), table: null }
    const seat: Seat = { callId, peer, state: held, ...shown, ...known }
    seats.value = [...seats.value, seat]
    return callId
  }
  const isRinging = ({ type }: CallState) => type === 'dialling' || type === 'calling'
  const isWaitedFor = (state: CallState) => isRinging(state) || state.type === 'connecting'
  const ringing = () => seats.value.filter(({ state }) => isWaitedFor(state.value))
  function rise(callId: string, reason: EndReason, told: 'before' | 'after' | 'never' | 'seat' = 'before') {
    const seat = seats.value.find((one) => one.callId === callId)
    if (!seat) return
    const by = reason === 'cancelled' ? ('me' as const) : ('peer' as const)
    const said = { callId, peer: seat.peer, reason, by }
    if (told === 'seat') become(callId, { type: 'ended', part: 'caller', over: [], ...said })
    if (told === 'before') parted.value = said
    seats.value = seats.value.filter((one) => one !== seat)
    if (told === 'after') parted.value = said
  }
  function become(callId: string, state: CallState): void {
    const held = states.get(callId)
    if (held) held.value = state
  }
  const live = (peer: Party): CallState => ({
    type: 'live',
    call: { ...call, callId: 'a', peer },
    still: 'talking',
    ...open,
  })
  let fates: Readonly<Record<string, Fate>> = {}
  let ringsAfterCame = 0

  function bringIn(peer: StaffParty, manner?: { readonly dutyId?: string | undefined }): void {
    rung.push(peer.staffId)
    if (manner?.dutyId !== undefined) duties.push(manner.dutyId)
    const fate = fates[peer.staffId] ?? { type: 'silent' }
    if (seats.value.some((seat) => seat.peer.type === 'staff' && seat.state.value.type === 'live'))
      ringsAfterCame += 1
    if (fate.type === 'never rings') return
    if (fate.type === 'late') return void ports.clock.after(askedMs + 1_000, () => begin(peer, fate))
    begin(peer, fate)
  }
  function begin(peer: StaffParty, fate: Fate): void {
    const callId = sit(peer, { type: 'dialling', callId: 'a', peer, mode: 'ring', ...open })
    mostRinging = Math.max(mostRinging, ringing().length)
    const later = (ms: number, then: () => void) => void ports.clock.after(ms, then)
    const asked = { ...call, callId, peer }
    later(10, () => become(callId, { type: 'calling', call: asked, picture: 'none', ...open }))
    const answers = () =>
      become(callId, { type: 'connecting', call: asked, accepted: true, picture: 'none', ...open })
    if (fate.type === 'ends') later(2_000, () => rise(callId, fate.reason, fate.told))
    if (fate.type === 'comes' || fate.type === 'fails') later(askedMs - 1_000, answers)
    if (fate.type === 'comes') later(askedMs + 5_000, () => become(callId, live(peer)))
    if (fate.type === 'fails') later(askedMs + 5_000, () => rise(callId, 'connection-lost'))
  }
  const answer: TablePeople = {
    colleagues: [],
    interpreters: [
      { language: 'ar', phone: null, people: [] },
      { language: 'so', phone, people: [...people] },
    ],
  }
  world.answers['/table/people'] = answer
  sit(bedOne, live(bedOne))
  const desk = createBringIn({
    api: ports.api,
    clock: ports.clock,
    beds: signal([bedView]),
    calls: {
      seats,
      parted,
      tableId,
      bringIn,
      takeBack: (callId) => goes && rise(callId, 'cancelled', 'seat'),
    },
  })
  return {
    desk,
    world,
    rung,
    duties,
    bringIn,
    sit: (peer: Party) => sit(peer, live(peer)),
    ringing: () => ringing().map(({ peer }) => (peer.type === 'staff' ? peer.staffId : '?')),
    rise,
    seen: () => ({ mostRinging, ringsAfterCame }),
    hangUp() {
      seats.value = []
      tableId.value = null
    },
    async ask(given: Readonly<Record<string, Fate>> = {}) {
      fates = given
      desk.askInterpreter('so')
      await world.settle()
    },
    out: () => desk.asking.value?.asked.map(({ party, cameOut }) => [party.name, cameOut]),
    state: () => desk.asking.value?.state,
  }
}

const reason = fc.constantFrom<EndReason>(
  'declined',
  'busy',
  'no-answer',
  'device-unready',
  'connection-lost',
  'rung-too-often',
)
const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.constantFrom<Fate>(
    { type: 'silent' },
    { type: 'never rings' },
    { type: 'late' },
    { type: 'comes' },
    { type: 'fails' },
  ),
  fc.record({
    type: fc.constant('ends' as const),
    reason,
    told: fc.constantFrom('before', 'after', 'never', 'seat'),
  }),
)
const anybody = fc.record({ isHere: fc.boolean(), isBusy: fc.boolean(), fate })

test('[BRING-2] whatever comes of each ask: one rings at a time, each who is here and free once, until one came (HZ-3)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anybody, { maxLength: 6 }), async (drawn) => {
      const people = drawn.map(({ isHere, isBusy }, index) => person(`p${index}`, { isHere, isBusy }))
      const fates = Object.fromEntries(drawn.map(({ fate }, index) => [`p${index}`, fate]))
      const table = inCall(people)
      await table.ask(fates)
      for (let step = 0; step < 60; step += 1) {
        table.world.advance(5_000)
        await table.world.settle()
      }
      const free = people.filter(({ isHere, isBusy }) => isHere && !isBusy).map(({ party }) => party.name)
      const first = free.findIndex((name) => fates[name]?.type === 'comes')
      const expected = first < 0 ? free : free.slice(0, first + 1)
      expect(table.rung).toEqual(expected)
      expect(table.seen()).toEqual({ mostRinging: expected.some(rings) ? 1 : 0, ringsAfterCame: 0 })
      expect(table.ringing()).toEqual([])
      expect(table.state()).toBe(first < 0 ? 'nobody' : 'came')
      expect(table.desk.asking.value?.phone).toBe('4567')
      expect(table.out()?.map(([name]) => name)).toEqual(expected)
      expect(table.out()?.filter(([, cameOut]) => cameOut === 'came')).toHaveLength(first < 0 ? 0 : 1)
      function rings(name: string): boolean {
        return fates[name]?.type !== 'never rings' && fates[name]?.type !== 'late'
      }
    }),
    { numRuns: 200 },
  )
})

test('[BRING-2] what came of each is said: declined, busy, no answer', async () => {
  const table = inCall([person('a'), person('b'), person('c'), person('d')])
  await table.ask({
    a: { type: 'ends', reason: 'declined', told: 'after' },
    b: { type: 'ends', reason: 'busy', told: 'before' },
    d: { type: 'comes' },
  })
  expect(table.out()).toEqual([['a', 'asking']])
  table.world.advance(60_000)
  expect(table.out()).toEqual([
    ['a', 'declined'],
    ['b', 'busy'],
    ['c', 'no-answer'],
    ['d', 'came'],
  ])
})

describe('[BRING-3] nobody is asked any more', () => {
  test('once the call is over, and whoever rings is taken back', async () => {
    const table = inCall([person('a'), person('b')])
    await table.ask()
    expect(table.ringing()).toEqual(['a'])
    table.hangUp()
    table.world.advance(120_000)
    expect(table.rung).toEqual(['a'])
    expect([table.desk.asking.value, table.desk.people.value]).toEqual([null, null])
  })

  test('once it was taken back, also before it rang', async () => {
    const table = inCall([person('a'), person('b')])
    await table.ask()
    table.desk.stop()
    expect([table.state(), table.ringing()]).toEqual(['stopped', []])
    const late = inCall([person('a')])
    await late.ask({ a: { type: 'never rings' } })
    late.desk.stop()
    expect(late.state()).toBe('stopped')
    table.world.advance(120_000)
    expect(table.rung).toEqual(['a'])
  })

  test('once somebody took the ring back by hand, as a locked screen does', async () => {
    const table = inCall([person('a'), person('b')])
    await table.ask()
    table.rise('call-2', 'cancelled', 'seat')
    table.world.advance(120_000)
    expect([table.state(), table.rung]).toEqual(['stopped', ['a']])
  })

  test('once the table is full', async () => {
    const table = inCall([person('a'), person('b')])
    await table.ask({ a: { type: 'ends', reason: 'table-full', told: 'before' } })
    table.world.advance(120_000)
    expect([table.state(), table.out(), table.rung]).toEqual(['full', [], ['a']])
    const seated = inCall([person('a')])
    seated.sit(person('x').party)
    seated.sit(person('y').party)
    expect(seated.desk.hindrance.value).toBe('full')
    await seated.ask()
    expect([seated.rung, seated.desk.asking.value]).toEqual([[], null])
  })
})

test('[BRING-2] who sits at the table is not asked to come', async () => {
  const table = inCall([person('a'), person('b')])
  table.sit(person('a').party)
  await table.ask()
  expect(table.rung).toEqual(['b'])
})

test('[BRING-4] [DUTY-3] a duty is asked by one of those who have it, once at a time', () => {
  const table = inCall([])
  const [ada, bo] = [person('ada').party, person('bo').party]
  table.desk.ask(ada, 'neuro')
  table.desk.ask(bo, 'neuro')
  expect([table.rung, table.duties]).toEqual([['ada'], ['neuro']])
})

test('[BRING-4] while an interpreter is asked nobody else is rung, and a colleague is asked once at a time', async () => {
  const table = inCall([person('a')])
  table.desk.ask(person('x').party)
  expect(table.desk.hindrance.value).toBe('rings')
  table.desk.ask(person('y').party)
  await table.ask()
  expect(table.rung).toEqual(['x'])
  table.rise('call-2', 'declined')
  await table.ask()
  table.desk.ask(person('y').party)
  expect(table.rung).toEqual(['x', 'a'])
})

test('[BRING-5] the language of the patient stands first, whatever its region', async () => {
  const table = inCall([person('a')])
  table.desk.open()
  await table.world.settle()
  expect(table.desk.patientLanguage.value).toBe('so')
  expect(table.desk.languages.value.map(({ language }) => language)).toEqual(['so', 'ar'])
})

test('[BRING-5] who is here is read again while somebody looks, and no more afterwards', async () => {
  const table = inCall([person('a')])
  const reads = () => table.world.asked.length
  table.desk.open()
  table.world.advance(25_000)
  expect(reads()).toBe(3)
  table.desk.close()
  table.world.advance(60_000)
  expect(reads()).toBe(3)
})

test('[BRING-3] a server that says nobody gets the number shown, and a server that is gone the number it had said', async () => {
  const nobody = inCall([])
  await nobody.ask()
  expect(nobody.desk.asking.value).toMatchObject({ state: 'nobody', asked: [], phone: '4567' })
  const gone = inCall([person('a', { isHere: false })])
  gone.desk.open()
  await gone.world.settle()
  gone.world.answers = {}
  await gone.ask()
  expect(gone.desk.asking.value).toMatchObject({ state: 'nobody', phone: '4567' })
  expect(gone.desk.problem.value).toBe('unreachable')
})

test('[BRING-4] what rings by another way is waited for', async () => {
  const table = inCall([person('a')])
  table.desk.askInterpreter('so')
  table.bringIn(person('x').party)
  await table.world.settle()
  expect(table.rung).toEqual(['x'])
  table.rise('call-2', 'declined')
  table.world.advance(0)
  expect(table.rung).toEqual(['x', 'a'])
})

test('[BRING-4] a ring that cannot be taken back keeps everybody else from being rung', async () => {
  const table = inCall([person('a'), person('b')], { goes: false })
  await table.ask()
  table.world.advance(120_000)
  expect([table.rung, table.state()]).toEqual([['a'], 'nobody'])
  expect(table.desk.hindrance.value).toBe('rings')
})
