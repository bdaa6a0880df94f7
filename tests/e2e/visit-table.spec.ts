/** More than two at a video visit: the patient at home is asked before anybody else sees or hears them. */
import { expect, heading, inCall, interpreterLink, kaarina, telephone, test } from './visiting.ts'
import type { Screens } from './ward.ts'
import { expectCameraOff, expectMoving, mediaOf } from './witness.ts'

/** An interpreter stands before the door of a visit. */
async function interpreterAsks(ward: Screens) {
  const made = await inCall(ward)
  const interpreter = await telephone(ward)
  await interpreter.goto(await interpreterLink(made.station, 'Amina Warsame'))
  await interpreter.getByRole('button', { name: 'Join' }).click()
  const asked = made.phone.getByRole('alert', {
    name: 'Anna Laine would like to bring in: Amina Warsame, interpreter',
  })
  await expect(asked).toBeVisible()
  return { ...made, interpreter, asked }
}

test('[TABLE-2] an interpreter comes to a visit by a one-time code: the patient is asked, and then all three see each other (HZ-3) @whole', async ({
  ward,
}) => {
  const { station, phone, interpreter, asked } = await interpreterAsks(ward)
  await expect(interpreter.getByLabel(`${kaarina.name}’s video`), 'before they are let in').toHaveCount(0)
  expect((await mediaOf(phone)).links, 'a picture that nobody let in is not there').toBe(2)
  await asked.getByRole('button', { name: 'Let them in' }).click()
  await expectMoving(phone, 'Amina Warsame’s video')
  await expectMoving(phone, 'Anna Laine’s video')
  await expectMoving(interpreter, 'Kaarina Lahti’s video')
  await expectMoving(interpreter, 'Anna Laine’s video')
  await expectMoving(station, 'Amina Warsame’s video')
  await expectMoving(station, 'Kaarina Lahti’s video')
})

test('[TABLE-3] the patient of a visit says no: the interpreter sees nobody, and the talk goes on (HZ-3) @whole', async ({
  ward,
}) => {
  const { station, phone, interpreter, asked } = await interpreterAsks(ward)
  await asked.getByRole('button', { name: 'No', exact: true }).click()
  await expect(heading(interpreter)).toHaveText('The patient would rather not have anybody join now.')
  await expectCameraOff(interpreter)
  await expectMoving(station, 'Kaarina Lahti’s video')
  await expectMoving(phone, 'Staff video')
})
