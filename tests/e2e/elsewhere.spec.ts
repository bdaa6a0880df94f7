import { openStation, signIn } from '../server/client.ts'
import { expect, test } from './ward.ts'
import { expectCameraOff } from './witness.ts'

test('taken elsewhere: of two screens of one nurse the first to answer has the call, the other falls silent', async ({
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
