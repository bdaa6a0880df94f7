/** A patient who lives by another clock: both times on the page and in the letter, so that nobody comes an hour late. */
import {
  book,
  expect,
  heading,
  kaarina,
  linkIn,
  openAppointment,
  telephone,
  test,
  typeBirth,
} from './visiting.ts'

test('[VISIT-1] whoever is abroad reads the hospital’s time and their own, on the page and in the letter that staff sent by their clock @whole', async ({
  ward,
  mail,
}) => {
  const station = await ward.station()
  await book(station, kaarina, 20)
  const dialog = await openAppointment(station, kaarina)
  // Three quarters of an hour beside every whole hour: nobody's hospital shows the same.
  await dialog.getByLabel(/^Times in the letters/).selectOption('Australia/Eucla')
  await dialog.getByRole('button', { name: 'Send the link by e-mail' }).click()
  await expect.poll(() => mail.delivered.length).toBe(1)
  const [letter] = mail.delivered
  expect(letter?.mail.text).toMatch(/Time: .* GMT\+8:45\n\nAt the hospital: /)
  const phone = await telephone(ward, { timezoneId: 'Australia/Eucla' })
  await phone.goto(letter ? linkIn(letter) : '')
  await typeBirth(phone, kaarina.born)
  await phone.getByRole('button', { name: 'Skip the test' }).click()
  const clock = /\d\d:\d\d, .+ time \((\w+ )?\d\d:\d\d where you are\)/
  await expect(heading(phone)).toHaveText(clock)
  await expect(phone.locator('.visit-place')).toContainText(clock)
})
