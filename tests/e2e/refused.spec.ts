import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

function ended(reason: string) {
  return { hasText: `Call ended: ${reason}` }
}

test('declined: Not now stops the nurse’s camera and never opens the patient’s', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const openedAtStart = (await mediaOf(bed)).opened
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Not now' }).click()
  await expect(station.getByRole('status').filter(ended('declined'))).toBeVisible()
  await expect(bed.getByRole('dialog')).toBeHidden()
  await expectCameraOff(station)
  expect((await mediaOf(bed)).opened).toBe(openedAtStart)
  await expect(bedStatus(station, '1')).toHaveText('Ready')
})

test('cancelled: the bed stops ringing and says who called @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('dialog')).toBeVisible()
  await station.getByRole('button', { name: 'Cancel call' }).click()
  await expect(bed.getByRole('dialog')).toBeHidden()
  await expect(station.getByRole('status').filter(ended('cancelled'))).toBeVisible()
  await expectCameraOff(station)
  await expect(bedStatus(station, '1')).toHaveText('Ready')
})

test('busy: of two stations that call one bed, the second is told, and the first call is not touched @whole', async ({
  ward,
}) => {
  const [first, second, bed] = [await ward.station(0), await ward.station(1), await ward.bed()]
  await expect(bedStatus(second, '1')).toHaveText('Ready')
  const calls = [first, second].map((page) =>
    page.getByRole('button', { name: 'Call bed 1' }).click({ force: true }),
  )
  await Promise.all(calls)
  const busy = (page: typeof first) => page.getByRole('status').filter(ended('busy'))
  await expect
    .poll(async () => (await busy(first).count()) + (await busy(second).count()), {
      message: 'exactly one is busy',
    })
    .toBe(1)
  const winner = (await busy(first).count()) === 1 ? second : first
  const loser = winner === first ? second : first
  const name = winner === first ? 'Anna Laine' : 'Ben Okafor'
  await expectCameraOff(loser)
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expect(bedStatus(loser, '1')).toHaveText(`In call with ${name}`)
  await expectLivePicture(winner, 'Patient video')
  await loser.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(busy(loser)).toBeVisible()
  await expectCameraOff(loser)
  await expectLivePicture(winner, 'Patient video')
})

test('device unready: a bed that is not there cannot be called, and the board says since when @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await bed.close()
  await expect(bedStatus(station, '1')).toHaveText(/^Offline since \d\d:\d\d$/)
  await expect(station.getByRole('button', { name: 'Call bed 1' })).toBeDisabled()
})

test('left: a nurse who signs out in a call leaves it, and both cameras stop', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await station.getByRole('button', { name: 'Sign out' }).click()
  await expect(bed.getByRole('button', { name: 'End call' })).toBeHidden()
  await expectCameraOff(bed)
  await expectCameraOff(station)
})

test.describe('faster clocks', () => {
  test.use({ timeScale: 0.2 })

  test('no answer: the ring ends by itself at both ends @whole', async ({ ward }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    await station.getByRole('button', { name: 'Call bed 1' }).click()
    await expect(bed.getByRole('dialog')).toBeVisible()
    await expect(station.getByRole('status').filter(ended('no answer'))).toBeVisible()
    await expect(bed.getByRole('dialog')).toBeHidden()
    await expectCameraOff(station)
  })
})
