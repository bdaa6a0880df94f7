/** Devices that write, lose answers, say things twice and late, against a real server that is stopped and started. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { KeptAct } from '../../src/protocol/plan.ts'
import { bookAt, type Device, edit, minuteMs, newDevice, tomorrow } from './plan.ts'
import { openWard, temporaryFolder, type Ward } from './ward.ts'

type Named = ReturnType<Device['named']>
type Hand = {
  readonly device: Device
  outbox: Named[]
  readonly said: Named[]
}

const move = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom(
    'book',
    'book',
    'book',
    'edit',
    'cancel',
    'send',
    'send',
    'lose',
    'repeat',
    'restart',
  ),
  at: fc.nat(11),
  pick: fc.nat(1_000),
})
type Move = { readonly who: number; readonly what: string; readonly at: number; readonly pick: number }

function written({ device }: Hand, { what, at, pick }: Move, people: readonly string[]): KeptAct | null {
  const startMs = tomorrow(8) + at * 20 * minuteMs
  if (what === 'book')
    return bookAt(startMs, {
      place: `Room ${pick % 2}`,
      staff: people.slice(pick % 3, (pick % 3) + 1),
      title: `${pick}`,
    })
  const rows = device.all('appointment')
  const row = rows[pick % Math.max(1, rows.length)]
  if (!row) return null
  if (what === 'cancel') return edit(row, { status: 'cancelled', cancelReason: 'asked to' })
  return edit(row, { when: { type: 'at', startMs, endMs: startMs + 30 * minuteMs }, note: `${pick}` })
}

/** What is on the server, but for when and under which number. */
async function dumpOf({ store }: Ward): Promise<string> {
  const rows = await store.db
    .selectFrom('plan_rows')
    .select(['type', 'id', 'json'])
    .orderBy('type')
    .orderBy('id')
    .execute()
  const bookings = await store.db
    .selectFrom('plan_bookings')
    .selectAll()
    .orderBy('resource')
    .orderBy('start_ms')
    .execute()
  return JSON.stringify([rows, bookings])
}

async function overlapsOf({ store }: Ward): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from plan_bookings one join plan_bookings other
    on one.resource = other.resource and one.start_ms < other.end_ms and other.start_ms < one.end_ms
    and (one.start_ms, one.appointment_id) < (other.start_ms, other.appointment_id)
  `.execute(store.db)
  return rows[0]?.count ?? -1
}

/** Plays the moves, then brings everything in. */
async function play(moves: readonly Move[]): Promise<void> {
  const data = temporaryFolder()
  let ward = await openWard({ dataFolder: data })
  const cookies = [
    await ward.signIn('Anna Laine'),
    await ward.signIn('Ben Okafor'),
    await ward.signIn('Maria Oja'),
  ]
  const hands = cookies.map((cookie): Hand => {
    const device = newDevice(ward.origin, cookie)
    return { device, outbox: [], said: [] }
  })
  for (const { device } of hands) await device.syncAll()
  const people = hands[0]?.device.all('person').map(({ id }) => id) ?? []

  async function send(hand: Hand): Promise<void> {
    const { outcomes } = await hand.device.sync(...hand.outbox.slice(0, 50))
    const answered = new Set(outcomes.map(({ actId }) => actId))
    hand.outbox = hand.outbox.filter(({ actId }) => !answered.has(actId))
  }

  async function step(one: Move): Promise<void> {
    const hand = hands[one.who]
    if (!hand) return
    if (one.what === 'send') return await send(hand)
    // The answer never comes: what was in it is said again.
    if (one.what === 'lose') return void (await hand.device.ask(hand.outbox.slice(0, 50)))
    if (one.what === 'repeat') return void (await hand.device.ask(hand.said.slice(-50).toReversed()))
    if (one.what === 'restart') {
      await ward.close()
      ward = await openWard({ dataFolder: data })
      for (const { device } of hands) device.goTo(ward.origin)
      return
    }
    const act = written(hand, one, people)
    if (!act) return
    const named = hand.device.named(act)
    hand.outbox.push(named)
    hand.said.push(named)
  }

  for (const one of moves) {
    await step(one)
    expect(await overlapsOf(ward), 'nobody is in two places (HZ-8)').toBe(0)
  }
  for (const hand of hands) while (hand.outbox.length > 0) await send(hand)
  const before = await dumpOf(ward)
  for (const { device, said } of hands)
    for (let first = 0; first < said.length; first += 50) await device.ask(said.slice(first, first + 50))
  expect(await dumpOf(ward), 'everything said twice is done once').toBe(before)
  for (const { device } of hands) await device.syncAll()
  const fresh = newDevice(ward.origin, cookies[0] ?? '')
  await fresh.syncAll()
  for (const { device, said } of hands) {
    expect(new Map([...device.rows].toSorted())).toEqual(new Map([...fresh.rows].toSorted()))
    for (const { actId, act } of said) {
      const isHere = act.type === 'appointment.book' && device.row('appointment', act.id) !== undefined
      const isKept = device.row('attention', actId) !== undefined
      if (act.type === 'appointment.book') expect([actId, isHere !== isKept]).toEqual([actId, true])
    }
  }
  await ward.close()
}

test('[SYNC-18] whatever is lost, repeated and restarted: one booking each, all devices agree, nothing written vanishes', async () => {
  await fc.assert(fc.asyncProperty(fc.array(move, { minLength: 30, maxLength: 60 }), play), {
    numRuns: 8,
    seed: 20_261_122,
    endOnFailure: true,
  })
}, 120_000)
