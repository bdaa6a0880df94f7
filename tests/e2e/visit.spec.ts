/** An outpatient's visit: invited by mail, tested, waited, admitted by face and two identifiers, and nothing left behind. */

import {
  book,
  expect,
  heading,
  invite,
  kaarina,
  linkIn,
  openWaitingRoom,
  telephone,
  test,
  testDevice,
  typeBirth,
  wardPhone,
} from './visiting.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

test('a visit from the invitation to the thanks: tested, waited, told of lateness, admitted, identified, dropped and back, ended (HZ-1, HZ-2)', async ({
  ward,
  mail,
}) => {
  test.slow()
  const station = await ward.station()
  await book(station, kaarina, 5)
  const letter = await invite(station, mail, kaarina)
  expect(letter.to).toEqual([kaarina.email])
  expect(letter.calendar?.method).toBe('REQUEST')
  expect(letter.mail.text, 'why they come never leaves').not.toContain(kaarina.title)
  expect(letter.raw).not.toContain(kaarina.title)

  const phone = await telephone(ward)
  await phone.goto(linkIn(letter))
  await expect(heading(phone)).toHaveText('When were you born?')
  expect(new URL(phone.url()).hash, 'the secret is out of the address').toBe('')
  await typeBirth(phone, '1950-01-01')
  await expect(phone.getByText('That is not the date we have. You have 4 tries left.')).toBeVisible()
  await typeBirth(phone, kaarina.born)
  await testDevice(phone)
  await expect(heading(phone)).toHaveText('You are checked in')
  await expect(phone.getByText('You are next.')).toBeVisible()
  await expect(phone.getByText(wardPhone)).toBeVisible()
  await expectCameraOff(phone)

  await expect(station.getByRole('list', { name: 'Waiting' })).toContainText(
    'Kaarina Lahti waits for a video visit',
  )
  await station.getByRole('button', { name: 'I know' }).click()
  const room = await openWaitingRoom(station)
  const row = room.getByRole('listitem').filter({ hasText: kaarina.name })
  await expect(row).toContainText('Camera and sound work')
  await row.getByRole('button', { name: /^Message/ }).click()
  await station.getByRole('button', { name: '10 min late' }).click()
  await expect(phone.getByText('Anna Laine: about 10 minutes late. Thank you for waiting.')).toBeVisible()
  await phone.reload()
  await expect(heading(phone), 'a reload keeps the place').toHaveText('You are checked in')

  await station.keyboard.press('Escape')
  await room.getByRole('button', { name: `Admit ${kaarina.name}` }).click()
  const admit = station.getByRole('dialog', { name: `Admit ${kaarina.name}` })
  await expect(admit).toContainText(kaarina.name)
  await expect(admit).toContainText('1948')
  await admit.getByRole('button', { name: 'Ring', exact: true }).click()
  await expect(heading(phone)).toHaveText('Anna Laine is ready for you')
  expect((await mediaOf(phone)).liveTracks, 'nothing is on before the answer').toBe(0)
  await phone.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(phone, 'Staff video')
  await expectLivePicture(station, 'Kaarina Lahti’s video')

  const strip = station.getByRole('region', { name: 'Who is it?' })
  await strip.getByRole('button', { name: 'It is them' }).click()
  await expect(strip.getByText('Identified')).toBeVisible()
  const words = await strip.locator('.compare-words').textContent()
  await expect(phone.locator('.compare-words')).toHaveText(words ?? '')
  await strip.getByRole('button', { name: 'They are the same' }).click()
  await expect(strip.getByText('Words compared')).toBeVisible()

  await phone.reload()
  await phone.getByRole('button', { name: 'Answer with video' }).click()
  await expectLivePicture(station, 'Kaarina Lahti’s video')

  await station.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(phone)
  await expect(heading(phone)).toHaveText('Were you cut off?')
  await station.getByRole('button', { name: 'Visit is over' }).click()
  await expect(heading(phone)).toHaveText('Thank you. Your visit is over.')
  await phone.getByRole('radio', { name: /^4 stars/ }).check({ force: true })
  await phone.getByRole('button', { name: 'Send' }).click()
  await expect(phone.getByText('Thank you for telling us.')).toBeVisible()
  const kept = () =>
    phone.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name).filter((name) => name !== undefined),
    )
  await expect.poll(kept, { message: 'databases of this browser' }).toEqual([])

  const late = await telephone(ward)
  await late.goto(linkIn(letter))
  await expect(heading(late)).toHaveText('This visit is over')
})
