import { openStation, signIn } from '../server/client.ts'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'
import { expectCameraOff, expectLivePicture } from './witness.ts'

test('taken elsewhere: of two screens of one nurse the first to answer has the call, the other falls silent @whole', async ({
  ward,
}) => {
  const first = await ward.station(1)
  const second = await first.context().newPage()
  const ben = new Promise<string>((found) => {
    second.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        const frame = JSON.parse(String(payload))
        if (frame.type === 'welcome') found(frame.me.staffId)
      })
    })
  })
  await second.goto(`${ward.server.origin}/station`)
  const cookie = await signIn(ward.server.origin, ward.server.demo().staff[2]?.url ?? '')
  const doctor = await openStation(ward.server.origin, cookie)
  const to = { type: 'staff' as const, staffId: await ben }
  const expiresAtMs = Date.now() + 5_000
  doctor.say({ type: 'call.invite', callId: 'elsewhere', to, mode: 'ring', stay: null, expiresAtMs })

  const dialog = { name: 'Incoming call from Maria Oja, doctor' }
  await expect(first.getByRole('dialog', dialog)).toBeVisible()
  await expect(second.getByRole('dialog', dialog)).toBeVisible()
  await first.getByRole('button', { name: 'Answer' }).click()
  await expect(second.getByRole('dialog')).toBeHidden()
  await expect(second.getByRole('status').filter({ hasText: 'Call ended: taken elsewhere' })).toBeVisible()
  await doctor.hear('call.changed', ({ call }) => call.phase === 'accepted')
  await expectCameraOff(second)
  doctor.say({ type: 'call.end', callId: 'elsewhere', reason: 'hung-up' })
  await expectCameraOff(first)
})

/** A nurse's call at her desk, and another screen of hers. */
async function callAtDesk(ward: Screens) {
  const [desk, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(desk, bed)
  const phone = await desk.context().newPage()
  await phone.goto(`${ward.server.origin}/station`)
  return { desk, phone, bed }
}

test('[SWITCH-14] a nurse takes her call over at another screen: the first camera stops, and the patient sees her again', async ({
  ward,
}) => {
  const { desk, phone, bed } = await callAtDesk(ward)
  const status = phone.getByRole('status').filter({ hasText: 'Your call with Bed 1 is on another screen.' })
  await expect(status).toBeVisible()
  await phone.getByRole('button', { name: 'Take it over here' }).click()
  await expectLivePicture(phone, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await expect(status).toHaveCount(0)
  await expect(desk.getByRole('status').filter({ hasText: 'Call ended: taken elsewhere' })).toBeVisible()
  await expectCameraOff(desk)
  // The desk knows of it now, and takes it back.
  await desk.getByRole('button', { name: 'Take it over here' }).click()
  await expectLivePicture(desk, 'Patient video')
  await expectCameraOff(phone)
  await desk.getByRole('button', { name: 'End call' }).click()
  for (const page of [desk, bed, phone]) await expectCameraOff(page)
  await expect(phone.getByRole('button', { name: 'Take it over here' })).toHaveCount(0)
})

test('[SWITCH-14] a call that was left running at another screen is ended from here, and every camera stops @whole', async ({
  ward,
}) => {
  const { desk, phone, bed } = await callAtDesk(ward)
  await phone.getByRole('button', { name: 'End it there' }).click()
  for (const page of [desk, bed, phone]) await expectCameraOff(page)
  await expect(bed.getByRole('button', { name: 'End call' })).toHaveCount(0)
  await expect(phone.getByRole('button', { name: 'End it there' })).toHaveCount(0)
})
