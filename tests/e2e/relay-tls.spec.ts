/** A network that lets nothing out but TLS: a call goes through it by the relay (TURN over TLS, RFC 8656 §3.1). */
import { expectWay, test } from './relayed.ts'
import { callAndAnswer } from './ward.ts'
import { expectCameraOff, expectLivePicture } from './witness.ts'

// The test's own certificate is trusted by nobody.
test.use({ transport: 'tls', flags: ['--ignore-certificate-errors'] })

test('[TURN-12] a network that lets nothing out but TLS still carries the call @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await expectWay(station, 'through the relay, TLS')
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  await expectCameraOff(station)
})
