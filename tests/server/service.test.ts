/** How calls went: what each end says is kept with the call, once, and is read by administrators as service levels. */

import * as v from 'valibot'
import { expect, test } from 'vitest'
import { serviceAnswer } from '../../src/protocol/service.ts'
import { closeCode } from '../../src/protocol/wire.ts'
import { newPasskey } from '../fakes/passkey.ts'
import { register } from './accounts.ts'
import { type Client, openBed, openStation, post, refusalOf } from './client.ts'
import { bedIdOf, figures, openWard, ring, talk, type Ward, type WardOptions } from './ward.ts'

const dayMs = 86_400_000

async function talkingWard(options: WardOptions = {}) {
  const ward = await openWard(options)
  const [bed, cookie] = [await ward.bed('1'), await ward.signIn('Anna Laine')]
  const nurse = await openStation(ward.origin, cookie)
  const call = async () => (await talk(nurse, bed)).callId
  const end = async (callId: string, reason: 'hung-up' | 'connection-lost' = 'hung-up') => {
    nurse.say({ type: 'call.end', callId, reason })
    await bed.hear('call.ended', (ended) => ended.callId === callId)
  }
  return { ward, bed, nurse, cookie, call, end }
}

async function kept({ store }: Pick<Ward, 'store'>) {
  return await store.db.selectFrom('call_figures').selectAll().orderBy('part').execute()
}

async function tell(who: Client, ...said: readonly Parameters<Client['say']>[0][]): Promise<void> {
  for (const message of said) who.say(message)
  await who.settled()
}

function ask(origin: string, cookie: string, days: string): Promise<Response> {
  return fetch(`${origin}/api/service-levels?days=${days}`, { headers: { cookie, 'x-bedside': '1' } })
}

/** An administrator, who may ask more than once. */
async function reader({ origin, signIn }: Ward) {
  const cookie = await signIn('Oskar Berg')
  return async (days: string) => v.parse(serviceAnswer, await (await ask(origin, cookie, days)).json())
}

test('[SERVICE-1] what both ends say of a call is kept with it, once for each end', async () => {
  const { ward, bed, nurse, call, end } = await talkingWard()
  const callId = await call()
  await end(callId)
  await tell(nurse, figures(callId, { setUpMs: 0, weakMs: 2_000 }), figures(callId, { setUpMs: 9_000 }))
  await tell(
    bed,
    figures(callId, { setUpMs: null, reconnections: 1, lostMs: 3_000, way: 'relay', over: 'tls' }),
  )
  await tell(bed, figures(callId))
  const usual = { call_id: callId, good_ms: 60_000 }
  expect(await kept(ward)).toEqual([
    {
      ...usual,
      ...{ part: 'callee', set_up_ms: null, reconnections: 1, weak_ms: 0, lost_ms: 3_000 },
      ...{ way: 'relay', over: 'tls' },
    },
    {
      ...usual,
      ...{ part: 'caller', set_up_ms: 0, reconnections: 0, weak_ms: 2_000, lost_ms: 0 },
      ...{ way: 'direct', over: 'udp' },
    },
  ])
})

test('[SERVICE-1] nothing is kept of a call that goes on, was never answered, is another’s or none, and nobody is sent away for it', async () => {
  const { ward, bed, nurse, call, end } = await talkingWard()
  const other = await ward.station('Ben Okafor')
  const [callId, second] = [await call(), await ward.bed('2')]
  await tell(nurse, figures(callId))
  await end(callId)
  await tell(other, figures(callId), figures('no-such-call'))
  await tell(second, figures(callId))
  const unanswered = await ring(other, second)
  await tell(second, { type: 'call.end', callId: unanswered, reason: 'declined' }, figures(unanswered))
  await tell(other, figures(unanswered))
  expect(await kept(ward)).toEqual([])
  await tell(bed, figures(callId))
  expect(await kept(ward)).toHaveLength(1)
})

test('[SERVICE-1] another screen of the same person was in no call', async () => {
  const { ward, cookie, call, end } = await talkingWard()
  const tab = await openStation(ward.origin, cookie)
  const callId = await call()
  await end(callId)
  await tell(tab, figures(callId))
  expect(await kept(ward)).toEqual([])
})

test('[SERVICE-2] figures out of all bounds are no message', async () => {
  const { nurse, call, end } = await talkingWard()
  const callId = await call()
  await end(callId)
  nurse.say(figures(callId, { lostMs: 86_400_001 }))
  expect((await nurse.closed).code).toBe(closeCode.badMessage)
})

test('[SERVICE-3] acknowledged is durable: after a restart they are there, and said again they change nothing', async () => {
  const { ward, bed, call, end } = await talkingWard()
  const callId = await call()
  await end(callId)
  await tell(bed, figures(callId, { goodMs: 1_000 }))
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const back = await openBed(again.origin, bed.tablet)
  await tell(back, figures(callId, { goodMs: 2_000 }))
  expect((await kept(again)).map(({ good_ms }) => good_ms)).toEqual([1_000])
})

test('[SERVICE-4] a station that is locked meanwhile still says how its call went', async () => {
  const { ward, nurse, cookie, call, end } = await talkingWard()
  await register(ward.origin, cookie, newPasskey(ward.origin))
  const callId = await call()
  expect((await post(ward.origin, '/api/lock', {}, { cookie })).status).toBe(200)
  await nurse.hear('lock.changed')
  await end(callId)
  await tell(nurse, figures(callId))
  expect(await kept(ward)).toHaveLength(1)
})

test('[SERVICE-5] an administrator reads them by ward and bed, in the order of the board, without a name', async () => {
  const { ward, bed, nurse, call, end } = await talkingWard()
  const first = await call()
  await end(first, 'connection-lost')
  await tell(nurse, figures(first, { setUpMs: 0 }))
  await tell(
    bed,
    figures(first, { setUpMs: 800, reconnections: 1, goodMs: 30_000, lostMs: 30_000, way: 'relay' }),
  )
  const missed = await ring(nurse, bed)
  await tell(bed, { type: 'call.end', callId: missed, reason: 'declined' })
  const { whole, beds, ward: named } = await (await reader(ward))('1')
  const expected = {
    ...{ calls: 2, answered: 1, setUp: { halfMs: 800, mostMs: 800 } },
    ...{ dropped: 1, reconnectionsPer100: 100, relayed: 1, poor: 0.25 },
  }
  expect(whole).toEqual(expected)
  expect(beds[0]).toEqual({ bedId: bedIdOf(bed), label: '1', levels: expected })
  expect(beds.map(({ label }) => label)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
  expect(beds[1]?.levels).toMatchObject({ calls: 0, setUp: null, poor: null })
  expect(named).toBe('Ward 4B')
  expect(JSON.stringify({ whole, beds })).not.toMatch(/Laine|staff/)
})

test('[SERVICE-5] a period is of the calls that began in it', async () => {
  let aheadMs = -2 * dayMs
  const { ward, call, end } = await talkingWard({ now: () => Date.now() + aheadMs })
  await end(await call())
  aheadMs = 0
  const read = await reader(ward)
  expect((await read('7')).whole.calls).toBe(1)
  expect((await read('1')).whole.calls).toBe(0)
})

test('[SERVICE-6] nobody else reads them, and a period that is none is refused', async () => {
  const { origin, signIn } = await openWard()
  const [nurse, admin] = [await signIn('Anna Laine'), await signIn('Oskar Berg')]
  expect(await refusalOf(await ask(origin, nurse, '7'))).toEqual({
    status: 403,
    body: { refusal: 'forbidden' },
  })
  expect(await refusalOf(await ask(origin, admin, '365'))).toEqual({
    status: 400,
    body: { refusal: 'bad-request' },
  })
})
