/** A ward is named and gets its beds: at once on every board, on record, all or nothing. */
import { expect, test } from 'vitest'
import { rowsOf } from './audit-rows.ts'
import { openBed, post, refusalOf } from './client.ts'
import { invitation, openWard } from './ward.ts'

async function furnish() {
  const ward = await openWard()
  const cookie = await ward.signIn('Oskar Berg')
  return {
    ward,
    ask: (path: string, said: unknown) => post(ward.origin, `/api/ward/${path}`, said, { cookie }),
  }
}

const conflict = { status: 409, body: { refusal: 'conflict' } }

test('[WARD-3] new beds are on every board at once, last, and stay over a restart', async () => {
  const { ward, ask } = await furnish()
  const station = await ward.station()
  expect((await ask('beds', { labels: ['9', '12A'] })).status).toBe(200)
  expect((await station.hear('bed.changed')).bed).toMatchObject({ label: '9', patient: null, tablet: 'none' })
  await station.hear('bed.changed', ({ bed }) => bed.label === '12A')
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const labels = (await again.station()).welcome.snapshot?.beds.map(({ label }) => label)
  expect(labels).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '12A'])
  await again.close()
  const acts = rowsOf(ward.data).filter(({ act }) => act.action === 'ward-changed')
  expect(acts.map(({ act }) => act.detail)).toEqual(['bed 9', 'bed 12A'])
})

test.each([
  ['a label that is there', ['9', '3']],
  ['a label twice', ['9', '9']],
  ['more than a ward holds', Array.from({ length: 90 }, (_, index) => String(100 + index))],
])('[WARD-4] %s adds nothing', async (_name, labels) => {
  const { ward, ask } = await furnish()
  expect(await refusalOf(await ask('beds', { labels }))).toEqual(conflict)
  expect((await ward.station()).welcome.snapshot?.beds).toHaveLength(8)
})

test('[WARD-5] a ward is renamed until a tablet is bound in it, and not after', async () => {
  const { ward, ask } = await furnish()
  expect((await ask('name', { name: 'Ward 9' })).status).toBe(200)
  const bed = await ward.bed('1')
  expect(bed.welcome).toMatchObject({ ward: 'Ward 9', me: { ward: 'Ward 9' } })
  expect(await refusalOf(await ask('name', { name: 'Ward 10' }))).toEqual(conflict)
})

test('[WARD-6] beds are put into a room: at once on every board, on record, and over a restart (HZ-15)', async () => {
  const { ward, ask } = await furnish()
  const station = await ward.station()
  expect((await ask('room', { labels: ['1', '2'], room: 'A' })).status).toBe(200)
  expect((await station.hear('bed.changed', ({ bed }) => bed.label === '2')).bed.room).toBe('A')
  expect((await ask('room', { labels: ['2'], room: null })).status).toBe(200)
  const notFound = { status: 404, body: { refusal: 'not-found' } }
  expect(await refusalOf(await ask('room', { labels: ['1', '99'], room: 'B' }))).toEqual(notFound)
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const beds = (await again.station()).welcome.snapshot?.beds ?? []
  expect(beds.slice(0, 3).map(({ room }) => room)).toEqual(['A', undefined, undefined])
  await again.close()
  const acts = rowsOf(ward.data).filter(({ act }) => act.action === 'ward-changed')
  expect(acts.map(({ act }) => act.detail)).toEqual(['room A', 'room A', 'no room'])
})

test('[ROOM-4] beds are named as of one ward of several: at once on every board, on record, and over a restart', async () => {
  const { ward, ask } = await furnish()
  const station = await ward.station()
  expect((await ask('area', { labels: ['1', '2'], area: 'Ward 4A' })).status).toBe(200)
  expect((await station.hear('bed.changed', ({ bed }) => bed.label === '2')).bed.area).toBe('Ward 4A')
  expect((await ask('area', { labels: ['2'], area: null })).status).toBe(200)
  expect((await ask('area', { labels: ['99'], area: 'Ward 4B' })).status).toBe(404)
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const beds = (await again.station()).welcome.snapshot?.beds ?? []
  expect(beds.slice(0, 2).map(({ area }) => area)).toEqual(['Ward 4A', undefined])
  await again.close()
  const acts = rowsOf(ward.data).filter(({ act }) => act.action === 'ward-changed')
  expect(acts.map(({ act }) => act.detail)).toEqual(['area Ward 4A', 'area Ward 4A', 'no area'])
})

test('[ROOM-3] a call that is made softly is soft at the tablet, also after a restart of the server (HZ-15)', async () => {
  const { ward } = await furnish()
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  const message = invitation(bed)
  station.say({ ...message, softly: 'yes' })
  const isThis = ({ call }: { call: { callId: string } }) => call.callId === message.callId
  expect((await bed.hear('call.changed', isThis)).call.softly).toBe('yes')
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const { welcome } = await openBed(again.origin, bed.tablet)
  expect(welcome.snapshot?.calls).toMatchObject([{ callId: message.callId, softly: 'yes' }])
})
