/** A line for whoever does not hear: read at the bed in large letters, by nobody in between, and gone with the call. */
import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectLivePicture } from './witness.ts'

const text = 'Your daughter comes at three, with the dog'

test('[HZ-10] what a nurse writes stands at the bed in large letters, and the server never has it', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const passed: string[] = []
  for (const page of [station, bed])
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => passed.push(String(payload)))
      socket.on('framereceived', ({ payload }) => passed.push(String(payload)))
    })
  await Promise.all([station.reload(), bed.reload()])
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await callAndAnswer(station, bed)
  await expectLivePicture(bed, 'Staff video')
  const field = station.getByLabel('Write to the patient')
  await field.fill(text)
  await field.press('Enter')
  const shown = bed.getByText(text)
  await expect(shown).toBeVisible()
  expect(
    await shown.evaluate((line) => Number.parseFloat(getComputedStyle(line).fontSize)),
  ).toBeGreaterThanOrEqual(48)
  await expect(station.getByText(`They read: ${text}`)).toBeVisible()
  expect(passed.length).toBeGreaterThan(5)
  expect(passed.filter((frame) => frame.includes('daughter'))).toEqual([])

  await test.step('it is taken back', async () => {
    await station.getByRole('button', { name: 'Take it back' }).click()
    await expect(shown).toBeHidden()
  })

  await test.step('the next call begins without the last one’s words', async () => {
    await field.fill(text)
    await field.press('Enter')
    await expect(shown).toBeVisible()
    await station.getByRole('button', { name: 'End call' }).click()
    await expect(bed.getByText('Anna Laine ended the call.')).toBeVisible()
    await callAndAnswer(station, bed)
    await expectLivePicture(bed, 'Staff video')
    await expect(shown).toBeHidden()
  })
})
