/** What stations see of the beds, and what a welcome tells. */
import { expect, test } from 'vitest'
import { closeCode } from '../../src/protocol/wire.ts'
import { bedIdOf, openWard, staffIdOf, talk } from './ward.ts'

test('[BOARD-1] every station sees each bed: offline, ready, ringing, in call with whom, ready', async () => {
  const ward = await openWard()
  const watcher = await ward.station('Maria Oja')
  expect(watcher.welcome.snapshot?.beds.map(({ label }) => label)).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
  ])
  expect(watcher.welcome.snapshot?.beds[0]?.state.type).toBe('offline')
  const bed = await ward.bed('1')
  expect((await watcher.hear('bed.changed')).bed).toMatchObject({ label: '1', tablet: 'bound' })
  expect((await watcher.hear('bed.changed')).bed).toMatchObject({ label: '1', state: { type: 'ready' } })
  const nurse = await ward.station()
  const { callId } = await talk(nurse, bed)
  expect((await watcher.hear('bed.changed')).bed.state).toEqual({ type: 'ringing', with: 'Anna Laine' })
  expect((await watcher.hear('bed.changed')).bed.state).toEqual({ type: 'in-call', with: 'Anna Laine' })
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  expect((await watcher.hear('bed.changed')).bed.state).toEqual({ type: 'ready' })
  const beforeMs = Date.now()
  await bed.cut()
  const { state } = (await watcher.hear('bed.changed')).bed
  expect(state.type === 'offline' && state.sinceMs >= beforeMs - 1_000).toBe(true)
})

test('[BOARD-2] a bed says that it cannot be heard, and every station knows (HZ-11)', async () => {
  const ward = await openWard()
  const nurse = await ward.station()
  const bed = await ward.bed('3')
  await nurse.hear('bed.changed', ({ bed }) => bed.state.type === 'ready')
  bed.say({
    type: 'bed.report',
    report: { sound: 'blocked', knock: true, privacyUntilMs: null, cleanEpoch: null },
  })
  const said = await nurse.hear('bed.changed', ({ bed }) => bed.report?.sound === 'blocked')
  expect(said.bed.report).toEqual({ sound: 'blocked', knock: true, privacyUntilMs: null, cleanEpoch: null })
})

test('[BOARD-3] a station cannot report for a bed', async () => {
  const ward = await openWard()
  const [nurse, other] = [await ward.station('Anna Laine'), await ward.station('Ben Okafor')]
  nurse.say({
    type: 'bed.report',
    report: { sound: 'blocked', knock: true, privacyUntilMs: null, cleanEpoch: null },
  })
  expect((await nurse.closed).code).toBe(closeCode.forbidden)
  await other.settled()
  expect(other.heard()).toEqual([])
})

test('[WELCOME-1] everyone is told who they are, and beds nothing of other beds', async () => {
  const ward = await openWard()
  const bed = await ward.bed('4')
  const nurse = await ward.station('Maria Oja')
  expect(bed.welcome).toMatchObject({
    demo: true,
    ward: 'Ward 4B',
    me: { type: 'bed', label: '4', ward: 'Ward 4B' },
  })
  expect(bed.welcome.snapshot).toEqual({ beds: [], calls: [] })
  expect(nurse.welcome.me).toMatchObject({ name: 'Maria Oja', role: 'doctor', staffId: staffIdOf(nurse) })
  expect(bedIdOf(bed)).toBe(nurse.welcome.snapshot?.beds[3]?.bedId)
})
