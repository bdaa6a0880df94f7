/** An outpatient whose browser is a Firefox, from the link to the call, with a Chromium at the station. */
import { mergeTests } from 'playwright/test'
import { expectLiveFox, find, test as foxTest, press, read } from './firefox.ts'
import { expect, invited, kaarina, ring, test as visitTest } from './visiting.ts'
import { exchangedBy, expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

const test = mergeTests(foxTest, visitTest)

test('[HZ-2][HZ-10] an outpatient in Firefox is let in, tested, waits and is called: both pictures move, and the end stops every camera @whole', async ({
  ward,
  fox,
}) => {
  const { station, link } = await invited(ward)
  const phone = await fox.open(link)
  await read(phone, 'When were you born?')
  const [year = '', month = '', day = ''] = kaarina.born.split('-')
  await phone.locator('#born-day').fill(day)
  await phone.locator('#born-month').fill(month)
  await phone.locator('#born-year').fill(year)
  await press(phone, 'Go on')
  await press(phone, 'Begin')
  await press(phone, 'Yes, I see myself')
  await find(phone, 'labelled', 'How loud you are')
  await press(phone, 'Next')
  await press(phone, 'Skip this')
  await press(phone, 'To the waiting room')
  await read(phone, 'You are checked in')
  expect((await mediaOf(phone)).liveTracks, 'nothing stays on after the test').toBe(0)

  await ring(station)
  await read(phone, 'Anna Laine is ready for you')
  expect((await mediaOf(phone)).liveTracks, 'nothing is on before the answer').toBe(0)
  await press(phone, 'Answer with video')
  await expectLivePicture(station, 'Kaarina Lahti’s video')
  await expectLiveFox(phone, 'Staff video')
  await station.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(phone)
  await read(phone, 'Were you cut off?')
  expect((await exchangedBy(station)).frames).toBeGreaterThan(0)
  expect(fox.complaints).toEqual([])
})
