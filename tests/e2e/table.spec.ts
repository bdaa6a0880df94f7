/** More than two in a call: who comes is asked for by staff, let in by the patient, and leaves without ending anything. */
import type { Page } from 'playwright/test'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'
import { expectCameraOff, expectMoving, mediaOf } from './witness.ts'

/** Asks a colleague to come, by two presses. */
async function bringIn(station: Page, name: string): Promise<void> {
  await station.getByRole('button', { name: 'Bring in …' }).click()
  await station
    .getByRole('dialog', { name: 'Bring somebody in' })
    .getByRole('button', { name: new RegExp(`^${name},`) })
    .click()
}

/** The patient is asked whether this person may come in. */
function askedIn(bed: Page, who: string) {
  return bed.getByRole('alertdialog', { name: `Anna Laine would like to bring in: ${who}` })
}

/** As a finger presses that has read what it presses. */
async function letIn(bed: Page, who: string): Promise<void> {
  await askedIn(bed, who).getByRole('button', { name: 'Let them in' }).click()
  await expect(askedIn(bed, who)).toHaveCount(0)
}

/** A nurse in a call with a bed, and a colleague who comes to it, as far as the patient's word. */
async function askBen(ward: Screens) {
  const [anna, ben, bed] = [await ward.station(0), await ward.station(1), await ward.bed()]
  await callAndAnswer(anna, bed)
  await bringIn(anna, 'Ben Okafor')
  await expect(anna.getByRole('status').filter({ hasText: 'Ringing Ben Okafor, nurse…' })).toBeVisible()
  const incoming = ben.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })
  await expect(incoming).toContainText('asks you to come to a call with Bed 1 · Ward 4B')
  await incoming.getByRole('button', { name: 'Answer' }).click()
  await expect(askedIn(bed, 'Ben Okafor, nurse')).toBeVisible()
  return { anna, ben, bed }
}

/** Everybody sees everybody. */
async function expectAllSeen(pages: readonly (readonly [Page, readonly string[]])[]): Promise<void> {
  for (const [page, videos] of pages) for (const video of videos) await expectMoving(page, video)
}

test('[TABLE-2] a colleague comes with the patient’s consent: before it they see nothing of the bed, after it all see all (HZ-3)', async ({
  ward,
}) => {
  const { anna, ben, bed } = await askBen(ward)
  await expect(ben.getByRole('status').filter({ hasText: 'The patient is asked…' })).toBeVisible()
  await expect(ben.getByLabel('Patient video')).toHaveCount(0)
  await expect(bed.getByLabel('Ben Okafor’s video')).toHaveCount(0)
  await expect(bed.getByRole('button', { name: 'End call' }), 'what can be done stays').toBeVisible()
  const before = await bed.getByLabel('Staff video').elementHandle()

  await letIn(bed, 'Ben Okafor, nurse')
  await expectAllSeen([
    [bed, ['Anna Laine’s video', 'Ben Okafor’s video']],
    [ben, ['Patient video', 'Anna Laine’s video']],
    [anna, ['Patient video', 'Ben Okafor’s video']],
  ])
  const after = await bed.getByLabel('Anna Laine’s video').elementHandle()
  expect(await bed.evaluate(([one, other]) => one === other, [before, after]), 'the same video').toBe(true)
  for (const page of [anna, ben, bed]) expect((await mediaOf(page)).liveTracks).toBe(2)

  await anna.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(anna)
  await expect(bed.getByText('Anna Laine has left the call.')).toBeVisible()
  await expectMoving(bed, 'Staff video')
  await expectMoving(ben, 'Patient video')
  await bed.getByRole('button', { name: 'End call' }).click()
  for (const page of [ben, bed]) await expectCameraOff(page)
})

test('[TABLE-3] the patient says no: whoever was to come sees and hears nothing, and the talk goes on (HZ-3) @whole', async ({
  ward,
}) => {
  const { anna, ben, bed } = await askBen(ward)
  await askedIn(bed, 'Ben Okafor, nurse').getByRole('button', { name: 'No', exact: true }).click()
  await expect(anna.getByText('The patient did not want Ben Okafor to come in.')).toBeVisible()
  await expectCameraOff(ben)
  await expect(bed.getByRole('alertdialog')).toHaveCount(0)
  await expectMoving(bed, 'Staff video')
  await expectMoving(anna, 'Patient video')
})

test('[TABLE-3] whom nobody answers is taken back, and nobody hears of it at the bed @whole', async ({
  ward,
}) => {
  const [anna, ben, bed] = [await ward.station(0), await ward.station(1), await ward.bed()]
  await callAndAnswer(anna, bed)
  await bringIn(anna, 'Ben Okafor')
  await expect(ben.getByRole('dialog', { name: /^Incoming call/ })).toBeVisible()
  await anna.getByRole('button', { name: 'Take back: Ben Okafor, nurse' }).click()
  await expect(ben.getByRole('dialog', { name: /^Incoming call/ })).toHaveCount(0)
  await expect(anna.getByText('Ringing Ben Okafor', { exact: false })).toHaveCount(0)
  await expect(bed.getByRole('alertdialog')).toHaveCount(0)
  await expectMoving(bed, 'Staff video')
})

test('[TABLE-3] four have a seat, and the fifth is told why there is none @whole', async ({ ward }) => {
  test.slow()
  const maria = await ward.station(2)
  const { anna, ben, bed } = await askBen(ward)
  await letIn(bed, 'Ben Okafor, nurse')
  await bringIn(anna, 'Maria Oja')
  await maria.getByRole('dialog').getByRole('button', { name: 'Answer' }).click()
  await letIn(bed, 'Maria Oja, doctor')
  await expectAllSeen([
    [bed, ['Anna Laine’s video', 'Ben Okafor’s video', 'Maria Oja’s video']],
    [maria, ['Patient video', 'Anna Laine’s video', 'Ben Okafor’s video']],
  ])
  await anna.getByRole('button', { name: 'Bring in …' }).click()
  const dialog = anna.getByRole('dialog', { name: 'Bring somebody in' })
  await expect(dialog).toContainText('There are four in this call.')
  for (const button of await dialog.getByRole('list').getByRole('button').all())
    await expect(button).toBeDisabled()
  await anna.keyboard.press('Escape')
  await expect(anna.getByRole('button', { name: 'Bring in …' })).toBeFocused()

  await ben.getByRole('button', { name: 'End call' }).click()
  for (const page of [anna, maria, bed])
    await expect(page.getByText('Ben Okafor has left the call.')).toBeVisible()
  await expectCameraOff(ben)
  await expectAllSeen([[bed, ['Anna Laine’s video', 'Maria Oja’s video']]])
})

test('[A11Y-2] with keys alone a colleague is brought in and let in, and the focus stays where it was @whole', async ({
  ward,
}) => {
  const [anna, ben, bed] = [await ward.station(0), await ward.station(1), await ward.bed()]
  await callAndAnswer(anna, bed)
  await bed.getByRole('button', { name: 'Mute me' }).focus()
  await anna.getByRole('button', { name: 'Bring in …' }).focus()
  await anna.keyboard.press('Enter')
  const dialog = anna.getByRole('dialog', { name: 'Bring somebody in' })
  const person = dialog.getByRole('button', { name: /^Ben Okafor,/ })
  await expect(person).toBeEnabled()
  await person.focus()
  await anna.keyboard.press('Enter')
  await expect(anna.getByRole('button', { name: 'Bring in …' })).toBeFocused()
  await ben.getByRole('button', { name: 'Answer' }).click()
  const ask = askedIn(bed, 'Ben Okafor, nurse')
  await expect(ask.getByRole('heading')).toBeFocused()
  await bed.keyboard.press('Enter')
  await expect(ask, 'a stray key answers nothing').toBeVisible()
  await bed.keyboard.press('Tab')
  await expect(ask.getByRole('button', { name: 'Let them in' })).toBeFocused()
  await bed.keyboard.press('Enter')
  await expect(ask).toHaveCount(0)
  await expect(bed.getByRole('button', { name: 'Mute me' })).toBeFocused()
  await expectMoving(bed, 'Ben Okafor’s video')
})
