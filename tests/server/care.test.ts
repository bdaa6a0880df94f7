/** Who cares for which bed: told to boards and tablets, kept over a restart, over by itself. */
import { expect, test } from 'vitest'
import { careMs } from '../../src/core/care.ts'
import { openBed } from './client.ts'
import { bedIdOf, openWard, type Ward } from './ward.ts'

async function actsIn({ store }: Ward): Promise<unknown[]> {
  const rows = await store.db
    .selectFrom('audit')
    .select('text')
    .where('action', 'in', ['care-begun', 'care-ended'])
    .orderBy('seq')
    .execute()
  return rows.map(({ text }) => JSON.parse(text).act)
}

test('[CARE-1] the board and the tablet name who took the bed, and no longer once they took another', async () => {
  const ward = await openWard()
  const [bed, other, anna] = [await ward.bed('1'), await ward.bed('2'), await ward.station('Anna Laine')]
  const bedId = bedIdOf(bed)
  expect(bed.welcome.carers).toEqual([])
  anna.say({ type: 'care.take', bedIds: [bedId] })
  expect(await bed.hear('care.changed')).toMatchObject({ carers: [{ name: 'Anna Laine', role: 'nurse' }] })
  anna.say({ type: 'care.take', bedIds: [bedIdOf(other)] })
  expect(await bed.hear('care.changed')).toMatchObject({ carers: [] })
  expect(await actsIn(ward)).toMatchObject([
    { action: 'care-begun', entity: { type: 'bed', id: bedId }, agent: { role: 'nurse' } },
    { action: 'care-begun', entity: { id: bedIdOf(other) } },
    { action: 'care-ended', entity: { id: bedId }, detail: 'let-go' },
  ])
})

test('[CARE-2] what was taken stands after a restart, and ends by itself on the record', async () => {
  let nowMs = Date.now()
  const options = { now: () => nowMs, limits: { sweepMs: 20 } }
  const ward = await openWard(options)
  const tablet = await ward.enrol('1')
  const anna = await ward.station('Anna Laine')
  anna.say({ type: 'care.take', bedIds: [tablet.bedId] })
  await anna.settled()
  await ward.close()
  const again = await openWard({ ...options, dataFolder: ward.data })
  const bed = await openBed(again.origin, tablet)
  expect(bed.welcome.carers).toMatchObject([{ name: 'Anna Laine' }])
  nowMs += careMs
  expect(await bed.hear('care.changed')).toMatchObject({ carers: [] })
  expect((await actsIn(again)).at(-1)).toMatchObject({
    action: 'care-ended',
    agent: { type: 'server' },
    peer: { type: 'staff' },
    detail: 'shift-over',
  })
})
